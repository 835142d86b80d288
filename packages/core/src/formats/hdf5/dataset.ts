/** A dataset of an HDF5 file: any box of it can be read without reading the rest. */
import { FormatError, MemoryLimitError, ShapeError, throwIfAborted, UnsupportedError } from "../../errors.js";
import { copyBox, tilesOver, volume } from "./boxes.js";
import { type ChunkTable, readChunkTable } from "./chunk-index.js";
import { Cursor } from "./cursor.js";
import {
  type Dataspace,
  type Filter,
  type Layout,
  readDataspace,
  readFillValue,
  readFilters,
  readLayout,
  readOldFillValue,
} from "./dataset-messages.js";
import { type Datatype, readDatatype } from "./datatype.js";
import { checkFilters, undoFilters } from "./filters.js";
import type { GlobalHeap } from "./global-heap.js";
import { findMessage, MESSAGE, type ObjectHeader } from "./object-header.js";
import type { FileBytes } from "./superblock.js";
import { isNumeric, type NumericArray, type PlainValue, toNumbers, toPlain } from "./values.js";

const LARGEST_CHUNK = 1 << 30;
const LARGEST_BOX = 1 << 30;
const SPAN_READ_AT_ONCE = 16 * 1024 * 1024;

export interface DatasetParts {
  readonly path: string;
  readonly file: FileBytes;
  readonly heap: GlobalHeap;
  readonly space: Dataspace;
  readonly type: Datatype;
  readonly layout: Layout;
  readonly filters: readonly Filter[];
  readonly fill: Uint8Array | undefined;
}

export class Hdf5Dataset {
  readonly kind = "dataset";
  readonly path: string;
  readonly shape: readonly number[];
  readonly type: Datatype;
  readonly #parts: DatasetParts;
  #table: Promise<ChunkTable> | undefined;
  #lastChunk: { readonly position: number; readonly bytes: Promise<Uint8Array> } | undefined;

  constructor(parts: DatasetParts) {
    this.path = parts.path;
    this.shape = parts.space.isNull ? [0] : parts.space.shape;
    this.type = parts.type;
    this.#parts = parts;
  }

  get isNumeric(): boolean {
    return isNumeric(this.type);
  }

  /** Shape of the chunks, or `undefined` when the data lie in one piece. */
  get chunkShape(): readonly number[] | undefined {
    return this.#parts.layout.kind === "chunked" ? this.#parts.layout.chunkShape : undefined;
  }

