/** The fields of an `.elid` file, one after the other, out of its decompressed blocks. */
import { FormatError, throwIfAborted } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { CountBlockBuilder } from "../count-block-builder.js";
import { decompressBzip2 } from "./bzip2.js";

const LONGEST_TEXT = 1 << 20;
const LONGEST_PICTURE = 1 << 28;
const LONGEST_LIST = 1 << 20;
const LONGEST_NUMBER = 5;
const LARGEST_SHIFT = 1 << 28;

export class ElidStream {
  readonly source: ByteSource;
  readonly #blocks: AsyncGenerator<Uint8Array>;
  readonly #signal: AbortSignal | undefined;
  #bytes: Uint8Array = new Uint8Array(0);
  #view = new DataView(new ArrayBuffer(0));
  #at = 0;
  #before = 0;
  #ended = false;

  constructor(source: ByteSource, signal: AbortSignal | undefined) {
    this.source = source;
    this.#signal = signal;
    this.#blocks = decompressBzip2(source, signal);
  }

  /** Offset in the decompressed data. */
  get offset(): number {
    return this.#before + this.#at;
  }

  async u8(field: string): Promise<number> {
    const at = await this.#take(1, field);
    return this.#view.getUint8(at);
  }

  async u32(field: string): Promise<number> {
    const at = await this.#take(4, field);
    return this.#view.getUint32(at, true);
  }

  async i32(field: string): Promise<number> {
    const at = await this.#take(4, field);
    return this.#view.getInt32(at, true);
  }

  async f64(field: string): Promise<number> {
    const at = await this.#take(8, field);
    return this.#view.getFloat64(at, true);
  }

  async text(field: string): Promise<string> {
    return new TextDecoder().decode(await this.#bytesOf(await this.#length(field, LONGEST_TEXT), field));
  }

  /** A file within the file; empty where there is none. */
  async picture(field: string): Promise<Uint8Array> {
    return this.#bytesOf(await this.#length(field, LONGEST_PICTURE), field);
  }

  /** A list of bytes. */
  async bytes(field: string): Promise<Uint8Array> {
    return this.#bytesOf(await this.#length(field, LONGEST_LIST), field);
  }

  /** Length of a list. */
  async count(field: string): Promise<number> {
    return this.#length(field, LONGEST_LIST);
  }

  /** Passes over `length` bytes. */
  async skip(length: number, field: string): Promise<void> {
    for (let left = length; left > 0; ) {
      const step = Math.min(left, 1 << 20);
      await this.#take(step, field);
      left -= step;
    }
  }

  /** `count` numbers of variable length: 7 bits in each byte, the lowest first, the highest bit says that more follow. */
  async numbers(count: number, field: string): Promise<number[]> {
    const values: number[] = [];
    await this.#eachNumber(count, field, (value) => values.push(value));
    return values;
  }

  /** One spectrum of `channels` numbers as a pixel of `builder`. */
  async spectrum(channels: number, builder: CountBlockBuilder, field: string): Promise<void> {
    await this.#eachNumber(channels, field, (value, channel) => {
      if (value === 0) return;
      builder.reserve(1);
      builder.channel[builder.entries] = channel;
      builder.count[builder.entries++] = value;
    });
    builder.endPixels();
  }

  async #eachNumber(count: number, field: string, take: (value: number, i: number) => void): Promise<void> {
    for (let i = 0; i < count; i++) {
      if (this.#bytes.length - this.#at < LONGEST_NUMBER) await this.#pull(LONGEST_NUMBER);
      let value = 0;
      for (let shift = 1, more = true; more; shift *= 128) {
        const byte = this.#bytes[this.#at++];
        if (byte === undefined || shift > LARGEST_SHIFT) throw this.broken("A number does not end.", field);
        value += (byte & 127) * shift;
        more = byte >= 128;
      }
      take(value, i);
    }
  }

  async #length(field: string, most: number): Promise<number> {
    const length = await this.u32(`length of ${field}`);
    if (length <= most) return length;
    throw this.broken("A list is longer than any program writes.", `length of ${field}`, String(length), `at most ${most}`);
  }

  async #bytesOf(length: number, field: string): Promise<Uint8Array> {
    const at = await this.#take(length, field);
    return this.#bytes.slice(at, at + length);
  }

  async #take(length: number, field: string): Promise<number> {
    if (this.#bytes.length - this.#at < length) await this.#pull(length);
    if (this.#bytes.length - this.#at < length) throw this.broken("The file ends before a field that it announces.", field);
    this.#at += length;
    return this.#at - length;
  }

  /** Adds blocks until `length` bytes are there or the file ends. */
  async #pull(length: number): Promise<void> {
    throwIfAborted(this.#signal);
    const parts = [this.#bytes.subarray(this.#at)];
    let size = parts[0]!.length;
    while (size < length && !this.#ended) {
      const { value, done } = await this.#blocks.next();
      if (done === true) this.#ended = true;
      else {
        parts.push(value);
        size += value.length;
      }
    }
    const joined = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
      joined.set(part, at);
      at += part.length;
    }
    this.#before += this.#at;
    this.#bytes = joined;
    this.#view = new DataView(joined.buffer);
    this.#at = 0;
  }

  broken(problem: string, field: string, found?: string, expected?: string): FormatError {
    return new FormatError(problem, {
      where: this.source.name,
      field: `${field} (byte ${this.offset} of the decompressed data)`,
      found,
      expected,
      remedy: "Copy the file again from the microscope; it may be damaged.",
    });
  }
}
