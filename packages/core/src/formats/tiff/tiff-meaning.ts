/** What the texts in a TIFF file say about its pages: names, pixel size, and the stacks that ImageJ keeps behind one directory. */
import { isSigmaError } from "../../errors.js";
import { child, descendants } from "../xml/query.js";
import { parseXml } from "../xml/xml.js";
import { type TiffFile, type TiffPage, tags } from "./tiff-directory.js";

export interface TiffMeaning {
  /** Pages in ImageJ's stack behind the only directory; otherwise the number of directories. */
  readonly pages: number;
  readonly stackBehindOneDirectory: boolean;
  /** One name for each page, where the file names them. */
  readonly names: readonly (string | undefined)[];
  /** Micrometres, x then y. */
  readonly pixelSizeUm: readonly [x: number, y: number] | undefined;
}

const toUm: Readonly<Record<string, number>> = {
  m: 1e6,
  mm: 1000,
  um: 1,
  micron: 1,
  microns: 1,
  µm: 1,
  μm: 1,
  "\\u00b5m": 1,
  nm: 1e-3,
  pm: 1e-6,
  cm: 1e4,
  inch: 25_400,
  Å: 1e-4,
  angstrom: 1e-4,
};
const MOST_PAGES = 4096;
const CENTIMETRES = 3;

/** Reads ImageJ's and OME's descriptions, FEI's tags, page names, and resolutions in centimetres. Never throws. */
export function meaningOf(file: TiffFile): TiffMeaning {
  const first = file.pages[0]!;
  const description = first.text(tags.description) ?? "";
  if (/^\s*(<\?xml|<OME)/.test(description) && description.includes("<OME")) return omeMeaning(file, description);
  if (description.startsWith("ImageJ=")) return imageJMeaning(file, description);
  return {
    pages: file.pages.length,
    stackBehindOneDirectory: false,
    names: file.pages.map((page) => page.text(tags.pageName)?.trim() || undefined),
    pixelSizeUm:
      feiPixelSize(first) ?? resolution(first, first.numbers(tags.resolutionUnit)?.[0] === CENTIMETRES ? 1e4 : undefined),
  };
}

function imageJMeaning(file: TiffFile, description: string): TiffMeaning {
  const first = file.pages[0]!;
  const value = (key: string) => new RegExp(`^${key}=(.*)$`, "m").exec(description)?.[1]?.trim();
  const images = Number(value("images") ?? 1);
  const behind = file.pages.length === 1 && Number.isInteger(images) && images > 1 && images <= MOST_PAGES;
  return {
    pages: behind ? images : file.pages.length,
    stackBehindOneDirectory: behind,
    names: imageJLabels(first, file.littleEndian),
    pixelSizeUm: resolution(first, toUm[value("unit") ?? ""]),
  };
}

/** Pixels per unit, x and y; `unitUm` is the length of the unit. */
function resolution(page: TiffPage, unitUm: number | undefined): readonly [number, number] | undefined {
  const x = page.numbers(tags.xResolution)?.[0];
  const y = page.numbers(tags.yResolution)?.[0];
  const sound = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value) && value > 0;
  return unitUm === undefined || !sound(x) || !sound(y) ? undefined : [unitUm / x, unitUm / y];
}

/**
 * ImageJ's own block: `IJIJ`, then kind (4 letters) and number of its texts; the texts follow in UTF-16. The first of the byte counts is
 * the size of that head. Kind `labl` has the labels of the slices.
 */
function imageJLabels(page: TiffPage, littleEndian: boolean): (string | undefined)[] {
  const counts = page.numbers(tags.imageJCounts);
  const bytes = page.bytes(tags.imageJMetadata);
  if (counts === undefined || bytes === undefined || bytes.length < 4) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const letters = (at: number) => {
    const four = String.fromCharCode(...bytes.subarray(at, at + 4));
    return littleEndian ? [...four].reverse().join("") : four;
  };
  const decoder = new TextDecoder(littleEndian ? "utf-16le" : "utf-16be");
  const head = counts[0] ?? 0;
  if (letters(0) !== "IJIJ" || head > bytes.length) return [];
  const labels: string[] = [];
  let item = 1;
  let at = head;
  for (let entry = 4; entry + 8 <= head; entry += 8) {
    const number = view.getUint32(entry + 4, littleEndian);
    for (let i = 0; i < number && item < counts.length; i++, item++) {
      const end = Math.min(bytes.length, at + counts[item]!);
      if (letters(entry) === "labl") labels.push(decoder.decode(bytes.subarray(at, end)).split("\n")[0]!.trim());
      at = end;
    }
  }
  return labels.map((label) => label || undefined);
}

function omeMeaning(file: TiffFile, description: string): TiffMeaning {
  const pages = file.pages.length;
  const pageNames = file.pages.map((page) => page.text(tags.pageName)?.trim() || undefined);
  const plain: TiffMeaning = { pages, stackBehindOneDirectory: false, names: pageNames, pixelSizeUm: undefined };
  try {
    const root = parseXml(new TextEncoder().encode(description), "OME-XML");
    const pixels = [...descendants(root)].find(({ name }) => name.replace(/^.*:/, "") === "Pixels");
    if (pixels === undefined) return plain;
    const channels = pixels.children
      .filter(({ name }) => name.replace(/^.*:/, "") === "Channel")
      .map(({ attributes }) => attributes.get("Name"));
    const size = (axis: string) => {
      const unit = toUm[pixels.attributes.get(`PhysicalSize${axis}Unit`) ?? "µm"];
      const value = Number(pixels.attributes.get(`PhysicalSize${axis}`));
      return unit !== undefined && value > 0 && Number.isFinite(value) ? value * unit : undefined;
    };
    const [x, y] = [size("X"), size("Y")];
    return {
      ...plain,
      names: channels.length === pages ? channels : pageNames,
      pixelSizeUm: x === undefined || y === undefined ? undefined : [x, y],
    };
  } catch (error) {
    if (!isSigmaError(error)) throw error;
    return plain;
  }
}

/** FEI and Thermo Fisher microscopes: lines `PixelWidth=` in metres, or XML with `pixelWidth` and its unit. */
function feiPixelSize(page: TiffPage): readonly [number, number] | undefined {
  const lines = page.text(tags.feiHelios) ?? page.text(tags.feiSfeg);
  const read = (key: string) => Number(new RegExp(`^${key}=([-+.\\deE]+)\\s*$`, "m").exec(lines ?? "")?.[1]) * 1e6;
  if (lines !== undefined) return positivePair(read("PixelWidth"), read("PixelHeight"));
  const xml = page.text(tags.feiTitan);
  if (xml === undefined) return undefined;
  try {
    const root = parseXml(new TextEncoder().encode(xml), "FEI tag");
    const size = (name: string) => {
      const element = child(root, name);
      return Number(element?.text || Number.NaN) * (toUm[element?.attributes.get("unit") ?? "m"] ?? Number.NaN);
    };
    return positivePair(size("pixelWidth"), size("pixelHeight"));
  } catch (error) {
    if (!isSigmaError(error)) throw error;
    return undefined;
  }
}

function positivePair(x: number, y: number): readonly [number, number] | undefined {
  return x > 0 && y > 0 && Number.isFinite(x) && Number.isFinite(y) ? [x, y] : undefined;
}
