import { FormatError } from "../../errors.js";

/** A window that moves over a stream of pieces: what was asked for lies in one run of bytes, whatever the pieces. */
export class ByteWindow {
  bytes = new Uint8Array(0);
  view = new DataView(this.bytes.buffer);
  /** Next byte to read, in `bytes`. */
  at = 0;
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #where: string;
  #start = 0;

  constructor(pieces: AsyncIterator<Uint8Array>, where: string) {
    this.#pieces = pieces;
    this.#where = where;
  }

  /** Bytes at hand from `at` on. */
  get ahead(): number {
    return this.bytes.length - this.at;
  }

  /** Offset of `at` in the stream. */
  get offset(): number {
    return this.#start + this.at;
  }

  /** Makes sure that `length` bytes are at hand. Throws {@link FormatError} naming `field` when the stream ends before. */
  async need(length: number, field: string): Promise<void> {
    while (this.ahead < length) {
      const { value, done } = await this.#pieces.next();
      if (done === true) {
        throw new FormatError("The data end too early.", {
          where: this.#where,
          field,
          offset: this.offset,
          found: `${this.ahead} bytes`,
          expected: `${length} bytes`,
          remedy: "Copy the file again from the microscope; it may be truncated.",
        });
      }
      const joined = new Uint8Array(this.ahead + value.length);
      joined.set(this.bytes.subarray(this.at));
      joined.set(value, this.ahead);
      this.#start += this.at;
      this.bytes = joined;
      this.view = new DataView(joined.buffer);
      this.at = 0;
    }
  }
}
