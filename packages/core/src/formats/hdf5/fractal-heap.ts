/** Fractal heaps: where groups and objects with many links or attributes keep them. Heaps without filters only. */
import { UnsupportedError } from "../../errors.js";
import { bytesFor, readBtree2 } from "./btree2.js";
import { Cursor } from "./cursor.js";
import type { FileBytes } from "./superblock.js";

interface Heap {
  readonly file: FileBytes;
  readonly address: number;
  readonly idLength: number;
  readonly hugeTree: number | undefined;
  readonly width: number;
  readonly startSize: number;
  readonly largestDirect: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly root: number | undefined;
  readonly rootRows: number;
}

export class FractalHeap {
  readonly #heap: Heap;

  constructor(heap: Heap) {
    this.#heap = heap;
  }

  /** Bytes of a heap id in the records that refer to this heap. */
  get idLength(): number {
    return this.#heap.idLength;
  }

  /** The object that a heap id (at the cursor) names. Throws FormatError when it is not there. */
  async read(id: Cursor): Promise<Cursor> {
    const start = id.position;
    const first = id.u8();
    const kind = (first >> 4) & 3;
    if (first >> 6 !== 0) throw id.error("The version of a heap id is not known.", String(first >> 6), "0");
    let found: Cursor;
    if (kind === 0) found = await this.#managed(id.uint(this.#heap.offsetBytes), id.uint(this.#heap.lengthBytes), id);
    else if (kind === 1) found = await this.#huge(id);
    else found = this.#tiny(first, id);
    id.position = start;
    id.advance(this.#heap.idLength);
    return found;
  }

  #tiny(first: number, id: Cursor): Cursor {
    const extended = this.#heap.idLength > 18;
    const length = (extended ? ((first & 0xf) << 8) | id.u8() : first & 0xf) + 1;
    const base = id.base + id.position;
    return new Cursor(id.take(length), base, id.where, id.sizes);
  }

  async #huge(id: Cursor): Promise<Cursor> {
    const { file, hugeTree, idLength } = this.#heap;
    if (file.offsetSize + file.lengthSize <= idLength - 1) return file.at(id.definedAddress("huge object"), id.length());
    const key = id.uint(Math.min(8, idLength - 1));
    if (hugeTree === undefined) throw id.error("A heap has no index of its huge objects.", "no index", "an index");
    const { records } = await readBtree2(file, hugeTree, [1]);
    for (const record of records) {
      const address = record.definedAddress("huge object");
      const length = record.length();
      if (record.length() === key) return file.at(address, length);
    }
    throw id.error("A huge object of a heap is missing.", `no object ${key}`, "an object");
  }

  async #managed(offset: number, length: number, id: Cursor): Promise<Cursor> {
    const { file, root, rootRows, startSize } = this.#heap;
    if (root === undefined) throw id.error("A heap is empty.", "no block", "a block");
    let block = { address: root, offset: 0, rows: rootRows, size: startSize };
    for (let depth = 0; block.rows > 0; depth++) {
      if (depth > 64) throw id.error("The blocks of a heap go in a circle.", `${depth} levels`, "at most 64");
      block = await this.#child(block, offset, id);
    }
    if (offset + length > block.offset + block.size) {
      throw id.error(
        "An object reaches over the end of its heap block.",
        `${length} bytes`,
        `at most ${block.offset + block.size - offset}`,
      );
    }
    return file.at(block.address + offset - block.offset, length);
  }

  /** The block of an indirect block in which the heap offset lies. */
  async #child(block: Block, offset: number, id: Cursor): Promise<Block> {
    const { file, width, startSize, largestDirect, offsetBytes } = this.#heap;
    const prefix = 5 + file.offsetSize + offsetBytes;
    const cursor = await file.checked(block.address, prefix + block.rows * width * file.offsetSize + 4);
    cursor.signature("FHIB");
    cursor.version("heap block", 0);
    cursor.position = prefix;
    let start = block.offset;
    for (let row = 0; row < block.rows; row++) {
      const size = rowSize(startSize, row);
      for (let column = 0; column < width; column++) {
        const address = cursor.address();
        if (offset < start + size) {
          if (address === undefined) throw id.error("A block of a heap is missing.", "no address", "an address");
          const rows = size <= largestDirect ? 0 : log2(size) - log2(startSize * width) + 1;
          return { address, offset: start, rows, size };
        }
        start += size;
      }
    }
    throw id.error("An object lies outside its heap.", `offset ${offset}`, `less than ${start}`);
  }
}

interface Block {
  readonly address: number;
  readonly offset: number;
  /** 0 for a direct block. */
  readonly rows: number;
  readonly size: number;
}

/** Reads the header of a heap. Throws FormatError when its sizes are not sound, UnsupportedError when the heap is compressed. */
export async function openFractalHeap(file: FileBytes, address: number): Promise<FractalHeap> {
  const { offsetSize: o, lengthSize: l } = file;
  const cursor = await file.checked(address, 26 + 12 * l + 3 * o);
  cursor.signature("FRHP");
  cursor.version("fractal heap", 0);
  const idLength = cursor.u16();
  if (cursor.u16() !== 0)
    throw new UnsupportedError("Compressed heaps of links or attributes are not read.", { where: file.name });
  cursor.advance(1);
  const largestManaged = cursor.u32();
  cursor.advance(l);
  const hugeTree = cursor.address();
  cursor.advance(l + o + 4 * l + 4 * l);
  const width = cursor.u16();
  const startSize = cursor.length();
  const largestDirect = cursor.length();
  const heapBits = cursor.u16();
  cursor.advance(2);
  const root = cursor.address();
  const rootRows = cursor.u16();
  const sound =
    isPowerOf2(width) && isPowerOf2(startSize) && isPowerOf2(largestDirect) && largestDirect >= startSize && heapBits <= 64;
  if (!sound || rootRows > 64 || idLength < 2) {
    throw cursor.error(
      "The sizes of a heap are not sound.",
      `width ${width}, blocks of ${startSize} to ${largestDirect}`,
      "powers of two",
    );
  }
  const offsetBytes = Math.ceil(heapBits / 8);
  const lengthBytes = Math.min(Math.ceil(log2(largestDirect) / 8), bytesFor(largestManaged));
  const heap = { file, address, idLength, hugeTree, width, startSize, largestDirect, offsetBytes, lengthBytes, root, rootRows };
  return new FractalHeap(heap);
}

function rowSize(startSize: number, row: number): number {
  let size = startSize;
  for (let r = 1; r < row; r++) size *= 2;
  return size;
}

function isPowerOf2(value: number): boolean {
  return value >= 1 && Number.isInteger(log2(value));
}

/** Exact for powers of two, a fraction otherwise. */
function log2(value: number): number {
  let power = 0;
  let rest = value;
  while (rest >= 2) {
    rest /= 2;
    power++;
  }
  return rest === 1 ? power : power + 0.5;
}
