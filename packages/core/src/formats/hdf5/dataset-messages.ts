/** The messages of a dataset: its shape, where its data lie, what was done to them and what stands where nothing was written. */
import { UnsupportedError } from "../../errors.js";
import type { Cursor } from "./cursor.js";

export interface Dataspace {
  /** `[]` for a single value. */
  readonly shape: readonly number[];
  /** Largest shape; `Infinity` where there is no limit. */
  readonly maximum: readonly number[];
  /** The dataset holds nothing at all. */
  readonly isNull: boolean;
}

export interface Filter {
  readonly id: number;
  readonly name: string;
  readonly optional: boolean;
  readonly values: readonly number[];
}

export type ChunkIndex =
  | { readonly kind: "btree1"; readonly address: number | undefined }
  | {
      readonly kind: "single";
      readonly address: number | undefined;
      readonly filteredSize: number | undefined;
      readonly mask: number;
    }
  | { readonly kind: "implicit"; readonly address: number | undefined }
  | { readonly kind: "fixed-array"; readonly address: number | undefined }
  | { readonly kind: "extensible-array"; readonly address: number | undefined }
  | { readonly kind: "btree2"; readonly address: number | undefined };

export type Layout =
  | { readonly kind: "compact"; readonly data: Uint8Array }
  | { readonly kind: "contiguous"; readonly address: number | undefined }
  | {
      readonly kind: "chunked";
      readonly chunkShape: readonly number[];
      readonly elementSize: number;
      readonly index: ChunkIndex;
      /** Chunks that reach over the edge are stored without filters. */
      readonly unfilteredEdges: boolean;
    };

const MOST_DIMENSIONS = 32;

export function readDataspace(cursor: Cursor): Dataspace {
  const version = cursor.version("dataspace", 1, 2);
  const rank = cursor.u8();
  const flags = cursor.u8();
  if (rank > MOST_DIMENSIONS)
    throw cursor.error("A dataset has too many dimensions.", String(rank), `at most ${MOST_DIMENSIONS}`);
  const kind = cursor.u8();
  if (version === 1) cursor.advance(4);
  const shape = Array.from({ length: rank }, () => cursor.length());
  const maximum = flags & 1 ? Array.from({ length: rank }, () => cursor.lengthOrUnlimited()) : shape;
  if (!Number.isSafeInteger(shape.reduce((product, size) => product * size, 1))) {
    throw cursor.error("A dataset is larger than anything can be.", shape.join(" x "), "less than 2^53 elements");
  }
  return { shape, maximum, isNull: version === 2 && kind === 2 };
}

export function readLayout(cursor: Cursor, rank: number): Layout {
  const version = cursor.u8();
  if (version === 1 || version === 2) return readOldLayout(cursor, rank);
  if (version !== 3 && version !== 4) {
    throw new UnsupportedError("This way of laying out data is not read.", {
      where: cursor.where,
      found: `layout version ${version}`,
    });
  }
  const kind = cursor.u8();
  if (kind === 0) return { kind: "compact", data: cursor.take(cursor.u16()) };
  if (kind === 1) return { kind: "contiguous", address: cursor.address() };
  if (kind !== 2)
    throw new UnsupportedError("Virtual datasets are not read.", { where: cursor.where, found: `layout class ${kind}` });
  return version === 3 ? readChunked3(cursor, rank) : readChunked4(cursor, rank);
}

function readOldLayout(cursor: Cursor, rank: number): Layout {
  const dimensions = cursor.u8();
  const kind = cursor.u8();
  cursor.advance(5);
  const address = kind === 0 ? undefined : cursor.address();
  const sizes = Array.from({ length: Math.min(dimensions, MOST_DIMENSIONS + 1) }, () => cursor.u32());
  if (kind === 0) return { kind: "compact", data: cursor.take(cursor.u32()) };
  if (kind === 1) return { kind: "contiguous", address };
  return chunked(cursor, rank, sizes, { kind: "btree1", address }, false);
}

