import { writeTiff } from "../formats/tiff/write-tiff.js";
import type { Frame } from "./frames.js";
import type { ResultFile } from "./result-files.js";

/** Values of a plane, [height x width], as TIFF with its pixel size. */
export function tiffOfFrame(
  path: string,
  { width, height, pixelSizeUm }: Frame,
  data: Uint8Array | Uint16Array | Float32Array,
): ResultFile {
  return { path, bytes: writeTiff({ width, height, data, pixelSizeUm }) };
}
