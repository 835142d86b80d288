/** Counts of lines in square windows around pixels, and how far they are apart by counting statistics. */
import type { Frame } from "./morphology.js";

/** Counts of lines at every pixel, one float32 [pixels] a line. */
export type LineCounts = readonly ArrayLike<number>[];

/** So many counts tell phases apart whose compositions differ by some per cent. */
const ENOUGH_COUNTS = 500;
/** A window of 7 x 7; a wider one looks over most grains. */
const WIDEST = 3;

/** The least radius, 0 to 3, at which a window of (2 r + 1)² pixels has at least 500 counts in all lines together, on average over the frame that begins at `start`. */
export function windowRadius(lines: LineCounts, start: number, { width, height }: Frame): number {
  const pixels = width * height;
  let counts = 0;
  for (const line of lines) for (let p = start; p < start + pixels; p++) counts += line[p]!;
  let radius = 0;
  while (radius < WIDEST && (counts / pixels) * (2 * radius + 1) ** 2 < ENOUGH_COUNTS) radius += 1;
  return radius;
}

export interface Windows {
  /** Of the window around a pixel: 2 sqrt of the mean counts of each line, and last the variance of these. The next call writes over it. Float64 [lines + 1]. */
  at(pixel: number): Float64Array;
  /** Squared differences from such numbers in units of their variance, added up over the lines; no further than `limit`. */
  distance(pixel: number, from: Float64Array, limit: number): number;
}

/** Windows of a radius; at the edge of the map, the part that lies on it. */
export function windowsOf(lines: LineCounts, { width, height }: Frame, radius: number): Windows {
  const found = new Float64Array(lines.length + 1);
  const edges = { left: 0, right: 0, top: 0, bottom: 0, pixels: 0, start: 0 };
  const goTo = (pixel: number): void => {
    const within = pixel % (width * height);
    const x = within % width;
    const y = (within - x) / width;
    edges.start = pixel - within;
    edges.left = Math.max(0, x - radius);
    edges.right = Math.min(width - 1, x + radius);
    edges.top = Math.max(0, y - radius);
    edges.bottom = Math.min(height - 1, y + radius);
    edges.pixels = (edges.right - edges.left + 1) * (edges.bottom - edges.top + 1);
  };
  const steadied = (line: ArrayLike<number>): number => {
    const { start, left, right, top, bottom, pixels } = edges;
    let counts = 0;
    for (let v = top; v <= bottom; v++) for (let u = left; u <= right; u++) counts += line[start + v * width + u]!;
    return 2 * Math.sqrt((Math.max(0, counts) + 0.375) / pixels);
  };
  return {
    at(pixel) {
      goTo(pixel);
      lines.forEach((line, l) => {
        found[l] = steadied(line);
      });
      found[lines.length] = 1 / edges.pixels;
      return found;
    },
    distance(pixel, from, limit) {
      goTo(pixel);
      const variance = 1 / edges.pixels + from[lines.length]!;
      let sum = 0;
      for (let l = 0; l < lines.length && sum <= limit; l++) sum += (steadied(lines[l]!) - from[l]!) ** 2 / variance;
      return sum;
    },
  };
}

/** Mean counts of each line over the pixels of a window that a mask (uint8 [height x width], of the frame that begins at `start`) leaves out; undefined where it leaves none. `pixel` counts from `start`. */
export function meanOutside(
  mask: Uint8Array,
  pixel: number,
  start: number,
  radius: number,
  lines: LineCounts,
  { width, height }: Frame,
): readonly number[] | undefined {
  const x = pixel % width;
  const y = (pixel - x) / width;
  const outside: number[] = [];
  for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
    for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
      if (mask[v * width + u] === 0) outside.push(start + v * width + u);
    }
  }
  if (outside.length === 0) return undefined;
  return lines.map((line) => outside.reduce((sum, p) => sum + line[p]!, 0) / outside.length);
}

/** Whether Poisson counts with these means make the counts of a pixel more likely than with the others. */
export function likelier(lines: LineCounts, pixel: number, means: readonly number[], others: readonly number[]): boolean {
  const least = 1e-3;
  let gain = 0;
  lines.forEach((line, l) => {
    const [mean, other] = [Math.max(least, means[l]!), Math.max(least, others[l]!)];
    gain += line[pixel]! * Math.log(mean / other) - mean + other;
  });
  return gain > 0;
}
