/** Zarr keys, whether they lie in a zip archive or in a folder. */
import { FormatError, UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { openZip } from "./zip-archive.js";

const LARGEST_DOCUMENT = 1 << 26;

export type JsonObject = { readonly [name: string]: unknown };

export interface ZarrStore {
  readonly name: string;
  /** JSON documents (`.zgroup`, `.zattrs`, `.zarray`) by their keys; those at hand without reading are in it already. */
  documents(): Promise<ReadonlyMap<string, JsonObject>>;
  /** False when it is known that a chunk was never written. */
  mayHave(key: string): boolean;
  /** The bytes of a chunk; `undefined` when it was not written. */
  read(key: string, signal?: AbortSignal): Promise<Uint8Array | undefined>;
}

/** A store in a zip archive; the Zarr root may lie in a folder of it. Throws FormatError when there is none. */
export async function zipStore(source: ByteSource, signal?: AbortSignal): Promise<ZarrStore> {
  const zip = await openZip(source, signal);
  const root = zip.names.filter((name) => /(^|\/)\.zgroup$/.test(name)).sort((a, b) => a.length - b.length)[0];
  if (root === undefined)
    throw new FormatError("The archive holds no Zarr group.", { where: source.name, expected: "a file .zgroup" });
  const prefix = root.slice(0, -".zgroup".length);
  const names = new Set(zip.names);
  return {
    name: source.name,
    async documents() {
      const documents = new Map<string, JsonObject>();
      for (const name of zip.names) {
        if (!name.startsWith(prefix) || !/(^|\/)\.z(group|attrs|array)$/.test(name)) continue;
        const bytes = await zip.read(name, signal);
        if (bytes !== undefined) documents.set(name.slice(prefix.length), parse(bytes, `${source.name}:${name}`));
      }
      return documents;
    },
    mayHave: (key) => names.has(prefix + key),
    read: (key, stop) => zip.read(prefix + key, stop),
  };
}

/**
 * A store in a folder, opened by one of the files at its root. Chunks are siblings of that file, by their path in the folder. Because a source
 * cannot list a folder, there must be a `.zmetadata`. Throws UnsupportedError when there is none.
 */
export async function folderStore(source: ByteSource): Promise<ZarrStore> {
  const consolidated = source.name === ".zmetadata" ? source : await source.sibling(".zmetadata");
  if (consolidated === undefined) {
    throw new UnsupportedError("The Zarr folder has no list of what is in it.", {
      where: source.name,
      expected: "a file .zmetadata",
      remedy: "Zip the folder and open the zip, or save it again with a newer HyperSpy.",
    });
  }
  return {
    name: source.name,
    async documents() {
      if (consolidated.size > LARGEST_DOCUMENT)
        throw new FormatError("The list of the Zarr folder is too large.", {
          where: consolidated.name,
          found: `${consolidated.size} bytes`,
        });
      const { metadata } = parse(await consolidated.read(0, consolidated.size), consolidated.name);
      if (!isObject(metadata))
        throw new FormatError("The list of the Zarr folder is empty.", { where: consolidated.name, field: "metadata" });
      return new Map(Object.entries(metadata).filter((entry): entry is [string, JsonObject] => isObject(entry[1])));
    },
    mayHave: () => true,
    async read(key, signal) {
      const chunk = await source.sibling(key);
      return chunk?.read(0, chunk.size, signal);
    },
  };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON as Python writes it: NaN and Infinity without quotes are read as `null`. */
function parse(bytes: Uint8Array, where: string): JsonObject {
  const text = new TextDecoder().decode(bytes);
  try {
    const value: unknown = JSON.parse(text.replace(/([:[,]\s*)-?(NaN|Infinity)\b/g, "$1null"));
    return isObject(value) ? value : {};
  } catch (cause) {
    throw new FormatError("A document of the Zarr store is not JSON.", { where, found: text.slice(0, 40) }, { cause });
  }
}
