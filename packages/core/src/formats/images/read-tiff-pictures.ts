import { UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { NavigationImage } from "../../spectrum-image/spectrum-image.js";
import { imageData } from "../binary/element-type.js";
import { readTiffPage, tiffPageBytes } from "../tiff/read-tiff.js";
import { readTiffDirectories } from "../tiff/tiff-directory.js";
import { meaningOf } from "../tiff/tiff-meaning.js";
import { baseName, colourFinding, type Pictures } from "./picture.js";

const MOST_BYTES = 1 << 30;

/** Every page of a TIFF file, by the names that OME, ImageJ or the pages give, else numbered. Throws FormatError, UnsupportedError. */
export async function readTiffPictures(source: ByteSource, signal?: AbortSignal): Promise<Pictures> {
  const file = await readTiffDirectories(source, signal);
  const meaning = meaningOf(file);
  const behind = meaning.stackBehindOneDirectory ? tiffPageBytes(file.pages[0]!) : 0;
  const total = behind > 0 ? behind * meaning.pages : file.pages.reduce((sum, page) => sum + tiffPageBytes(page), 0);
  if (total > MOST_BYTES) {
    throw new UnsupportedError("The pictures of the file are too large together.", {
      where: source.name,
      found: `${meaning.pages} pages, ${total} bytes`,
      expected: `at most ${MOST_BYTES} bytes`,
    });
  }
  const base = baseName(source.name);
  const images: NavigationImage[] = [];
  let coloured = false;
  for (let i = 0; i < meaning.pages; i++) {
    const page = file.pages[behind > 0 ? 0 : i]!;
    const { width, height, data, samples } = await readTiffPage(source, file, page, i * behind, signal);
    coloured ||= samples >= 3;
    const name = meaning.names[i] ?? (meaning.pages === 1 ? base : `${base} ${i + 1}`);
    images.push({ name, width, height, data: imageData(data), pixelSizeUm: meaning.pixelSizeUm });
  }
  return { images, findings: coloured ? [colourFinding(base)] : [] };
}