  /** Numbers of a box, row-major. Throws UnsupportedError when the elements are not numbers. */
  async numbers(start?: readonly number[], count?: readonly number[], signal?: AbortSignal): Promise<NumericArray> {
    const bytes = await this.bytes(start ?? this.shape.map(() => 0), count ?? this.shape, signal);
    return toNumbers(bytes, this.type, this.#where);
  }

  /** All elements as plain values, row-major. Throws MemoryLimitError above `most` elements. */
  async plain(most = 1 << 20): Promise<PlainValue[]> {
    const total = volume(this.shape);
    if (total > most) {
      throw new MemoryLimitError("A dataset is too large to be read as metadata.", {
        where: this.#where,
        found: `${total} elements`,
        expected: `at most ${most}`,
      });
    }
    const bytes = await this.bytes(
      this.shape.map(() => 0),
      this.shape,
    );
    const { file, heap } = this.#parts;
    return toPlain(new Cursor(bytes, 0, this.#where, file), this.type, total, heap, file);
  }

  /** Bytes of a box of elements, row-major. Throws ShapeError when it does not lie inside the dataset. */
  async bytes(start: readonly number[], count: readonly number[], signal?: AbortSignal): Promise<Uint8Array> {
    throwIfAborted(signal);
    const inside = this.shape.every((size, i) => start[i]! >= 0 && count[i]! >= 0 && start[i]! + count[i]! <= size);
    if (start.length !== this.shape.length || count.length !== this.shape.length || !inside) {
      throw new ShapeError("A box does not lie inside its dataset.", {
        where: this.#where,
        found: `${start} + ${count}`,
        expected: this.shape.join(" x "),
      });
    }
    const total = volume(count) * this.type.size;
    if (total > LARGEST_BOX) {
      throw new MemoryLimitError("Too much was to be read at once.", {
        where: this.#where,
        found: `${total} bytes`,
        expected: `at most ${LARGEST_BOX}`,
      });
    }
    const { layout } = this.#parts;
    if (layout.kind === "chunked") return this.#chunkedBox(start, count, signal);
    if (layout.kind === "compact") return this.#boxOf(layout.data, start, count);
    return layout.address === undefined ? this.#filled(total) : this.#contiguousBox(layout.address, start, count, signal);
  }

  /** True when nothing was written into the chunk at `start`, so that it holds zeros. */
  async isEmptyAt(start: readonly number[]): Promise<boolean> {
    const { layout, fill } = this.#parts;
    if (fill?.some((byte) => byte !== 0)) return false;
    if (layout.kind !== "chunked") return layout.kind === "contiguous" && layout.address === undefined;
    const table = await this.#chunkTable(layout);
    return table.address[this.#position(table, layout.chunkShape, start)] === -1;
  }

  /** True when a part of the array was never written: its values are the fill value, and nothing was measured there. */
  async hasGaps(): Promise<boolean> {
    const { layout } = this.#parts;
    if (layout.kind !== "chunked") return layout.kind === "contiguous" && layout.address === undefined;
    return (await this.#chunkTable(layout)).address.includes(-1);
  }

  get #where(): string {
    return `${this.#parts.file.name}:${this.path}`;
  }

  #filled(total: number): Uint8Array {
    const { fill } = this.#parts;
    const bytes = new Uint8Array(total);
    if (fill?.some((byte) => byte !== 0)) {
      if (fill.length !== this.type.size) return bytes;
      for (let at = 0; at < total; at += fill.length) bytes.set(fill, at);
    }
    return bytes;
  }

  #boxOf(data: Uint8Array, start: readonly number[], count: readonly number[]): Uint8Array {
    const out = new Uint8Array(volume(count) * this.type.size);
    if (data.length < volume(this.shape) * this.type.size) {
      throw new FormatError("A dataset is shorter than its shape.", {
        where: this.#where,
        found: `${data.length} bytes`,
        expected: this.shape.join(" x "),
      });
    }
    const zero = count.map(() => 0);
    copyBox({ bytes: data, shape: this.shape, start }, { bytes: out, shape: count, start: zero }, count, this.type.size);
    return out;
  }

  /** Reads the span that holds the box, slab by slab along the slowest axis when it is long. */
  async #contiguousBox(
    address: number,
    start: readonly number[],
    count: readonly number[],
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array> {
    const { file } = this.#parts;
    const { size } = this.type;
    const rank = count.length;
    if (volume(count) === 0) return new Uint8Array(0);
    const first = offsetOf(this.shape, start);
    const last = offsetOf(
      this.shape,
      start.map((at, i) => at + count[i]! - 1),
    );
    const span = (last + 1 - first) * size;
    const wanted = volume(count) * size;
    if (span === wanted) return file.data(address + first * size, span, signal);
    if (span <= SPAN_READ_AT_ONCE || rank === 1) {
      const bytes = await file.data(address + first * size, span, signal);
      return gathered(bytes, this.shape, count, size);
    }
    const out = new Uint8Array(wanted);
    const slab = wanted / count[0]!;
    for (let i = 0; i < count[0]!; i++) {
      throwIfAborted(signal);
      const slabStart = [start[0]! + i, ...start.slice(1)];
      out.set(await this.#contiguousSlab(address, slabStart, count, signal), i * slab);
    }
    return out;
  }

  async #contiguousSlab(
    address: number,
    start: readonly number[],
    count: readonly number[],
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array> {
    const inner = new Hdf5Dataset({
      ...this.#parts,
      layout: { kind: "contiguous", address: address + start[0]! * volume(this.shape.slice(1)) * this.type.size },
      space: { shape: this.shape.slice(1), maximum: this.shape.slice(1), isNull: false },
    });
    return inner.bytes(start.slice(1), count.slice(1), signal);
  }

  async #chunkedBox(start: readonly number[], count: readonly number[], signal: AbortSignal | undefined): Promise<Uint8Array> {
    const { layout } = this.#parts;
    if (layout.kind !== "chunked") return new Uint8Array(0);
    const { chunkShape } = layout;
    const table = await this.#chunkTable(layout);
    const out = new Uint8Array(volume(count) * this.type.size);
    const gapsAreZero = !this.#parts.fill?.some((byte) => byte !== 0);
    for (const corner of tilesOver(start, count, chunkShape)) {
      throwIfAborted(signal);
      if (gapsAreZero && table.address[this.#position(table, chunkShape, corner)] === -1) continue;
      const from = corner.map((at, i) => Math.max(at, start[i]!));
      const box = from.map((at, i) => Math.min(corner[i]! + chunkShape[i]!, start[i]! + count[i]!) - at);
      const bytes = await this.#chunk(table, this.#position(table, chunkShape, corner), corner, signal);
      copyBox(
        { bytes, shape: chunkShape, start: from.map((at, i) => at - corner[i]!) },
        { bytes: out, shape: count, start: from.map((at, i) => at - start[i]!) },
        box,
        this.type.size,
      );
    }
    return out;
  }

  #position(table: ChunkTable, chunkShape: readonly number[], corner: readonly number[]): number {
    return corner.reduce((sum, at, i) => sum * table.grid[i]! + Math.floor(at / chunkShape[i]!), 0);
  }

  #chunk(table: ChunkTable, position: number, corner: readonly number[], signal: AbortSignal | undefined): Promise<Uint8Array> {
    if (this.#lastChunk?.position === position) return this.#lastChunk.bytes;
    const bytes = this.#readChunk(table, position, corner, signal);
    this.#lastChunk = { position, bytes };
    bytes.catch(() => {
      if (this.#lastChunk?.position === position) this.#lastChunk = undefined;
    });
    return bytes;
  }

  async #readChunk(
    table: ChunkTable,
    position: number,
    corner: readonly number[],
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array> {
    const { file, filters, layout } = this.#parts;
    if (layout.kind !== "chunked") return new Uint8Array(0);
    const size = volume(layout.chunkShape) * this.type.size;
    const address = table.address[position]!;
    if (address < 0) return this.#filled(size);
    const stored = await file.data(address, table.size[position]!, signal);
    const overEdge = corner.some((at, i) => at + layout.chunkShape[i]! > this.shape[i]!);
    const plain = layout.unfilteredEdges && overEdge;
    return undoFilters({ bytes: stored, address, mask: table.mask[position]! }, plain ? [] : filters, size, this.#where);
  }

  #chunkTable(layout: Layout & { kind: "chunked" }): Promise<ChunkTable> {
    if (this.#table === undefined) this.#table = this.#readTable(layout);
    return this.#table;
  }

  async #readTable(layout: Layout & { kind: "chunked" }): Promise<ChunkTable> {
    const { file, filters, space } = this.#parts;
    const chunkBytes = volume(layout.chunkShape) * this.type.size;
    if (layout.elementSize !== this.type.size || chunkBytes > LARGEST_CHUNK) {
      throw new FormatError("The chunks of a dataset are not sound.", {
        where: this.#where,
        found: `${layout.chunkShape.join(" x ")} elements of ${layout.elementSize} bytes`,
        expected: `elements of ${this.type.size} bytes, chunks up to ${LARGEST_CHUNK} bytes`,
      });
    }
    checkFilters(filters, this.#where);
    const extent = {
      shape: this.shape,
      maximum: space.maximum,
      chunkShape: layout.chunkShape,
      chunkBytes,
      filtered: filters.length > 0,
    };
    return readChunkTable(file, layout.index, extent);
  }
}

/** Reads the messages of a dataset's header. Throws FormatError when one is missing. */
export async function openDataset(file: FileBytes, heap: GlobalHeap, header: ObjectHeader, path: string): Promise<Hdf5Dataset> {
  const need = async (type: number, what: string): Promise<Cursor> => {
    const message = await findMessage(file, header, type);
    if (message !== undefined) return message;
    throw new FormatError(`A dataset has no ${what}.`, { where: `${file.name}:${path}`, offset: header.address });
  };
  const space = readDataspace(await need(MESSAGE.dataspace, "shape"));
  const type = readDatatype(await need(MESSAGE.datatype, "datatype"));
  const layout = readLayout(await need(MESSAGE.layout, "layout"), space.shape.length);
  if (header.messages.some((message) => message.type === MESSAGE.externalFiles)) {
    throw new UnsupportedError("Data in other files are not read.", { where: `${file.name}:${path}` });
  }
  const filters = await findMessage(file, header, MESSAGE.filters);
  const fill = await findMessage(file, header, MESSAGE.fillValue);
  const oldFill = await findMessage(file, header, MESSAGE.oldFillValue);
  const fillBytes = fill === undefined ? (oldFill === undefined ? undefined : readOldFillValue(oldFill)) : readFillValue(fill);
  return new Hdf5Dataset({
    path,
    file,
    heap,
    space,
    type,
    layout,
    filters: filters === undefined ? [] : readFilters(filters),
    fill: fillBytes,
  });
}

function offsetOf(shape: readonly number[], at: readonly number[]): number {
  return at.reduce((sum, index, i) => sum * shape[i]! + index, 0);
}

/** The box out of the span of bytes that begins at the box's first element and ends at its last. */
function gathered(span: Uint8Array, shape: readonly number[], count: readonly number[], size: number): Uint8Array {
  const out = new Uint8Array(volume(count) * size);
  const zero = count.map(() => 0);
  copyBox({ bytes: span, shape, start: zero }, { bytes: out, shape: count, start: zero }, count, size);
  return out;
}
