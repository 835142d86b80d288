/** HyperSpy's Zarr files: the same tree as its HDF5 files, in a zip archive or a folder. */
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { FileContents, OpenOptions } from "../format.js";
import type { PlainValue } from "../hdf5/values.js";
import type { DataGroup } from "../hyperspy/data-tree.js";
import { readSignals } from "../hyperspy/read-signals.js";
import { zarrArray } from "./zarr-array.js";
import { folderStore, type JsonObject, type ZarrStore, zipStore } from "./zarr-store.js";

/** Reads the signals. Throws FormatError when there are none, or the store is damaged. */
export async function openZspy(source: ByteSource, { signal }: OpenOptions = {}): Promise<FileContents> {
  const isZip = source.size >= 2 && (await source.read(0, 2, signal)).join() === "80,75";
  const store = isZip || !source.name.startsWith(".z") ? await zipStore(source, signal) : await folderStore(source);
  const { datasets, images } = await readSignals(treeOf(store, await store.documents(), ""), source.name, signal);
  return { format: "zspy", datasets, images };
}

function treeOf(store: ZarrStore, documents: ReadonlyMap<string, JsonObject>, path: string): DataGroup {
  const prefix = path === "" ? "" : `${path}/`;
  const names = new Set<string>();
  for (const key of documents.keys()) {
    const rest = key.startsWith(prefix) ? key.slice(prefix.length) : "";
    if (rest.includes("/")) names.add(rest.slice(0, rest.indexOf("/")));
  }
  return {
    path,
    names: [...names].sort(),
    attributes: async () => (documents.get(`${prefix}.zattrs`) ?? {}) as Readonly<Record<string, PlainValue>>,
    async get(name) {
      const array = documents.get(`${prefix}${name}/.zarray`);
      if (array !== undefined) return zarrArray(store, `${prefix}${name}`, array);
      return names.has(name) ? treeOf(store, documents, `${prefix}${name}`) : undefined;
    },
  };
}
