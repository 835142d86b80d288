import type { ByteSource } from "./byte-source.js";

/**
 * `target.length` bytes from `offset`: in `target` where the source can fill it, else in memory of their own. For passes through large files, which would leave their size in
 * pieces of memory behind, to be found and freed by and by. Throws what `read` throws.
 */
export async function readOver(
  source: ByteSource,
  offset: number,
  target: Uint8Array,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  if (source.readInto === undefined) return source.read(offset, target.length, signal);
  await source.readInto(offset, target, signal);
  return target;
}
