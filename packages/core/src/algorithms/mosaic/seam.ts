/** How far two neighbouring tiles of a mosaic overlap, from pictures of both. */
import { log } from "../../kernels/math.js";
import { type GreyPicture, resampledPicture } from "../../spectrum-image/resample-image.js";

/** Where the second picture lies beside the first. */
export interface Seam {
  /** Columns that both show: the second starts at column `width - overlap` of the first. */
  readonly overlap: number;
  /** Rows by which the second lies lower (positive) or higher. */
  readonly shift: number;
  /** Pearson's correlation of the two pictures where they overlap. */
  readonly correlation: number;
}

export interface SeamSearch {
  /** Least and most overlap, fractions of the width. Default 0.02 and 0.25. */
  readonly overlap?: readonly [least: number, most: number] | undefined;
  /** Most shift along the seam, fraction of the height. Default 0.05. */
  readonly shift?: number | undefined;
}

/** Pictures are searched at this many rows first, then at their own. */
const COARSE_ROWS = 160;
/** Fisher's z of a seam, less two standard errors, must reach this: a correlation of about 0.3. */
const LEAST_CERTAINTY = 0.31;

/**
 * The overlap and shift at which the right side of `left` is most like the left side of `right`, both of one size: Pearson's correlation of every overlap and
 * shift in the search, compared by Fisher's z less two standard errors, so that a strip of few pixels does not win by chance; on shrunken
 * pictures first, then at full size around the best. `undefined` where nothing is alike. Whole pixels, no rotation.
 */
export function measureSeam(left: GreyPicture, right: GreyPicture, search: SeamSearch = {}): Seam | undefined {
  const [least, most] = search.overlap ?? [0.02, 0.25];
  const reach = search.shift ?? 0.05;
  const zoom = Math.max(1, Math.floor(left.height / COARSE_ROWS));
  const whole: Window = {
    overlap: [Math.max(2, Math.floor(least * left.width)), Math.ceil(most * left.width)],
    shift: [-Math.ceil(reach * left.height), Math.ceil(reach * left.height)],
  };
  if (zoom === 1) return certain(bestSeam(left, right, whole));
  const coarse = bestSeam(shrunk(left, zoom), shrunk(right, zoom), shrunkWindow(whole, zoom));
  if (coarse === undefined) return undefined;
  const around = (value: number): [number, number] => [value * zoom - zoom, value * zoom + zoom];
  const [from, to] = around(coarse.overlap);
  return certain(bestSeam(left, right, { overlap: [Math.max(2, from), Math.min(left.width, to)], shift: around(coarse.shift) }));
}

interface Window {
  readonly overlap: readonly [number, number];
  readonly shift: readonly [number, number];
}

interface Candidate extends Seam {
  readonly certainty: number;
}

function certain(best: Candidate | undefined): Seam | undefined {
  if (best === undefined || best.certainty < LEAST_CERTAINTY) return undefined;
  const { overlap, shift, correlation } = best;
  return { overlap, shift, correlation };
}

function shrunk(picture: GreyPicture, zoom: number): GreyPicture {
  const [width, height] = [Math.floor(picture.width / zoom), Math.floor(picture.height / zoom)];
  return { width, height, data: resampledPicture(picture, width, height) };
}

function shrunkWindow({ overlap, shift }: Window, zoom: number): Window {
  const cut = ([from, to]: readonly [number, number]): [number, number] => [Math.floor(from / zoom), Math.ceil(to / zoom)];
  const [least, most] = cut(overlap);
  return { overlap: [Math.max(1, least), most], shift: cut(shift) };
}

function bestSeam(left: GreyPicture, right: GreyPicture, { overlap, shift }: Window): Candidate | undefined {
  let best: Candidate | undefined;
  for (let columns = overlap[0]; columns <= overlap[1]; columns++) {
    for (let rows = shift[0]; rows <= shift[1]; rows++) {
      const { correlation, pixels } = correlationAt(left, right, columns, rows);
      const certainty = certaintyOf(correlation, pixels);
      if (best === undefined || certainty > best.certainty) best = { overlap: columns, shift: rows, correlation, certainty };
    }
  }
  return best;
}

/** Fisher's z less two standard errors; -Infinity for too few pixels. */
function certaintyOf(correlation: number, pixels: number): number {
  if (pixels < 16) return Number.NEGATIVE_INFINITY;
  const r = Math.min(0.999999, correlation);
  return 0.5 * log((1 + r) / (1 - r)) - 2 / Math.sqrt(pixels - 3);
}

/** Correlation of the last `columns` of `left` with the first of `right`, which lies `shift` rows lower; 0 where one of them is flat. */
function correlationAt(
  left: GreyPicture,
  right: GreyPicture,
  columns: number,
  shift: number,
): { correlation: number; pixels: number } {
  const [from, to] = [Math.max(0, shift), Math.min(left.height, right.height + shift)];
  const pixels = Math.max(0, to - from) * columns;
  let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let y = from; y < to; y++) {
    const [inLeft, inRight] = [y * left.width + left.width - columns, (y - shift) * right.width];
    for (let x = 0; x < columns; x++) {
      const [p, q] = [left.data[inLeft + x]!, right.data[inRight + x]!];
      a += p;
      b += q;
      aa += p * p;
      bb += q * q;
      ab += p * q;
    }
  }
  const spread = (aa - (a * a) / pixels) * (bb - (b * b) / pixels);
  return { correlation: spread > 0 ? (ab - (a * b) / pixels) / Math.sqrt(spread) : 0, pixels };
}
