/** EMD files: which of the two kinds it is, and what it holds. */
import { ParameterError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { FileContents, OpenOptions } from "../format.js";
import type { Hdf5Group } from "../hdf5/hdf5-file.js";
import { readNcem } from "./ncem.js";
import { readVelox } from "./velox.js";

/** Reads an opened file. Throws FormatError or UnsupportedError when nothing in it can be read, ParameterError for detectors or frames that it has not. */
export async function readEmd(root: Hdf5Group, source: ByteSource, options: OpenOptions = {}): Promise<FileContents> {
  if (root.names.includes("Data")) return readVelox(root, source.name, options);
  if (options.detectors === undefined && options.frames === undefined) return readNcem(root, source.name, options.signal);
  throw new ParameterError("Detectors and frames can be chosen in Velox files only.", {
    where: source.name,
    found: "a file of Berkeley's kind",
  });
}
