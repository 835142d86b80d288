/** Opens a `.dm3` or `.dm4` file: every image in it that is no thumbnail. */
import { FormatError, isSigmaError, type SigmaError, UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { Finding, NavigationImage, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { denseCounts, kindOfDense } from "../binary/dense-counts.js";
import { type ElementType, elementSize, imageData } from "../binary/element-type.js";
import { planeCounts } from "../binary/plane-counts.js";
import { calibrationFindings } from "../findings.js";
import type { FileContents, OpenOptions } from "../format.js";
import { type DmDimension, dimensionsOf, energyAxisOf, energyDimension, navigationAxisOf, pixelSizeOf } from "./dm-axes.js";
import { dmMetadata } from "./dm-metadata.js";
import { type DmArray, type DmTag, dmNumber, dmTagsAsJson, dmText, findDmTag, readDmArray, readDmTags } from "./dm-tags.js";

const MOST_PIXELS = 1 << 26;
/** DigitalMicrograph's numbers of types of images; the others are complex or coloured. */
const imageTypes: Readonly<Record<number, ElementType>> = {
  1: "i2",
  2: "f4",
  6: "u1",
  7: "i4",
  9: "i1",
  10: "u2",
  11: "u4",
  12: "f8",
  14: "u1",
};

interface DmImage {
  readonly tag: DmTag;
  readonly title: string;
  readonly dimensions: readonly DmDimension[];
  readonly data: DmArray;
}

/** Throws FormatError, UnsupportedError. Images of a kind that is not read are left out and reported while others can be read. */
export async function openDm(source: ByteSource, { signal }: OpenOptions = {}): Promise<FileContents> {
  const root = await readDmTags(source, signal);
  const datasets: SpectrumImage[] = [];
  const images: NavigationImage[] = [];
  const problems: SigmaError[] = [];
  for (const { tag, index } of imagesOf(root)) {
    try {
      const image = imageOf(tag, index, source);
      const energy = energyDimension(tag, image.dimensions);
      if (energy === undefined) images.push(await pictureOf(image, source, signal));
      else datasets.push(await spectraOf(image, energy, source, signal));
    } catch (error) {
      if (!isSigmaError(error) || error.tag === "aborted") throw error;
      problems.push(error);
    }
  }
  if (datasets.length + images.length === 0) throw problems[0] ?? noImages(source);
  return { format: "dm", datasets: datasets.map((dataset) => withProblems(dataset, problems)), images };
}

function imagesOf(root: DmTag): { tag: DmTag; index: number }[] {
  const thumbnails = new Set(findDmTag(root, "Thumbnails")?.children.map((thumbnail) => dmNumber(thumbnail, "ImageIndex")));
  return (findDmTag(root, "ImageList")?.children ?? [])
    .map((tag, index) => ({ tag, index }))
    .filter(({ index }) => !thumbnails.has(index));
}

function imageOf(tag: DmTag, index: number, source: ByteSource): DmImage {
  const field = `ImageList/${index}/ImageData`;
  const array = findDmTag(tag, "ImageData", "Data")?.value;
  const dimensions = dimensionsOf(tag);
  const typeNumber = dmNumber(tag, "ImageData", "DataType");
  const type = imageTypes[typeNumber ?? 0];
  if (type === undefined) {
    throw new UnsupportedError("Complex and coloured images are not read.", {
      where: source.name,
      field: `${field}/DataType`,
      found: typeNumber === undefined ? "nothing" : String(typeNumber),
      expected: Object.keys(imageTypes).join(", "),
    });
  }
  if (typeof array !== "object" || !("offset" in array) || dimensions.length === 0) {
    throw new FormatError("An image has no data.", { where: source.name, field: `${field}/Data` });
  }
  const values = dimensions.reduce((product, { size }) => product * size, 1);
  const bytes = array.length * elementSize(array.type);
  if (dimensions.some(({ size }) => !Number.isInteger(size) || size < 1) || values * elementSize(type) !== bytes) {
    throw new FormatError("The data of an image do not fit its dimensions.", {
      where: source.name,
      field,
      offset: array.offset,
      found: `${bytes} bytes`,
      expected: `${dimensions.map(({ size }) => size).join(" x ")} values of ${elementSize(type)} bytes`,
    });
  }
  const title = dmText(tag, "Name") ?? source.name.replace(/\.dm[34]$/i, "");
  return { tag, title, dimensions, data: { ...array, type, length: values } };
}

async function spectraOf(
  image: DmImage,
  energy: number,
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<SpectrumImage> {
  const { tag, title, dimensions, data } = image;
  const navigationAxes = dimensions
    .filter((_, i) => i !== energy)
    .map(navigationAxisOf)
    .reverse();
  const energyAxis = energyAxisOf(dimensions[energy]!);
  const metadata = dmMetadata(tag, title);
  return {
    title,
    counts: await countsOf(image, energy, source, signal),
    navigationAxes,
    energyAxis,
    images: [],
    metadata,
    originalMetadata: dmTagsAsJson({ ...tag, children: tag.children.filter(({ name }) => name !== "ImageData") }),
    loadReport: {
      findings: [
        ...calibrationFindings(navigationAxes, energyAxis, metadata.beamEnergyKev),
        ...signalFindings(tag),
        ...planeFindings(data, energy),
      ],
    },
  };
}

/** Energies change fastest, or slowest: an image of the field for each channel. */
async function countsOf({ dimensions, data }: DmImage, energy: number, source: ByteSource, signal: AbortSignal | undefined) {
  const channels = dimensions[energy]!.size;
  const navigationShape = dimensions
    .filter((_, i) => i !== energy)
    .map(({ size }) => size)
    .reverse();
  const { type, littleEndian } = data;
  const width = elementSize(type);
  if (energy === 0) {
    const layout = {
      source,
      navigationShape,
      channels,
      type,
      littleEndian,
      offsetOf: (pixel: number) => data.offset + pixel * channels * width,
    };
    return denseCounts({ ...layout, kind: await kindOfDense(layout, signal) });
  }
  if (energy !== dimensions.length - 1) {
    throw new UnsupportedError("The energy axis lies between the others.", {
      where: source.name,
      field: "ImageData/Dimensions",
      found: `dimension ${energy + 1} of ${dimensions.length}`,
      expected: "the first or the last",
      remedy: "Swap the axes in DigitalMicrograph and save the file again.",
    });
  }
  const planes = { source, navigationShape: [channels], channels: data.length / channels, type, littleEndian };
  const probe = { ...planes, offsetOf: (plane: number) => data.offset + plane * planes.channels * width };
  const kind = await kindOfDense(probe, signal);
  return planeCounts({ source, navigationShape, channels, type, littleEndian, kind, start: data.offset });
}

async function pictureOf(
  { title, dimensions, data }: DmImage,
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<NavigationImage> {
  const [width, height] = dimensions.map(({ size }) => size);
  if (dimensions.length !== 2 || width === undefined || height === undefined || width * height > MOST_PIXELS) {
    throw new UnsupportedError("Only spectra and single pictures are read.", {
      where: source.name,
      field: `${title} dimensions`,
      offset: data.offset,
      found: dimensions.map(({ size }) => size).join(" x "),
    });
  }
  return {
    name: title,
    width,
    height,
    data: imageData(await readDmArray(source, data, signal)),
    pixelSizeUm: pixelSizeOf(dimensions),
  };
}

function signalFindings(tag: DmTag): Finding[] {
  const signal = dmText(tag, "ImageTags", "Meta Data", "Signal");
  if (signal === undefined || signal === "X-ray" || signal === "EDS") return [];
  return [{ severity: "warning", code: "not-x-ray", message: `The file says that its signal is ${signal}, not X-rays.` }];
}

function planeFindings(data: DmArray, energy: number): Finding[] {
  if (energy === 0 || data.length * elementSize(data.type) < 1 << 30) return [];
  return [
    {
      severity: "info",
      code: "slow-layout",
      message: "The file is ordered by energy, so that reading it pixel by pixel takes longer than for other files of its size.",
    },
  ];
}

function withProblems(dataset: SpectrumImage, problems: readonly SigmaError[]): SpectrumImage {
  if (problems.length === 0) return dataset;
  const findings = problems.map(
    ({ message }): Finding => ({
      severity: "warning",
      code: "image-left-out",
      message: `An image of the file was left out. ${message}`,
    }),
  );
  return { ...dataset, loadReport: { ...dataset.loadReport, findings: [...dataset.loadReport.findings, ...findings] } };
}

function noImages(source: ByteSource): FormatError {
  return new FormatError("The file holds no image.", { where: source.name, field: "ImageList", found: "no entry" });
}
