/** Pictures out of arrays: the last two axes are y and x; each step along the others is a picture of its own. */
import type { NavigationImage } from "../../spectrum-image/spectrum-image.js";
import { volume } from "../hdf5/boxes.js";
import type { NumericArray } from "../hdf5/values.js";
import type { NumberArray } from "./number-array.js";

/** More pictures than this out of one array are left out. */
const MOST_PICTURES = 64;
const LARGEST_PICTURE = 1 << 28;

export interface PictureOptions {
  readonly name: string;
  readonly pixelSizeUm: readonly [x: number, y: number] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Reads an array of two or more axes as pictures; those past the first 64 are counted in `leftOut`. Arrays that are too large give none. */
export async function readPictures(
  array: NumberArray,
  options: PictureOptions,
): Promise<{ images: NavigationImage[]; leftOut: number }> {
  const { shape } = array;
  const height = shape.at(-2) ?? 0;
  const width = shape.at(-1) ?? 0;
  const pictures = volume(shape.slice(0, -2));
  if (shape.length < 2 || height * width < 1 || height * width > LARGEST_PICTURE) return { images: [], leftOut: pictures };
  const images: NavigationImage[] = [];
  const outer = shape.slice(0, -2);
  for (let k = 0; k < Math.min(pictures, MOST_PICTURES); k++) {
    const at = position(k, outer);
    const values = await array.numbers([...at, 0, 0], [...outer.map(() => 1), height, width], options.signal);
    const name = pictures === 1 ? options.name : `${options.name} ${at.map((i) => i + 1).join(".")}`;
    images.push({ name, width, height, data: pictureData(values), pixelSizeUm: options.pixelSizeUm });
  }
  return { images, leftOut: pictures - images.length };
}

/** Numbers in one of the kinds that a picture can have: signed integers become doubles. */
export function pictureData(values: NumericArray): NavigationImage["data"] {
  if (values instanceof Int8Array || values instanceof Int16Array || values instanceof Int32Array)
    return Float64Array.from(values);
  return values;
}

function position(index: number, shape: readonly number[]): number[] {
  const at = shape.map(() => 0);
  let rest = index;
  for (let i = shape.length - 1; i >= 0; i--) {
    at[i] = rest % shape[i]!;
    rest = Math.floor(rest / shape[i]!);
  }
  return at;
}
