/** Opens `.spc` spectra, and `.spd` maps and `.lsd` lines together with the files that calibrate them. */
import { isSigmaError } from "../../errors.js";
import type { Axis } from "../../spectrum-image/axis.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { Finding, LoadReport, NavigationImage, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { denseCounts } from "../binary/dense-counts.js";
import { calibrationFindings } from "../findings.js";
import type { FileContents, OpenOptions } from "../format.js";
import { readBmp } from "../images/read-bmp.js";
import { readLineDistances } from "./line-distances.js";
import { type ImageHeader, type MapHeader, readImageHeader, readMapHeader } from "./map-header.js";
import { readSpcHeader, type SpcHeader } from "./spc-header.js";

/** Throws FormatError, UnsupportedError. Files that calibrate a map may be missing or damaged: that is reported, not thrown. */
export async function openEdax(source: ByteSource, { signal }: OpenOptions = {}): Promise<FileContents> {
  const start = String.fromCharCode(...(await source.read(0, Math.min(4, source.size), signal)));
  const map = start === "MAPS" || /\.(spd|lsd)$/i.test(source.name);
  return { format: "edax", datasets: [map ? await openMap(source, signal) : await openSpectrum(source, signal)], images: [] };
}

async function openSpectrum(source: ByteSource, signal: AbortSignal | undefined): Promise<SpectrumImage> {
  const header = await readSpcHeader(source, signal);
  const energyAxis = header.energyAxis(header.channels);
  const title = source.name.replace(/\.spc$/i, "");
  return {
    title,
    counts: denseCounts({
      source,
      navigationShape: [],
      channels: header.channels,
      type: "u4",
      littleEndian: true,
      kind: "counts",
      offsetOf: () => header.dataStart,
    }),
    navigationAxes: [],
    energyAxis,
    images: [],
    metadata: { title, ...header.metadata },
    originalMetadata: header.original,
    loadReport: {
      ...stated(header),
      findings: [...calibrationFindings([], energyAxis, header.metadata.beamEnergyKev), ...notUnderstood(header)],
    },
  };
}

async function openMap(source: ByteSource, signal: AbortSignal | undefined): Promise<SpectrumImage> {
  const header = await readMapHeader(source, signal);
  const base = source.name.replace(/\.[^.]*$/, "");
  const line = /\.lsd$/i.test(source.name);
  const problems: Finding[] = [];
  const spectrum = await optional(
    source,
    [`${base}.spc`],
    (file) => readSpcHeader(file, signal, false),
    "energy calibration",
    problems,
  );
  const image = line
    ? undefined
    : await optional(source, imageNames(header, base), (file) => readImageHeader(file, signal), "pixel size", problems);
  const picture = line ? undefined : await readPicture(source, header, base, image, problems, signal);
  const distances = line
    ? await optional(source, [`${base}.csv`], (file) => readLineDistances(file, signal), "distance between points", problems)
    : undefined;
  const navigationAxes = line ? [lineAxis(header, distances)] : mapAxes(header, image);
  const energyAxis = spectrum?.energyAxis(header.channels) ?? uncalibrated("energy", header.channels);
  const metadata = {
    title: base,
    ...(spectrum?.metadata ?? { detector: {}, elements: [] }),
    beamEnergyKev: spectrum?.metadata.beamEnergyKev ?? image?.beamEnergyKev,
    magnification: image?.magnification,
  };
  return {
    title: base,
    counts: mapCounts(source, header, navigationAxes),
    navigationAxes,
    energyAxis,
    images: picture === undefined ? [] : [picture],
    metadata,
    originalMetadata: { spd: { ...header }, spc: spectrum?.original ?? null, ipr: image === undefined ? null : { ...image } },
    loadReport: {
      findings: [
        ...calibrationFindings(navigationAxes, energyAxis, metadata.beamEnergyKev),
        ...(spectrum === undefined ? [] : notUnderstood(spectrum)),
        ...problems,
        ...unfilled(header, line),
      ],
    },
  };
}

function mapCounts(source: ByteSource, header: MapHeader, axes: readonly Axis[]) {
  const { channels, type, bytesPerCount, dataOffset, spectra } = header;
  const filled = spectra > 0 ? spectra : Number.POSITIVE_INFINITY;
  return denseCounts({
    source,
    navigationShape: axes.map((axis) => axis.size),
    channels,
    type,
    littleEndian: true,
    kind: "counts",
    offsetOf: (pixel) => (pixel < filled ? dataOffset + pixel * channels * bytesPerCount : undefined),
  });
}

