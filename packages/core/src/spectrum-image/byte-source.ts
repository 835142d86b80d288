import { FormatError, throwIfAborted } from "../errors.js";

/**
 * Bytes to read from: a file on disk, a `File` in the browser, or memory. Readers ask for ranges and never for the whole,
 * so a file may be larger than memory.
 */
export interface ByteSource {
  /** File name without folder, for messages and for finding files of a set. */
  readonly name: string;
  readonly size: number;
  /** Exactly `length` bytes from `offset`. Throws {@link FormatError} when the range does not lie inside the file. */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array>;
  /** The same into memory that is there, as many bytes as it holds; for hosts whose system can do that. Readers ask by `readOver`. */
  readInto?(offset: number, target: Uint8Array, signal?: AbortSignal): Promise<void>;
  /**
   * Another file of the same set, by file name in the same folder (letter case is ignored); `undefined` when there is none. A file in a
   * folder below is named with its folders, separated by `/`; hosts that know no folders do not find it so.
   */
  sibling(name: string): Promise<ByteSource | undefined>;
}

/** A byte source over memory. `siblings` are the other files of its set. */
export function bytesInMemory(name: string, bytes: Uint8Array, siblings: readonly ByteSource[] = []): ByteSource {
  return {
    name,
    size: bytes.length,
    async read(offset, length, signal) {
      throwIfAborted(signal);
      checkRange(name, bytes.length, offset, length);
      return bytes.subarray(offset, offset + length);
    },
    async sibling(wanted) {
      return siblings.find((source) => source.name.toLowerCase() === wanted.toLowerCase());
    },
  };
}

/** A byte source over a browser's `File` or `Blob`; ranges are read when asked for. */
export function bytesOfBlob(name: string, blob: Blob, siblings: readonly ByteSource[] = []): ByteSource {
  return {
    name,
    size: blob.size,
    async read(offset, length, signal) {
      throwIfAborted(signal);
      checkRange(name, blob.size, offset, length);
      return new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
    },
    async sibling(wanted) {
      return siblings.find((source) => source.name.toLowerCase() === wanted.toLowerCase());
    },
  };
}

/** Throws {@link FormatError} unless the range lies inside a file of `size` bytes. Every byte source calls this before it reads. */
export function checkRange(name: string, size: number, offset: number, length: number): void {
  const sound = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (!sound || offset + length > size) {
    throw new FormatError("The file ends before the data that it announces.", {
      where: name,
      offset,
      found: `a file of ${size} bytes`,
      expected: `${length} bytes from byte ${offset}`,
      remedy: "Copy the file again from the microscope; it may be truncated.",
    });
  }
}
