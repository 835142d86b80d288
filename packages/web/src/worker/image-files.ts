/** The open spectrum image as a file of another kind. */
import { type SpectrumImage, type WriterId, writers } from "@sigma-eds/core";
import type { ResultBytes } from "./engine-protocol.js";

/** The same bytes as `sigma convert` writes under this name. Throws UnsupportedError when the kind cannot hold the image. */
export async function imageFiles(
  image: SpectrumImage,
  kind: WriterId,
  stem: string,
  signal: AbortSignal,
): Promise<ResultBytes[]> {
  const files: ResultBytes[] = [];
  for (const { name, content } of await writers[kind].write(image, stem, { signal })) {
    const pieces: BlobPart[] = [];
    for await (const piece of content) pieces.push(new Uint8Array(piece));
    files.push({ path: name, bytes: new Uint8Array(await new Blob(pieces).arrayBuffer()) });
  }
  return files;
}
