import { FormatError } from "../../errors.js";

/** A window that moves over a stream of pieces, each of which may lie where the one before lay: what was asked for lies in one run of bytes, whatever the pieces. */
export class ByteWindow {
  bytes = new Uint8Array(0);
  view = new DataView(this.bytes.buffer);
  /** End of what was read, in `bytes`. */
  #end = 0;
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
    return this.#end - this.at;
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
      this.#append(value);
    }
  }

  /** Moves what is left to the front, and grows where the piece does not fit behind it. */
  #append(piece: Uint8Array): void {
    const { ahead } = this;
    const room = this.bytes.length >= ahead + piece.length ? this.bytes : new Uint8Array(2 * ahead + piece.length);
    room.set(this.bytes.subarray(this.at, this.#end));
    room.set(piece, ahead);
    if (room !== this.bytes) this.view = new DataView(room.buffer);
    this.bytes = room;
    this.#start += this.at;
    this.at = 0;
    this.#end = ahead + piece.length;
  }
}