function readChunked3(cursor: Cursor, rank: number): Layout {
  const dimensions = cursor.u8();
  const address = cursor.address();
  const sizes = Array.from({ length: Math.min(dimensions, MOST_DIMENSIONS + 1) }, () => cursor.u32());
  return chunked(cursor, rank, sizes, { kind: "btree1", address }, false);
}

function readChunked4(cursor: Cursor, rank: number): Layout {
  const flags = cursor.u8();
  const dimensions = cursor.u8();
  const width = cursor.u8();
  if (width < 1 || width > 8) throw cursor.error("The width of chunk sizes is not sound.", String(width), "1 to 8 bytes");
  const sizes = Array.from({ length: Math.min(dimensions, MOST_DIMENSIONS + 1) }, () => cursor.uint(width));
  return chunked(cursor, rank, sizes, readChunkIndex(cursor, flags), (flags & 1) !== 0);
}

function readChunkIndex(cursor: Cursor, flags: number): ChunkIndex {
  const kind = cursor.u8();
  switch (kind) {
    case 1: {
      const filtered = (flags & 2) !== 0;
      const filteredSize = filtered ? cursor.length() : undefined;
      const mask = filtered ? cursor.u32() : 0;
      return { kind: "single", filteredSize, mask, address: cursor.address() };
    }
    case 2:
      return { kind: "implicit", address: cursor.address() };
    case 3:
      cursor.advance(1);
      return { kind: "fixed-array", address: cursor.address() };
    case 4:
      cursor.advance(5);
      return { kind: "extensible-array", address: cursor.address() };
    case 5:
      cursor.advance(6);
      return { kind: "btree2", address: cursor.address() };
    default:
      throw cursor.error("The index of the chunks is of no known kind.", String(kind), "1 to 5");
  }
}

function chunked(cursor: Cursor, rank: number, sizes: readonly number[], index: ChunkIndex, unfilteredEdges: boolean): Layout {
  if (sizes.length !== rank + 1 || sizes.some((size) => size < 1)) {
    throw cursor.error("The chunks do not have the dimensions of the dataset.", sizes.join(" x "), `${rank + 1} sizes above 0`);
  }
  return { kind: "chunked", chunkShape: sizes.slice(0, rank), elementSize: sizes[rank]!, index, unfilteredEdges };
}

export function readFilters(cursor: Cursor): Filter[] {
  const version = cursor.version("filter pipeline", 1, 2);
  const count = cursor.u8();
  if (version === 1) cursor.advance(6);
  return Array.from({ length: count }, () => {
    const id = cursor.u16();
    const nameLength = version === 1 || id >= 256 ? cursor.u16() : 0;
    const flags = cursor.u16();
    const values = cursor.u16();
    const padded = version === 1 ? Math.ceil(nameLength / 8) * 8 : nameLength;
    const name = cursor.text(padded).replace(/\0.*$/s, "");
    const read = Array.from({ length: values }, () => cursor.u32());
    if (version === 1 && values % 2 === 1) cursor.advance(4);
    return { id, name, optional: (flags & 1) !== 0, values: read };
  });
}

/** Bytes of one element that stand where nothing was written; `undefined` for zeros. */
export function readFillValue(cursor: Cursor): Uint8Array | undefined {
  const version = cursor.version("fill value", 1, 2, 3);
  if (version === 3) {
    const flags = cursor.u8();
    return flags & 0x20 ? cursor.take(cursor.u32()) : undefined;
  }
  cursor.advance(2);
  const defined = cursor.u8();
  if (version === 2 && defined === 0) return undefined;
  return cursor.remaining < 4 ? undefined : cursor.take(cursor.u32());
}

/** The older form of the fill value message: only a size and the bytes. */
export function readOldFillValue(cursor: Cursor): Uint8Array {
  return cursor.take(cursor.u32());
}
