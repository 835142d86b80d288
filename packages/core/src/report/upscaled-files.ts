import { writeNpy } from "../formats/npy/npy.js";
import { writeTiff } from "../formats/tiff/write-tiff.js";
import type { Analysis } from "../pipeline/analysis.js";
import type { ResultFile } from "./result-files.js";

/** Masks on the grid of a finer picture: `masks-highres/labels.npy`, `labels.tif` (id + 1) and one mask per class, 0 and 255. */
export function* upscaledFiles({ upscaled, classes }: Analysis): Generator<ResultFile> {
  if (upscaled === undefined) return;
  const { width, height, labels, pixelSizeUm } = upscaled;
  const tiff = (name: string, data: Uint8Array | Uint16Array): ResultFile => ({
    path: `masks-highres/${name}.tif`,
    bytes: writeTiff({ width, height, data, pixelSizeUm }),
  });
  yield { path: "masks-highres/labels.npy", bytes: writeNpy({ shape: [height, width], data: labels }) };
  yield tiff(
    "labels",
    Uint16Array.from(labels, (label) => label + 1),
  );
  const ids =
    classes.length > 0 ? classes.map(({ id }) => id) : [...new Set(labels)].filter((id) => id >= 0).sort((a, b) => a - b);
  for (const id of ids)
    yield tiff(
      `class-${id}`,
      Uint8Array.from(labels, (label) => (label === id ? 255 : 0)),
    );
}
