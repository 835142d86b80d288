import type { Axis } from "../../spectrum-image/axis.js";

/** The plane of the last two navigation axes, in the file's units. */
export interface PixelGrid {
  readonly width: number;
  readonly height: number;
  /** `um` where both axes are calibrated in micrometres, else `px`. */
  readonly unit: "um" | "px";
  /** Width and height of a pixel in `unit`, above 0. */
  readonly pixelSize: readonly [x: number, y: number];
  /** Place of the middle of the first pixel in `unit`, and the direction of the axes. */
  readonly origin: readonly [x: number, y: number];
  readonly direction: readonly [x: 1 | -1, y: 1 | -1];
}

/** The grid of a map with these axes, slowest first; a line has height 1, a single spectrum is 1 x 1. */
export function pixelGridOf(navigationAxes: readonly Axis[]): PixelGrid {
  const x = navigationAxes.at(-1);
  const y = navigationAxes.at(-2);
  const [width, height] = [x?.size ?? 1, y?.size ?? 1];
  const [scaleX, scaleY] = [scaleUm(x), scaleUm(y)];
  if (scaleX === undefined || scaleY === undefined) {
    return { width, height, unit: "px", pixelSize: [1, 1], origin: [0, 0], direction: [1, 1] };
  }
  return {
    width,
    height,
    unit: "um",
    pixelSize: [Math.abs(scaleX), Math.abs(scaleY)],
    origin: [x?.offset ?? 0, y?.offset ?? 0],
    direction: [scaleX < 0 ? -1 : 1, scaleY < 0 ? -1 : 1],
  };
}

function scaleUm(axis: Axis | undefined): number | undefined {
  return axis?.units === "um" && axis.scale !== undefined && axis.scale !== 0 ? axis.scale : undefined;
}
