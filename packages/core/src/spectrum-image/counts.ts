/**
 * Sparse counts. A pixel holds tens to hundreds of counts over thousands of channels, so each pixel is a row of
 * (channel, count) pairs:
 *
 *     pixel         0        1  2           3
 *     rowStart   [  0,       3, 3,          5,    7 ]
 *     channel    [ 12,40,96,    31,40,      7,901 ]
 *     count      [  1, 2, 1,     1, 1,      3,  1 ]
 *
 * Within a row channels rise strictly and no count is zero.
 */
import { MemoryLimitError, ShapeError, throwIfAborted } from "../errors.js";

/** Storage of counts. Integers for detector counts; doubles for data that are not integers ("intensity"). */
export type CountArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** A run of whole navigation rows (rows of the fastest navigation axis) of a spectrum image. */
export interface CountBlock {
  /** Index of the block's first pixel, row-major over all navigation axes. */
  readonly firstPixel: number;
  readonly pixels: number;
  /** `pixels + 1` offsets into `channel` and `count`. */
  readonly rowStart: Uint32Array;
  readonly channel: Uint16Array;
  readonly count: CountArray;
}

export interface BlockOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Where counts come from: a file read in blocks, a view over another source, or memory. `blocks` may be called any
 * number of times; each time it yields the same blocks in order, covering every pixel exactly once. A block is valid until the
 * next one is asked for.
 */
export interface CountSource {
  /** Sizes of the navigation axes, slowest first. `[]` is a single spectrum. */
  readonly navigationShape: readonly number[];
  readonly channels: number;
  /** `counts`: integers as the detector gave them. `intensity`: anything else. */
  readonly kind: "counts" | "intensity";
  /** Largest count that the numbers of the file can hold, where that is so little that a count may have been cut off at it. */
  readonly countLimit?: number | undefined;
  blocks(options?: BlockOptions): AsyncIterable<CountBlock>;
}

/** Counts held in memory: the same blocks, at hand without waiting. */
export interface StoredCounts extends CountSource {
  readonly stored: readonly CountBlock[];
}

/** Number of pixels of a navigation shape; 1 for a single spectrum. */
export function pixelCount(navigationShape: readonly number[]): number {
  return navigationShape.reduce((product, size) => product * size, 1);
}

/** Length of a navigation row, the unit in which sources are cut into blocks; 1 for a single spectrum. */
export function navigationRowLength(navigationShape: readonly number[]): number {
  return navigationShape.at(-1) ?? 1;
}

/** Wraps blocks held in memory. Throws {@link ShapeError} if they do not cover every pixel once, in order. */
export function storedCounts(
  navigationShape: readonly number[],
  channels: number,
  stored: readonly CountBlock[],
  kind: CountSource["kind"] = "counts",
): StoredCounts {
  let next = 0;
  for (const block of stored) {
    checkBlock(block, channels);
    if (block.firstPixel !== next) {
      throw new ShapeError("A block of counts is out of order.", {
        field: "firstPixel",
        found: String(block.firstPixel),
        expected: String(next),
      });
    }
    next += block.pixels;
  }
  if (next !== pixelCount(navigationShape)) {
    throw new ShapeError("The blocks do not cover the image.", {
      found: `${next} pixels`,
      expected: `${pixelCount(navigationShape)} pixels`,
    });
  }
  return {
    navigationShape,
    channels,
    kind,
    stored,
    async *blocks(options: BlockOptions = {}) {
      for (const block of stored) {
        throwIfAborted(options.signal);
        yield block;
      }
    },
  };
}

