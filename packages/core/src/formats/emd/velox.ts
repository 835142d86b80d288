/** Velox files: spectrum images from the streams of the detectors, single spectra, and pictures. */
import { FormatError, isSigmaError, ParameterError, UnsupportedError } from "../../errors.js";
import type { Axis } from "../../spectrum-image/axis.js";
import { countsFromDense } from "../../spectrum-image/counts.js";
import type { Finding, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { areCounts } from "../arrays/array-counts.js";
import { calibrationFindings } from "../findings.js";
import type { FileContents, OpenOptions } from "../format.js";
import type { Hdf5Group } from "../hdf5/hdf5-file.js";
import { numberAt, type Tree, textAt } from "../hyperspy/metadata-tree.js";
import { readVeloxImages } from "./velox-images.js";
import { readJson, tryJson, veloxMetadata, type XrayDetector, xrayDetectors } from "./velox-metadata.js";
import { prunedCounts } from "./velox-pruned.js";
import { type FrameRange, SpectrumStream, type StreamGrid, streamCounts } from "./velox-stream.js";

const LARGEST_SIDE = 1 << 15;
const MOST_PIXELS = 1 << 26;
const ELEMENT = /^[A-Z][a-z]?$/;

interface NamedStream {
  readonly stream: SpectrumStream;
  readonly metadata: Tree;
  readonly settings: Tree;
  readonly detectors: readonly XrayDetector[];
}

/**
 * Reads a Velox file. Datasets: the spectrum image of all detectors, then that of each detector when there are several, then the single
 * spectra that Velox kept; the same counts in other guises, never to be added. With a choice of detectors, the one spectrum image of the choice stands
 * in place of the first two. Throws UnsupportedError when there is neither spectrum nor picture, ParameterError for detectors or frames that it has not.
 */
export async function readVelox(root: Hdf5Group, fileName: string, options: OpenOptions = {}): Promise<FileContents> {
  const problems: string[] = [];
  const images = await readVeloxImages(root, fileName, problems, options.signal);
  const elements = [...new Set(images.map(({ name }) => name).filter((name) => ELEMENT.test(name)))].sort();
  const streams = await readStreams(root, fileName);
  const spectra = await readSpectra(root, fileName, elements);
  const pruned = streams.length === 0 ? await readPruned(root, fileName, elements, spectra, problems, options) : undefined;
  const maps = pruned ?? mapsOf(streams, elements, fileName, options);
  if (maps.length + spectra.length + images.length === 0) {
    throw new UnsupportedError("The Velox file holds nothing that can be read.", {
      where: fileName,
      found: problems[0],
      remedy: pruned === undefined ? undefined : "Save the data in Velox again without pruning.",
    });
  }
  const [grid] = maps.map(({ counts }) => counts.navigationShape);
  const ofMaps = images.filter(({ height, width }) => grid !== undefined && height === grid[0] && width === grid[1]);
  const datasets = [...maps.map((map) => ({ ...map, images: ofMaps })), ...spectra.map(({ image }) => image)].map((dataset) =>
    withProblems(dataset, problems),
  );
  return { format: "emd", datasets, images: images.filter((image) => !ofMaps.includes(image)) };
}

function withProblems(dataset: SpectrumImage, problems: readonly string[]): SpectrumImage {
  const findings = problems.map(
    (message): Finding => ({ severity: "warning", code: "part-not-read", message: `Not read: ${message}` }),
  );
  return { ...dataset, loadReport: { ...dataset.loadReport, findings: [...dataset.loadReport.findings, ...findings] } };
}

async function readStreams(root: Hdf5Group, fileName: string): Promise<NamedStream[]> {
  const group = await root.group("Data/SpectrumStream");
  const streams: NamedStream[] = [];
  for (const name of group?.names ?? []) {
    const entry = await group!.group(name);
    const data = await entry?.dataset("Data");
    if (entry === undefined || data === undefined) continue;
    const metadata = await readJson(entry, "Metadata", fileName);
    const settings = await readJson(entry, "AcquisitionSettings", fileName);
    const encoding = textAt(settings, "StreamEncoding") ?? textAt(settings, "encoding") ?? "uint16";
    const { type } = data;
    if (encoding !== "uint16" || type.kind !== "integer" || type.size !== 2 || data.shape.length > 2) {
      throw new UnsupportedError("The stream of spectra is in a form that is not read.", {
        where: `${fileName}:${data.path}`,
        found: encoding,
        expected: "uint16",
      });
    }
    streams.push({
      stream: new SpectrumStream(data, gridOf(metadata, settings, fileName)),
      metadata,
      settings,
      detectors: xrayDetectors(metadata),
    });
  }
  return streams.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function nameOf({ metadata }: NamedStream): string {
  return textAt(metadata, "BinaryResult", "Detector") ?? "";
}

/** Pixels of the scanned area: the full scan times the part of it that was scanned. */
function gridOf(metadata: Tree, settings: Tree, fileName: string): StreamGrid {
  const side = (size: string, setting: string, low: string, high: string) => {
    const full = numberAt(metadata, "Scan", "ScanSize", size) ?? numberAt(settings, "RasterScanDefinition", setting) ?? 0;
    const from = numberAt(metadata, "Scan", "ScanArea", low) ?? 0;
    const to = numberAt(metadata, "Scan", "ScanArea", high) ?? 1;
    return Math.round(full * (to - from));
  };
  const height = side("height", "Height", "top", "bottom");
  const width = side("width", "Width", "left", "right");
  const channels = numberAt(settings, "bincount") ?? 4096;
  const soundSides =
    height >= 1 && width >= 1 && height <= LARGEST_SIDE && width <= LARGEST_SIDE && height * width <= MOST_PIXELS;
  if (!soundSides || !Number.isInteger(channels) || channels < 1 || channels > 65535) {
    throw new FormatError("The size of the spectrum image is not sound.", {
      where: fileName,
      field: "ScanSize, ScanArea, bincount",
      found: `${height} x ${width} pixels, ${channels} channels`,
      expected: `up to ${LARGEST_SIDE} x ${LARGEST_SIDE} pixels, 1 to 65535 channels`,
    });
  }
  return { height, width, channels };
}

function mapsOf(
  streams: readonly NamedStream[],
  elements: readonly string[],
  fileName: string,
  options: OpenOptions,
): SpectrumImage[] {
  if (streams.length === 0) return [];
  const { frames } = options;
  checkFrames(frames, fileName);
  const chosen =
    options.detectors === undefined ? streams : streams.filter((stream) => options.detectors!.includes(nameOf(stream)));
  if (chosen.length === 0 || (options.detectors !== undefined && chosen.length < new Set(options.detectors).size)) {
    throw new ParameterError("The file has no such detector.", {
      where: fileName,
      found: options.detectors?.join(", "),
      expected: streams.map(nameOf).join(", "),
    });
  }
  const grids = new Set(chosen.map(({ stream: { grid } }) => `${grid.height} x ${grid.width} x ${grid.channels}`));
  const together = grids.size === 1 ? [mapOf(chosen, elements, frames, chosen.length === streams.length)] : [];
  const each =
    (options.detectors === undefined && chosen.length > 1) || grids.size > 1
      ? chosen.map((stream) => mapOf([stream], elements, frames, false))
      : [];
  return [...together, ...each];
}

function checkFrames(frames: FrameRange | undefined, fileName: string): void {
  if (
    frames !== undefined &&
    !(Number.isInteger(frames.start) && Number.isInteger(frames.end) && frames.start >= 0 && frames.end > frames.start)
  ) {
    throw new ParameterError("The range of frames is not sound.", {
      where: fileName,
      found: `${frames.start} to ${frames.end}`,
      expected: "0 <= start < end",
    });
  }
}

function mapOf(
  streams: readonly NamedStream[],
  elements: readonly string[],
  frames: FrameRange | undefined,
  isAll: boolean,
): SpectrumImage {
  const [first] = streams as [NamedStream];
  const detectors = [
    ...new Map(streams.flatMap((stream) => stream.detectors).map((detector) => [detector.name, detector])).values(),
  ];
  const image = imageOf(first.metadata, first.stream.grid, detectors, elements);
  const summed: Finding = {
    severity: "info",
    code: "detectors-summed",
    message: `The counts of ${streams.length} detectors are summed: ${streams.map(nameOf).join(", ")}.`,
  };
  return {
    ...image,
    title: isAll ? "EDS" : `EDS ${streams.map(nameOf).join(" + ")}`,
    counts: streamCounts(
      streams.map(({ stream }) => stream),
      frames,
    ),
    metadata: {
      ...image.metadata,
      detector: { ...image.metadata.detector, type: detectorName(streams, isAll) ?? image.metadata.detector.type },
    },
    originalMetadata: {
      streams: streams.map(({ metadata: tree, settings }) => ({ metadata: tree, acquisitionSettings: settings })),
    },
    loadReport: { findings: [...image.loadReport.findings, ...(isAll && streams.length > 1 ? [summed] : [])] },
  };
}

/** Everything of a spectrum image but its counts. */
function imageOf(
  tree: Tree,
  grid: StreamGrid,
  detectors: readonly XrayDetector[],
  elements: readonly string[],
): Omit<SpectrumImage, "counts"> {
  const energyAxis = energyAxisOf(detectors, grid.channels);
  const navigationAxes = gridAxes(tree, grid);
  const metadata = veloxMetadata(tree, detectors, elements);
  return {
    title: "EDS",
    navigationAxes,
    energyAxis,
    images: [],
    metadata: { ...metadata, title: "EDS" },
    originalMetadata: tree,
    loadReport: { findings: calibrationFindings(navigationAxes, energyAxis, metadata.beamEnergyKev) },
  };
}

/**
 * The spectrum images of a pruned file, which has no streams; `undefined` when it has no spectrum images either. One that cannot be read is a
 * problem, and a finding of the single spectra. Throws ParameterError for a choice of detectors or frames: they were summed when the file was pruned.
 */
async function readPruned(
  root: Hdf5Group,
  fileName: string,
  elements: readonly string[],
  spectra: readonly SumSpectrum[],
  problems: string[],
  options: OpenOptions,
): Promise<SpectrumImage[] | undefined> {
  const group = await root.group("Data/SpectrumImage");
  if (group === undefined || group.names.length === 0) return undefined;
  if (options.detectors !== undefined || options.frames !== undefined) {
    throw new ParameterError("The file was pruned by Velox: its detectors and frames are summed and cannot be chosen.", {
      where: fileName,
    });
  }
  const images: SpectrumImage[] = [];
  for (const name of group.names) {
    const entry = await group.group(name);
    const data = await entry?.dataset("Data");
    if (entry === undefined || data === undefined || data.type.kind !== "integer" || data.type.size !== 1) continue;
    try {
      const metadata = await readJson(entry, "Metadata", fileName);
      const grid = gridOf(metadata, await readJson(entry, "AcquisitionSettings", fileName), fileName);
      const image = imageOf(metadata, grid, xrayDetectors(metadata), elements);
      images.push({
        ...image,
        counts: await prunedCounts(data, grid, options.signal),
        loadReport: { statedCounts: totalOf(spectra), findings: [...image.loadReport.findings, prunedFinding] },
      });
    } catch (error) {
      if (!isSigmaError(error) || error.tag === "aborted") throw error;
      problems.push(`the spectrum image of the pruned file: ${error.message}`);
    }
  }
  return images;
}

/** The total that the sum spectra of the detectors state. It is compared with what is read. */
function totalOf(spectra: readonly SumSpectrum[]): SpectrumImage["loadReport"]["statedCounts"] {
  const whole = spectra.length > 0 && new Set(spectra.map(({ image }) => image.title)).size === spectra.length;
  return whole ? { value: spectra.reduce((sum, { total }) => sum + total, 0), where: "Data/Spectrum" } : undefined;
}

function detectorName(streams: readonly NamedStream[], isAll: boolean): string | undefined {
  return isAll && streams.length > 1 ? streams.map(nameOf).join(" + ") : nameOf(streams[0]!) || undefined;
}

/** The energy axis that all detectors share; uncalibrated when they differ. */
function energyAxisOf(detectors: readonly XrayDetector[], size: number): Axis {
  const [first] = detectors;
  const shared = first !== undefined && detectors.every(({ scale, offset }) => scale === first.scale && offset === first.offset);
  const known = shared && first.scale !== undefined && first.offset !== undefined;
  return {
    name: "energy",
    size,
    offset: known ? first.offset : undefined,
    scale: known ? first.scale : undefined,
    units: known ? "keV" : undefined,
  };
}

function gridAxes(metadata: Tree, grid: StreamGrid): Axis[] {
  const axis = (name: string, size: number, extent: string): Axis => {
    const inMetres = textAt(metadata, "BinaryResult", `PixelUnit${name.toUpperCase()}`) === "m";
    const scale = inMetres ? numberAt(metadata, "BinaryResult", "PixelSize", extent) : undefined;
    const offset = inMetres ? numberAt(metadata, "BinaryResult", "Offset", name) : undefined;
    return {
      name,
      size,
      offset: offset === undefined ? undefined : offset * 1e6,
      scale: scale === undefined ? undefined : scale * 1e6,
      units: scale === undefined ? undefined : "um",
    };
  };
  return [axis("y", grid.height, "height"), axis("x", grid.width, "width")];
}

/** A spectrum that Velox summed, and the sum of its values. */
interface SumSpectrum {
  readonly image: SpectrumImage;
  readonly total: number;
}

async function readSpectra(root: Hdf5Group, fileName: string, elements: readonly string[]): Promise<SumSpectrum[]> {
  const group = await root.group("Data/Spectrum");
  const spectra: SumSpectrum[] = [];
  for (const name of group?.names ?? []) {
    const entry = await group!.group(name);
    const data = await entry?.dataset("Data");
    if (entry === undefined || data === undefined || !data.isNumeric) continue;
    const problems: string[] = [];
    const tree = await tryJson(entry, "Metadata", fileName, problems);
    const channels = data.shape[0] ?? 0;
    if (channels < 1 || channels > 65536) continue;
    const rest = data.shape.slice(1).map(() => 0);
    const values = await data.numbers([0, ...rest], [channels, ...rest.map(() => 1)]);
    const isCounts = areCounts(values);
    const detectors = xrayDetectors(tree);
    const energyAxis = energyAxisOf(detectors, channels);
    const metadata = veloxMetadata(tree, detectors, elements);
    const [only] = detectors;
    spectra.push({
      total: sumOf(values),
      image: withProblems(
        {
          title: `EDS spectrum ${textAt(tree, "BinaryResult", "Detector") ?? ""}`.trim(),
          counts: countsFromDense([], channels, values, isCounts ? "counts" : "intensity"),
          navigationAxes: [],
          energyAxis,
          images: [],
          metadata:
            detectors.length === 1
              ? { ...metadata, detector: { ...metadata.detector, liveTimeS: only?.liveTimeS, realTimeS: only?.realTimeS } }
              : metadata,
          originalMetadata: tree,
          loadReport: { findings: calibrationFindings([], energyAxis, metadata.beamEnergyKev) },
        },
        problems,
      ),
    });
  }
  return spectra;
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

const prunedFinding: Finding = {
  severity: "info",
  code: "pruned",
  message:
    "The file was pruned by Velox: all detectors and frames are summed in it. Its form is not published; the total is compared with the file's sum spectra.",
};
