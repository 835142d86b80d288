/** File handles of a set that may have more files than the system lets a program keep open. */
import { type FileHandle, open } from "node:fs/promises";
import { FormatError } from "@sigma-eds/core";

interface Entry {
  readonly handle: Promise<FileHandle>;
  users: number;
}

/** Keeps at most `most` handles open while nobody reads; the one that was used longest ago is closed first, and opened again when needed. */
export class OpenHandles {
  readonly #most: number;
  /** By path, longest unused first. */
  readonly #entries = new Map<string, Entry>();
  #closed = false;

  constructor(most = 64) {
    this.#most = most;
  }

  /** Runs an action with a handle for reading. Throws the system's error when the file cannot be opened, FormatError after {@link close}. */
  async use<T>(path: string, action: (handle: FileHandle) => Promise<T>): Promise<T> {
    const entry = this.#entry(path);
    entry.users++;
    try {
      return await action(await entry.handle);
    } finally {
      entry.users--;
      await this.#closeUnused();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    for (const { handle } of entries) await (await handle).close();
  }

  #entry(path: string): Entry {
    const entry = this.#entries.get(path) ?? { handle: this.#open(path), users: 0 };
    this.#entries.delete(path);
    this.#entries.set(path, entry);
    return entry;
  }

  async #open(path: string): Promise<FileHandle> {
    if (this.#closed) throw new FormatError("The file was closed before it was read.", { where: path });
    try {
      return await open(path, "r");
    } catch (error) {
      this.#entries.delete(path);
      throw error;
    }
  }

  async #closeUnused(): Promise<void> {
    for (const [path, { handle, users }] of this.#entries) {
      if (this.#entries.size <= this.#most) return;
      if (users > 0) continue;
      this.#entries.delete(path);
      await (await handle).close();
    }
  }
}
