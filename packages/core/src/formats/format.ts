import type { ByteSource } from "../spectrum-image/byte-source.js";
import type { Finding, NavigationImage, SpectrumImage } from "../spectrum-image/spectrum-image.js";

/** What one file (or set of files) holds. Nothing of the counts has been read yet. */
export interface FileContents {
  /** Id of the {@link Format} that read it. */
  readonly format: string;
  /** Spectrum images, spectra (no navigation axes) included, in the order of the file. */
  readonly datasets: readonly SpectrumImage[];
  /** Images that belong to no dataset. */
  readonly images: readonly NavigationImage[];
  /** What holds for the file as a whole or for its images; findings about a dataset are in its load report. */
  readonly findings?: readonly Finding[] | undefined;
}

/** How sure a format is that a file is its own, from the first bytes alone. */
export type Detection = "yes" | "maybe" | "no";

export interface OpenOptions {
  readonly signal?: AbortSignal | undefined;
  /**
   * For files that hold a bare array (.npy, .npz): what its axes are, slowest first, for example `["y", "x", "energy"]` or `["map", "y", "x"]`.
   * Other formats know their axes and ignore it.
   */
  readonly axes?: readonly string[] | undefined;
  /** For Velox files: the detectors whose counts are summed, by name. Default: all together, and then each. See {@link Format.choices}. */
  readonly detectors?: readonly string[] | undefined;
  /** For Velox files: the frames whose counts are summed, from `start` (from 0) to before `end`. Default: all. See {@link Format.choices}. */
  readonly frames?: { readonly start: number; readonly end: number } | undefined;
}

/** The code of a format, loaded when a file needs it. */
export interface FormatReader {
  /** Reads the header and metadata; counts are read later, block by block. Throws FormatError or UnsupportedError. */
  open(source: ByteSource, options?: OpenOptions): Promise<FileContents>;
}

/** A file format: metadata at hand, code on demand. */
export interface Format {
  readonly id: string;
  readonly name: string;
  /** Lower case, with the dot. */
  readonly extensions: readonly string[];
  /** Which parts of a file can be chosen when it is opened; asking another format for a part is an error, not ignored. Default: none. */
  readonly choices?: readonly ("detectors" | "frames")[];
  /** By content first: `head` is the first 4,096 bytes (fewer if the file is shorter). Never throws. */
  detect(head: Uint8Array, fileName: string): Detection;
  reader(): Promise<FormatReader>;
}
