/**
 * Oxford Instruments' H5OINA files, after the public "Oxford Instruments NanoAnalysis HDF5 File Specification", versions 1.0 to 8.0. Every
 * acquisition with spectra is a dataset; maps and pictures of its size belong to it, other pictures to the file.
 */
import { FormatError, throwIfAborted, UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { Finding, NavigationImage, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { arrayCounts, kindOfArray } from "../arrays/array-counts.js";
import { arrayOfDataset, asGrid, type NumberArray } from "../arrays/number-array.js";
import { calibrationFindings } from "../findings.js";
import type { FileContents } from "../format.js";
import type { Hdf5Dataset } from "../hdf5/dataset.js";
import type { Hdf5Group } from "../hdf5/hdf5-file.js";
import type { Tree } from "../hyperspy/metadata-tree.js";
import { cells, energyAxis, h5oinaMetadata, navigationAxes, readHeader } from "./h5oina-header.js";
import { PictureReading } from "./h5oina-images.js";

const MOST_SLICES = 100_000;
const PIXELS_AT_ONCE = 1 << 20;
const ELEMENT = /\b([A-Z][a-z]?)(?= |$)/;

interface Found {
  readonly datasets: SpectrumImage[];
  readonly images: NavigationImage[];
}

/** Reads all slices. Throws FormatError when the file holds neither spectra nor pictures. */
export async function readH5oina(root: Hdf5Group, source: ByteSource, signal?: AbortSignal): Promise<FileContents> {
  const pictures = new PictureReading(signal);
  const found: Found = { datasets: [], images: [] };
  const names = root.names.filter((name) => name !== "Index").slice(0, MOST_SLICES);
  const several = names.filter((name) => /^\d+$/.test(name)).length > 1;
  for (const name of names.sort((a, b) => Number(a) - Number(b))) {
    throwIfAborted(signal);
    const slice = await root.group(name);
    if (slice !== undefined) await readSlice(slice, source.name, several ? ` ${name}` : "", pictures, found, signal);
  }
  if (found.datasets.length + found.images.length === 0) {
    throw new FormatError("The file holds neither spectra nor pictures.", {
      where: source.name,
      found: pictures.problems[0],
      expected: "a slice with EDS data or electron images",
      remedy: "Export the map from AZtec together with its spectra.",
    });
  }
  const findings = pictures.problems.map((message): Finding => ({ severity: "warning", code: "picture-not-read", message }));
  const datasets = found.datasets.map((dataset) => ({
    ...dataset,
    loadReport: { ...dataset.loadReport, findings: [...dataset.loadReport.findings, ...findings] },
  }));
  return { format: "h5oina", datasets, images: found.images };
}

async function readSlice(
  slice: Hdf5Group,
  fileName: string,
  suffix: string,
  pictures: PictureReading,
  found: Found,
  signal: AbortSignal | undefined,
): Promise<void> {
  const shared: NavigationImage[] = [];
  for (const [technique, read] of [
    ["Electron Image", (data: Hdf5Group, header: Tree) => pictures.electronImages(data, header)],
    ["EBSD", (data: Hdf5Group, header: Tree) => pictures.ebsdMaps(data, header)],
  ] as const) {
    const data = await slice.group(`${technique}/Data`);
    if (data !== undefined) shared.push(...(await read(data, await readHeader(await slice.group(`${technique}/Header`)))));
  }
  const datasets: SpectrumImage[] = [];
  const ownImages: NavigationImage[] = [];
  for (const technique of slice.names.filter((name) => /^EDS\d*$/.test(name))) {
    const data = await slice.group(`${technique}/Data`);
    if (data === undefined) continue;
    const header = await readHeader(await slice.group(`${technique}/Header`));
    const maps = await pictures.elementMaps(data, header);
    const spectrum = await data.dataset("Spectrum");
    if (spectrum === undefined) ownImages.push(...maps);
    else datasets.push(await datasetOf({ technique, suffix, data, header, maps, spectrum, fileName }, signal));
  }
  const used = new Set<NavigationImage>();
  for (const dataset of datasets) {
    const [height, width] = dataset.counts.navigationShape;
    const own = shared.filter((image) => image.height === height && image.width === width);
    for (const image of own) used.add(image);
    found.datasets.push({ ...dataset, images: [...dataset.images, ...own] });
  }
  found.images.push(...ownImages, ...shared.filter((image) => !used.has(image)));
}

interface Acquisition {
  readonly technique: string;
  readonly suffix: string;
  readonly data: Hdf5Group;
  readonly header: Tree;
  readonly maps: readonly NavigationImage[];
  readonly spectrum: Hdf5Dataset;
  readonly fileName: string;
}

async function datasetOf(acquisition: Acquisition, signal: AbortSignal | undefined): Promise<SpectrumImage> {
  const { technique, suffix, data, header, maps, spectrum, fileName } = acquisition;
  const array = gridOf(acquisition);
  const kind = array.numberKind === "float" ? await kindOfArray(array, signal) : "counts";
  const counts = arrayCounts(array, { kind });
  const axes = navigationAxes(header, cells(header) ?? { height: 1, width: spectrum.shape[0]! });
  const energies = energyAxis(header, counts.channels);
  const elements = [...new Set(maps.map(({ name }) => elementOf(name)).filter((name) => name !== undefined))].sort();
  const liveTimeS = await total(await data.dataset("Live Time"), fileName, signal);
  const realTimeS = await total(await data.dataset("Real Time"), fileName, signal);
  const metadata = h5oinaMetadata(header, elements, { liveTimeS, realTimeS });
  return {
    title: `${metadata.title ?? technique}${technique === "EDS" || metadata.title === undefined ? "" : ` ${technique}`}${suffix}`,
    counts,
    navigationAxes: axes,
    energyAxis: energies,
    images: maps,
    metadata,
    originalMetadata: header,
    loadReport: {
      findings: [
        ...calibrationFindings(axes, energies, metadata.beamEnergyKev),
        ...(kind === "intensity"
          ? [
              {
                severity: "info",
                code: "not-counts",
                message: "The values are not whole counts; counting statistics do not hold for them.",
              } as const,
            ]
          : []),
      ],
    },
  };
}

/** Pixels lie row after row, whatever the shape of the map. */
function gridOf({ header, spectrum, fileName }: Acquisition): NumberArray {
  const array = arrayOfDataset(spectrum, fileName);
  const size = cells(header);
  const [pixels = 0, channels = 0] = array.shape;
  if (array.shape.length !== 2 || channels < 1) {
    throw new UnsupportedError("The spectra are not a table of pixels and channels.", {
      where: array.where,
      found: array.shape.join(" x "),
      expected: "pixels x channels",
    });
  }
  if (size === undefined || size.height * size.width !== pixels) {
    throw new FormatError("There is not one spectrum for each pixel.", {
      where: array.where,
      found: `${pixels} spectra`,
      expected: size === undefined ? "X Cells and Y Cells in the header" : `${size.height} x ${size.width}`,
    });
  }
  if (size.height > 1) return asGrid(array, size.height, size.width);
  if (size.width > 1) return array;
  return {
    ...asGrid(array, 1, 1),
    shape: [channels],
    tileShape: undefined,
    numbers: ([start = 0], [count = 0], stop) => array.numbers([0, start], [1, count], stop),
  };
}

/** The element that the name of a map ends with: `Window Integral Al Ka1`, `Composition Al`. */
function elementOf(name: string): string | undefined {
  const rest = name.replace(/^(Window Integral|Peak Area|Composition Sigma|Composition|Apparent Concentration|K Ratio) /, "");
  return ELEMENT.exec(rest)?.[1];
}

/** Sum over all pixels; pixels outside an irregular map are NaN and do not count. */
async function total(
  dataset: Hdf5Dataset | undefined,
  fileName: string,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  if (dataset === undefined || !dataset.isNumeric || dataset.shape.length === 0) return undefined;
  const array = arrayOfDataset(dataset, fileName);
  const [pixels = 0, ...rest] = array.shape;
  let sum = 0;
  for (let first = 0; first < pixels; first += PIXELS_AT_ONCE) {
    const count = Math.min(PIXELS_AT_ONCE, pixels - first);
    const values = await array.numbers([first, ...rest.map(() => 0)], [count, ...rest], signal);
    for (const value of values) if (!Number.isNaN(value)) sum += value;
  }
  return sum;
}
