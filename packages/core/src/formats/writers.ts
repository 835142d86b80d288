/** Every kind of file that a spectrum image can be written as: one line each. */
import type { WorkContext } from "../spectrum-image/context.js";
import type { SpectrumImage } from "../spectrum-image/spectrum-image.js";

export { pictureFiles } from "./written-files.js";

/** A file to write. Its content is read once, in order. */
export interface WrittenFile {
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export interface Writer {
  readonly name: string;
  /** Lower case, with the dot; the first is the usual one. */
  readonly extensions: readonly string[];
  /** The files, named after `stem`. Throws UnsupportedError when the kind cannot hold the image. */
  write(image: SpectrumImage, stem: string, context?: WorkContext): Promise<WrittenFile[]>;
}

export const writers = {
  hspy: {
    name: "HyperSpy HDF5",
    extensions: [".hspy"],
    write: async (...what) => (await import("./written-files.js")).hspyFiles(...what),
  },
  rpl: {
    name: "Lispix ripple, with its .raw",
    extensions: [".rpl"],
    write: async (...what) => (await import("./written-files.js")).rplFiles(...what),
  },
  npy: {
    name: "NumPy array with all zeros",
    extensions: [".npy"],
    write: async (...what) => (await import("./written-files.js")).npyFiles(...what),
  },
  msa: {
    name: "EMSA/MAS spectrum, the sum of all pixels",
    extensions: [".msa", ".emsa"],
    write: async (...what) => (await import("./written-files.js")).msaFiles(...what),
  },
  tif: {
    name: "TIFF picture, the counts of each pixel",
    extensions: [".tif", ".tiff"],
    write: async (...what) => (await import("./written-files.js")).tiffFiles(...what),
  },
} as const satisfies Record<string, Writer>;

export type WriterId = keyof typeof writers;
