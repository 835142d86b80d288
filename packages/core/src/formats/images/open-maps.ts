/** A folder or stack of element maps: each picture by what it shows, in an order that does not depend on how a system lists its files. */
import { DataCheckError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { Finding, NavigationImage } from "../../spectrum-image/spectrum-image.js";
import type { OpenOptions } from "../format.js";
import { roleOfPicture } from "./map-names.js";
import { openImages } from "./read-images.js";

export interface ElementMapPicture {
  readonly element: string;
  /** `Fe_Ka`, where the name has a line. */
  readonly line: string | undefined;
  readonly image: NavigationImage;
}

export interface MapSet {
  readonly width: number;
  readonly height: number;
  /** All of the same size; by name. */
  readonly maps: readonly ElementMapPicture[];
  /** BSE, SE, HAADF ...: may have another size than the maps. */
  readonly electrons: readonly { readonly detector: string; readonly image: NavigationImage }[];
  /** Pictures whose names say nothing. */
  readonly others: readonly NavigationImage[];
  readonly findings: readonly Finding[];
}

/** Maps may differ by so many rows or columns at their ends, as exports of one field do; they are cut to the smallest. */
const TOLERANCE = 2;

/**
 * Reads the files and sorts their pictures by name and role. An element that comes more than once keeps all of its maps. Throws what
 * reading throws, and {@link DataCheckError} when no picture shows an element or the maps differ in size by more than two rows or columns.
 */
export async function openMaps(sources: readonly ByteSource[], options: OpenOptions = {}): Promise<MapSet> {
  const images: NavigationImage[] = [];
  const findings: Finding[] = [];
  for (const source of [...sources].sort((a, b) => byName(a.name, b.name))) {
    const contents = await openImages(source, options);
    images.push(...contents.images);
    findings.push(...(contents.findings ?? []));
  }
  return mapSetOf(images, findings);
}

/** The same for pictures that are in memory. */
export function mapSetOf(images: readonly NavigationImage[], findings: readonly Finding[] = []): MapSet {
  const sorted = [...images].sort((a, b) => byName(a.name, b.name));
  const roles = sorted.map((image) => ({ image, role: roleOfPicture(image.name) }));
  const maps = roles.flatMap(({ image, role }) =>
    role.kind === "element" ? [{ element: role.element, line: role.line, image }] : [],
  );
  if (maps.length === 0) {
    throw new DataCheckError("No picture shows an element, as far as names tell.", {
      field: "names",
      found:
        sorted
          .map(({ name }) => name)
          .slice(0, 10)
          .join(", ") || "no pictures",
      expected: "names with the symbol of an element, for example map-Fe.tif",
      remedy: "Rename the files.",
    });
  }
  const [width, height] = commonSize(maps);
  const cut = maps.filter(({ image }) => image.width !== width || image.height !== height);
  return {
    width,
    height,
    maps: maps.map((map) => ({ ...map, image: cropped(map.image, width, height) })),
    electrons: roles.flatMap(({ image, role }) => (role.kind === "electrons" ? [{ detector: role.detector, image }] : [])),
    others: roles.flatMap(({ image, role }) => (role.kind === "other" ? [image] : [])),
    findings: cut.length === 0 ? findings : [...findings, cutFinding(cut, width, height)],
  };
}

function commonSize(maps: readonly ElementMapPicture[]): [number, number] {
  const range = (sizes: number[]) => [Math.min(...sizes), Math.max(...sizes)] as const;
  const [width, widest] = range(maps.map(({ image }) => image.width));
  const [height, highest] = range(maps.map(({ image }) => image.height));
  if (widest - width <= TOLERANCE && highest - height <= TOLERANCE) return [width, height];
  throw new DataCheckError("The maps are not of the same size.", {
    field: "size",
    found: maps.map(({ image }) => `${image.name} ${image.width} x ${image.height}`).join(", "),
    expected: "the same number of pixels in all maps",
    remedy: "Export all maps of one field with the same settings.",
  });
}

function cropped(image: NavigationImage, width: number, height: number): NavigationImage {
  if (image.width === width && image.height === height) return image;
  const data = image.data.slice(0, width * height);
  for (let y = 0; y < height; y++) data.set(image.data.subarray(y * image.width, y * image.width + width), y * width);
  return { ...image, width, height, data };
}

function cutFinding(cut: readonly ElementMapPicture[], width: number, height: number): Finding {
  const names = cut.map(({ image }) => `${image.name} (${image.width} x ${image.height})`).join(", ");
  return {
    severity: "warning",
    code: "maps-cut",
    message: `The maps differ in size by a row or column and were cut to ${width} x ${height}: ${names}.`,
  };
}

/** By code units, but numbers by their value: `map 2` before `map 10`. The same on every system. */
function byName(a: string, b: string): number {
  const parts = (name: string) => name.match(/\d+|\D+/g) ?? [];
  const [first, second] = [parts(a), parts(b)];
  for (let i = 0; i < Math.min(first.length, second.length); i++) {
    const [x, y] = [first[i]!, second[i]!];
    const numbers = /^\d/.test(x) && /^\d/.test(y);
    if (numbers && Number(x) !== Number(y)) return Number(x) - Number(y);
    if (x !== y) return x < y ? -1 : 1;
  }
  return first.length - second.length;
}
