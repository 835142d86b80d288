/**
 * Writes HDF5 files (readable since HDF5 1.8): groups, attributes, small datasets, and datasets of gzip chunks that come one after the other.
 * The file is a list of pieces in order, because only its first piece must know where the last lies.
 */
import { zlibSync } from "fflate";
import { ShapeError } from "../../errors.js";
import {
  attribute,
  booleanType,
  chunkTree,
  dataspace,
  FieldWriter,
  globalHeap,
  groupMessages,
  type HeaderMessage,
  hardLink,
  type NumberType,
  numberType,
  objectHeader,
  superblock,
  textType,
  type WrittenChunk,
} from "./write-structures.js";

const SUPERBLOCK_BYTES = 48;
const LARGEST_HEAP = 60_000;

/** A float is marked as such, because `10` alone does not say. */
export type AttributeToWrite = string | boolean | { readonly integer: number } | { readonly float: number };

export interface GroupToWrite {
  readonly attributes?: Readonly<Record<string, AttributeToWrite>>;
  readonly groups?: Readonly<Record<string, GroupToWrite>>;
  /** Lists of text. */
  readonly texts?: Readonly<Record<string, readonly string[]>>;
  /** Datasets whose chunks were written with {@link Hdf5Writer.chunk}. */
  readonly datasets?: Readonly<Record<string, ChunkedToWrite>>;
}

export interface ChunkedToWrite {
  readonly shape: readonly number[];
  readonly chunkShape: readonly number[];
  readonly type: NumberType;
  /** In row-major order of their offsets. */
  readonly chunks: readonly WrittenChunk[];
}

export class Hdf5Writer {
  readonly #pieces: Uint8Array[] = [];
  readonly #rootAttributes: readonly HeaderMessage[];
  #end = SUPERBLOCK_BYTES;

  /** Attributes of the root group come first in the file, so that its first bytes show what it is. */
  constructor(rootAttributes: Readonly<Record<string, AttributeToWrite>> = {}) {
    this.#rootAttributes = this.#attributes(rootAttributes);
  }

  /** Compresses the bytes of a chunk and adds them. Chunks that reach over the edge of the dataset are filled up. */
  chunk(offset: readonly number[], bytes: Uint8Array): WrittenChunk {
    const packed = zlibSync(bytes, { level: 1 });
    return { offset, address: this.#add(packed), size: packed.length };
  }

  /** Writes everything else and gives the pieces of the file in order. Nothing can be added after that. */
  finish(root: GroupToWrite): Uint8Array[] {
    const address = this.#group(root, this.#rootAttributes);
    return [superblock(address, this.#end), ...this.#pieces];
  }

  #add(bytes: Uint8Array): number {
    const address = this.#end;
    const padding = (8 - (bytes.length % 8)) % 8;
    this.#pieces.push(bytes);
    if (padding > 0) this.#pieces.push(new Uint8Array(padding));
    this.#end += bytes.length + padding;
    return address;
  }

  #group(group: GroupToWrite, more: readonly HeaderMessage[] = []): number {
    const links = [
      ...Object.entries(group.groups ?? {}).map(([name, child]) => hardLink(name, this.#group(child))),
      ...Object.entries(group.texts ?? {}).map(([name, texts]) => hardLink(name, this.#textDataset(texts))),
      ...Object.entries(group.datasets ?? {}).map(([name, dataset]) => hardLink(name, this.#chunkedDataset(dataset))),
    ];
    return this.#add(objectHeader([...groupMessages, ...links, ...more, ...this.#attributes(group.attributes ?? {})]));
  }

  #attributes(attributes: Readonly<Record<string, AttributeToWrite>>): HeaderMessage[] {
    return Object.entries(attributes).map(([name, value]) => {
      if (typeof value === "string") return attribute(name, textType(), [], this.#texts([value])[0]!);
      if (typeof value === "boolean") return attribute(name, booleanType(), [], Uint8Array.of(value ? 1 : 0));
      if ("integer" in value)
        return attribute(name, numberType("i8"), [], new Uint8Array(BigInt64Array.of(BigInt(value.integer)).buffer));
      return attribute(name, numberType("f8"), [], new Uint8Array(Float64Array.of(value.float).buffer));
    });
  }

  /** References to texts, which are kept in heaps. */
  #texts(texts: readonly string[]): Uint8Array[] {
    const references: Uint8Array[] = [];
    let batch: string[] = [];
    const flush = () => {
      if (batch.length === 0) return;
      const heap = globalHeap(batch, this.#end);
      this.#add(heap.bytes);
      references.push(...heap.references);
      batch = [];
    };
    for (const text of texts) {
      if (batch.length >= LARGEST_HEAP) flush();
      batch.push(text);
    }
    flush();
    return references;
  }

  #textDataset(texts: readonly string[]): number {
    const data = new FieldWriter();
    for (const reference of this.#texts(texts)) data.raw(reference);
    const address = texts.length === 0 ? undefined : this.#add(data.bytes());
    const layout = new FieldWriter().u8(3, 1).u64(address).u64(data.length).bytes();
    return this.#add(objectHeader(datasetMessages([texts.length], textType(), layout)));
  }

  #chunkedDataset({ shape, chunkShape, type, chunks }: ChunkedToWrite): number {
    const size = type === "u1" ? 1 : type === "u2" ? 2 : type === "u4" ? 4 : 8;
    if (chunkShape.length !== shape.length)
      throw new ShapeError("Chunks must have the dimensions of the dataset.", {
        found: chunkShape.join(" x "),
        expected: shape.join(" x "),
      });
    const end = shape.map((length, i) => Math.ceil(length / chunkShape[i]!) * chunkShape[i]!);
    let root: number | undefined;
    if (chunks.length > 0) {
      const tree = chunkTree(chunks, end, this.#end);
      for (const node of tree.nodes) this.#add(node);
      root = tree.root;
    }
    const layout = new FieldWriter().u8(3, 2, shape.length + 1).u64(root);
    for (const length of chunkShape) layout.u32(length);
    layout.u32(size);
    const deflate = new FieldWriter().u8(2, 1).u16(1).u16(1).u16(1).u32(1).bytes();
    return this.#add(objectHeader([...datasetMessages(shape, numberType(type), layout.bytes()), { type: 0x0b, data: deflate }]));
  }
}

function datasetMessages(shape: readonly number[], type: Uint8Array, layout: Uint8Array): HeaderMessage[] {
  return [
    { type: 0x01, data: dataspace(shape) },
    { type: 0x03, data: type },
    { type: 0x05, data: Uint8Array.of(3, 0x0a) },
    { type: 0x08, data: layout },
  ];
}
