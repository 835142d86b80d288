/**
 * The container of a .bcf file: the "single file system" of AidAim Software, a small disk inside a file. Layout: README.md beside this.
 * Every pointer is checked against the size of the file when the container is opened, so that reading cannot leave it later.
 */
import { FormatError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { readOver } from "../../spectrum-image/read-over.js";

export const SFS_SIGNATURE = "AAMVHFSS";
/** Chunk n starts at `FIRST_CHUNK + n * chunkSize`. */
export const FIRST_CHUNK = 0x118;
/** Bytes at the start of each chunk that are not content; the first four are the number of the next chunk of a table. */
export const CHUNK_HEADER = 32;
export const TREE_ITEM = 0x200;

const HEADER_SIZE = 0x14c;
const MOST_ITEMS = 100_000;
const LARGEST_CHUNK = 1 << 24;

/** A file inside the container. */
export interface SfsFile {
  readonly name: string;
  /** Names of the folders above it, outermost first. */
  readonly folders: readonly string[];
  /** Bytes as stored; less than the content when it is compressed. */
  readonly size: number;
  /** Chunk in which its pointer table starts. */
  readonly table: number;
}

/** A file inside the container, ready to be read. */
export interface OpenSfsFile extends SfsFile {
  /** Byte offset in the outer file of the content of each chunk, in order. */
  readonly pieces: Float64Array;
}

export interface SfsContainer {
  readonly source: ByteSource;
  readonly version: number;
  readonly chunkSize: number;
  /** Chunks that the header announces; the last ones may never have been written. */
  readonly statedChunks: number;
  /** Chunks that the file holds, the last one perhaps in part. */
  readonly chunks: number;
  /** Content bytes per chunk. */
  readonly usable: number;
  readonly files: readonly SfsFile[];
}

type Layout = Omit<SfsContainer, "files">;

interface TreeItem {
  readonly name: string;
  readonly parent: number;
  readonly isFolder: boolean;
  readonly size: number;
  readonly table: number;
}

/** Reads the header and the tree. Throws {@link FormatError} for a damaged or truncated container. */
export async function openSfs(source: ByteSource, signal?: AbortSignal): Promise<SfsContainer> {
  const header = await readHeader(source, signal);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const chunkSize = view.getUint32(0x128, true);
  const statedChunks = view.getUint32(0x148, true);
  if (chunkSize < CHUNK_HEADER + TREE_ITEM || chunkSize > LARGEST_CHUNK) {
    throw damaged(source, "header.chunkSize", 0x128, String(chunkSize), `${CHUNK_HEADER + TREE_ITEM} to ${LARGEST_CHUNK}`);
  }
  const chunks = Math.min(statedChunks, Math.ceil((source.size - FIRST_CHUNK) / chunkSize));
  const layout = {
    source,
    version: view.getFloat32(0x124, true),
    chunkSize,
    statedChunks,
    chunks,
    usable: chunkSize - CHUNK_HEADER,
  };
  const items = await readTree(layout, view.getUint32(0x140, true), view.getUint32(0x144, true), signal);
  const files: SfsFile[] = [];
  let together = 0;
  for (const [index, { isFolder, name, size, table }] of items.entries()) {
    if (isFolder) continue;
    together += size;
    files.push({ name, folders: foldersOf(items, index, source), size, table });
  }
  if (together > chunks * layout.usable) {
    throw damaged(source, "tree.sizes", undefined, `files of ${together} bytes`, `at most ${chunks * layout.usable} bytes`);
  }
  return { ...layout, files };
}

/** The content of a file as stored, `length` bytes from `offset`: neighbouring chunks are read at once. */
export async function readStored(
  container: SfsContainer,
  file: OpenSfsFile,
  offset: number,
  length: number,
  signal?: AbortSignal,
  memory = new ReadingMemory(),
): Promise<Uint8Array> {
  const { source, usable } = container;
  if (offset + length > file.size) {
    throw new FormatError("A file inside the container ends before the data that it announces.", {
      where: `${source.name}: ${file.name}`,
      offset,
      found: `${file.size} bytes`,
      expected: `${length} bytes from byte ${offset}`,
    });
  }
  const content = memory.content(length);
  const stride = usable + CHUNK_HEADER;
  let done = 0;
  while (done < length) {
    const first = Math.floor((offset + done) / usable);
    const skip = (offset + done) % usable;
    const left = length - done;
    let run = 1;
    while (skip + left > run * usable && file.pieces[first + run] === file.pieces[first]! + run * stride) run++;
    const wanted = Math.min(left, run * usable - skip);
    const lastChunks = Math.floor((skip + wanted - 1) / usable);
    const target = memory.stored(wanted + lastChunks * CHUNK_HEADER);
    const bytes = await readOver(source, file.pieces[first]! + skip, target, signal);
    for (let from = 0, room = usable - skip; from < bytes.length; from += room + CHUNK_HEADER, room = usable) {
      const part = bytes.subarray(from, Math.min(from + room, bytes.length));
      content.set(part, done);
      done += part.length;
    }
  }
  return content;
}

/** Memory that is used again from one piece of a file to the next. */
export class ReadingMemory {
  #content = new Uint8Array(0);
  #stored = new Uint8Array(0);

  content(length: number): Uint8Array {
    if (this.#content.length < length) this.#content = new Uint8Array(length);
    return this.#content.subarray(0, length);
  }

  /** For content with the headers of its chunks. */
  stored(length: number): Uint8Array {
    if (this.#stored.length < length) this.#stored = new Uint8Array(length);
    return this.#stored.subarray(0, length);
  }
}

async function readHeader(source: ByteSource, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const signature = String.fromCharCode(...(await source.read(0, Math.min(8, source.size), signal)));
  if (signature !== SFS_SIGNATURE) {
    throw new FormatError("This is not a Bruker .bcf file.", {
      where: source.name,
      field: "header.signature",
      offset: 0,
      found: JSON.stringify(signature),
      expected: SFS_SIGNATURE,
    });
  }
  return source.read(0, HEADER_SIZE, signal);
}

/** Content of one chunk of a chain, and the number of the next. */
async function readTableChunk(
  layout: Layout,
  chunk: number,
  field: string,
  signal: AbortSignal | undefined,
): Promise<{ bytes: Uint8Array; next: number }> {
  if (chunk >= layout.chunks) {
    throw missingChunk(layout, field, undefined, chunk);
  }
  const bytes = await layout.source.read(FIRST_CHUNK + chunk * layout.chunkSize, layout.chunkSize, signal);
  return { bytes: bytes.subarray(CHUNK_HEADER), next: new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) };
}

/** Items lie whole in chunks; the chunks of the tree are chained. */
async function readTree(layout: Layout, firstChunk: number, count: number, signal: AbortSignal | undefined): Promise<TreeItem[]> {
  const { source } = layout;
  if (count > MOST_ITEMS || count * TREE_ITEM > source.size) {
    throw damaged(source, "header.treeItems", 0x144, String(count), `items of ${TREE_ITEM} bytes that fit into the file`);
  }
  const perChunk = Math.floor((layout.chunkSize - CHUNK_HEADER) / TREE_ITEM);
  const items: TreeItem[] = [];
  let chunk = firstChunk;
  while (items.length < count) {
    const { bytes, next } = await readTableChunk(layout, chunk, "tree", signal);
    const here = FIRST_CHUNK + chunk * layout.chunkSize + CHUNK_HEADER;
    for (let i = 0; i < perChunk && items.length < count; i++) {
      items.push(readItem(layout, bytes.subarray(i * TREE_ITEM, (i + 1) * TREE_ITEM), here + i * TREE_ITEM));
    }
    chunk = next;
  }
  return items;
}

function readItem(layout: Layout, bytes: Uint8Array, offset: number): TreeItem {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isFolder = view.getUint8(0xdc) !== 0;
  const name = new TextDecoder("utf-8").decode(bytes.subarray(0xe0, 0x1e0)).replace(/\0.*$/s, "");
  const size = view.getUint32(0x08, true) * 4294967296 + view.getUint32(0x04, true);
  const most = layout.chunks * layout.usable;
  if (!isFolder && size > most) {
    throw damaged(layout.source, `tree.${name}.size`, offset + 4, String(size), `at most ${most} bytes in a file of this size`);
  }
  return { name, parent: view.getInt32(0x28, true), isFolder, size, table: view.getUint32(0, true) };
}

/** Reads the pointer table of a file: chunk numbers, whole in chained chunks. Throws {@link FormatError} for a pointer out of the file. */
export async function openSfsFile(layout: SfsContainer, item: SfsFile, signal?: AbortSignal): Promise<OpenSfsFile> {
  const { usable } = layout;
  const perChunk = Math.floor(usable / 4);
  const pieces = new Float64Array(Math.ceil(item.size / usable));
  let chunk = item.table;
  for (let start = 0; start < pieces.length; start += perChunk) {
    const { bytes, next } = await readTableChunk(layout, chunk, `tree.${item.name}.pointers`, signal);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = start; i < Math.min(start + perChunk, pieces.length); i++) {
      const pointer = view.getUint32((i - start) * 4, true);
      if (pointer >= layout.chunks) {
        const offset = FIRST_CHUNK + chunk * layout.chunkSize + CHUNK_HEADER + (i - start) * 4;
        throw missingChunk(layout, `tree.${item.name}.pointers[${i}]`, offset, pointer);
      }
      pieces[i] = FIRST_CHUNK + pointer * layout.chunkSize + CHUNK_HEADER;
    }
    chunk = next;
  }
  return { ...item, pieces };
}

function foldersOf(items: readonly TreeItem[], index: number, source: ByteSource): string[] {
  const folders: string[] = [];
  let parent = items[index]!.parent;
  while (parent !== -1) {
    const folder = items[parent];
    if (folder === undefined || folders.length > 64) {
      throw damaged(
        source,
        `tree.${items[index]!.name}.parent`,
        undefined,
        `folder ${parent}`,
        `one of ${items.length} items, without a circle`,
      );
    }
    folders.unshift(folder.name);
    parent = folder.parent;
  }
  return folders;
}

function missingChunk(layout: Layout, field: string, offset: number | undefined, chunk: number): FormatError {
  const { source, statedChunks, chunks, chunkSize } = layout;
  if (chunk >= statedChunks) return damaged(source, field, offset, `chunk ${chunk}`, `a chunk below ${statedChunks}`);
  return new FormatError("The file is truncated.", {
    where: source.name,
    field,
    offset,
    found: `${chunks} chunks of ${chunkSize} bytes`,
    expected: `chunk ${chunk} of the ${statedChunks} that the header announces`,
    remedy: "Copy the file again from the microscope.",
  });
}

function damaged(source: ByteSource, field: string, offset: number | undefined, found: string, expected: string): FormatError {
  return new FormatError("The file is damaged.", {
    where: source.name,
    field,
    offset,
    found,
    expected,
    remedy: "Copy the file again from the microscope.",
  });
}
