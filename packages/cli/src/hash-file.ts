/** What a result says of a file that it was made from. */
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { type InputFile, throwIfAborted } from "@sigma-eds/core";

/** Read at once, into the same memory again and again: a stream would leave the whole file behind in pieces, to be freed by and by. */
const PIECE = 1 << 18;

/** Size and SHA-256 of files in a folder, one after the other: a Zarr folder has more than may be open at once. Throws the system's error, and AbortedError. */
export async function hashFiles(folder: string, names: readonly string[], signal?: AbortSignal): Promise<InputFile[]> {
  const files: InputFile[] = [];
  for (const name of names) files.push(await hashFile(join(folder, name), name, signal));
  return files;
}

async function hashFile(path: string, name: string, signal: AbortSignal | undefined): Promise<InputFile> {
  const hash = createHash("sha256");
  const piece = new Uint8Array(PIECE);
  const handle = await open(path, "r");
  try {
    let bytes = 0;
    while (true) {
      throwIfAborted(signal);
      const { bytesRead } = await handle.read(piece, 0, PIECE, bytes);
      if (bytesRead === 0) return { name, bytes, sha256: hash.digest("hex") };
      hash.update(piece.subarray(0, bytesRead));
      bytes += bytesRead;
    }
  } finally {
    await handle.close();
  }
}
