import { FormatError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";

const WINDOW = 64 * 1024;

export interface CursorOptions {
  readonly signal?: AbortSignal | undefined;
  /** Byte order of numbers; little-endian unless said otherwise. */
  readonly littleEndian?: boolean;
  /** First byte to read. */
  readonly offset?: number;
}

/**
 * Reads the fields of a binary header one after the other through a small window, so that a header may lie anywhere in a file that
 * is larger than memory. Each read names its field; one that does not lie inside the file throws {@link FormatError} with the
 * field and its offset before anything is allocated for it.
 */
export class FileCursor {
  littleEndian: boolean;
  readonly source: ByteSource;
  readonly #signal: AbortSignal | undefined;
  #offset: number;
  #window = new Uint8Array(0);
  #view = new DataView(new ArrayBuffer(0));
  #windowStart = 0;

  constructor(source: ByteSource, options: CursorOptions = {}) {
    this.source = source;
    this.littleEndian = options.littleEndian ?? true;
    this.#signal = options.signal;
    this.#offset = options.offset ?? 0;
  }

  /** Offset in the file of the next byte. */
  get offset(): number {
    return this.#offset;
  }

  /** Bytes between here and the end of the file. */
  get remaining(): number {
    return this.source.size - this.#offset;
  }

  /** Goes to an offset, which must lie inside the file or at its end. */
  seek(offset: number, field: string): void {
    if (!Number.isSafeInteger(offset) || offset < 0 || offset > this.source.size) {
      throw new FormatError("An offset points outside the file.", {
        where: this.source.name,
        field,
        offset: this.#offset,
        found: String(offset),
        expected: `at most ${this.source.size}`,
        remedy: "Copy the file again from the microscope; it may be truncated.",
      });
    }
    this.#offset = offset;
  }

  skip(length: number, field: string): void {
    this.#check(length, field);
    this.#offset += length;
  }

  async u8(field: string): Promise<number> {
    const at = await this.#take(1, field);
    return this.#view.getUint8(at);
  }

  async i8(field: string): Promise<number> {
    const at = await this.#take(1, field);
    return this.#view.getInt8(at);
  }

  async u16(field: string): Promise<number> {
    const at = await this.#take(2, field);
    return this.#view.getUint16(at, this.littleEndian);
  }

  async i16(field: string): Promise<number> {
    const at = await this.#take(2, field);
    return this.#view.getInt16(at, this.littleEndian);
  }

  async u32(field: string): Promise<number> {
    const at = await this.#take(4, field);
    return this.#view.getUint32(at, this.littleEndian);
  }

  async i32(field: string): Promise<number> {
    const at = await this.#take(4, field);
    return this.#view.getInt32(at, this.littleEndian);
  }

  /** A 64-bit unsigned integer; FormatError when it is larger than 2^53, which no offset or count can be. */
  async u64(field: string): Promise<number> {
    const at = await this.#take(8, field);
    const value = this.#view.getBigUint64(at, this.littleEndian);
    if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
    throw new FormatError("A 64-bit number is out of range.", {
      where: this.source.name,
      field,
      offset: this.#offset - 8,
      found: String(value),
      expected: "at most 2^53",
    });
  }

  async f32(field: string): Promise<number> {
    const at = await this.#take(4, field);
    return this.#view.getFloat32(at, this.littleEndian);
  }

  async f64(field: string): Promise<number> {
    const at = await this.#take(8, field);
    return this.#view.getFloat64(at, this.littleEndian);
  }

  /** `count` doubles. */
  async f64s(count: number, field: string): Promise<number[]> {
    this.#check(count * 8, field);
    const values: number[] = [];
    for (let i = 0; i < count; i++) values.push(await this.f64(field));
    return values;
  }

  /** `length` bytes, as a copy. */
  async bytes(length: number, field: string): Promise<Uint8Array<ArrayBuffer>> {
    this.#check(length, field);
    if (length > WINDOW) {
      const bytes = await this.source.read(this.#offset, length, this.#signal);
      this.#offset += length;
      return Uint8Array.from(bytes);
    }
    const at = await this.#take(length, field);
    return this.#window.slice(at, at + length);
  }

  /** A text of fixed length, ended by its first NUL if it has one. UTF-8, or Windows-1252 where it is not valid UTF-8. */
  async text(length: number, field: string): Promise<string> {
    return textOf(await this.bytes(length, field));
  }

  /** Makes `length` bytes available and gives the index of the first in the window. */
  async #take(length: number, field: string): Promise<number> {
    this.#check(length, field);
    const inside = this.#offset >= this.#windowStart && this.#offset + length <= this.#windowStart + this.#window.length;
    if (!inside) {
      const size = Math.min(Math.max(WINDOW, length), this.source.size - this.#offset);
      this.#window = Uint8Array.from(await this.source.read(this.#offset, size, this.#signal));
      this.#view = new DataView(this.#window.buffer);
      this.#windowStart = this.#offset;
    }
    const at = this.#offset - this.#windowStart;
    this.#offset += length;
    return at;
  }

  #check(length: number, field: string): void {
    if (Number.isSafeInteger(length) && length >= 0 && this.#offset + length <= this.source.size) return;
    throw new FormatError("The file ends before a field that it announces.", {
      where: this.source.name,
      field,
      offset: this.#offset,
      found: `${this.remaining} bytes`,
      expected: `${length} bytes`,
      remedy: "Copy the file again from the microscope; it may be truncated.",
    });
  }
}

/** Text up to the first NUL. UTF-8, or Windows-1252 where the bytes are not valid UTF-8. */
export function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const used = end < 0 ? bytes : bytes.subarray(0, end);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(used);
  } catch {
    return new TextDecoder("windows-1252").decode(used);
  }
}
