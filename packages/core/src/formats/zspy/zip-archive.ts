/** Zip archives read through byte ranges: the directory at the end first, then single files. After PKWARE's APPNOTE 6.3, with ZIP64. */
import { inflateSync } from "fflate";
import { FormatError, MemoryLimitError, UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";

const END_SIGNATURE = 0x06054b50;
const LOCATOR64_SIGNATURE = 0x07064b50;
const END64_SIGNATURE = 0x06064b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const LONGEST_END = 22 + 65535;
const LARGEST_DIRECTORY = 1 << 28;
const LARGEST_FILE = 1 << 30;
const STRONGEST_COMPRESSION = 1032;

interface Entry {
  readonly offset: number;
  readonly packed: number;
  readonly size: number;
  readonly method: number;
}

export interface ZipArchive {
  readonly names: readonly string[];
  /** The bytes of a file; `undefined` when there is none of that name. Throws FormatError when it is damaged. */
  read(name: string, signal?: AbortSignal): Promise<Uint8Array | undefined>;
}

/** Reads the directory of an archive. Throws FormatError when it is damaged or missing. */
export async function openZip(source: ByteSource, signal?: AbortSignal): Promise<ZipArchive> {
  const entries = await readDirectory(source, signal);
  return {
    names: [...entries.keys()],
    async read(name, stop) {
      const entry = entries.get(name);
      return entry === undefined ? undefined : readEntry(source, name, entry, stop);
    },
  };
}

async function readDirectory(source: ByteSource, signal: AbortSignal | undefined): Promise<Map<string, Entry>> {
  const length = Math.min(source.size, LONGEST_END);
  const tailStart = source.size - length;
  const tail = view(await source.read(tailStart, length, signal));
  let end = length - 22;
  while (end >= 0 && tail.getUint32(end, true) !== END_SIGNATURE) end--;
  if (end < 0)
    throw new FormatError("The archive has no directory.", {
      where: source.name,
      expected: "a zip file",
      remedy: "Copy the file again; it may be truncated.",
    });
  let count = tail.getUint16(end + 10, true);
  let size = tail.getUint32(end + 12, true);
  let offset = tail.getUint32(end + 16, true);
  if (end >= 20 && tail.getUint32(end - 20, true) === LOCATOR64_SIGNATURE) {
    const end64 = view(await source.read(wide(tail, end - 12, source.name), 56, signal));
    if (end64.getUint32(0, true) !== END64_SIGNATURE) throw damaged(source.name, "end of the 64-bit directory");
    count = wide(end64, 32, source.name);
    size = wide(end64, 40, source.name);
    offset = wide(end64, 48, source.name);
  }
  if (size > LARGEST_DIRECTORY)
    throw new MemoryLimitError("The directory of the archive is too large.", { where: source.name, found: `${size} bytes` });
  return entriesOf(await source.read(offset, size, signal), count, source.name);
}

function entriesOf(bytes: Uint8Array, count: number, where: string): Map<string, Entry> {
  const fields = view(bytes);
  const entries = new Map<string, Entry>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || fields.getUint32(at, true) !== ENTRY_SIGNATURE) throw damaged(where, "directory entry", at);
    const nameLength = fields.getUint16(at + 28, true);
    const extraLength = fields.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + fields.getUint16(at + 32, true);
    if (next > bytes.length) throw damaged(where, "directory entry", at);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const extra = bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    const [size, packed, offset] = withZip64(
      [fields.getUint32(at + 24, true), fields.getUint32(at + 20, true), fields.getUint32(at + 42, true)],
      extra,
      where,
    );
    entries.set(name, { offset: offset!, packed: packed!, size: size!, method: fields.getUint16(at + 10, true) });
    at = next;
  }
  return entries;
}

/** Values of 2^32 - 1 stand in the extra field of id 1, in this order. */
function withZip64(values: readonly number[], extra: Uint8Array, where: string): number[] {
  const fields = view(extra);
  for (let at = 0; at + 4 <= extra.length; at += 4 + fields.getUint16(at + 2, true)) {
    if (fields.getUint16(at, true) !== 1) continue;
    let next = at + 4;
    return values.map((value) => {
      if (value !== 0xffffffff) return value;
      if (next + 8 > extra.length) throw damaged(where, "64-bit sizes");
      next += 8;
      return wide(fields, next - 8, where);
    });
  }
  return [...values];
}

async function readEntry(source: ByteSource, name: string, entry: Entry, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const where = `${source.name}:${name}`;
  const local = view(await source.read(entry.offset, 30, signal));
  if (local.getUint32(0, true) !== LOCAL_SIGNATURE) throw damaged(where, "local header", entry.offset);
  const start = entry.offset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  if (entry.size > LARGEST_FILE)
    throw new MemoryLimitError("A file in the archive is too large.", {
      where,
      found: `${entry.size} bytes`,
      expected: `at most ${LARGEST_FILE}`,
    });
  const packed = await source.read(start, entry.packed, signal);
  if (entry.method === 0) return packed;
  if (entry.method !== 8)
    throw new UnsupportedError("A file in the archive is compressed in a way that is not read.", {
      where,
      found: `method ${entry.method}`,
    });
  if (entry.size > entry.packed * STRONGEST_COMPRESSION + 1024) throw damaged(where, "size", entry.offset);
  try {
    const plain = inflateSync(packed, { out: new Uint8Array(entry.size + 1) });
    if (plain.length === entry.size) return plain;
  } catch (cause) {
    throw new FormatError("A file in the archive is damaged.", { where, offset: start }, { cause });
  }
  throw damaged(where, "size", start);
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function wide(fields: DataView, at: number, where: string): number {
  const value = Number(fields.getBigUint64(at, true));
  if (!Number.isSafeInteger(value)) throw damaged(where, "64-bit number", at);
  return value;
}

function damaged(where: string, field: string, offset?: number): FormatError {
  return new FormatError("The archive is damaged.", { where, field, offset });
}
