/** Bytes of a file on disk: ranges are read when asked for, so the file may be larger than memory. */
import type { Dirent, Stats } from "node:fs";
import { type FileHandle, readdir } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { type ByteSource, checkRange, FormatError, throwIfAborted } from "@sigma-eds/core";
import { OpenHandles } from "./open-handles.js";

export interface NodeByteSource extends ByteSource {
  /** Every file of the set that was opened so far, in order: paths from the folder of the first, with `/` between folders. */
  opened(): readonly string[];
  /** Closes the file and every file of its set that was opened through it. */
  close(): Promise<void>;
}

/** Opens a file for reading. Throws {@link FormatError} when it is missing, a folder, or not allowed to be read. */
export async function openNodeFile(path: string): Promise<NodeByteSource> {
  const set = new FileSet(dirname(path));
  try {
    return { ...(await set.open(path)), opened: () => set.opened(), close: () => set.close() };
  } catch (error) {
    await set.close();
    throw error;
  }
}

/** The files that were opened through one of them. */
class FileSet {
  readonly #root: string;
  readonly #handles = new OpenHandles();
  readonly #sources = new Map<string, Promise<ByteSource>>();
  readonly #folders = new Map<string, Promise<readonly Dirent[]>>();

  constructor(root: string) {
    this.#root = root;
  }

  open(path: string): Promise<ByteSource> {
    const source = this.#sources.get(path) ?? this.#source(path);
    this.#sources.set(path, source);
    return source;
  }

  opened(): string[] {
    return [...this.#sources.keys()].map((path) => relative(this.#root, path).split(sep).join("/"));
  }

  close(): Promise<void> {
    return this.#handles.close();
  }

  async #source(path: string): Promise<ByteSource> {
    const { size } = await this.#statOfFile(path);
    const name = basename(path);
    return {
      name,
      size,
      read: async (offset, length, signal) => {
        throwIfAborted(signal);
        checkRange(name, size, offset, length);
        const bytes = new Uint8Array(length);
        await this.#handles.use(path, (handle) => fill(bytes, handle, name, offset, signal));
        return bytes;
      },
      readInto: async (offset, target, signal) => {
        throwIfAborted(signal);
        checkRange(name, size, offset, target.length);
        await this.#handles.use(path, (handle) => fill(target, handle, name, offset, signal));
      },
      sibling: async (wanted) => {
        const found = await this.#pathBelow(dirname(path), wanted.split("/"));
        return found === undefined ? undefined : this.open(found);
      },
    };
  }

  async #statOfFile(path: string): Promise<Stats> {
    let stat: Stats;
    try {
      stat = await this.#handles.use(path, (handle) => handle.stat());
    } catch (cause) {
      throw unreadable(path, reasonOf(cause), cause);
    }
    if (stat.isFile()) return stat;
    throw unreadable(path, "a folder or a device", undefined);
  }

  /** The path of a file below a folder as it is spelled on disk: the same letters exactly when there is such a file, else whatever the case. */
  async #pathBelow(folder: string, [part = "", ...rest]: readonly string[]): Promise<string | undefined> {
    const wanted = part.toLowerCase();
    const fitting = (await this.#entriesOf(folder)).filter(
      (entry) => entry.name.toLowerCase() === wanted && (rest.length === 0 || entry.isDirectory()),
    );
    const found = fitting.find(({ name }) => name === part) ?? fitting[0];
    if (found === undefined) return undefined;
    const path = join(folder, found.name);
    return rest.length === 0 ? path : this.#pathBelow(path, rest);
  }

  /** In the order of their names. A listing is kept: a Zarr folder asks for thousands of files. */
  #entriesOf(folder: string): Promise<readonly Dirent[]> {
    const entries =
      this.#folders.get(folder) ??
      readdir(folder, { withFileTypes: true }).then((list) => list.sort((a, b) => (a.name < b.name ? -1 : 1)));
    this.#folders.set(folder, entries);
    return entries;
  }
}

/** The system may give fewer bytes than asked for; a file that shrank since it was opened gives none. */
async function fill(
  target: Uint8Array,
  handle: FileHandle,
  name: string,
  offset: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  let done = 0;
  while (done < target.length) {
    const { bytesRead } = await handle.read(target, done, target.length - done, offset + done);
    throwIfAborted(signal);
    if (bytesRead === 0) checkRange(name, offset + done, offset, target.length);
    done += bytesRead;
  }
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (code === "ENOENT" || code === "ENOTDIR") return "no such file";
  if (code === "EACCES" || code === "EPERM") return "a file that may not be read";
  return code || String(cause);
}

function unreadable(path: string, found: string, cause: unknown): FormatError {
  return new FormatError(
    "The file cannot be opened.",
    { where: path, found, expected: "a file that can be read", remedy: "Check the path and its rights." },
    { cause },
  );
}
