/** Opens an `.elid` file: pictures, and the spectra, lines and maps that were taken on each. */
import { FormatError, UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { NavigationImage, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import type { FileContents, OpenOptions } from "../format.js";
import { readAnalysis } from "./elid-datasets.js";
import { type ElidImage, noImage, readElidImage } from "./elid-image.js";
import { ElidStream } from "./elid-stream.js";

const MAGIC = 0x32444945;
const LAST_VERSION = 4;

/** Reads the whole file, as nothing in it says where its parts lie. Throws FormatError; UnsupportedError for files before version 3.8 of the program. */
export async function openElid(source: ByteSource, { signal }: OpenOptions = {}): Promise<FileContents> {
  const head = await source.read(0, Math.min(2, source.size), signal);
  if (head[0] === 0x1f && head[1] === 0x8b) {
    throw new UnsupportedError("The file was written by Element Identification before 3.8.", {
      where: source.name,
      field: "magic",
      offset: 0,
      found: "gzip",
      expected: "bzip2",
      remedy: "Open it in a recent Element Identification and save it again.",
    });
  }
  const stream = new ElidStream(source, signal);
  const version = await readVersion(stream);
  const datasets: SpectrumImage[] = [];
  const images: NavigationImage[] = [];
  const pictures = await stream.count("images");
  for (let i = 0; i < pictures; i++) {
    const tiff = await stream.picture("picture");
    const image = await readElidImage(tiff, await stream.text("label"), source.name);
    const own = await readAnalyses(stream, version, image, signal);
    datasets.push(...own);
    if (image.picture !== undefined && !own.some(({ images: shown }) => shown.length > 0)) images.push(image.picture);
  }
  if (version >= 1) {
    datasets.push(...(await readAnalyses(stream, version, noImage, signal)));
    datasets.push(...(await readAnalyses(stream, version, noImage, signal)));
  }
  if (datasets.length + images.length === 0)
    throw new FormatError("The file holds no picture and no spectrum.", { where: source.name, field: "images" });
  return { format: "phenom", datasets, images };
}

async function readVersion(stream: ElidStream): Promise<number> {
  const magic = await stream.u32("magic");
  if (magic !== MAGIC)
    throw stream.broken("This is not an Element Identification file.", "magic", `0x${magic.toString(16)}`, "EID2");
  const version = await stream.i32("version");
  if (version >= 0 && version <= LAST_VERSION) return version;
  throw new UnsupportedError("This version of the format is not known.", {
    where: stream.source.name,
    field: "version",
    found: String(version),
    expected: `0 to ${LAST_VERSION}`,
  });
}

async function readAnalyses(
  stream: ElidStream,
  version: number,
  image: ElidImage,
  signal: AbortSignal | undefined,
): Promise<SpectrumImage[]> {
  const count = await stream.count("analyses");
  const datasets: SpectrumImage[] = [];
  for (let i = 0; i < count; i++) {
    const dataset = await readAnalysis({ stream, version, image, signal });
    if (dataset !== undefined) datasets.push(dataset);
  }
  return datasets;
}
