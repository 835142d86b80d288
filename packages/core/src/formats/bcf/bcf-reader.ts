/** Reads Bruker .bcf files: cubes of spectra with electron images, written by Esprit 1 and 2. Layout: README.md beside this. */
import { FormatError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { Finding, LoadReport, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { calibrationFindings } from "../findings.js";
import type { FileContents, FormatReader, OpenOptions } from "../format.js";
import { child } from "../xml/query.js";
import { parseXml, type XmlElement } from "../xml/xml.js";
import { type Json, xmlToJson } from "../xml/xml-json.js";
import { type BcfHeader, type CubeHeader, instance, readHeader } from "./header.js";
import { readImages } from "./images.js";
import { type CubeSize, cubeCounts, readCubeSize } from "./pixel-stream.js";
import { type OpenSfsFile, openSfs, openSfsFile, type SfsContainer, type SfsFile } from "./sfs.js";
import { wholeContent } from "./sfs-content.js";

const FOLDER = "EDSDatabase";
const LARGEST_HEADER = 1 << 29;
const MOST_CUBES = 1024;
/** `CountBlock` keeps channels in 16 bits. */
const MOST_CHANNELS = 65_536;

interface Cube {
  readonly index: number;
  readonly file: OpenSfsFile;
  readonly size: CubeSize;
}

type Axes = Pick<SpectrumImage, "navigationAxes" | "energyAxis">;

export const bcfReader: FormatReader = {
  async open(source: ByteSource, { signal }: OpenOptions = {}): Promise<FileContents> {
    const container = await openSfs(source, signal);
    const cubes = await findCubes(container, signal);
    const database = await readDatabase(container, signal);
    const first = cubes[0]!.size;
    const header = readHeader(database, first.width);
    const where = `${source.name}: HeaderData`;
    const images = readImages(database, first, header.pixelSizeUm, where);
    const originalMetadata = { sfsVersion: container.version, header: jsonOf(database) };
    const findings = [...leftOut(container), ...images.findings];
    return {
      format: "bcf",
      datasets: cubes.map((cube) => {
        const own = header.cube(cube.index);
        const axes = axesOf(header, own, cube, where);
        return {
          title: titleOf(header, source, cube.index, cubes.length),
          counts: cubeCounts(container, cube.file, cube.size, axes.energyAxis.size),
          ...axes,
          images: images.ofMap,
          metadata: metadataOf(header, own),
          originalMetadata,
          loadReport: reportOf(header, own, axes, cube.index, findings),
        };
      }),
      images: images.overviews,
    };
  },
};

async function findCubes(container: SfsContainer, signal: AbortSignal | undefined): Promise<Cube[]> {
  const found: { index: number; file: SfsFile }[] = [];
  for (const file of container.files) {
    const index = /^SpectrumData(\d{1,4})$/.exec(file.name)?.[1];
    if (index !== undefined && inDatabase(file)) found.push({ index: Number(index), file });
  }
  if (found.length === 0 || found.length > MOST_CUBES) {
    throw new FormatError("The file has no map of spectra.", {
      where: container.source.name,
      field: `tree.${FOLDER}/SpectrumData`,
      found: `${found.length} maps`,
      expected: `1 to ${MOST_CUBES}`,
      remedy: "Save the map together with its spectra in Esprit.",
    });
  }
  found.sort((a, b) => a.index - b.index);
  const cubes: Cube[] = [];
  for (const { index, file } of found) {
    const open = await openSfsFile(container, file, signal);
    cubes.push({ index, file: open, size: await readCubeSize(container, open, signal) });
  }
  return cubes;
}

async function readDatabase(container: SfsContainer, signal: AbortSignal | undefined): Promise<XmlElement> {
  const file = container.files.find((candidate) => candidate.name === "HeaderData" && inDatabase(candidate));
  const where = `${container.source.name}: HeaderData`;
  if (file === undefined) {
    throw new FormatError("The file has no header.", { where, field: `tree.${FOLDER}/HeaderData`, expected: "an XML document" });
  }
  const open = await openSfsFile(container, file, signal);
  const database = instance(parseXml(await wholeContent(container, open, LARGEST_HEADER, signal), where), "TRTSpectrumDatabase");
  if (database === undefined) {
    throw new FormatError("The header does not describe a map.", {
      where,
      field: "TRTSpectrumDatabase",
      offset: 0,
      found: "no such element",
    });
  }
  return database;
}

function inDatabase(file: SfsFile): boolean {
  return file.folders.length === 1 && file.folders[0] === FOLDER;
}

/** What the instrument's program calls every map that nobody named. */
const NO_NAME = /^map( data)?( \d+)?$/i;

/** The name of the map where it has one, else that of the file. */
function titleOf(header: BcfHeader, source: ByteSource, index: number, cubes: number): string {
  const own = header.title === undefined || NO_NAME.test(header.title) ? undefined : header.title;
  const title = own ?? source.name.replace(/\.bcf$/i, "");
  return cubes === 1 ? title : `${title} (map ${index})`;
}

function channelsOf(own: CubeHeader, cube: Cube, where: string): number {
  const { channels } = own;
  if (channels === undefined || !Number.isInteger(channels) || channels < 1 || channels > MOST_CHANNELS) {
    throw new FormatError("The number of channels is missing or out of range.", {
      where,
      field: `SpectrumData${cube.index}/TRTSpectrumHeader/ChannelCount`,
      found: channels === undefined ? "nothing" : String(channels),
      expected: `1 to ${MOST_CHANNELS}`,
    });
  }
  return channels;
}

function axesOf(
  header: BcfHeader,
  own: CubeHeader,
  cube: Cube,
  where: string,
): Pick<SpectrumImage, "navigationAxes" | "energyAxis"> {
  const pixels = (name: string, size: number, scale: number | undefined) =>
    scale === undefined
      ? { name, size, offset: undefined, scale: undefined, units: undefined }
      : { name, size, offset: 0, scale, units: "um" };
  const calibrated = own.offsetKev !== undefined || own.scaleKev !== undefined;
  return {
    navigationAxes: [
      pixels("y", cube.size.height, header.pixelSizeUm?.[1]),
      pixels("x", cube.size.width, header.pixelSizeUm?.[0]),
    ],
    energyAxis: {
      name: "energy",
      size: channelsOf(own, cube, where),
      offset: own.offsetKev,
      scale: own.scaleKev,
      units: calibrated ? "keV" : undefined,
    },
  };
}

function metadataOf(header: BcfHeader, own: CubeHeader): SpectrumImage["metadata"] {
  return {
    title: header.title,
    beamEnergyKev: own.beamEnergyKev,
    magnification: header.magnification,
    detector: own.detector,
    stage: header.stage,
    elements: header.elements,
    acquiredAt: header.acquiredAt,
  };
}

function reportOf(header: BcfHeader, own: CubeHeader, axes: Axes, index: number, common: readonly Finding[]): LoadReport {
  const findings = calibrationFindings(axes.navigationAxes, axes.energyAxis, own.beamEnergyKev);
  if (own.isFluorescence) {
    findings.push({
      severity: "warning",
      code: "x-ray-excitation",
      message: "The spectra were excited by X-rays; the beam energy is the voltage of the tube.",
      disables: ["quantification for electron beams"],
    });
  }
  if (header.namesNotUnderstood.length > 0) {
    findings.push({
      severity: "info",
      code: "elements-not-understood",
      message: `Entries of the list of elements were left out: ${header.namesNotUnderstood.map((name) => `"${name}"`).join(", ")}.`,
    });
  }
  findings.push(...common);
  if (own.statedCounts === undefined) return { findings };
  return { statedCounts: { value: own.statedCounts, where: `sum spectrum SpectrumData${index}/Channels` }, findings };
}

/** Names what the container holds beside the maps, for example EBSD patterns. */
function leftOut(container: SfsContainer): Finding[] {
  const names = container.files
    .filter((file) => !inDatabase(file) || !/^(HeaderData|SpectrumData\d{1,4}|SpectrumPositions\d{1,4})$/.test(file.name))
    .map((file) => [...file.folders.slice(1), file.name].join("/"));
  if (names.length === 0) return [];
  return [
    {
      severity: "info",
      code: "parts-skipped",
      message: `Parts of the file that hold no X-ray spectra were left out: ${names.join(", ")}.`,
    },
  ];
}

/** Everything but pictures and colours. */
function jsonOf(database: XmlElement): Json {
  return xmlToJson(database, (element) => {
    if (element.name === "Palette" || element.attributes.get("Type") === "TRTImagePalette") return true;
    return element.name === "Data" && child(element, "Data") === undefined && (element.textBytes?.length ?? 0) > 256;
  });
}
