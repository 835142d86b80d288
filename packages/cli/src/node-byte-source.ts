/** Bytes of a file on disk: ranges are read when asked for, so the file may be larger than memory. */
import { type FileHandle, open, readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type ByteSource, checkRange, FormatError, throwIfAborted } from "@sigma-eds/core";

export interface NodeByteSource extends ByteSource {
  /** Closes the file and every file of its set that was opened through it. */
  close(): Promise<void>;
}

/** Opens a file for reading. Throws {@link FormatError} when it is missing, a folder, or not allowed to be read. */
export async function openNodeFile(path: string): Promise<NodeByteSource> {
  return openWithin(path, new Map());
}

/** `set` holds the files of the set that are open, by path in lower case. */
async function openWithin(path: string, set: Map<string, Promise<NodeByteSource>>): Promise<NodeByteSource> {
  const { handle, size } = await openRegularFile(path);
  const name = basename(path);
  return {
    name,
    size,
    async read(offset, length, signal) {
      throwIfAborted(signal);
      checkRange(name, size, offset, length);
      return readFully(handle, name, offset, length, signal);
    },
    async sibling(wanted) {
      const key = join(dirname(path), wanted).toLowerCase();
      const known = set.get(key);
      if (known !== undefined) return known;
      const found = await pathBelow(dirname(path), wanted.toLowerCase().split("/"));
      if (found === undefined) return undefined;
      const opened = set.get(key) ?? openWithin(found, set);
      set.set(key, opened);
      return opened;
    },
    async close() {
      const others = [...set.values()];
      set.clear();
      await handle.close();
      for (const other of others) await (await other).close();
    },
  };
}

async function openRegularFile(path: string): Promise<{ handle: FileHandle; size: number }> {
  let handle: FileHandle;
  try {
    handle = await open(path, "r");
  } catch (cause) {
    throw unreadable(path, reasonOf(cause), cause);
  }
  const { size, isFile } = await handle.stat().then((stat) => ({ size: stat.size, isFile: stat.isFile() }));
  if (isFile) return { handle, size };
  await handle.close();
  throw unreadable(path, "a folder or a device", undefined);
}

/** The system may give fewer bytes than asked for; a file that shrank since it was opened gives none. */
async function readFully(
  handle: FileHandle,
  name: string,
  offset: number,
  length: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    throwIfAborted(signal);
    if (bytesRead === 0) checkRange(name, offset + done, offset, length);
    done += bytesRead;
  }
  return bytes;
}

/** The path of a file below a folder as it is spelled on disk: the same letters exactly when there is such a file, else whatever the case. */
async function pathBelow(folder: string, parts: readonly string[]): Promise<string | undefined> {
  const [part, ...rest] = parts;
  const entries = await readdir(folder, { withFileTypes: true });
  const fitting = entries.filter((entry) => entry.name.toLowerCase() === part && (rest.length === 0 || entry.isDirectory()));
  const [found] = fitting.map(({ name }) => name).sort();
  if (found === undefined) return undefined;
  return rest.length === 0 ? join(folder, found) : pathBelow(join(folder, found), rest);
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
