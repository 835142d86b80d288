/** Real files beside the project, and what an independent reader (RosettaSciIO) found in them. */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type ByteSource, bytesInMemory } from "../spectrum-image/byte-source.js";

export interface ExpectedAxis {
  readonly name: string;
  readonly size: number;
  readonly scale: number;
  readonly offset: number;
  readonly units: string;
  readonly navigate: boolean;
}

/** One signal of a file. Spectra have the fields of sums; images have only sum, max and min. */
export interface ExpectedReading {
  readonly title: string;
  readonly signal: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly axes: readonly ExpectedAxis[];
  readonly beam_energy?: number;
  readonly magnification?: number;
  readonly eds?: Readonly<Record<string, number | string>>;
  readonly elements?: readonly string[];
  readonly sum: number;
  readonly max: number;
  readonly min: number;
  readonly sum_spectrum_argmax?: number;
  readonly sum_spectrum_max?: number;
  readonly sum_spectrum_nonzero?: number;
  readonly sum_spectrum_sha256_int64le?: string;
  readonly count_map_sha256_int64le?: string;
  readonly pixel?: {
    readonly y: number;
    readonly x: number;
    readonly sum: number;
    readonly argmax: number;
    readonly max: number;
  };
  readonly brightest_pixel?: { readonly y: number; readonly x: number; readonly sum: number };
}

export type ExpectedFile = readonly ExpectedReading[] | { readonly error: string };

/** Folder of the real files: `SIGMA_DATA`, or `../shared/data` beside the repository. */
export const dataFolder = resolve(process.env["SIGMA_DATA"] ?? join(import.meta.dirname, "../../../../../shared/data"));
export const hasData = existsSync(join(dataFolder, "expected.json"));
/** For the name of a suite that needs the real files. */
export const dataNote = hasData ? "" : ` (skipped: no real files in ${dataFolder}; set SIGMA_DATA)`;

/** The readings of the files whose path begins with `prefix`, as [path, readings]. Empty without data. */
export function expectedUnder(prefix: string): [string, ExpectedFile][] {
  if (!hasData) return [];
  const document = JSON.parse(readFileSync(join(dataFolder, "expected.json"), "utf8")) as { files: Record<string, ExpectedFile> };
  return Object.entries(document.files).filter(([path]) => path.startsWith(prefix));
}

/** A real file with the given other files of its folder beside it. */
export function realFile(path: string, siblings: readonly string[] = []): ByteSource {
  const load = (name: string) => new Uint8Array(readFileSync(join(dataFolder, dirname(path), name)));
  return bytesInMemory(
    basename(path),
    load(basename(path)),
    siblings.map((name) => bytesInMemory(name, load(name))),
  );
}
