/** Fixed and extensible arrays: the chunk indices of newer files for datasets with no, or one, unlimited axis. */
import { UnsupportedError } from "../../errors.js";
import type { Cursor } from "./cursor.js";
import type { FileBytes } from "./superblock.js";

export interface IndexEntry {
  readonly address: number;
  readonly size: number;
  readonly mask: number;
}

export interface EntryExtent {
  readonly chunkBytes: number;
}

const MOST_ENTRIES = 1 << 24;

/** Entries of a fixed array by chunk number; `undefined` where no chunk was written. */
export async function fixedArrayEntries(
  file: FileBytes,
  address: number,
  extent: EntryExtent,
): Promise<(number: number) => IndexEntry | undefined> {
  const header = await file.checked(address, 12 + file.lengthSize + file.offsetSize);
  header.signature("FAHD");
  header.version("fixed array", 0);
  const filtered = header.u8() === 1;
  const entrySize = header.u8();
  const pageBits = header.u8();
  const total = checkedTotal(header, header.length());
  const block = header.address();
  const entries: (IndexEntry | undefined)[] = [];
  if (block === undefined) return () => undefined;
  const entry = entryReader(file, extent, filtered, entrySize);
  const prefix = 6 + file.offsetSize;
  const perPage = pageLength(header, pageBits);
  if (total <= perPage) {
    const cursor = await file.checked(block, prefix + total * entrySize + 4);
    cursor.signature("FADB");
    cursor.position = prefix;
    for (let i = 0; i < total; i++) entries.push(entry(cursor));
    return (number) => entries[number];
  }
  const pages = Math.ceil(total / perPage);
  const bitmapBytes = Math.ceil(pages / 8);
  const cursor = await file.checked(block, prefix + bitmapBytes + 4);
  cursor.signature("FADB");
  cursor.position = prefix;
  const bitmap = cursor.take(bitmapBytes);
  let at = block + prefix + bitmapBytes + 4;
  for (let p = 0; p < pages; p++) {
    const count = Math.min(perPage, total - p * perPage);
    await readPage(file, entries, entry, { at, count, entrySize, written: bit(bitmap, p) });
    at += perPage * entrySize + 4;
  }
  return (number) => entries[number];
}

/** Entries of an extensible array up to chunk number `last`. */
export async function extensibleArrayEntries(
  file: FileBytes,
  address: number,
  extent: EntryExtent,
  last: number,
): Promise<(number: number) => IndexEntry | undefined> {
  const header = await file.checked(address, 16 + 6 * file.lengthSize + file.offsetSize);
  header.signature("EAHD");
  header.version("extensible array", 0);
  const filtered = header.u8() === 1;
  const entrySize = header.u8();
  const maximumBits = header.u8();
  const inIndex = header.u8();
  const smallestBlock = header.u8();
  const smallestPointers = header.u8();
  const pageBits = header.u8();
  header.advance(6 * file.lengthSize);
  const indexBlock = header.address();
  const total = checkedTotal(header, last + 1);
  if (indexBlock === undefined) return () => undefined;
  if (!isPowerOf2(smallestBlock) || !isPowerOf2(smallestPointers) || maximumBits > 64) {
    throw header.error(
      "The sizes of an extensible array are not sound.",
      `${smallestBlock}, ${smallestPointers}, ${maximumBits}`,
      "powers of two",
    );
  }
  const entries: (IndexEntry | undefined)[] = [];
  const entry = entryReader(file, extent, filtered, entrySize);
  const superBlocks = 1 + maximumBits - log2(smallestBlock);
  const direct = 2 * (smallestPointers - 1);
  const firstSuper = 2 * log2(smallestPointers);
  const pointers = Math.max(0, superBlocks - firstSuper);
  const prefix = 6 + file.offsetSize;
  const cursor = await file.checked(indexBlock, prefix + inIndex * entrySize + (direct + pointers) * file.offsetSize + 4);
  cursor.signature("EAIB");
  cursor.position = prefix;
  for (let i = 0; i < inIndex; i++) entries.push(entry(cursor));

  const block = {
    file,
    entries,
    entry,
    entrySize,
    offsetBytes: Math.ceil(maximumBits / 8),
    perPage: pageLength(header, pageBits),
  };
  for (let s = 0; s < superBlocks && entries.length < total; s++) {
    const blocks = powerOf2(Math.floor(s / 2));
    const perBlock = powerOf2(Math.floor((s + 1) / 2)) * smallestBlock;
    if (s < firstSuper) {
      for (let b = 0; b < blocks && entries.length < total; b++)
        await readDataBlock(block, cursor.address(), perBlock, undefined, 0);
    } else {
      await readSuperBlock(block, cursor.address(), blocks, perBlock, total);
    }
  }
  return (number) => entries[number];
}

