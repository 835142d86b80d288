/** Collects sparse pixels into blocks: arrays grow by doubling and are used again for the next block. */
import type { CountBlock } from "../spectrum-image/counts.js";

const LEAST_ENTRIES = 1 << 16;

export class CountBlockBuilder {
  /** Fill from `entries` on after {@link reserve}, then raise `entries`. */
  channel = new Uint16Array(LEAST_ENTRIES);
  count: Uint32Array | Float64Array;
  entries = 0;
  pixels = 0;
  #firstPixel = 0;
  #rowStart = new Uint32Array(1024);
  readonly #kind: "counts" | "intensity";

  /** `large`: single counts may exceed 2^32 - 1. Intensities are always kept as doubles. */
  constructor(kind: "counts" | "intensity" = "counts", large = false) {
    this.#kind = kind;
    this.count = kind === "intensity" || large ? new Float64Array(LEAST_ENTRIES) : new Uint32Array(LEAST_ENTRIES);
  }

  /** Makes room for `more` entries after the present ones. */
  reserve(more: number): void {
    const needed = this.entries + more;
    if (needed <= this.channel.length) return;
    const size = Math.max(needed, this.channel.length * 2);
    const channel = new Uint16Array(size);
    channel.set(this.channel.subarray(0, this.entries));
    const count = this.count instanceof Uint32Array ? new Uint32Array(size) : new Float64Array(size);
    count.set(this.count.subarray(0, this.entries));
    this.channel = channel;
    this.count = count;
  }

  /** Ends `pixels` pixels (one by default) at the present entry: all but the first of them are empty. */
  endPixels(pixels = 1): void {
    const last = this.pixels + pixels;
    this.#reservePixels(pixels);
    this.#rowStart.fill(this.entries, this.pixels + 1, last + 1);
    this.pixels = last;
  }

  /** Appends pixels: their channels and their counts, pixel after pixel, and of each pixel where it ends among them. */
  addPixels(channel: Uint16Array, count: Uint16Array, ends: Int32Array): void {
    this.reserve(channel.length);
    this.channel.set(channel, this.entries);
    this.count.set(count, this.entries);
    this.#reservePixels(ends.length);
    for (let i = 0; i < ends.length; i++) this.#rowStart[this.pixels + 1 + i] = this.entries + ends[i]!;
    this.entries += channel.length;
    this.pixels += ends.length;
  }

  /** The pixels so far as a block, which is valid until the builder is used again; the builder is empty then. */
  take(): CountBlock {
    const { entries, pixels } = this;
    const firstPixel = this.#firstPixel;
    const block = {
      firstPixel,
      pixels,
      rowStart: this.#rowStart.subarray(0, pixels + 1),
      channel: this.channel.subarray(0, entries),
      count:
        this.#kind === "intensity"
          ? (this.count.subarray(0, entries) as Float64Array)
          : narrowed(this.count.subarray(0, entries)),
    };
    this.#firstPixel = firstPixel + pixels;
    this.entries = 0;
    this.pixels = 0;
    return block;
  }

  #reservePixels(more: number): void {
    const last = this.pixels + more;
    if (last < this.#rowStart.length) return;
    const grown = new Uint32Array(Math.max(last + 1, this.#rowStart.length * 2));
    grown.set(this.#rowStart.subarray(0, this.pixels + 1));
    this.#rowStart = grown;
  }
}

function narrowed(count: Uint32Array | Float64Array): CountBlock["count"] {
  let largest = 0;
  for (let i = 0; i < count.length; i++) if (count[i]! > largest) largest = count[i]!;
  if (largest < 0x100) return new Uint8Array(count);
  if (largest < 0x10000) return new Uint16Array(count);
  return largest <= 0xffffffff ? new Uint32Array(count) : count;
}
