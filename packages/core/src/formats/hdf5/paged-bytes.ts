/** Small reads of a file's structures go through pages that are kept, so that a tree of thousands of nodes costs few reads. */
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { checkRange } from "../../spectrum-image/byte-source.js";

const PAGE_BYTES = 64 * 1024;
const PAGES_KEPT = 128;

export class PagedBytes {
  readonly source: ByteSource;
  readonly #pages = new Map<number, Promise<Uint8Array>>();

  constructor(source: ByteSource) {
    this.source = source;
  }

  /** Exactly `length` bytes from `offset`. Throws `FormatError` when they lie outside the file. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    checkRange(this.source.name, this.source.size, offset, length);
    if (length > PAGE_BYTES * 4) return this.source.read(offset, length);
    const first = Math.floor(offset / PAGE_BYTES);
    const last = Math.floor((offset + Math.max(length, 1) - 1) / PAGE_BYTES);
    if (first === last) {
      const page = await this.#page(first);
      return page.subarray(offset - first * PAGE_BYTES, offset - first * PAGE_BYTES + length);
    }
    const joined = new Uint8Array(length);
    for (let index = first; index <= last; index++) {
      const page = await this.#page(index);
      const start = index * PAGE_BYTES;
      const from = Math.max(offset, start);
      const to = Math.min(offset + length, start + page.length);
      joined.set(page.subarray(from - start, to - start), from - offset);
    }
    return joined;
  }

  #page(index: number): Promise<Uint8Array> {
    const kept = this.#pages.get(index);
    if (kept !== undefined) {
      this.#pages.delete(index);
      this.#pages.set(index, kept);
      return kept;
    }
    const start = index * PAGE_BYTES;
    const page = this.source.read(start, Math.min(PAGE_BYTES, this.source.size - start));
    this.#pages.set(index, page);
    page.catch(() => this.#pages.delete(index));
    if (this.#pages.size > PAGES_KEPT) this.#pages.delete(this.#pages.keys().next().value!);
    return page;
  }
}
