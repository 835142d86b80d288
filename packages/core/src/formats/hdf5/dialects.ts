/** Several formats are HDF5 inside. Which one a file is, is told by what is in it; its name only helps when its first bytes do not. */
import { UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { Detection, FileContents, OpenOptions } from "../format.js";
import { type Hdf5Group, openHdf5 } from "./hdf5-file.js";
import { findSignature } from "./superblock.js";

export type Hdf5Dialect = "hspy" | "emd" | "h5oina";

/** Extensions that say nothing but HDF5; such a file is opened as what it turns out to be. */
export const PLAIN_HDF5_EXTENSIONS = [".hdf5", ".h5"] as const;

const extensions: Readonly<Record<Hdf5Dialect, readonly string[]>> = {
  hspy: [".hspy", ...PLAIN_HDF5_EXTENSIONS],
  emd: [".emd"],
  h5oina: [".h5oina"],
};

/** Names in the first structures of a file that only this kind of file has. */
const marks: Readonly<Record<Hdf5Dialect, RegExp>> = {
  hspy: /\bExperiments\b|\bHyperSpy\b/,
  emd: /\bversion_major\b|SpectrumStream|\bVelox\b|emd_group_type/,
  h5oina: /Format Version\b|Oxford Instruments/,
};

/**
 * `yes` when the first bytes show the format; `maybe` when they show HDF5 only and the name fits. A name that fits none is left to HyperSpy's
 * format, whose reader opens every dialect.
 */
export function detectHdf5(dialect: Hdf5Dialect, head: Uint8Array, fileName: string): Detection {
  if (findSignature(head) < 0) return "no";
  const text = new TextDecoder("latin1").decode(head);
  const shown = (Object.keys(marks) as Hdf5Dialect[]).filter((other) => marks[other].test(text));
  if (shown.length === 1) return shown[0] === dialect ? "yes" : "no";
  const name = fileName.toLowerCase();
  const named = (Object.keys(extensions) as Hdf5Dialect[]).find((other) =>
    extensions[other].some((extension) => name.endsWith(extension)),
  );
  return (named ?? "hspy") === dialect ? "maybe" : "no";
}

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
