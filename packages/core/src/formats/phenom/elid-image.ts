/** The picture on which analyses were made, and what its XML says about the field. */
import { isSigmaError } from "../../errors.js";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import type { Finding, NavigationImage } from "../../spectrum-image/spectrum-image.js";
import { imageData } from "../binary/element-type.js";
import { readTiffPage } from "../tiff/read-tiff.js";
import { readTiffDirectories, tags } from "../tiff/tiff-directory.js";
import { meaningOf } from "../tiff/tiff-meaning.js";
import { child, childText, decimalNumber } from "../xml/query.js";
import { parseXml, type XmlElement } from "../xml/xml.js";
import { type Json, xmlToJson } from "../xml/xml-json.js";

export interface ElidImage {
  readonly label: string;
  readonly picture: NavigationImage | undefined;
  /** Width of the square that the beam can scan, micrometres: the longer side of the picture. */
  readonly fieldUm: number | undefined;
  readonly acquiredAt: string | undefined;
  readonly stage: { readonly xUm: number; readonly yUm: number } | undefined;
  readonly original: Json;
  readonly findings: readonly Finding[];
}

/** An image of which nothing is known. */
export const noImage: ElidImage = {
  label: "",
  picture: undefined,
  fieldUm: undefined,
  acquiredAt: undefined,
  stage: undefined,
  original: null,
  findings: [],
};

/** Reads the TIFF file; a picture that cannot be read is reported and left out. */
export async function readElidImage(tiff: Uint8Array, label: string, where: string): Promise<ElidImage> {
  if (tiff.length === 0) return { ...noImage, label };
  try {
    const source = bytesInMemory(`${where}: ${label}`, tiff);
    const file = await readTiffDirectories(source);
    const page = file.pages[0]!;
    const { width, height, data } = await readTiffPage(source, file, page);
    const { pixelSizeUm } = meaningOf(file);
    const xml = page.text(tags.feiTitan);
    const root = xml === undefined ? undefined : parseXml(new TextEncoder().encode(xml), source.name);
    return {
      label,
      picture: { name: label, width, height, data: imageData(data), pixelSizeUm },
      fieldUm: fieldOf(root, width, height, pixelSizeUm),
      acquiredAt: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.exec(childText(root, "time") ?? "")?.[0],
      stage: stageOf(root),
      original: root === undefined ? null : xmlToJson(root),
      findings: [],
    };
  } catch (error) {
    if (!isSigmaError(error)) throw error;
    const message = `The picture ${JSON.stringify(label)} was left out. ${error.message}`;
    return { ...noImage, label, findings: [{ severity: "warning", code: "image-left-out", message }] };
  }
}

function fieldOf(
  root: XmlElement | undefined,
  width: number,
  height: number,
  size: readonly [number, number] | undefined,
): number | undefined {
  if (size === undefined) return undefined;
  const scale = decimalNumber(childText(child(child(root, "acquisition"), "scan"), "scanScale")) ?? 1;
  const field = Math.max(width * size[0], height * size[1]) * scale;
  return field > 0 ? field : undefined;
}

/** Metres in the file. */
function stageOf(root: XmlElement | undefined): ElidImage["stage"] {
  const position = child(root, "samplePosition");
  const x = decimalNumber(childText(position, "x"));
  const y = decimalNumber(childText(position, "y"));
  return x === undefined || y === undefined ? undefined : { xUm: x * 1e6, yUm: y * 1e6 };
}
