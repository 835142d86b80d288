/** Opens a picture, a table or an array. */
import { FormatError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { FileContents, OpenOptions } from "../format.js";
import { type ImageKind, imageKind } from "./images-format.js";
import type { Pictures } from "./picture.js";
import { readArray, readNpz } from "./read-array.js";
import { readBmp } from "./read-bmp.js";
import { readTextMap } from "./read-text-map.js";
import { readTiffPictures } from "./read-tiff-pictures.js";

/** Throws FormatError, UnsupportedError. */
export async function openImages(source: ByteSource, options: OpenOptions = {}): Promise<FileContents> {
  const kind = imageKind(await source.read(0, Math.min(4096, source.size), options.signal), source.name);
  if (kind === undefined) {
    throw new FormatError("This is neither a picture nor an array that can be read.", {
      where: source.name,
      field: "first bytes",
      offset: 0,
      expected: "TIFF, PNG, JPEG, BMP, .npy, .npz, or a table of numbers (.csv, .tsv, .txt)",
    });
  }
  if (kind === "npy") return { format: "images", ...(await readArray(source, options)) };
  if (kind === "npz") return { format: "images", ...(await readNpz(source, options)) };
  return { format: "images", datasets: [], ...(await readPictures(source, kind, options.signal)) };
}

async function readPictures(
  source: ByteSource,
  kind: Exclude<ImageKind, "npy" | "npz">,
  signal: AbortSignal | undefined,
): Promise<Pictures> {
  if (kind === "tiff") return readTiffPictures(source, signal);
  if (kind === "bmp") return readBmp(source, signal);
  if (kind === "text") return readTextMap(source, signal);
  if (kind === "png") return (await import("./read-png.js")).readPng(source, signal);
  return (await import("./read-jpeg.js")).readJpeg(source, signal);
}