/** The image is named in the map, with the folders of the computer that wrote it; by custom it ends in `_Img`. */
function imageNames(header: MapHeader, base: string): string[] {
  const named = header.imageName
    .split(/[\\/]/)
    .at(-1)!
    .replace(/\.[^.]*$/, "");
  return [...(named === "" ? [] : [`${named}.ipr`]), `${base}_Img.ipr`, `${base}.ipr`];
}

/** The electron image of the map, where its bitmap is beside it. It is often finer than the map; the `.ipr` gives the pixel size of the map. */
async function readPicture(
  source: ByteSource,
  header: MapHeader,
  base: string,
  description: ImageHeader | undefined,
  problems: Finding[],
  signal: AbortSignal | undefined,
): Promise<NavigationImage | undefined> {
  for (const name of imageNames(header, base).map((ipr) => ipr.replace(/\.ipr$/i, ".bmp"))) {
    const file = await source.sibling(name);
    if (file === undefined) continue;
    const pictures = await optional(source, [name], (bitmap) => readBmp(bitmap, signal), "electron image", problems);
    const [picture] = pictures?.images ?? [];
    if (pictures === undefined || picture === undefined) return undefined;
    problems.push(...pictures.findings);
    const size = description?.pixelSizeUm;
    const pixelSizeUm =
      size === undefined
        ? undefined
        : ([(size[0] * header.points) / picture.width, (size[1] * header.lines) / picture.height] as const);
    return { ...picture, pixelSizeUm };
  }
  return undefined;
}

async function optional<T>(
  source: ByteSource,
  names: readonly string[],
  read: (file: ByteSource) => Promise<T>,
  what: string,
  problems: Finding[],
): Promise<T | undefined> {
  for (const name of names) {
    const file = await source.sibling(name);
    if (file === undefined) continue;
    try {
      return await read(file);
    } catch (error) {
      if (!isSigmaError(error) || error.tag === "aborted") throw error;
      problems.push({ severity: "warning", code: "file-left-out", message: `The ${what} could not be read. ${error.message}` });
      return undefined;
    }
  }
  problems.push({
    severity: "warning",
    code: "missing-file",
    message: `The ${what} is missing: ${names[0]} is not beside ${source.name}.`,
    disables: [what],
  });
  return undefined;
}

function mapAxes(header: MapHeader, image: ImageHeader | undefined): Axis[] {
  const size = image?.pixelSizeUm;
  const axis = (name: string, pixels: number, scale: number | undefined) =>
    scale === undefined ? uncalibrated(name, pixels) : { name, size: pixels, offset: 0, scale, units: "um" };
  return [axis("y", header.lines, size?.[1]), axis("x", header.points, size?.[0])];
}

function lineAxis(header: MapHeader, distances: Pick<Axis, "offset" | "scale"> | undefined): Axis {
  const pixels = header.points * header.lines;
  const size = header.spectra > 0 ? Math.min(header.spectra, pixels) : pixels;
  return distances === undefined ? uncalibrated("x", size) : { name: "x", size, ...distances, units: "um" };
}

function uncalibrated(name: string, size: number): Axis {
  return { name, size, offset: undefined, scale: undefined, units: undefined };
}

function unfilled({ spectra, points, lines }: MapHeader, line: boolean): Finding[] {
  if (line || spectra === 0 || spectra >= points * lines) return [];
  return [
    {
      severity: "warning",
      code: "incomplete-acquisition",
      message: `The acquisition stopped early: ${spectra} of ${points * lines} spectra were recorded; the others are read as empty pixels.`,
    },
  ];
}

function notUnderstood({ numbersNotUnderstood }: SpcHeader): Finding[] {
  if (numbersNotUnderstood.length === 0) return [];
  return [
    {
      severity: "info",
      code: "elements-not-understood",
      message: `The list of elements holds atomic numbers that are none: ${numbersNotUnderstood.join(", ")}.`,
    },
  ];
}

function stated({ statedCounts }: SpcHeader): Pick<LoadReport, "statedCounts"> {
  return statedCounts > 0 ? { statedCounts: { value: statedCounts, where: "totalSpectralCount" } } : {};
}
