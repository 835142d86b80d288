/** Opens files that are HDF5 inside by what is in them. */
import { UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { FileContents, OpenOptions } from "../format.js";
import type { Hdf5Dialect } from "./detect-hdf5.js";
import { type Hdf5Group, openHdf5 } from "./hdf5-file.js";

/** Opens an HDF5 file as what it is. Throws UnsupportedError when it is HDF5, but of none of the kinds that are read. */
export async function openHdf5Dialect(source: ByteSource, options: OpenOptions = {}): Promise<FileContents> {
  const root = await openHdf5(source);
  switch (await dialectOf(root)) {
    case "hspy":
      return (await import("../hspy/hspy-reader.js")).readHspy(root, source, options.signal);
    case "emd":
      return (await import("../emd/emd-reader.js")).readEmd(root, source, options);
    case "h5oina":
      return (await import("../h5oina/h5oina-reader.js")).readH5oina(root, source, options.signal);
    default:
      throw new UnsupportedError("The HDF5 file is of no kind that is read.", {
        where: source.name,
        found: root.names.length === 0 ? "an empty file" : `groups ${root.names.slice(0, 8).join(", ")}`,
        expected: "a file of HyperSpy, Velox, NCEM's EMD or Oxford Instruments' H5OINA",
      });
  }
}

async function dialectOf(root: Hdf5Group): Promise<Hdf5Dialect | undefined> {
  const { names } = root;
  if (names.includes("Experiments")) return "hspy";
  if (names.includes("Format Version") || (names.includes("Manufacturer") && names.includes("1"))) return "h5oina";
  if (names.includes("Data") && (names.includes("Version") || names.includes("Info"))) return "emd";
  const attributes = await root.attributes();
  if ("version_major" in attributes || "emd_group_type" in attributes || "authoring_program" in attributes) return "emd";
  for (const name of names.slice(0, 64)) {
    const group = await root.group(name);
    if (group !== undefined && "emd_group_type" in (await group.attributes())) return "emd";
  }
  return undefined;
}
