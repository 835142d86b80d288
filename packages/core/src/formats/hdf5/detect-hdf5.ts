/** Several formats are HDF5 inside. Which one a file is, is told by what is in it; its name only helps when its first bytes do not. Needs nothing of the reader. */
import type { Detection } from "../format.js";
import { findSignature } from "./signature.js";

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