export interface CollectOptions extends BlockOptions {
  /** Most bytes that the counts may take. Default: no limit. */
  readonly maxBytes?: number | undefined;
  /** Called with the fraction of pixels read, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/**
 * Reads a source to the end and keeps its blocks in memory. A source that is in memory already is returned as it is. Throws
 * {@link MemoryLimitError} as soon as the blocks read so far exceed `maxBytes`.
 */
export async function collectCounts(source: CountSource, options: CollectOptions = {}): Promise<StoredCounts> {
  if (isStored(source)) return source;
  const { maxBytes = Number.POSITIVE_INFINITY, onProgress, signal } = options;
  const pixels = pixelCount(source.navigationShape);
  const stored: CountBlock[] = [];
  let bytes = 0;
  for await (const block of source.blocks({ signal })) {
    throwIfAborted(signal);
    const copy = copyOfBlock(block);
    bytes += copy.rowStart.byteLength + copy.channel.byteLength + copy.count.byteLength;
    if (bytes > maxBytes) throw tooMuch(bytes, maxBytes, (block.firstPixel + block.pixels) / pixels);
    stored.push(copy);
    onProgress?.((block.firstPixel + block.pixels) / pixels);
  }
  return storedCounts(source.navigationShape, source.channels, stored, source.kind);
}

/** A copy that shares no memory with the block and holds nothing that the block does not use. */
function copyOfBlock(block: CountBlock): CountBlock {
  const first = block.rowStart[0]!;
  const end = block.rowStart[block.pixels]!;
  return {
    firstPixel: block.firstPixel,
    pixels: block.pixels,
    rowStart: block.rowStart.slice(0, block.pixels + 1).map((start) => start - first),
    channel: block.channel.slice(first, end),
    count: block.count.slice(first, end),
  };
}

function tooMuch(bytes: number, maxBytes: number, fraction: number): MemoryLimitError {
  const gib = (value: number): string => `${(value / 1073741824).toPrecision(3)} GiB`;
  return new MemoryLimitError("The counts need more memory than is allowed.", {
    found: `${gib(bytes)} after ${Math.round(100 * fraction)} % of the pixels`,
    expected: `at most ${gib(maxBytes)} in all`,
    remedy: 'Bin the map (a step "bin" with factor 2 needs about a quarter), or allow more.',
  });
}

/** True when the counts are in memory. */
export function isStored(source: CountSource): source is StoredCounts {
  return "stored" in source;
}

/** Builds stored counts from a dense array, pixels x channels, row-major. For tests, small data and single spectra. */
export function countsFromDense(
  navigationShape: readonly number[],
  channels: number,
  dense: ArrayLike<number>,
  kind: CountSource["kind"] = "counts",
): StoredCounts {
  const pixels = pixelCount(navigationShape);
  if (dense.length !== pixels * channels) {
    throw new ShapeError("The dense array does not have pixels x channels values.", {
      found: String(dense.length),
      expected: `${pixels} x ${channels}`,
    });
  }
  const rowStart = new Uint32Array(pixels + 1);
  const channel: number[] = [];
  const count: number[] = [];
  for (let p = 0; p < pixels; p++) {
    for (let c = 0; c < channels; c++) {
      const value = dense[p * channels + c]!;
      if (value !== 0) {
        channel.push(c);
        count.push(value);
      }
    }
    rowStart[p + 1] = channel.length;
  }
  const block = {
    firstPixel: 0,
    pixels,
    rowStart,
    channel: Uint16Array.from(channel),
    count: kind === "counts" ? smallestCountArray(count) : Float64Array.from(count),
  };
  return storedCounts(navigationShape, channels, [block], kind);
}

/** Copies counts into the narrowest unsigned array that holds their largest value. */
export function smallestCountArray(count: ArrayLike<number>): CountArray {
  let largest = 0;
  for (let i = 0; i < count.length; i++) largest = Math.max(largest, count[i]!);
  if (largest < 0x100) return Uint8Array.from(count);
  if (largest < 0x10000) return Uint16Array.from(count);
  return largest <= 0xffffffff ? Uint32Array.from(count) : Float64Array.from(count);
}

/** Throws {@link ShapeError} unless the block's arrays fit together and every channel lies below `channels`. */
export function checkBlock(block: CountBlock, channels: number): void {
  const { pixels, rowStart, channel, count } = block;
  const entries = rowStart[pixels];
  if (rowStart.length < pixels + 1 || entries === undefined || entries > channel.length || entries > count.length) {
    throw new ShapeError("The arrays of a block of counts do not fit together.", {
      found: `${rowStart.length} row starts, ${channel.length} channels, ${count.length} counts`,
      expected: `${pixels + 1} row starts, ${entries ?? "as many"} channels and counts`,
    });
  }
  for (let p = 0; p < pixels; p++) {
    const end = rowStart[p + 1]!;
    let previous = -1;
    for (let i = rowStart[p]!; i < end; i++) {
      const c = channel[i]!;
      if (c <= previous || c >= channels) {
        throw new ShapeError("The channels of a pixel are not in rising order within the energy axis.", {
          where: `pixel ${block.firstPixel + p}`,
          found: `channel ${c} after ${previous}`,
          expected: `rising channels below ${channels}`,
        });
      }
      previous = c;
    }
  }
}
