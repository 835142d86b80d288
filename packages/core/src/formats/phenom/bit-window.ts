import { FormatError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";

/** No block of bzip2 has more compressed bytes than this. */
const LONGEST_BLOCK = 1_300_000;
const WINDOW = 4 * 1024 * 1024;

/** Bits of a file, most significant first, out of a window that moves on between blocks. */
export class BitWindow {
  readonly #source: ByteSource;
  readonly #signal: AbortSignal | undefined;
  #bytes = new Uint8Array(0);
  #start = 0;
  #at = 0;
  #held = 0;
  #heldBits = 0;

  constructor(source: ByteSource, signal: AbortSignal | undefined) {
    this.#source = source;
    this.#signal = signal;
  }

  /** Whole bytes taken so far. */
  get consumed(): number {
    return this.#start + this.#at;
  }

  /** Bits that are left in the file. */
  get available(): number {
    return (this.#source.size - this.consumed) * 8 + this.#heldBits;
  }

  /** Makes sure that a whole block is in the window, or the rest of the file. */
  async fill(): Promise<void> {
    const left = this.#bytes.length - this.#at;
    const end = this.#start + this.#bytes.length;
    if (left >= LONGEST_BLOCK || end === this.#source.size) return;
    const from = this.consumed;
    const length = Math.min(WINDOW, this.#source.size - from);
    this.#bytes = Uint8Array.from(await this.#source.read(from, length, this.#signal));
    this.#start = from;
    this.#at = 0;
  }

  /** Up to 24 bits. Throws FormatError at the end of the file. */
  read(width: number): number {
    while (this.#heldBits < width) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw this.broken("The compressed data end too early.", "compressed data");
      this.#held = ((this.#held << 8) | byte) & 0x7fffffff;
      this.#heldBits += 8;
    }
    this.#heldBits -= width;
    return (this.#held >>> this.#heldBits) & ((1 << width) - 1);
  }

  /** Leaves out the bits up to the next byte. */
  toByte(): void {
    this.#heldBits -= this.#heldBits % 8;
  }

  broken(problem: string, field: string): FormatError {
    return new FormatError(problem, {
      where: this.#source.name,
      field,
      offset: Math.min(this.consumed, this.#source.size),
      remedy: "Copy the file again from the microscope; it may be damaged.",
    });
  }
}
