/** Masks: Uint8 [pixels], row-major over all navigation axes, 0 where a pixel is left out. */
import { ParameterError, ShapeError } from "../errors.js";
import { type BlockOptions, type CountBlock, type CountSource, pixelCount } from "./counts.js";

/** The same source with the pixels outside the mask empty, read when asked for. Throws {@link ShapeError} for a mask of another size. */
export function maskCounts(source: CountSource, mask: Uint8Array): CountSource {
  const pixels = pixelCount(source.navigationShape);
  if (mask.length !== pixels) {
    throw new ShapeError("The mask must have one value per pixel.", { found: String(mask.length), expected: String(pixels) });
  }
  const { navigationShape, channels, kind } = source;
  return {
    navigationShape,
    channels,
    kind,
    async *blocks(options: BlockOptions = {}) {
      for await (const block of source.blocks(options)) yield maskedBlock(block, mask);
    },
  };
}

/** A mask of 1 where `keep` says so; it is asked for every pixel with its indices along the navigation axes, slowest first. */
export function maskWhere(navigationShape: readonly number[], keep: (...index: readonly number[]) => boolean): Uint8Array {
  const mask = new Uint8Array(pixelCount(navigationShape));
  const index = navigationShape.map(() => 0);
  for (let pixel = 0; pixel < mask.length; pixel++) {
    mask[pixel] = keep(...index) ? 1 : 0;
    for (let axis = index.length - 1; axis >= 0; axis--) {
      index[axis]! += 1;
      if (index[axis]! < navigationShape[axis]!) break;
      index[axis] = 0;
    }
  }
  return mask;
}

/** Corner of a region, in pixels: (0, 0) is the outer corner of the first pixel, (0.5, 0.5) its middle. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * A mask of the pixels whose middle lies inside a closed polygon in the last two navigation axes (even-odd rule), in every slice of slower axes. The work
 * is one pass over rows and edges. Throws {@link ParameterError} for fewer than three corners or a corner that is not a number.
 */
export function polygonMask(navigationShape: readonly number[], corners: readonly Point[]): Uint8Array {
  if (corners.length < 3 || corners.some(({ x, y }) => !Number.isFinite(x) || !Number.isFinite(y))) {
    throw new ParameterError("A region needs at least three corners with finite places.", {
      field: "corners",
      found: `${corners.length} corners`,
    });
  }
  const width = navigationShape.at(-1) ?? 1;
  const height = navigationShape.at(-2) ?? 1;
  const mask = new Uint8Array(pixelCount(navigationShape));
  const slice = width * height;
  for (let y = 0; y < height; y++) {
    const crossings = crossingsOf(corners, y + 0.5);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil(crossings[i]! - 0.5));
      const to = Math.min(width, Math.ceil(crossings[i + 1]! - 0.5));
      if (from < to) mask.fill(1, y * width + from, y * width + to);
    }
  }
  for (let start = slice; start < mask.length; start += slice) mask.copyWithin(start, 0, slice);
  return mask;
}

/** Where the edges cross the horizontal line at `y`, rising. */
function crossingsOf(corners: readonly Point[], y: number): number[] {
  const crossings: number[] = [];
  corners.forEach((a, i) => {
    const b = corners[(i + 1) % corners.length]!;
    if (a.y <= y !== b.y <= y) crossings.push(a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x));
  });
  return crossings.sort((a, b) => a - b);
}

function maskedBlock(block: CountBlock, mask: Uint8Array): CountBlock {
  const { firstPixel, pixels } = block;
  const rowStart = new Uint32Array(pixels + 1);
  let entries = 0;
  for (let p = 0; p < pixels; p++) {
    if (mask[firstPixel + p] !== 0) entries += block.rowStart[p + 1]! - block.rowStart[p]!;
    rowStart[p + 1] = entries;
  }
  if (entries === block.rowStart[pixels]! - block.rowStart[0]!) return block;
  const channel = new Uint16Array(entries);
  const count = block.count.slice(0, entries);
  for (let p = 0; p < pixels; p++) {
    if (rowStart[p] === rowStart[p + 1]) continue;
    channel.set(block.channel.subarray(block.rowStart[p]!, block.rowStart[p + 1]!), rowStart[p]!);
    count.set(block.count.subarray(block.rowStart[p]!, block.rowStart[p + 1]!), rowStart[p]!);
  }
  return { firstPixel, pixels, rowStart, channel, count };
}
