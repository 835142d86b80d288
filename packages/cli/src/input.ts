import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  DataCheckError,
  type FileContents,
  type InputFile,
  type OpenOptions,
  openFile,
  type SpectrumImage,
} from "@sigma-eds/core";
import { openNodeFile } from "./node-byte-source.js";

/** A file that is open, with the files of its set that the reader asked for. */
export interface OpenInput {
  readonly contents: FileContents;
  /** SHA-256 of every file that was opened, the named one first. */
  hashes(): Promise<InputFile[]>;
  close(): Promise<void>;
}

/**
 * Opens a file, or a Zarr folder, with whichever format reads it. Throws FormatError, UnsupportedError, or ParameterError for options that do not
 * fit the file.
 */
export async function openInput(path: string, options: OpenOptions): Promise<OpenInput> {
  const file = await fileOf(path);
  const source = await openNodeFile(file);
  try {
    const contents = await openFile(source, options);
    return {
      contents,
      hashes: () => Promise.all(source.opened().map((name) => hashFile(join(dirname(file), name), name))),
      close: () => source.close(),
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** A Zarr folder is opened by the list of what is in it, or, for the message, by what it has in its place. */
async function fileOf(path: string): Promise<string> {
  const names = await readdir(path).catch((): string[] => []);
  const root = [".zmetadata", ".zgroup"].find((name) => names.includes(name));
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

async function hashFile(path: string, name: string): Promise<InputFile> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { name, bytes, sha256: hash.digest("hex") };
}
