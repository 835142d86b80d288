/** Counts in memory that every worker of an isolated page sees, so that a second one answers for pixels while the first computes. */
import { type CountBlock, type CountSource, isStored, type SpectrumImage } from "@sigma-eds/core";

/** Counts of an image, and its energy axis, as they cross between workers: nothing of them is copied. */
export interface SharedCounts {
  readonly navigationShape: readonly number[];
  readonly channels: number;
  readonly kind: CountSource["kind"];
  readonly energyAxis: SpectrumImage["energyAxis"];
  readonly stored: readonly CountBlock[];
}

/** Blocks share pieces of memory of this size: each piece costs the browser more than its bytes. */
const PIECE_BYTES = 8 << 20;
/** Counts that were made within an analysis (binned, cropped) are copied for the second worker unless they are more than this. */
const MOST_COPIED_BYTES = 256 << 20;
const ALIGNMENT = 8;

/** Whether workers of this page may see the same memory. */
export function sharesMemory(): boolean {
  return (globalThis as { readonly crossOriginIsolated?: boolean }).crossOriginIsolated === true;
}

/** Copies blocks of counts, each holding nothing that it does not use; into shared memory where there is any. */
export class BlockCopies {
  #bytes = 0;
  #piece: SharedArrayBuffer | undefined;
  #used = 0;
  readonly #isShared: boolean;

  constructor(isShared: boolean = sharesMemory()) {
    this.#isShared = isShared;
  }

  /** Of all copies so far. */
  get bytes(): number {
    return this.#bytes;
  }

  copy({ firstPixel, pixels, rowStart, channel, count }: CountBlock): CountBlock {
    const first = rowStart[0]!;
    const end = rowStart[pixels]!;
    const starts = this.#placed(rowStart.subarray(0, pixels + 1));
    if (first > 0) for (let row = 0; row <= pixels; row++) starts[row]! -= first;
    return {
      firstPixel,
      pixels,
      rowStart: starts,
      channel: this.#placed(channel.subarray(first, end)),
      count: this.#placed(count.subarray(first, end)),
    };
  }

  #placed<A extends CountBlock["count"]>(values: A): A {
    const { byteLength } = values;
    this.#bytes += byteLength;
    if (!this.#isShared) return values.slice() as A;
    if (this.#piece === undefined || this.#used + byteLength > this.#piece.byteLength) {
      this.#piece = new SharedArrayBuffer(Math.max(PIECE_BYTES, byteLength));
      this.#used = 0;
    }
    const Kind = values.constructor as new (buffer: ArrayBufferLike, offset: number, length: number) => A;
    const copy = new Kind(this.#piece, this.#used, values.length);
    copy.set(values);
    this.#used += Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT;
    return copy;
  }
}

const known = new WeakMap<CountSource, SharedCounts | undefined>();

/** The counts of an image for the second worker; undefined where memory is not shared, or where that would take too much of it. */
export function sharedCounts({ counts, energyAxis }: Pick<SpectrumImage, "counts" | "energyAxis">): SharedCounts | undefined {
  if (!sharesMemory() || !isStored(counts)) return undefined;
  if (!known.has(counts)) {
    const { navigationShape, channels, kind } = counts;
    const stored = sharedBlocks(counts.stored);
    known.set(counts, stored && { navigationShape, channels, kind, energyAxis, stored });
  }
  return known.get(counts);
}

function sharedBlocks(stored: readonly CountBlock[]): readonly CountBlock[] | undefined {
  if (stored.every(({ channel }) => channel.buffer instanceof SharedArrayBuffer)) return stored;
  if (bytesOf(stored) > MOST_COPIED_BYTES) return undefined;
  const copies = new BlockCopies();
  return stored.map((block) => copies.copy(block));
}

function bytesOf(stored: readonly CountBlock[]): number {
  return stored.reduce(
    (sum, { rowStart, channel, count }) => sum + rowStart.byteLength + channel.byteLength + count.byteLength,
    0,
  );
}
