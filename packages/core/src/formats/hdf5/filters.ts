/** The filters of chunks, undone: deflate, shuffle, Fletcher-32 and LZF. Output is never larger than a chunk may be. */
import { FormatError, UnsupportedError } from "../../errors.js";
import { inflateZlib } from "../inflate.js";
import { fletcher32 } from "./checksum.js";
import type { Filter } from "./dataset-messages.js";
import { unpackLzf } from "./lzf.js";

const DEFLATE = 1;
const SHUFFLE = 2;
const FLETCHER32 = 3;
const LZF = 32000;

const names: Readonly<Record<number, string>> = {
  4: "szip",
  5: "n-bit",
  6: "scale-offset",
  307: "bzip2",
  32001: "Blosc",
  32004: "LZ4",
  32008: "bitshuffle",
  32013: "zfp",
  32015: "Zstandard",
  32026: "Blosc2",
};
/** No more than this many bytes can come out of one byte, with the filters that are read. */
const LARGEST_RATIO = 1100;

/** Throws UnsupportedError when a chunk with these filters cannot be read. */
export function checkFilters(filters: readonly Filter[], where: string): void {
  for (const { id, name } of filters) {
    if ([DEFLATE, SHUFFLE, FLETCHER32, LZF].includes(id)) continue;
    throw new UnsupportedError("The data are compressed in a way that is not read.", {
      where,
      found: `${names[id] ?? (name === "" ? "an unnamed filter" : name)} (filter ${id})`,
      expected: "gzip, LZF or no compression",
      remedy: "Write the file again with gzip (in HyperSpy: save(compression='gzip'); or h5repack -f GZIP=1).",
    });
  }
}

/** A chunk as it lies in the file. */
export interface StoredChunk {
  readonly bytes: Uint8Array;
  readonly address: number;
  /** One bit for each filter that was left out. */
  readonly mask: number;
}

/** Undoes the filters of a chunk, last first. The result has exactly `size` bytes. Throws FormatError when the data are damaged. */
export function undoFilters(chunk: StoredChunk, filters: readonly Filter[], size: number, where: string): Uint8Array {
  const applied = filters.filter((_, i) => (chunk.mask & (1 << i)) === 0);
  let bytes = chunk.bytes;
  if (bytes.length * LARGEST_RATIO + 4096 < size)
    throw damaged(where, `${bytes.length} bytes`, `enough for a chunk of ${size} bytes`);
  for (let i = applied.length - 1; i >= 0; i--) {
    const checksums = applied.slice(0, i).filter((filter) => filter.id === FLETCHER32).length;
    bytes = undo(bytes, applied[i]!, size + 4 * checksums, { where, field: "chunk", offset: chunk.address });
  }
  if (bytes.length !== size) throw damaged(where, `${bytes.length} bytes`, `${size} bytes`);
  return bytes;
}

interface Facts {
  readonly where: string;
  readonly field: string;
  readonly offset: number;
}

/** `size`: bytes that come out. */
function undo(bytes: Uint8Array, filter: Filter, size: number, facts: Facts): Uint8Array {
  switch (filter.id) {
    case DEFLATE:
      return inflateZlib(bytes, size, facts);
    case SHUFFLE:
      return unshuffle(bytes, filter.values[0] ?? 1);
    case FLETCHER32:
      return withoutChecksum(bytes, facts.where);
    default:
      return unpackLzf(bytes, size, facts.where);
  }
}

/** Bytes of equal rank stand together; this puts the bytes of each element together again. A rest that fills no element is left as it is. */
function unshuffle(bytes: Uint8Array, elementSize: number): Uint8Array {
  const elements = Math.floor(bytes.length / elementSize);
  if (elementSize < 2 || elements === 0) return bytes;
  const plain = new Uint8Array(bytes.length);
  if (elementSize === 2) {
    unshufflePairs(bytes, plain, elements);
  } else if (elementSize % 4 === 0) {
    for (let first = 0; first < elementSize; first += 4) unshuffleWords(bytes, plain, elements, elementSize, first);
  } else {
    for (let b = 0; b < elementSize; b++) {
      const source = b * elements;
      for (let i = 0, to = b; i < elements; i++, to += elementSize) plain[to] = bytes[source + i]!;
    }
  }
  plain.set(bytes.subarray(elements * elementSize), elements * elementSize);
  return plain;
}

function unshufflePairs(bytes: Uint8Array, plain: Uint8Array, elements: number): void {
  for (let i = 0; i < elements; i++) {
    const low = bytes[i]!;
    const high = bytes[elements + i]!;
    if ((low | high) === 0) continue;
    plain[2 * i] = low;
    plain[2 * i + 1] = high;
  }
}

/** Four bytes of each element at once, from byte `first` of the element on. Sparse data are mostly zeros, which are there already. */
function unshuffleWords(bytes: Uint8Array, plain: Uint8Array, elements: number, elementSize: number, first: number): void {
  const [a, b, c, d] = [0, 1, 2, 3].map((k) => (first + k) * elements) as [number, number, number, number];
  for (let i = 0, to = first; i < elements; i++, to += elementSize) {
    const p = bytes[a + i]!;
    const q = bytes[b + i]!;
    const r = bytes[c + i]!;
    const s = bytes[d + i]!;
    if ((p | q | r | s) === 0) continue;
    plain[to] = p;
    plain[to + 1] = q;
    plain[to + 2] = r;
    plain[to + 3] = s;
  }
}

function withoutChecksum(bytes: Uint8Array, where: string): Uint8Array {
  if (bytes.length < 4) throw damaged(where, `${bytes.length} bytes`, "data and a checksum of 4 bytes");
  const data = bytes.subarray(0, bytes.length - 4);
  const stated = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, true);
  const computed = fletcher32(data);
  if (computed !== stated) throw damaged(where, `checksum ${computed.toString(16)}`, `checksum ${stated.toString(16)}`);
  return data;
}

function damaged(where: string, found: string, expected: string): FormatError {
  return new FormatError("A chunk of the data is damaged.", { where, found, expected });
}
