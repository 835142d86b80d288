/** How large the grain is that a pixel lies in: what a condition may ask of the map of the classes. */
import { connectedComponents } from "../../algorithms/statistics/connected-components.js";
import { pixelAreaUm2 } from "../../spectrum-image/axis.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";

/** One plane of the map; a stack has one such plane after the other. */
export interface GrainGrid {
  readonly width: number;
  readonly height: number;
  /** Micrometres a pixel, x then y; undefined where the image has no such scale. */
  readonly pixelSizeUm: readonly [x: number, y: number] | undefined;
}

export function grainGridOf({
  counts: { navigationShape },
  navigationAxes,
}: Pick<SpectrumImage, "counts" | "navigationAxes">): GrainGrid {
  const [width, height] = [navigationShape.at(-1) ?? 1, navigationShape.at(-2) ?? 1];
  const [x, y] = [navigationAxes.at(-1)?.scale, navigationAxes.at(-2)?.scale];
  const isKnown = pixelAreaUm2(navigationAxes) !== undefined && x !== undefined && y !== undefined;
  return { width, height, pixelSizeUm: isKnown ? [Math.abs(x), Math.abs(y)] : undefined };
}

/**
 * Float32 [pixels]: pixels of the grain of each pixel, the connected region of its class over edges and corners, in its own plane; NaN where it has no class.
 */
export function grainAreas(labels: Int32Array, { width, height }: Pick<GrainGrid, "width" | "height">): Float32Array {
  const { ids, sizes } = connectedComponents(labels, width, height, 8);
  return Float32Array.from(ids, (grain) => (grain < 0 ? Number.NaN : sizes[grain]!));
}
