/**
 * The spectrum image of a pruned Velox file: all detectors and frames together, row after row, channel after channel. No description of this form is
 * published; it was found by comparing the two files of one measurement that the tests read, one pruned and one not, in which every count agrees.
 *
 *     8 bytes          8C 46 96 A3 48 B4 D7 18
 *     8 bytes          length n of the header, little-endian
 *     n bytes          header: settings of the quantification, not needed
 *     per row, per channel:
 *       2 bytes        length of what follows, 0 for a channel without counts in this row
 *       values         counts of the pixels from left to right, 2 bytes each; a zero is followed by one byte, the number of further zeros
 */
import { FormatError, throwIfAborted } from "../../errors.js";
import type { CountSource } from "../../spectrum-image/counts.js";
import { CountBlockBuilder } from "../count-block-builder.js";
import type { Hdf5Dataset } from "../hdf5/dataset.js";
import type { StreamGrid } from "./velox-stream.js";

const SIGNATURE = [0x8c, 0x46, 0x96, 0xa3, 0x48, 0xb4, 0xd7, 0x18];
const WINDOW = 1 << 20;
const ENTRIES_OF_BLOCK = 1 << 21;

/** The bytes of a dataset, a window at a time. */
class DatasetBytes {
  readonly data: Hdf5Dataset;
  readonly size: number;
  #from = 0;
  #window: ArrayLike<number> = [];

  constructor(data: Hdf5Dataset) {
    this.data = data;
    this.size = data.shape[0] ?? 0;
  }

  /** True when {@link at} has these bytes. */
  has(offset: number, length: number): boolean {
    return offset >= this.#from && offset + length <= this.#from + this.#window.length;
  }

  /** Makes `length` bytes from `offset` ready for {@link at}. Throws {@link FormatError} where the data end before. */
  async prepare(offset: number, length: number, signal: AbortSignal | undefined): Promise<void> {
    if (offset + length > this.size) throw this.wrong(offset, `${this.size} bytes`, `${length} bytes from byte ${offset}`);
    throwIfAborted(signal);
    const end = Math.min(this.size, offset + Math.max(length, WINDOW));
    const rest = this.data.shape.slice(1).map(() => 0);
    this.#window = await this.data.numbers([offset, ...rest], [end - offset, ...rest.map(() => 1)], signal);
    this.#from = offset;
  }

  at(offset: number): number {
    return this.#window[offset - this.#from]!;
  }

  two(offset: number): number {
    return this.at(offset) | (this.at(offset + 1) << 8);
  }

  wrong(offset: number, found: string, expected: string): FormatError {
    return new FormatError("The compressed spectrum image of the pruned file is not sound.", {
      where: this.data.path,
      offset,
      found,
      expected,
      remedy: "Open the file in Velox and save it without pruning.",
    });
  }
}

/** Where a row begins, and the next one. */
interface Position {
  at: number;
}

/**
 * The counts. Only the header and the first row are read here, to see that the form is the known one. Throws {@link FormatError} when it is not.
 */
export async function prunedCounts(data: Hdf5Dataset, grid: StreamGrid, signal?: AbortSignal): Promise<CountSource> {
  const bytes = new DatasetBytes(data);
  const start = await rowsStart(bytes, signal);
  await readRow(bytes, { at: start }, grid, new RowCounts(grid), signal);
  const { height, width, channels } = grid;
  return {
    navigationShape: [height, width],
    channels,
    kind: "counts",
    async *blocks({ signal: stop } = {}) {
      const source = new DatasetBytes(data);
      const builder = new CountBlockBuilder("counts");
      const row = new RowCounts(grid);
      const position = { at: start };
      for (let y = 0; y < height; y++) {
        await readRow(source, position, grid, row, stop);
        row.writeTo(builder);
        if (builder.entries >= ENTRIES_OF_BLOCK || y === height - 1) yield builder.take();
      }
      if (position.at !== source.size)
        throw source.wrong(position.at, `${source.size - position.at} bytes after the last row`, "none");
    },
  };
}

async function rowsStart(bytes: DatasetBytes, signal: AbortSignal | undefined): Promise<number> {
  await bytes.prepare(0, 16, signal);
  if (SIGNATURE.some((byte, i) => bytes.at(i) !== byte)) {
    throw bytes.wrong(0, Array.from({ length: 8 }, (_, i) => bytes.at(i).toString(16)).join(" "), "the known signature");
  }
  let length = 0;
  for (let i = 7; i >= 0; i--) length = length * 256 + bytes.at(8 + i);
  if (!(length <= bytes.size - 16)) throw bytes.wrong(8, `a header of ${length} bytes`, `at most ${bytes.size - 16}`);
  return 16 + length;
}

async function readRow(
  bytes: DatasetBytes,
  position: Position,
  { width, channels }: StreamGrid,
  row: RowCounts,
  signal: AbortSignal | undefined,
): Promise<void> {
  row.clear();
  for (let channel = 0; channel < channels; channel++) {
    if (!bytes.has(position.at, 2)) await bytes.prepare(position.at, 2, signal);
    const length = bytes.two(position.at);
    position.at += 2;
    if (length === 0) continue;
    if (!bytes.has(position.at, length)) await bytes.prepare(position.at, length, signal);
    readRecord(bytes, position.at, position.at + length, width, channel, row);
    position.at += length;
  }
}

function readRecord(bytes: DatasetBytes, start: number, end: number, width: number, channel: number, row: RowCounts): void {
  let x = 0;
  let at = start;
  while (at + 2 <= end) {
    const count = bytes.two(at);
    at += 2;
    if (count > 0) {
      if (x < width) row.add(x, channel, count);
      x++;
    } else if (at < end) x += bytes.at(at++) + 1;
    else break;
  }
  if (at !== end || x !== width) throw bytes.wrong(start, `channel ${channel} of a row with ${x} pixels`, `${width} pixels`);
}

/** Counts of a row in the order of channels, brought into the order of pixels. */
class RowCounts {
  readonly #width: number;
  #pixel = new Uint16Array(1 << 12);
  #channel = new Uint16Array(1 << 12);
  #count = new Uint16Array(1 << 12);
  #length = 0;

  constructor({ width }: StreamGrid) {
    this.#width = width;
  }

  clear(): void {
    this.#length = 0;
  }

  add(pixel: number, channel: number, count: number): void {
    if (this.#length === this.#pixel.length) {
      this.#pixel = doubled(this.#pixel);
      this.#channel = doubled(this.#channel);
      this.#count = doubled(this.#count);
    }
    this.#pixel[this.#length] = pixel;
    this.#channel[this.#length] = channel;
    this.#count[this.#length++] = count;
  }

  writeTo(builder: CountBlockBuilder): void {
    const next = new Uint32Array(this.#width + 1);
    for (let i = 0; i < this.#length; i++) next[this.#pixel[i]! + 1]!++;
    for (let x = 0; x < this.#width; x++) next[x + 1]! += next[x]!;
    const ends = next.slice(1);
    const first = builder.entries;
    builder.reserve(this.#length);
    for (let i = 0; i < this.#length; i++) {
      const place = first + next[this.#pixel[i]!]!++;
      builder.channel[place] = this.#channel[i]!;
      builder.count[place] = this.#count[i]!;
    }
    for (let x = 0; x < this.#width; x++) {
      builder.entries = first + ends[x]!;
      builder.endPixels();
    }
  }
}

function doubled(values: Uint16Array<ArrayBuffer>): Uint16Array<ArrayBuffer> {
  const grown = new Uint16Array(values.length * 2);
  grown.set(values);
  return grown;
}
