/** The structures of an HDF5 file to be written: superblock version 2, object headers version 2, chunks in version 1 B-trees. */
import { lookup3 } from "./checksum.js";

const encoder = new TextEncoder();

/** Grows as fields are added; little-endian. */
export class FieldWriter {
  #bytes = new Uint8Array(256);
  length = 0;

  u8(...values: readonly number[]): this {
    for (const value of values) this.#room(1)[this.length++] = value;
    return this;
  }

  u16(value: number): this {
    return this.u8(value & 0xff, (value >> 8) & 0xff);
  }

  u32(value: number): this {
    new DataView(this.#room(4).buffer).setUint32(this.length, value, true);
    this.length += 4;
    return this;
  }

  /** An address or length of eight bytes; `undefined` is the address that means none. */
  u64(value: number | undefined): this {
    new DataView(this.#room(8).buffer).setBigUint64(this.length, value === undefined ? 0xffffffffffffffffn : BigInt(value), true);
    this.length += 8;
    return this;
  }

  ascii(text: string): this {
    return this.raw(encoder.encode(text));
  }

  raw(bytes: Uint8Array): this {
    this.#room(bytes.length).set(bytes, this.length);
    this.length += bytes.length;
    return this;
  }

  zeros(count: number): this {
    this.#room(count);
    this.length += count;
    return this;
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }

  /** The bytes and their checksum. */
  checked(): Uint8Array {
    return this.u32(lookup3(this.#bytes.subarray(0, this.length))).bytes();
  }

  #room(count: number): Uint8Array {
    if (this.length + count > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.length + count, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    return this.#bytes;
  }
}

export interface HeaderMessage {
  readonly type: number;
  readonly data: Uint8Array;
}

/** An object header that holds all its messages in one block. */
export function objectHeader(messages: readonly HeaderMessage[]): Uint8Array {
  const size = messages.reduce((total, { data }) => total + 4 + data.length, 0);
  const header = new FieldWriter().ascii("OHDR").u8(2, 2).u32(size);
  for (const { type, data } of messages) header.u8(type).u16(data.length).u8(0).raw(data);
  return header.checked();
}

/** The first 48 bytes of the file. */
export function superblock(root: number, end: number): Uint8Array {
  return new FieldWriter()
    .u8(0x89)
    .ascii("HDF\r\n")
    .u8(0x1a, 0x0a, 2, 8, 8, 0)
    .u64(0)
    .u64(undefined)
    .u64(end)
    .u64(root)
    .checked();
}

export function hardLink(name: string, address: number): HeaderMessage {
  const bytes = encoder.encode(name);
  return { type: 0x06, data: new FieldWriter().u8(1, 0x11, 1).u16(bytes.length).raw(bytes).u64(address).bytes() };
}

/** What a group needs besides its links. */
export const groupMessages: readonly HeaderMessage[] = [
  { type: 0x02, data: new FieldWriter().u8(0, 0).u64(undefined).u64(undefined).bytes() },
  { type: 0x0a, data: Uint8Array.of(0, 0) },
];

export type NumberType = "u1" | "u2" | "u4" | "i8" | "f8";

const integers: Readonly<Record<Exclude<NumberType, "f8">, readonly [size: number, signed: boolean]>> = {
  u1: [1, false],
  u2: [2, false],
  u4: [4, false],
  i8: [8, true],
};

/** Datatype message of a little-endian number. */
export function numberType(type: NumberType): Uint8Array {
  if (type === "f8") {
    return new FieldWriter().u8(0x11, 0x20, 63, 0).u32(8).u16(0).u16(64).u8(52, 11, 0, 52).u32(1023).bytes();
  }
  const [size, signed] = integers[type];
  return new FieldWriter()
    .u8(0x10, signed ? 8 : 0, 0, 0)
    .u32(size)
    .u16(0)
    .u16(size * 8)
    .bytes();
}

/** UTF-8 text of variable length. */
export function textType(): Uint8Array {
  const character = new FieldWriter().u8(0x10, 0, 0, 0).u32(1).u16(0).u16(8).bytes();
  return new FieldWriter().u8(0x19, 0x01, 0x01, 0).u32(16).raw(character).bytes();
}

/** FALSE and TRUE in one byte, as h5py writes them. */
export function booleanType(): Uint8Array {
  const base = new FieldWriter().u8(0x10, 8, 0, 0).u32(1).u16(0).u16(8).bytes();
  return new FieldWriter().u8(0x18, 2, 0, 0).u32(1).raw(base).ascii("FALSE\0\0\0").ascii("TRUE\0\0\0\0").u8(0, 1).bytes();
}

/** Dataspace message: a single value for `[]`. */
export function dataspace(shape: readonly number[]): Uint8Array {
  const message = new FieldWriter().u8(2, shape.length, 0, shape.length === 0 ? 0 : 1);
  for (const size of shape) message.u64(size);
  return message.bytes();
}

export function attribute(name: string, type: Uint8Array, shape: readonly number[], data: Uint8Array): HeaderMessage {
  const bytes = encoder.encode(name);
  const space = dataspace(shape);
  const message = new FieldWriter()
    .u8(3, 0)
    .u16(bytes.length + 1)
    .u16(type.length)
    .u16(space.length)
    .u8(1);
  return { type: 0x0c, data: message.raw(bytes).u8(0).raw(type).raw(space).raw(data).bytes() };
}

/** A collection of texts, and for each the sixteen bytes that refer to it. */
export function globalHeap(texts: readonly string[], address: number): { bytes: Uint8Array; references: Uint8Array[] } {
  const body = new FieldWriter();
  const references = texts.map((text, i) => {
    const bytes = encoder.encode(text);
    body
      .u16(i + 1)
      .u16(0)
      .u32(0)
      .u64(bytes.length)
      .raw(bytes)
      .zeros((8 - (bytes.length % 8)) % 8);
    return new FieldWriter()
      .u32(bytes.length)
      .u64(address)
      .u32(i + 1)
      .bytes();
  });
  const used = 16 + body.length;
  const size = Math.max(4096, used + 16);
  const collection = new FieldWriter().ascii("GCOL").u8(1, 0, 0, 0).u64(size).raw(body.bytes());
  collection
    .u16(0)
    .u16(0)
    .u32(0)
    .u64(size - used)
    .zeros(size - used - 16);
  return { bytes: collection.bytes(), references };
}

/** A chunk in the file. */
export interface WrittenChunk {
  /** Of its first element in the dataset. */
  readonly offset: readonly number[];
  readonly address: number;
  readonly size: number;
}

/** Entries that a node of the chunks' B-tree has room for (twice the default K of 32). */
const NODE_ENTRIES = 64;

/**
 * Nodes of the B-tree over chunks in row-major order, from address `address` on. The root is the last. `end` is an offset past the last chunk.
 */
export function chunkTree(
  chunks: readonly WrittenChunk[],
  end: readonly number[],
  address: number,
): { nodes: Uint8Array[]; root: number } {
  const keySize = 8 + 8 * (end.length + 1);
  const nodeSize = 24 + NODE_ENTRIES * 8 + (NODE_ENTRIES + 1) * keySize;
  const key = (writer: FieldWriter, chunk: WrittenChunk | undefined) => {
    writer.u32(chunk?.size ?? 0).u32(0);
    for (const at of chunk?.offset ?? end) writer.u64(at);
    writer.u64(0);
  };
  const nodes: Uint8Array[] = [];
  let entries = chunks.map((chunk) => ({ first: chunk, child: chunk.address }));
  for (let level = 0; level === 0 || entries.length > 1; level++) {
    const above: { first: WrittenChunk; child: number }[] = [];
    const firstNode = nodes.length;
    const count = Math.ceil(entries.length / NODE_ENTRIES);
    for (let n = 0; n < count; n++) {
      const part = entries.slice(n * NODE_ENTRIES, (n + 1) * NODE_ENTRIES);
      const at = (index: number) => (index < 0 || index >= count ? undefined : address + (firstNode + index) * nodeSize);
      const node = new FieldWriter()
        .ascii("TREE")
        .u8(1, level)
        .u16(part.length)
        .u64(at(n - 1))
        .u64(at(n + 1));
      for (const { first, child } of part) {
        key(node, first);
        node.u64(child);
      }
      key(node, entries[(n + 1) * NODE_ENTRIES]?.first);
      nodes.push(node.zeros(nodeSize - node.length).bytes());
      above.push({ first: part[0]!.first, child: at(n)! });
    }
    entries = above;
  }
  return { nodes, root: entries[0]!.child };
}
