/** EMD files: which of the two kinds it is, and what it holds. */
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { FileContents } from "../format.js";
import { type Hdf5Group, openHdf5 } from "../hdf5/hdf5-file.js";
import { readNcem } from "./ncem.js";
import { readVelox, type VeloxOptions } from "./velox.js";

/** Reads an opened file. Throws FormatError or UnsupportedError when nothing in it can be read. */
export async function readEmd(root: Hdf5Group, source: ByteSource, signal?: AbortSignal): Promise<FileContents> {
  const isVelox = root.names.includes("Data");
  return isVelox ? readVelox(root, source.name, { signal }) : readNcem(root, source.name, signal);
}

/**
 * Opens a Velox file with a choice of detectors and frames: then the one spectrum image of the choice stands in place of that of all detectors
 * and those of each. Throws ParameterError when the file has no such detector or frame.
 */
export async function openVelox(source: ByteSource, options: VeloxOptions = {}): Promise<FileContents> {
  return readVelox(await openHdf5(source), source.name, options);
}
