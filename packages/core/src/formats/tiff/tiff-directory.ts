/** The directories of a TIFF or BigTIFF file: what each page is, where its pixels lie. Every count is checked against the file. */
import { FormatError, UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { FileCursor, textOf } from "../binary/file-cursor.js";
import { isTiff } from "./is-tiff.js";

/** Tags that are read; all others are passed over. */
export const tags = {
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  description: 270,
  stripOffsets: 273,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  xResolution: 282,
  yResolution: 283,
  planarConfiguration: 284,
  pageName: 285,
  resolutionUnit: 296,
  predictor: 317,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  sampleFormat: 339,
  feiSfeg: 34680,
  feiHelios: 34682,
  feiTitan: 34683,
  imageJCounts: 50838,
  imageJMetadata: 50839,
} as const;

const wanted = new Set<number>(Object.values(tags));
const MOST_PAGES = 4096;
const MOST_VALUES = 1 << 22;
const MOST_TEXT = 1 << 24;
const ASCII = 2;
const UNDEFINED = 7;
/** Width of each type in bytes. */
const widths: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};

/** One page: values of its tags. */
export interface TiffPage {
  numbers(tag: number): readonly number[] | undefined;
  text(tag: number): string | undefined;
  /** Bytes of a tag of type "undefined" or byte. */
  bytes(tag: number): Uint8Array | undefined;
}

export interface TiffFile {
  readonly littleEndian: boolean;
  readonly pages: readonly TiffPage[];
}

/** Reads all directories. Throws FormatError for damaged files, UnsupportedError for more pages or longer tags than are read. */
export async function readTiffDirectories(source: ByteSource, signal?: AbortSignal): Promise<TiffFile> {
  const cursor = new FileCursor(source, { signal });
  const head = await cursor.bytes(4, "byte order");
  if (!isTiff(head)) throw new FormatError("This is not a TIFF file.", { where: source.name, field: "byte order", offset: 0 });
  cursor.littleEndian = head[0] === 0x49;
  const big = head[2] === 43 || head[3] === 43;
  if (big) cursor.skip(4, "offset size");
  const pages: TiffPage[] = [];
  const seen = new Set<number>();
  let next = big ? await cursor.u64("first directory") : await cursor.u32("first directory");
  while (next !== 0) {
    if (seen.has(next))
      throw new FormatError("The directories go round in a circle.", {
        where: source.name,
        field: "next directory",
        offset: next,
      });
    if (pages.length === MOST_PAGES)
      throw new UnsupportedError("There are too many pages.", { where: source.name, expected: `at most ${MOST_PAGES}` });
    seen.add(next);
    cursor.seek(next, "next directory");
    pages.push(await readPage(cursor, big));
    next = big ? await cursor.u64("next directory") : await cursor.u32("next directory");
  }
  if (pages.length === 0)
    throw new FormatError("The file holds no page.", { where: source.name, field: "first directory", offset: 4 });
  return { littleEndian: cursor.littleEndian, pages };
}

interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly offset: number;
}

async function readPage(cursor: FileCursor, big: boolean): Promise<TiffPage> {
  const count = big ? await cursor.u64("number of tags") : await cursor.u16("number of tags");
  const entries: Entry[] = [];
  const bytes = big ? 20 : 12;
  if (count * bytes > cursor.remaining) cursor.skip(count * bytes, "tags");
  for (let i = 0; i < count; i++) {
    const entry = await readEntry(cursor, big);
    if (entry !== undefined) entries.push(entry);
  }
  const back = cursor.offset;
  const values = new Map<number, readonly number[] | Uint8Array>();
  for (const entry of entries) values.set(entry.tag, await readValues(cursor, entry));
  cursor.seek(back, "next directory");
  return {
    numbers: (tag) => {
      const value = values.get(tag);
      return value instanceof Uint8Array ? Array.from(value) : value;
    },
    text: (tag) => {
      const value = values.get(tag);
      return value instanceof Uint8Array ? textOf(value) || undefined : undefined;
    },
    bytes: (tag) => {
      const value = values.get(tag);
      return value instanceof Uint8Array ? value : undefined;
    },
  };
}

/** An entry that is wanted, with the place of its values. */
async function readEntry(cursor: FileCursor, big: boolean): Promise<Entry | undefined> {
  const tag = await cursor.u16("tag");
  const type = await cursor.u16(`tag ${tag} type`);
  const count = big ? await cursor.u64(`tag ${tag} count`) : await cursor.u32(`tag ${tag} count`);
  const inline = big ? 8 : 4;
  const here = cursor.offset;
  const width = widths[type];
  if (!wanted.has(tag) || width === undefined) {
    cursor.skip(inline, `tag ${tag}`);
    return undefined;
  }
  if (count > (width === 1 ? MOST_TEXT : MOST_VALUES)) {
    throw new UnsupportedError("A tag has too many values.", {
      where: cursor.source.name,
      field: `tag ${tag} count`,
      offset: here - inline,
      found: String(count),
    });
  }
  const place = big ? await cursor.u64(`tag ${tag} offset`) : await cursor.u32(`tag ${tag} offset`);
  return { tag, type, count, offset: count * width <= inline ? here : place };
}

async function readValues(cursor: FileCursor, { tag, type, count, offset }: Entry): Promise<readonly number[] | Uint8Array> {
  const field = `tag ${tag}`;
  cursor.seek(offset, field);
  const bytes = await cursor.bytes(count * widths[type]!, field);
  if (type === ASCII || type === UNDEFINED || type === 1) return bytes;
  const view = new DataView(bytes.buffer);
  return Array.from({ length: count }, (_, i) => numberAt(view, type, i * widths[type]!, cursor.littleEndian));
}

function numberAt(view: DataView, type: number, at: number, little: boolean): number {
  switch (type) {
    case 3:
      return view.getUint16(at, little);
    case 4:
    case 13:
      return view.getUint32(at, little);
    case 5:
      return view.getUint32(at, little) / view.getUint32(at + 4, little);
    case 6:
      return view.getInt8(at);
    case 8:
      return view.getInt16(at, little);
    case 9:
      return view.getInt32(at, little);
    case 10:
      return view.getInt32(at, little) / view.getInt32(at + 4, little);
    case 11:
      return view.getFloat32(at, little);
    case 12:
      return view.getFloat64(at, little);
    default:
      return Number(view.getBigUint64(at, little));
  }
}
