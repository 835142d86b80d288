/** `.img` (electron images) and `.map` (element maps). */
import { FormatError, UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { NavigationImage } from "../../spectrum-image/spectrum-image.js";
import { imageData } from "../binary/element-type.js";
import { FileCursor } from "../binary/file-cursor.js";
import { fieldWidthUm } from "./column.js";
import { findTag, readTagTree, tagArray, tagNumber, tagText } from "./tag-tree.js";

const POSITIONS_AT = 36;
const BEFORE_TREE = 12;
const MOST_PIXELS = 1 << 26;

/** Reads the picture. Throws FormatError, UnsupportedError. */
export async function readJeolImage(source: ByteSource, signal?: AbortSignal): Promise<NavigationImage> {
  const cursor = new FileCursor(source, { signal, offset: POSITIONS_AT });
  cursor.skip(8, "head");
  const dataAt = await cursor.u32("data position");
  const tree = await readTagTree(source, dataAt + BEFORE_TREE, signal);
  const image = findTag(tree, "Image");
  const [width, height] = sizeOf(source, findTag(image, "Size")?.value);
  const bits = await tagArray(source, image, ["Bits"], signal);
  if (bits === undefined || bits.length !== width * height) {
    throw new FormatError("The picture does not have the size that is announced.", {
      where: source.name,
      field: "Image/Bits",
      offset: dataAt,
      found: `${bits?.length ?? 0} values`,
      expected: `${width} x ${height}`,
    });
  }
  const fieldUm = fieldWidthUm(tagNumber(tree, "Instrument", "ScanSize"), tagNumber(tree, "Instrument", "Mag"));
  return {
    name: tagText(image, "Title") ?? source.name.replace(/\.[^.]*$/, ""),
    width,
    height,
    data: imageData(bits),
    pixelSizeUm: fieldUm === undefined ? undefined : [fieldUm / width, fieldUm / height],
  };
}

function sizeOf(source: ByteSource, value: unknown): [number, number] {
  const [width, height] = Array.isArray(value) ? (value as number[]) : [];
  const sound = (size: number | undefined): size is number => size !== undefined && Number.isInteger(size) && size > 0;
  if (!sound(width) || !sound(height)) {
    throw new FormatError("The file holds no picture.", { where: source.name, field: "Image/Size", found: String(value) });
  }
  if (width * height > MOST_PIXELS) {
    throw new UnsupportedError("The picture is too large.", {
      where: source.name,
      field: "Image/Size",
      found: `${width} x ${height}`,
      expected: `at most ${MOST_PIXELS} pixels`,
    });
  }
  return [width, height];
}
