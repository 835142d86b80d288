import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { dirname, join } from "node:path";
import {
  type ByteSource,
  DataCheckError,
  type FileContents,
  type InputFile,
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

/** Opens a file with whichever format reads it. Throws FormatError, UnsupportedError, or the system's error for a missing file. */
export async function openInput(path: string, signal: AbortSignal): Promise<OpenInput> {
  const source = await openNodeFile(path);
  const names = [source.name];
  try {
    const contents = await openFile(recordSiblings(source, names), { signal });
    return {
      contents,
      hashes: () => Promise.all(names.map((name) => hashFile(join(dirname(path), name), name))),
      close: () => source.close(),
    };
  } catch (error) {
    await source.close();
    throw error;
  }
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

function recordSiblings(source: ByteSource, names: string[]): ByteSource {
  return {
    name: source.name,
    size: source.size,
    read: (offset, length, signal) => source.read(offset, length, signal),
    async sibling(wanted) {
      const found = await source.sibling(wanted);
      if (found === undefined) return undefined;
      if (!names.includes(found.name)) names.push(found.name);
      return recordSiblings(found, names);
    },
  };
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
