/** Reads little-endian fields one after the other from a piece of a file; nothing is read that was not checked to be there. */
import { FormatError } from "../../errors.js";

const ascii = new TextDecoder("latin1");
const utf8 = new TextDecoder();

/** How many bytes the file's addresses and lengths have (superblock fields "size of offsets" and "size of lengths"). */
export interface FieldSizes {
  readonly offsetSize: number;
  readonly lengthSize: number;
}

export class Cursor {
  readonly bytes: Uint8Array;
  /** File offset of `bytes[0]`, for messages. */
  readonly base: number;
  readonly where: string;
  readonly sizes: FieldSizes;
  position = 0;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, base: number, where: string, sizes: FieldSizes) {
    this.bytes = bytes;
    this.base = base;
    this.where = where;
    this.sizes = sizes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.bytes.length - this.position;
  }

  /** Moves on by `length` bytes and returns where they began. Throws {@link FormatError} when they are not there. */
  advance(length: number): number {
    if (!(length >= 0) || length > this.remaining) {
      throw this.error("A structure is shorter than its own fields.", `${this.remaining} bytes`, `${length} bytes`);
    }
    const start = this.position;
    this.position += length;
    return start;
  }

  take(length: number): Uint8Array {
    const start = this.advance(length);
    return this.bytes.subarray(start, start + length);
  }

  u8(): number {
    return this.#view.getUint8(this.advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.advance(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.advance(4), true);
  }

  /** Unsigned integer of 0 to 8 bytes. Throws {@link FormatError} above 2^53 - 1. */
  uint(size: number): number {
    const value = this.#uint(size);
    if (!Number.isSafeInteger(value)) throw this.error("A number is too large to be sound.", `about ${value}`, "less than 2^53");
    return value;
  }

  length(): number {
    return this.uint(this.sizes.lengthSize);
  }

  /** A length in which all bits set means "without limit": `Infinity`. */
  lengthOrUnlimited(): number {
    return this.#allOnes(this.sizes.lengthSize) ? Number.POSITIVE_INFINITY : this.length();
  }

  /** A file address; `undefined` when it is marked as undefined (all bits set). */
  address(): number | undefined {
    return this.#allOnes(this.sizes.offsetSize) ? undefined : this.uint(this.sizes.offsetSize);
  }

  /** An address that must be there. */
  definedAddress(what: string): number {
    const address = this.address();
    if (address === undefined) throw this.error(`The address of the ${what} is undefined.`, "no address", "an address");
    return address;
  }

  signature(expected: string): void {
    const found = ascii.decode(this.take(expected.length));
    if (found !== expected) throw this.error("A structure does not begin with its signature.", JSON.stringify(found), expected);
  }

  version(structure: string, ...known: readonly number[]): number {
    const version = this.u8();
    if (!known.includes(version)) {
      throw this.error(`The version of the ${structure} is not known.`, String(version), known.join(" or "));
    }
    return version;
  }

  /** Text up to a zero byte, which is skipped; with `padding`, the whole fills a multiple of that many bytes. */
  zeroTerminated(padding = 1): string {
    const end = this.bytes.indexOf(0, this.position);
    if (end < 0) throw this.error("A name is not closed by a zero byte.", "the end of the structure", "a zero byte");
    const name = utf8.decode(this.bytes.subarray(this.position, end));
    const used = end + 1 - this.position;
    this.advance(Math.ceil(used / padding) * padding);
    return name;
  }

  text(length: number): string {
    return utf8.decode(this.take(length));
  }

  error(problem: string, found: string, expected: string): FormatError {
    return new FormatError(problem, { where: this.where, offset: this.base + this.position, found, expected });
  }

  #uint(size: number): number {
    let value = 0;
    const start = this.advance(size);
    for (let i = size - 1; i >= 0; i--) value = value * 256 + this.bytes[start + i]!;
    return value;
  }

  #allOnes(size: number): boolean {
    const start = this.advance(size);
    for (let i = 0; i < size; i++) {
      if (this.bytes[start + i] !== 0xff) {
        this.position = start;
        return false;
      }
    }
    return true;
  }
}
