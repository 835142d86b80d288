import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import {
  DataCheckError,
  type FileContents,
  type InputFile,
  isPictureFile,
  type OpenOptions,
  openFile,
  openMapFolder,
  type SpectrumImage,
  UnsupportedError,
  withMapsAsDataset,
} from "@sigma-eds/core";
import { type NodeByteSource, openNodeFile } from "./node-byte-source.js";

/** A file that is open, with the files of its set that the reader asked for. */
export interface OpenInput {
  readonly contents: FileContents;
  /** SHA-256 of every file that was opened, the named one first. */
  hashes(): Promise<InputFile[]>;
  close(): Promise<void>;
}

/**
 * Opens a file, a Zarr folder, or a folder of element maps, with whichever format reads it. Throws FormatError, UnsupportedError, or ParameterError for options that do not
 * fit the file.
 */
export async function openInput(path: string, options: OpenOptions): Promise<OpenInput> {
  const pictures = await filesOfMapFolder(path);
  if (pictures.length > 0) return openFolder(path, pictures, options);
  const file = await fileOf(path);
  const source = await openNodeFile(file);
  try {
    const contents = await withMapsAsDataset(await openFile(source, options), basename(path));
    return {
      contents,
      hashes: () => hashesOf(dirname(file), source.opened(), options.signal),
      close: () => source.close(),
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** Loaded when asked for: Node takes its time to load its cryptography, and `sigma info` needs none. */
async function hashesOf(folder: string, names: readonly string[], signal: AbortSignal | undefined): Promise<InputFile[]> {
  return (await import("./hash-file.js")).hashFiles(folder, names, signal);
}

/** Names of the files in a folder that is no Zarr store, in an order that does not depend on the system; none for a file. */
async function filesOfMapFolder(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  if (entries.some(({ name }) => ZARR_ROOTS.includes(name))) return [];
  return entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort();
}

/** A folder of element maps: its pictures, tables and arrays together are one image. Other files are left alone. */
async function openFolder(folder: string, names: readonly string[], options: OpenOptions): Promise<OpenInput> {
  const sources: NodeByteSource[] = [];
  const close = async (): Promise<void> => {
    for (const source of sources) await source.close();
  };
  try {
    for (const name of names) {
      const source = await openNodeFile(join(folder, name));
      sources.push(source);
      if (!(await isPictureFile(source, options))) await sources.pop()!.close();
    }
    if (sources.length === 0) {
      throw new UnsupportedError("The folder holds no element maps.", {
        where: folder,
        found: `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`,
        expected: "pictures, tables or NumPy arrays named after elements, for example Fe.tif",
        remedy: "Name a file in it, if it holds a spectrum image.",
      });
    }
    const read = sources.map(({ name }) => name);
    return {
      contents: await openMapFolder(sources, basename(resolve(folder)), options),
      hashes: () => hashesOf(folder, read, options.signal),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const ZARR_ROOTS: readonly string[] = [".zmetadata", ".zgroup"];

/** A Zarr folder is opened by the list of what is in it, or, for the message, by what it has in its place. */
async function fileOf(path: string): Promise<string> {
  const names = await readdir(path).catch((): string[] => []);
  const root = ZARR_ROOTS.find((name) => names.includes(name));
  return root === undefined ? path : join(path, root);
}

/** The spectrum image with the given number. Throws {@link DataCheckError} that says how many there are. */
export function chooseDataset(contents: FileContents, index: number, path: string): SpectrumImage {
  const image = contents.datasets[index];
  if (image !== undefined) return image;
  const held = contents.datasets.length;
  throw new DataCheckError(held === 0 ? "The file holds no spectra." : `The file has no dataset ${index}.`, {
    where: path,
    found: `${held} dataset${held === 1 ? "" : "s"}${contents.images.length > 0 ? ` and ${contents.images.length} images` : ""}`,
    remedy:
      held === 0
        ? "Export the spectrum image (raw map data) from the microscope's program."
        : "`sigma info` lists the datasets; choose one with --dataset.",
  });
}