interface BlockReading {
  readonly file: FileBytes;
  readonly entries: (IndexEntry | undefined)[];
  readonly entry: (cursor: Cursor) => IndexEntry | undefined;
  readonly entrySize: number;
  readonly offsetBytes: number;
  readonly perPage: number;
}

async function readSuperBlock(
  reading: BlockReading,
  address: number | undefined,
  blocks: number,
  perBlock: number,
  total: number,
): Promise<void> {
  const { file, entries, offsetBytes, perPage } = reading;
  if (address === undefined) return skip(reading, Math.min(blocks * perBlock, total - entries.length));
  const pages = perBlock > perPage ? perBlock / perPage : 0;
  const bitmapBytes = Math.ceil(pages / 8);
  const prefix = 6 + file.offsetSize + offsetBytes;
  const cursor = await file.checked(address, prefix + blocks * bitmapBytes + blocks * file.offsetSize + 4);
  cursor.signature("EASB");
  cursor.position = prefix;
  const bitmaps = cursor.take(blocks * bitmapBytes);
  for (let b = 0; b < blocks && entries.length < total; b++) {
    await readDataBlock(reading, cursor.address(), perBlock, bitmaps.subarray(b * bitmapBytes, (b + 1) * bitmapBytes), total);
  }
}

async function readDataBlock(
  reading: BlockReading,
  address: number | undefined,
  count: number,
  bitmap: Uint8Array | undefined,
  total: number,
): Promise<void> {
  const { file, entries, entry, entrySize, offsetBytes, perPage } = reading;
  if (address === undefined) return skip(reading, total > 0 ? Math.min(count, total - entries.length) : count);
  const prefix = 6 + file.offsetSize + offsetBytes;
  if (count <= perPage) {
    const cursor = await file.checked(address, prefix + count * entrySize + 4);
    cursor.signature("EADB");
    cursor.position = prefix;
    for (let i = 0; i < count; i++) entries.push(entry(cursor));
    return;
  }
  const pages = count / perPage;
  let at = address + prefix + 4;
  for (let p = 0; p < pages && (total === 0 || entries.length < total); p++) {
    await readPage(file, entries, entry, { at, count: perPage, entrySize, written: bitmap === undefined || bit(bitmap, p) });
    at += perPage * entrySize + 4;
  }
}

function skip({ entries }: BlockReading, count: number): void {
  for (let i = 0; i < count; i++) entries.push(undefined);
}

interface Page {
  readonly at: number;
  readonly count: number;
  readonly entrySize: number;
  readonly written: boolean;
}

async function readPage(
  file: FileBytes,
  entries: (IndexEntry | undefined)[],
  entry: (cursor: Cursor) => IndexEntry | undefined,
  { at, count, entrySize, written }: Page,
): Promise<void> {
  if (!written) {
    for (let i = 0; i < count; i++) entries.push(undefined);
    return;
  }
  const cursor = await file.checked(at, count * entrySize + 4);
  for (let i = 0; i < count; i++) entries.push(entry(cursor));
}

function entryReader(
  file: FileBytes,
  extent: EntryExtent,
  filtered: boolean,
  entrySize: number,
): (cursor: Cursor) => IndexEntry | undefined {
  const sizeBytes = entrySize - file.offsetSize - 4;
  const sound = filtered ? sizeBytes >= 1 && sizeBytes <= 8 : entrySize === file.offsetSize;
  if (!sound)
    throw new UnsupportedError("The entries of a chunk index are of an unknown form.", {
      where: file.name,
      found: `${entrySize} bytes`,
    });
  return (cursor) => {
    const address = cursor.address();
    const size = filtered ? cursor.uint(sizeBytes) : extent.chunkBytes;
    const mask = filtered ? cursor.u32() : 0;
    return address === undefined ? undefined : { address, size, mask };
  };
}

function checkedTotal(cursor: Cursor, total: number): number {
  if (total > MOST_ENTRIES) throw cursor.error("A chunk index has too many entries.", String(total), `at most ${MOST_ENTRIES}`);
  return total;
}

function pageLength(cursor: Cursor, bits: number): number {
  if (bits > 30) throw cursor.error("The pages of a chunk index are too long.", `2^${bits} entries`, "at most 2^30");
  return powerOf2(bits);
}

function bit(bitmap: Uint8Array, index: number): boolean {
  return ((bitmap[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0;
}

function isPowerOf2(value: number): boolean {
  return value >= 1 && (value & (value - 1)) === 0;
}

function log2(power: number): number {
  return 31 - Math.clz32(power);
}

function powerOf2(exponent: number): number {
  let value = 1;
  for (let i = 0; i < exponent; i++) value *= 2;
  return value;
}
