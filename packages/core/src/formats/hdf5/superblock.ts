/** The superblock: where the file's structures begin and how wide its addresses are. Versions 0 to 3. */
import { FormatError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { lookup3 } from "./checksum.js";
import { Cursor, type FieldSizes } from "./cursor.js";
import { PagedBytes } from "./paged-bytes.js";
import { findSignature } from "./signature.js";

/** Bytes of an HDF5 file by its own addresses, which count from the superblock. */
export class FileBytes implements FieldSizes {
  readonly name: string;
  readonly offsetSize: number;
  readonly lengthSize: number;
  readonly source: ByteSource;
  readonly #base: number;
  readonly #pages: PagedBytes;

  constructor(pages: PagedBytes, base: number, sizes: FieldSizes) {
    this.name = pages.source.name;
    this.source = pages.source;
    this.offsetSize = sizes.offsetSize;
    this.lengthSize = sizes.lengthSize;
    this.#base = base;
    this.#pages = pages;
  }

  /** A cursor over exactly `length` bytes at an address. */
  async at(address: number, length: number): Promise<Cursor> {
    const bytes = await this.#pages.read(this.#base + address, length);
    return new Cursor(bytes, this.#base + address, this.name, this);
  }

  /** Like {@link at}, and the last four bytes are checked to be the lookup3 checksum of those before. */
  async checked(address: number, length: number): Promise<Cursor> {
    const cursor = await this.at(address, length);
    verifyChecksum(cursor);
    return cursor;
  }

  /** Raw data, past the kept pages. */
  async data(address: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    return this.source.read(this.#base + address, length, signal);
  }
}

/** Throws {@link FormatError} unless the last four bytes are the checksum of those before. */
export function verifyChecksum(cursor: Cursor): void {
  const { bytes } = cursor;
  if (bytes.length < 4)
    throw cursor.error("A structure is too short for its checksum.", `${bytes.length} bytes`, "at least 4 bytes");
  const stated = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, true);
  const computed = lookup3(bytes.subarray(0, bytes.length - 4));
  if (stated !== computed) {
    throw cursor.error("A structure does not match its checksum.", computed.toString(16), stated.toString(16));
  }
}

/** Reads the superblock. Throws {@link FormatError} when there is none, or when the file is shorter than it states. */
export async function readSuperblock(source: ByteSource): Promise<{ file: FileBytes; root: number }> {
  const head = await source.read(0, Math.min(source.size, 65536));
  const base = findSignature(head);
  if (base < 0)
    throw new FormatError("This is not an HDF5 file.", { where: source.name, offset: 0, expected: "the signature \\x89HDF" });
  const cursor = new Cursor(head.subarray(base), base, source.name, { offsetSize: 8, lengthSize: 8 });
  cursor.advance(8);
  const version = cursor.version("superblock", 0, 1, 2, 3);
  const { sizes, end, root } = version < 2 ? oldSuperblock(cursor, version) : newSuperblock(cursor);
  if (end !== undefined && end > source.size) {
    throw new FormatError("The file is shorter than it states.", {
      where: source.name,
      field: "end of file address",
      found: `${source.size} bytes`,
      expected: `${end} bytes`,
      remedy: "Copy the file again from the microscope; it may be truncated.",
    });
  }
  return { file: new FileBytes(new PagedBytes(source), base, sizes), root };
}

interface Superblock {
  readonly sizes: FieldSizes;
  readonly end: number | undefined;
  readonly root: number;
}

function oldSuperblock(cursor: Cursor, version: number): Superblock {
  cursor.advance(4);
  const sizes = { offsetSize: fieldSize(cursor), lengthSize: fieldSize(cursor) };
  cursor.advance(version === 1 ? 13 : 9);
  const fields = new Cursor(cursor.bytes, cursor.base, cursor.where, sizes);
  fields.position = cursor.position;
  fields.address();
  fields.address();
  const end = fields.address();
  fields.address();
  fields.address();
  return { sizes, end, root: fields.definedAddress("root group") };
}

function newSuperblock(cursor: Cursor): Superblock {
  const sizes = { offsetSize: fieldSize(cursor), lengthSize: fieldSize(cursor) };
  cursor.advance(1);
  const fields = new Cursor(cursor.bytes, cursor.base, cursor.where, sizes);
  fields.position = cursor.position;
  fields.address();
  fields.address();
  const end = fields.address();
  const root = fields.definedAddress("root group");
  fields.advance(4);
  verifyChecksum(new Cursor(cursor.bytes.subarray(0, fields.position), cursor.base, cursor.where, sizes));
  return { sizes, end, root };
}

function fieldSize(cursor: Cursor): number {
  const size = cursor.u8();
  if (size !== 2 && size !== 4 && size !== 8)
    throw cursor.error("The width of addresses is not sound.", String(size), "2, 4 or 8 bytes");
  return size;
}
