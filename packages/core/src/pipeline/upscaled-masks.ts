import type { Registration } from "../algorithms/statistics/registration.js";

/** The class map on the grid of a finer picture of the same field. */
export interface UpscaledMasks {
  /** Name of the picture. */
  readonly image: string;
  readonly method: "nearest" | "smooth";
  readonly width: number;
  readonly height: number;
  /** Int32 [height x width], -1 = unassigned. */
  readonly labels: Int32Array;
  /** Picture pixels per map pixel. */
  readonly zoom: readonly [x: number, y: number];
  readonly pixelSizeUm: readonly [x: number, y: number] | undefined;
  /** How the picture, brought to the grid of the map, agrees with `reference` and with the classes. Shifts are in pixels of the map. */
  readonly registration: Registration & { readonly reference: string };
}
