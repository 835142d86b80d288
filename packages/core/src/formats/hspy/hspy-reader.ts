/** HyperSpy's HDF5 files. */
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { arrayOfDataset } from "../arrays/number-array.js";
import type { FileContents } from "../format.js";
import type { Hdf5Dataset } from "../hdf5/dataset.js";
import type { Hdf5Group } from "../hdf5/hdf5-file.js";
import type { DataGroup, DataLeaf } from "../hyperspy/data-tree.js";
import { readSignals } from "../hyperspy/read-signals.js";

/** Reads the signals of an opened file. Throws FormatError when it holds none. */
export async function readHspy(root: Hdf5Group, source: ByteSource, signal?: AbortSignal): Promise<FileContents> {
  const { datasets, images } = await readSignals(treeGroup(root, source.name), source.name, signal);
  return { format: "hspy", datasets, images };
}

function treeGroup(group: Hdf5Group, fileName: string): DataGroup {
  return {
    path: group.path,
    names: group.names,
    attributes: () => group.attributes(),
    async get(name) {
      const found = await group.get(name);
      if (found === undefined) return undefined;
      return found.kind === "group" ? treeGroup(found, fileName) : treeLeaf(found, fileName);
    },
  };
}

function treeLeaf(dataset: Hdf5Dataset, fileName: string): DataLeaf {
  return {
    path: dataset.path,
    shape: dataset.shape,
    array: () => arrayOfDataset(dataset, fileName),
    plain: () => dataset.plain(),
  };
}
