/** The text of an .rpl file. Keys and their meaning: README.md beside this. */
import { FormatError } from "../../errors.js";

export type RawType = "u1" | "u2" | "u4" | "u8" | "i1" | "i2" | "i4" | "i8" | "f4" | "f8";

export interface RplParameters {
  /** Every key of the file in lower case, with its text. */
  readonly entries: ReadonlyMap<string, string>;
  readonly width: number;
  readonly height: number;
  /** Channels; 1 for a picture. */
  readonly depth: number;
  /** Bytes before the first number. */
  readonly offset: number;
  readonly type: RawType;
  readonly littleEndian: boolean;
  /** False where the byte order matters and is not stated; little-endian is taken then. */
  readonly byteOrderStated: boolean;
  /** `vector`: spectrum after spectrum. `image`: one image per channel. */
  readonly recordBy: "vector" | "image";
}

/** Reads the text. Throws {@link FormatError} naming the key that is missing or wrong. */
export function parseRpl(text: string, where: string): RplParameters {
  const entries = readEntries(text, where);
  const depth = wholeNumber(entries, "depth", where, 1);
  const width = wholeNumber(entries, "width", where, 1);
  const height = wholeNumber(entries, "height", where, 1);
  const offset = entries.has("offset") ? wholeNumber(entries, "offset", where, 0) : 0;
  const type = typeOf(entries, where);
  const order = entries.get("byte-order")?.toLowerCase() ?? "dont-care";
  const orders = ["little-endian", "big-endian", "dont-care"];
  if (!orders.includes(order)) throw wrong(where, "byte-order", order, orders.join(", "));
  return {
    entries,
    width,
    height,
    depth,
    offset,
    type,
    littleEndian: order !== "big-endian",
    byteOrderStated: order !== "dont-care" || type.endsWith("1"),
    recordBy: recordByOf(entries, depth, where),
  };
}

/** A finite number, or `undefined` where the key is missing, empty or no number. */
export function rplNumber(parameters: RplParameters, key: string): number | undefined {
  const text = parameters.entries.get(key);
  if (text === undefined || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** A text; `undefined` where it is missing or empty, or one of the words that HyperSpy writes for nothing. */
export function rplText(parameters: RplParameters, key: string): string | undefined {
  const text = parameters.entries.get(key);
  return text === undefined || ["", "none", "<undefined>", "undefined"].includes(text.toLowerCase()) ? undefined : text;
}

/** One key and its value per line: `key<TAB>value`, `key;value`, `key : value` or `(MLX::KEY :VALUE)` as INCA writes it. */
function readEntries(text: string, where: string): Map<string, string> {
  const entries = new Map<string, string>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (/^\s*(;|$)/.test(line)) continue;
    const parts = /^\s*\(?\s*(?:mlx::)?([a-z][\w-]*)[ \t]*[\t:;,= ]?[ \t:=]*(.*)$/i.exec(line);
    if (parts === null) continue;
    const key = parts[1]!.toLowerCase();
    if (key === "key" || entries.has(key)) continue;
    let value = parts[2]!.split(/[\t;]/)[0]!.trim();
    if (line.trimStart().startsWith("(")) value = value.replace(/\)$/, "").trim();
    entries.set(key, value);
  }
  if (entries.size === 0) {
    throw new FormatError("The file names no parameters.", {
      where,
      offset: 0,
      expected: "lines of a key, a tab and a value, for example width<TAB>256",
    });
  }
  return entries;
}

function typeOf(entries: ReadonlyMap<string, string>, where: string): RawType {
  const kinds: Readonly<Record<string, "u" | "i" | "f" | undefined>> = { unsigned: "u", signed: "i", float: "f" };
  const stated = needed(entries, "data-type", where).toLowerCase();
  const kind = Object.hasOwn(kinds, stated) ? kinds[stated] : undefined;
  if (kind === undefined) throw wrong(where, "data-type", stated, Object.keys(kinds).join(", "));
  const length = needed(entries, "data-length", where);
  const lengths = kind === "f" ? ["4", "8"] : ["1", "2", "4", "8"];
  if (!lengths.includes(length)) throw wrong(where, "data-length", length, `${lengths.join(", ")} for data-type ${stated}`);
  return `${kind}${length}` as RawType;
}

function recordByOf(entries: ReadonlyMap<string, string>, depth: number, where: string): "vector" | "image" {
  const stated = entries.get("record-by")?.toLowerCase() ?? "dont-care";
  if (stated.includes("vector")) return "vector";
  if (stated.includes("image")) return "image";
  if (depth === 1) return "image";
  throw wrong(where, "record-by", stated, "vector or image, because there is more than one channel");
}

function wholeNumber(entries: ReadonlyMap<string, string>, key: string, where: string, least: number): number {
  const text = needed(entries, key, where);
  const value = /^\+?\d{1,15}(\.0*)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least)) throw wrong(where, key, text, `a whole number from ${least}`);
  return value;
}

function needed(entries: ReadonlyMap<string, string>, key: string, where: string): string {
  const text = entries.get(key);
  if (text !== undefined && text !== "") return text;
  throw wrong(where, key, "nothing", "a value");
}

function wrong(where: string, field: string, found: string, expected: string): FormatError {
  return new FormatError("A parameter is missing or wrong.", {
    where,
    field,
    found: JSON.stringify(found.slice(0, 100)),
    expected,
    remedy: "The .rpl file is plain text: correct the line and open it again.",
  });
}
