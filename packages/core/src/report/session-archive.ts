/**
 * Session files: a zip of one JSON document and plain arrays, never code. What stands for an array in `session.json` is `{ "$array": N }`, and the array is
 * `arrays/N.npy`; `undefined` in a list, numbers that JSON lacks, maps and sets are `{ "$undefined": true }`, `{ "$number": "NaN" }`, `{ "$map": [[k, v]] }` and
 * `{ "$set": [v] }`. An array that stands in several places is written once and is one array again when it is read.
 */
import { FormatError, UnsupportedError } from "../errors.js";
import { type NpyData, readNpy, writeNpy } from "../formats/npy/npy.js";

/** Version of the form of session files. */
export const sessionSchemaVersion = 1;

const DOCUMENT = "session.json";
/** A session that unpacks to more than this is refused before it is unpacked. */
const MOST_BYTES = 4 * 1_073_741_824;

/** The bytes of a session file that holds a tree of plain values and typed arrays. Throws {@link UnsupportedError} for anything else in it. */
export async function writeSessionArchive(content: unknown): Promise<Uint8Array> {
  const { zipSync } = await import("fflate");
  const arrays = new Map<NpyData, number>();
  const document = { schemaVersion: sessionSchemaVersion, content: packed(content, arrays, "content") };
  const files: Record<string, Uint8Array> = { [DOCUMENT]: new TextEncoder().encode(JSON.stringify(document)) };
  for (const [data, number] of arrays) files[nameOf(number)] = writeNpy({ shape: [data.length], data });
  return zipSync(files, { level: 6, mtime: "1980-01-01T00:00:00" });
}

/** The tree of a session file. Throws {@link FormatError} for bytes that are none, or of a version that is not known. */
export async function readSessionArchive(bytes: Uint8Array, where: string): Promise<unknown> {
  const files = await unzipped(bytes, where);
  const text = files[DOCUMENT];
  if (text === undefined) throw notASession(where, `a zip without ${DOCUMENT}`);
  const document = jsonOf(text, where);
  if (!isRecord(document) || document["schemaVersion"] !== sessionSchemaVersion) {
    throw new FormatError("The session is of a version that this program does not know.", {
      where,
      field: "schemaVersion",
      found: JSON.stringify(isRecord(document) ? document["schemaVersion"] : document),
      expected: String(sessionSchemaVersion),
      remedy: "Open it with the version of the program that wrote it.",
    });
  }
  return unpacked(document["content"], arraysOf(files, where));
}

async function unzipped(bytes: Uint8Array, where: string): Promise<Record<string, Uint8Array>> {
  const { unzipSync } = await import("fflate");
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter({ originalSize }) {
        total += originalSize;
        return total <= MOST_BYTES;
      },
    });
  } catch (cause) {
    throw notASession(where, cause instanceof Error ? cause.message : String(cause));
  }
}

function arraysOf(files: Record<string, Uint8Array>, where: string): (number: unknown) => NpyData {
  const known = new Map<unknown, NpyData>();
  return (number) => {
    const before = known.get(number);
    if (before !== undefined) return before;
    const bytes = typeof number === "number" ? files[nameOf(number)] : undefined;
    if (bytes === undefined) throw notASession(where, `no array ${String(number)}`);
    const { data } = readNpy(bytes, where);
    known.set(number, data);
    return data;
  };
}

function packed(value: unknown, arrays: Map<NpyData, number>, place: string): unknown {
  if (value === undefined) return { $undefined: true };
  if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0)))
    return { $number: Object.is(value, -0) ? "-0" : String(value) };
  if (value === null || typeof value === "number" || typeof value === "string" || typeof value === "boolean") return value;
  if (isArray(value)) {
    const number = arrays.get(value) ?? arrays.size;
    arrays.set(value, number);
    return { $array: number };
  }
  if (Array.isArray(value)) return value.map((item, i) => packed(item, arrays, `${place}[${i}]`));
  if (value instanceof Map) return { $map: packed([...value], arrays, place) };
  if (value instanceof Set) return { $set: packed([...value], arrays, place) };
  if (isRecord(value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(entries.map(([key, item]) => [key, packed(item, arrays, `${place}.${key}`)]));
  }
  throw new UnsupportedError("A session holds plain values and arrays only.", { where: place, found: typeof value });
}

function unpacked(value: unknown, arrayOf: (number: unknown) => NpyData): unknown {
  if (Array.isArray(value)) return value.map((item) => unpacked(item, arrayOf));
  if (!isRecord(value)) return value;
  if ("$array" in value) return arrayOf(value["$array"]);
  if ("$undefined" in value) return undefined;
  if ("$number" in value) return Number(value["$number"]);
  if ("$map" in value) return new Map(unpacked(value["$map"], arrayOf) as [unknown, unknown][]);
  if ("$set" in value) return new Set(unpacked(value["$set"], arrayOf) as unknown[]);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpacked(item, arrayOf)]));
}

function isArray(value: unknown): value is NpyData {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function jsonOf(bytes: Uint8Array, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw notASession(where, `${DOCUMENT} that is not JSON`);
  }
}

function nameOf(number: number): string {
  return `arrays/${number}.npy`;
}

function notASession(where: string, found: string): FormatError {
  return new FormatError("This is not a session file, or it is damaged.", {
    where,
    found,
    expected: "a file that Save session wrote",
  });
}
