/** The files that were chosen, as the readers want them, with a record of which were read: their hashes name the input of a result. */
import {
  type ByteSource,
  bytesOfBlob,
  type FileContents,
  type Format,
  formats,
  type InputFile,
  isPictureFile,
  openFile,
  openMapFolder,
  throwIfAborted,
  withMapsAsDataset,
} from "@sigma-eds/core";
import { sha256Stream } from "./sha256-stream.js";

/** What is open: contents, and what names them in results. */
export interface OpenInput {
  readonly name: string;
  readonly contents: FileContents;
  /** SHA-256 of every file that was read so far, the named one first. */
  hashes(signal: AbortSignal): Promise<InputFile[]>;
}

const PIECE = 8 << 20;

/**
 * Opens files that were chosen together: one file, the parts of a set, or a folder's worth of pictures. The part by which a set is opened is found by its
 * content. Throws what the core's `openFile` throws, for the most likely file.
 */
export async function openFiles(files: readonly [File, ...File[]], signal: AbortSignal): Promise<OpenInput> {
  const set = new FileSet(files);
  const likely = [...files].sort((a, b) => rank(a.name) - rank(b.name)) as [File, ...File[]];
  if (files.length > 1 && (await set.areAllPictures(signal))) return folderOfMaps(set, likely[0], signal);
  let problem: unknown;
  for (const file of likely) {
    try {
      const contents = await withMapsAsDataset(await openFile(set.source(file), { signal }), file.name);
      return { name: file.name, contents, hashes: (stop) => set.hashes(file, stop) };
    } catch (error) {
      throwIfAborted(signal);
      problem ??= error;
    }
  }
  throw problem;
}

async function folderOfMaps(set: FileSet, first: File, signal: AbortSignal): Promise<OpenInput> {
  const sources = set.files.map((file) => set.source(file));
  const contents = await openMapFolder(sources, first.name, { signal });
  return { name: `${first.name} and ${set.files.length - 1} more`, contents, hashes: (stop) => set.hashes(first, stop) };
}

/** Place of a file's extension among those that formats name; the first of each format is the one to open a set by. */
function rank(name: string): number {
  const lower = name.toLowerCase();
  const all = Object.values<Format>(formats);
  const main = all.findIndex(({ extensions }) => lower.endsWith(extensions[0] ?? "\0"));
  if (main >= 0) return main;
  const other = all.findIndex(({ extensions }) => extensions.some((extension) => lower.endsWith(extension)));
  return all.length + (other >= 0 ? other : all.length);
}

class FileSet {
  readonly files: readonly File[];
  readonly #used = new Set<File>();
  readonly #known = new Map<File, InputFile>();

  constructor(files: readonly File[]) {
    this.files = files;
  }

  source(file: File): ByteSource {
    this.#used.add(file);
    return {
      ...bytesOfBlob(file.name, file),
      sibling: async (name) => {
        const found = this.files.find((other) => other.name.toLowerCase() === name.toLowerCase());
        return found === undefined ? undefined : this.source(found);
      },
    };
  }

  async areAllPictures(signal: AbortSignal): Promise<boolean> {
    for (const file of this.files) {
      if (file.size === 0 || !(await isPictureFile(bytesOfBlob(file.name, file), { signal }))) return false;
    }
    return true;
  }

  async hashes(first: File, signal: AbortSignal): Promise<InputFile[]> {
    const used = [first, ...[...this.#used].filter((file) => file !== first)];
    for (const file of used) if (!this.#known.has(file)) this.#known.set(file, await hashed(file, signal));
    return used.map((file) => this.#known.get(file)!);
  }
}

async function hashed(file: File, signal: AbortSignal): Promise<InputFile> {
  const digest = sha256Stream();
  for (let at = 0; at < file.size; at += PIECE) {
    throwIfAborted(signal);
    digest.add(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()));
  }
  return { name: file.name, bytes: file.size, sha256: digest.hex() };
}
