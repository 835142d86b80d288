/**
 * bzip2 as a stream: the compressed file is read piece by piece and each block (at most 900 kB before the first run-length step) is given when
 * it is complete and its check sum is right.
 *
 * Source: J. Tsai, "BZIP2: Format Specification" (2016), and J. Seward's description in the manual of bzip2 1.0.
 */
import { FormatError, throwIfAborted } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { BitWindow } from "./bit-window.js";
import { decodeSymbols, readTables } from "./bzip2-symbols.js";

const BLOCK = 0x314159265359;
const END = 0x177245385090;
const BLOCK_UNIT = 100_000;
/** Real files shrink by 10 to 50; a file that grows by more than this was made to fill memory. */
const MOST_EXPANSION = 2000;
const FREE_EXPANSION = 16 * 1024 * 1024;

/** The bytes of a bzip2 file, block by block. Throws FormatError for damaged files and for files that expand beyond all reason. */
export async function* decompressBzip2(source: ByteSource, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const bits = new BitWindow(source, signal);
  let total = 0;
  while (await readStreamStart(bits)) {
    const level = bits.read(8) - 0x30;
    if (level < 1 || level > 9) throw bits.broken("The block size of the compression is impossible.", "block size");
    let combined = 0;
    for (;;) {
      throwIfAborted(signal);
      await bits.fill();
      const magic = bits.read(24) * 0x1000000 + bits.read(24);
      const stated = bits.read(16) * 0x10000 + bits.read(16);
      if (magic === END) {
        if (stated !== combined) throw bits.broken("The check sum of the compressed data is wrong.", "combined check sum");
        bits.toByte();
        break;
      }
      if (magic !== BLOCK) throw bits.broken("A block of the compressed data does not begin as it must.", "block magic");
      const block = readBlock(bits, level * BLOCK_UNIT);
      const sum = checkSum(block);
      if (sum !== stated) throw bits.broken("The check sum of a block is wrong.", "block check sum");
      combined = (((combined << 1) | (combined >>> 31)) ^ sum) >>> 0;
      total += block.length;
      if (total > FREE_EXPANSION + source.size * MOST_EXPANSION) throw tooLarge(source, total);
      yield block;
    }
  }
}

/** `BZh` at the start; anything else after the first stream ends the file. */
async function readStreamStart(bits: BitWindow): Promise<boolean> {
  await bits.fill();
  const first = bits.consumed === 0;
  if (!first && bits.available < 32) return false;
  const magic = bits.read(24);
  if (magic === 0x425a68) return true;
  if (first) throw bits.broken("This is not a bzip2 stream.", "magic");
  return false;
}

function readBlock(bits: BitWindow, most: number): Uint8Array {
  if (bits.read(1) === 1) throw bits.broken("The block is randomised, which no program has written for decades.", "randomised");
  const origin = bits.read(24);
  const { symbols, selectors, tables } = readTables(bits);
  const last = decodeSymbols(bits, symbols, selectors, tables, most);
  if (origin >= last.length) throw bits.broken("The start of a block lies outside it.", "origin");
  return expandRuns(sortedBack(last, origin));
}

/** Inverse of the Burrows-Wheeler transform. */
function sortedBack(last: Uint8Array, origin: number): Uint8Array {
  const start = new Uint32Array(257);
  for (let i = 0; i < last.length; i++) start[last[i]! + 1]!++;
  for (let v = 0; v < 256; v++) start[v + 1]! += start[v]!;
  const next = new Uint32Array(last.length);
  for (let i = 0; i < last.length; i++) next[start[last[i]!]!++] = i;
  const out = new Uint8Array(last.length);
  for (let i = 0, at = next[origin]!; i < out.length; i++, at = next[at]!) out[i] = last[at]!;
  return out;
}

/** Four equal bytes are followed by how many more of them there are. */
function expandRuns(bytes: Uint8Array): Uint8Array {
  let size = 0;
  forRuns(bytes, (_, count) => {
    size += count;
  });
  const out = new Uint8Array(size);
  let at = 0;
  forRuns(bytes, (value, count) => {
    out.fill(value, at, at + count);
    at += count;
  });
  return out;
}

function forRuns(bytes: Uint8Array, take: (value: number, count: number) => void): void {
  for (let i = 0; i < bytes.length; ) {
    const value = bytes[i]!;
    let count = 1;
    while (count < 4 && bytes[i + count] === value) count++;
    i += count;
    if (count === 4) count += bytes[i++] ?? 0;
    take(value, count);
  }
}

const crcTable = Uint32Array.from({ length: 256 }, (_, i) => {
  let c = i << 24;
  for (let k = 0; k < 8; k++) c = c & 0x80000000 ? (c << 1) ^ 0x04c11db7 : c << 1;
  return c >>> 0;
});

/** CRC-32 with the most significant bit first. */
function checkSum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = (crc << 8) ^ crcTable[(crc >>> 24) ^ bytes[i]!]!;
  return ~crc >>> 0;
}

function tooLarge(source: ByteSource, total: number): FormatError {
  return new FormatError("The compressed data expand beyond all reason.", {
    where: source.name,
    field: "compressed data",
    found: `more than ${total} bytes from ${source.size}`,
    expected: `at most ${MOST_EXPANSION} times as many`,
  });
}
