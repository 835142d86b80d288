/** Pictures of the field on another grid over the same field. */
import { ShapeError } from "../errors.js";
import type { NavigationImage } from "./spectrum-image.js";

/** A picture as numbers: row-major, first row at the top. */
export type GreyPicture = Pick<NavigationImage, "width" | "height"> & { readonly data: ArrayLike<number> };

/**
 * The picture on a grid of `width` x `height` cells over the same field: each cell is the mean of the picture over its area, pixels cut by its border
 * counting by the part that lies inside. Shrinking averages without aliases; growing repeats pixels. Values that are not finite take no part.
 * Returns float32 [height x width]; NaN in a cell without a finite value. Throws {@link ShapeError} for a picture that does not fill its size.
 */
export function resampledPicture(picture: GreyPicture, width: number, height: number): Float32Array {
  if (picture.data.length !== picture.width * picture.height || picture.data.length === 0) {
    throw new ShapeError("The picture does not have width x height values.", {
      found: String(picture.data.length),
      expected: `${picture.width} x ${picture.height}, at least one`,
    });
  }
  const columns = Array.from({ length: width }, (_, x) => covered(x, width, picture.width));
  const result = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const rows = covered(y, height, picture.height);
    for (let x = 0; x < width; x++) result[y * width + x] = weightedMean(picture, columns[x]!, rows);
  }
  return result;
}

/** Pixels from `first`, and how much of each lies inside (1 except at the ends). */
interface Cover {
  readonly first: number;
  readonly parts: readonly number[];
}

function covered(index: number, cells: number, pixels: number): Cover {
  const from = (index * pixels) / cells;
  const to = ((index + 1) * pixels) / cells;
  const first = Math.min(pixels - 1, Math.floor(from));
  const end = Math.max(first + 1, Math.min(pixels, Math.ceil(to)));
  const parts = Array.from({ length: end - first }, (_, i) => Math.min(to, first + i + 1) - Math.max(from, first + i));
  return { first, parts };
}

function weightedMean({ data, width }: GreyPicture, columns: Cover, rows: Cover): number {
  let sum = 0;
  let area = 0;
  for (let j = 0; j < rows.parts.length; j++) {
    const start = (rows.first + j) * width + columns.first;
    for (let i = 0; i < columns.parts.length; i++) {
      const value = data[start + i]!;
      if (!Number.isFinite(value)) continue;
      const part = rows.parts[j]! * columns.parts[i]!;
      sum += part * value;
      area += part;
    }
  }
  return area > 0 ? sum / area : Number.NaN;
}
