import { pixelAreaUm2 } from "../spectrum-image/axis.js";
import { pixelCount } from "../spectrum-image/counts.js";
import type { SpectrumImage } from "../spectrum-image/spectrum-image.js";

/** One plane (y, x) of a spectrum image of any number of navigation axes. A line is a plane of height 1, a spectrum of 1 x 1. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Index of its first pixel in row-major order. */
  readonly start: number;
  /** For file names: empty when there is only one, else `-000`, `-001`, ... */
  readonly suffix: string;
  readonly pixelSizeUm: readonly [x: number, y: number] | undefined;
}

/** The planes of an image, in order. */
export function framesOf({ counts, navigationAxes }: SpectrumImage): Frame[] {
  const width = counts.navigationShape.at(-1) ?? 1;
  const height = counts.navigationShape.at(-2) ?? 1;
  const frames = pixelCount(counts.navigationShape) / (width * height);
  const pixelSizeUm = pixelSize(navigationAxes);
  return Array.from({ length: frames }, (_, i) => ({
    width,
    height,
    start: i * width * height,
    suffix: frames === 1 ? "" : `-${String(i).padStart(3, "0")}`,
    pixelSizeUm,
  }));
}

/** One column of a matrix [pixels x columns] of the whole image, inside a plane: float32 [height x width]. */
export function columnInFrame(
  data: Float32Array,
  columns: number,
  column: number,
  { start, width, height }: Pick<Frame, "start" | "width" | "height">,
): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: width * height }, (_, p) => data[(start + p) * columns + column]!);
}

function pixelSize(axes: SpectrumImage["navigationAxes"]): readonly [number, number] | undefined {
  if (pixelAreaUm2(axes) === undefined) return undefined;
  return [Math.abs(axes.at(-1)!.scale!), Math.abs(axes.at(-2)!.scale!)];
}
