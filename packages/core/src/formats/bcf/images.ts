/** Pictures that a .bcf file carries in its XML: electron images of the map, and overviews of its surroundings. */
import { FormatError } from "../../errors.js";
import type { Finding, NavigationImage } from "../../spectrum-image/spectrum-image.js";
import { decodeBase64 } from "../base64.js";
import { child, childNumber, childText, descendants } from "../xml/query.js";
import type { XmlElement } from "../xml/xml.js";
import { instances } from "./header.js";

export interface BcfImages {
  /** Electron images of the map itself. */
  readonly ofMap: readonly NavigationImage[];
  /** Images of a wider field. */
  readonly overviews: readonly NavigationImage[];
  readonly findings: readonly Finding[];
}

/** Pixel counters and pixel times are kept as images too, under these names. */
const bookkeeping = new Set(["Counter", "PixelTimes"]);
const MOST_PLANES = 1024;

/**
 * Reads all planes that hold anything but zeros. An image that cannot be read is left out and named in the findings, so that a
 * damaged picture does not hide the spectra. `mapSize` is the size of the map to which `pixelSizeUm` (x, y) belongs.
 */
export function readImages(
  database: XmlElement,
  mapSize: { readonly width: number; readonly height: number },
  pixelSizeUm: readonly [number, number] | undefined,
  where: string,
): BcfImages {
  const findings: Finding[] = [];
  const all = instances(database, "TRTImageData");
  const skipped = all.flatMap((node) => node.attributes.get("Name") ?? []);
  if (skipped.length > 0) {
    findings.push({
      severity: "info",
      code: "bookkeeping-images-skipped",
      message: `Images that count pixels and times were left out: ${skipped.map((name) => (bookkeeping.has(name) ? name : `"${name}"`)).join(", ")}.`,
    });
  }
  const ofMap = all.filter((node) => !node.attributes.get("Name")).flatMap((node) => planesOf(node, where, findings));
  const overviews = overviewNodes(database).flatMap((node) => planesOf(node, where, findings));
  const fits = ({ width, height }: NavigationImage) => width === mapSize.width && height === mapSize.height;
  return {
    ofMap: ofMap.map((image) => ({ ...image, pixelSizeUm: image.pixelSizeUm ?? (fits(image) ? pixelSizeUm : undefined) })),
    overviews,
    findings,
  };
}

function overviewNodes(database: XmlElement): XmlElement[] {
  const nodes: XmlElement[] = [];
  for (const container of instances(database, "TRTContainerClass")) {
    for (const folder of descendants(child(container, "ChildClassInstances"))) {
      if (folder.attributes.get("Name") !== "OverviewImages") continue;
      const list = child(folder, "ChildClassInstances");
      if (list !== undefined) nodes.push(...instances(list, "TRTImageData"));
    }
  }
  return nodes;
}

function planesOf(node: XmlElement, where: string, findings: Finding[]): NavigationImage[] {
  const images: NavigationImage[] = [];
  const planes = Math.min(childNumber(node, "PlaneCount") ?? 0, MOST_PLANES);
  for (let i = 0; i < planes; i++) {
    const plane = child(node, `Plane${i}`);
    if (plane === undefined) continue;
    const name = childText(plane, "Description") ?? childText(plane, "Name") ?? `image ${i + 1}`;
    try {
      const image = readPlane(node, plane, name, where);
      if (image.data.some((value) => value !== 0)) images.push(image);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      findings.push({
        severity: "warning",
        code: "image-unreadable",
        message: `The image ${name} could not be read. ${error.message}`,
        disables: [`the image ${name}`],
      });
    }
  }
  return images;
}

function readPlane(node: XmlElement, plane: XmlElement, name: string, where: string): NavigationImage {
  const width = childNumber(node, "Width") ?? 0;
  const height = childNumber(node, "Height") ?? 0;
  const itemSize = childNumber(node, "ItemSize") ?? 0;
  const text = child(plane, "Data");
  const bytes = decodeBase64(text?.textBytes ?? new Uint8Array(0), where);
  if (![1, 2, 4].includes(itemSize) || bytes.length !== width * height * itemSize || bytes.length === 0) {
    throw new FormatError("The image does not have the size that is announced.", {
      where,
      field: `TRTImageData/${plane.name}`,
      offset: plane.offset,
      found: `${bytes.length} bytes`,
      expected: `${width} x ${height} pixels of 1, 2 or 4 bytes (${itemSize} announced)`,
    });
  }
  const x = childNumber(node, "XCalibration") ?? 0;
  const y = childNumber(node, "YCalibration") ?? 0;
  return { name, width, height, data: asNumbers(bytes, itemSize), pixelSizeUm: x > 0 && y > 0 ? [x, y] : undefined };
}

/** Unsigned little-endian numbers. */
function asNumbers(bytes: Uint8Array, itemSize: number): NavigationImage["data"] {
  if (itemSize === 1) return new Uint8Array(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length / itemSize;
  if (itemSize === 2) return Uint16Array.from({ length }, (_, i) => view.getUint16(i * 2, true));
  return Uint32Array.from({ length }, (_, i) => view.getUint32(i * 4, true));
}
