/** Pictures at other sizes: averages when they shrink, squares when they grow. Nothing is interpolated. */
import { ShapeError } from "../../errors.js";

export interface ScalarPicture {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

/** Float32 [height x width]: each new pixel is the mean of the finite old pixels that it covers (at least one). NaN where there are none. */
export function resampled(picture: ScalarPicture, width: number, height: number): Float32Array {
  if (picture.data.length !== picture.width * picture.height) {
    throw new ShapeError("The picture does not have width x height values.", {
      found: String(picture.data.length),
      expected: `${picture.width} x ${picture.height}`,
    });
  }
  const result = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = covered(y, height, picture.height);
    for (let x = 0; x < width; x++) {
      const [left, right] = covered(x, width, picture.width);
      result[y * width + x] = meanOf(picture, left, right, top, bottom);
    }
  }
  return result;
}

/** The picture reduced by the least whole factor that brings its longer side to `most` pixels; as it is when it is no longer. */
export function reduced(picture: ScalarPicture, most: number): ScalarPicture {
  const factor = Math.ceil(Math.max(picture.width, picture.height) / most);
  if (factor <= 1) return picture;
  const [width, height] = [Math.ceil(picture.width / factor), Math.ceil(picture.height / factor)];
  const result = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const bottom = Math.min(picture.height, (y + 1) * factor);
    for (let x = 0; x < width; x++) {
      result[y * width + x] = meanOf(picture, x * factor, Math.min(picture.width, (x + 1) * factor), y * factor, bottom);
    }
  }
  return { width, height, data: result };
}

function covered(index: number, size: number, oldSize: number): [from: number, to: number] {
  const from = Math.min(oldSize - 1, Math.floor((index * oldSize) / size));
  return [from, Math.max(from + 1, Math.floor(((index + 1) * oldSize) / size))];
}

function meanOf({ data, width }: ScalarPicture, left: number, right: number, top: number, bottom: number): number {
  let sum = 0;
  let count = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const value = data[y * width + x]!;
      if (!Number.isFinite(value)) continue;
      sum += value;
      count++;
    }
  }
  return count === 0 ? Number.NaN : sum / count;
}
