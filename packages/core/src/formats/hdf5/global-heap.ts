/** Global heap collections: the text and lists of variable length that datasets and attributes refer to. */
import type { Cursor } from "./cursor.js";
import type { FileBytes } from "./superblock.js";

const COLLECTIONS_KEPT = 64;

export class GlobalHeap {
  readonly #file: FileBytes;
  readonly #collections = new Map<number, Promise<Map<number, Uint8Array>>>();

  constructor(file: FileBytes) {
    this.#file = file;
  }

  /** The bytes that a reference (length, collection, index) at the cursor names, `elementSize` bytes per element. */
  async read(reference: Cursor, elementSize: number): Promise<Uint8Array> {
    const length = reference.u32();
    const address = reference.address();
    const index = reference.u32();
    if (length === 0 || address === undefined || address === 0) return new Uint8Array(0);
    const object = (await this.#collection(address)).get(index);
    if (object === undefined || object.length < length * elementSize) {
      throw reference.error(
        "A value of variable length is missing or too short.",
        `${object?.length ?? "no"} bytes`,
        `${length * elementSize} bytes`,
      );
    }
    return object.subarray(0, length * elementSize);
  }

  #collection(address: number): Promise<Map<number, Uint8Array>> {
    let collection = this.#collections.get(address);
    if (collection === undefined) {
      collection = readCollection(this.#file, address);
      this.#collections.set(address, collection);
      collection.catch(() => this.#collections.delete(address));
      if (this.#collections.size > COLLECTIONS_KEPT) this.#collections.delete(this.#collections.keys().next().value!);
    }
    return collection;
  }
}

async function readCollection(file: FileBytes, address: number): Promise<Map<number, Uint8Array>> {
  const prefixLength = 8 + file.lengthSize;
  const prefix = await file.at(address, prefixLength);
  prefix.signature("GCOL");
  prefix.version("global heap", 1);
  prefix.advance(3);
  const size = prefix.length();
  if (size < prefixLength)
    throw prefix.error("A global heap is smaller than its own header.", String(size), `at least ${prefixLength}`);
  const cursor = await file.at(address, size);
  cursor.advance(prefixLength);
  const objects = new Map<number, Uint8Array>();
  while (cursor.remaining >= 8 + file.lengthSize) {
    const index = cursor.u16();
    cursor.advance(6);
    const length = cursor.length();
    if (index === 0) break;
    objects.set(index, cursor.take(length));
    cursor.advance(Math.min(cursor.remaining, (8 - (length % 8)) % 8));
  }
  return objects;
}
