/** What the XML of a .bcf file says about the map, in the words of this program. Paths of the elements: README.md beside this. */
import type { Detector, Metadata } from "../../spectrum-image/spectrum-image.js";
import { child, childNumber, childText, decimalNumber } from "../xml/query.js";
import type { XmlElement } from "../xml/xml.js";

/** Energy calibration and sum spectrum of one cube. */
export interface CubeHeader {
  readonly channels: number | undefined;
  /** keV at the middle of channel 0. */
  readonly offsetKev: number | undefined;
  /** keV per channel. */
  readonly scaleKev: number | undefined;
  /** Total of the sum spectrum that the file carries. */
  readonly statedCounts: number | undefined;
  readonly beamEnergyKev: number | undefined;
  /** True where X-rays, not electrons, excited the specimen. */
  readonly isFluorescence: boolean;
  readonly detector: Detector;
}

export interface BcfHeader {
  readonly title: string | undefined;
  readonly version: number | undefined;
  readonly acquiredAt: string | undefined;
  /** Micrometres per pixel, x then y. */
  readonly pixelSizeUm: readonly [x: number, y: number] | undefined;
  readonly magnification: number | undefined;
  readonly stage: Metadata["stage"];
  readonly elements: readonly string[];
  /** Names in the list of elements that are not symbols of elements. */
  readonly namesNotUnderstood: readonly string[];
  readonly realTimeS: number | undefined;
  readonly beamEnergyKev: number | undefined;
  /** Header of the cube `SpectrumData<index>`. */
  cube(index: number): CubeHeader;
}

/** Mn Ka, keV: the line for which resolutions are stated. */
const MN_KA_KEV = 5.8987;
const FWHM_PER_SIGMA = 2.3548200450309493;

/** Reads the `TRTSpectrumDatabase` element. `mapWidth` is the number of pixels per line, for the real time. */
export function readHeader(database: XmlElement, mapWidth: number): BcfHeader {
  const microscope = instance(database, "TRTSEMData");
  const x = positive(childNumber(microscope, "DX"));
  const y = positive(childNumber(microscope, "DY"));
  const { elements, namesNotUnderstood } = elementsOf(database);
  const beamEnergyKev = positive(childNumber(microscope, "HV"));
  const realTimeS = realTimeOf(database, mapWidth);
  return {
    title: database.attributes.get("Name")?.trim() || undefined,
    version: childNumber(child(database, "Header"), "FileVersion"),
    acquiredAt: isoTime(child(database, "Header")),
    pixelSizeUm: x === undefined || y === undefined ? undefined : [x, y],
    magnification: positive(childNumber(microscope, "Mag")),
    stage: stageOf(instance(database, "TRTSEMStageData")),
    elements,
    namesNotUnderstood,
    realTimeS,
    beamEnergyKev,
    cube: (index) => cubeOf(database, index, beamEnergyKev, realTimeS),
  };
}

function cubeOf(database: XmlElement, index: number, columnKev: number | undefined, realTimeS: number | undefined): CubeHeader {
  const spectrum = child(child(database, `SpectrumData${index}`), "ClassInstance");
  const parts = child(spectrum, "TRTHeaderedClass");
  const calibration = instance(spectrum, "TRTSpectrumHeader");
  const beam = instance(parts, "TRTESMAHeader");
  const tube = instance(parts, "TRTXrfHeader");
  const hardware = instance(parts, "TRTSpectrumHardwareHeader");
  const sum = childText(spectrum, "Channels")?.split(",").map(decimalNumber);
  const elevation = childNumber(tube, "ExcitationAngle") ?? childNumber(beam, "ElevationAngle");
  return {
    channels: childNumber(calibration, "ChannelCount") ?? sum?.length ?? channelsOfHardware(database, index),
    offsetKev: childNumber(calibration, "CalibAbs"),
    scaleKev: positive(childNumber(calibration, "CalibLin")),
    statedCounts: sum?.every((count) => count !== undefined) ? sum.reduce((total, count) => total + count, 0) : undefined,
    beamEnergyKev: positive(childNumber(tube, "Voltage")) ?? positive(childNumber(beam, "PrimaryEnergy")) ?? columnKev,
    isFluorescence: tube !== undefined,
    detector: {
      type: childText(instance(parts, "TRTDetectorHeader"), "Type"),
      resolutionEv: resolutionOf(calibration),
      elevationAngleDeg: elevation,
      azimuthAngleDeg: childNumber(beam, "AzimutAngle"),
      liveTimeS: seconds(childNumber(hardware, "LifeTime")),
      realTimeS: realTimeS ?? seconds(childNumber(hardware, "RealTime")),
    },
  };
}

/** The converter's channels divided by the number of them that were joined. */
function channelsOfHardware(database: XmlElement, index: number): number | undefined {
  const converter = childNumber(database, "ChCount");
  const joined = childNumber(database, `ChannelFactor${index}`);
  return converter === undefined || joined === undefined || joined < 1 ? undefined : Math.floor(converter / joined);
}

/** The file states the variance of a peak as `SigmaAbs + SigmaLin * energy`, keV squared. */
function resolutionOf(calibration: XmlElement | undefined): number | undefined {
  const constant = childNumber(calibration, "SigmaAbs");
  const slope = childNumber(calibration, "SigmaLin");
  if (constant === undefined || slope === undefined) return undefined;
  const variance = constant + slope * MN_KA_KEV;
  return variance > 0 ? 1000 * FWHM_PER_SIGMA * Math.sqrt(variance) : undefined;
}

/** Frames of each line, summed, times the time that one line takes. */
function realTimeOf(database: XmlElement, mapWidth: number): number | undefined {
  const scanner = instance(database, "TRTDSPConfiguration");
  const frames = childText(database, "LineCounter")?.split(",").map(decimalNumber);
  const lineAverage = childNumber(scanner, "LineAverage");
  const pixelAverage = childNumber(scanner, "PixelAverage");
  const pixelTimeUs = childNumber(scanner, "PixelTime");
  if (frames === undefined || lineAverage === undefined || pixelAverage === undefined || pixelTimeUs === undefined)
    return undefined;
  let sum = 0;
  for (const count of frames) {
    if (count === undefined) return undefined;
    sum += count;
  }
  return sum * lineAverage * pixelAverage * pixelTimeUs * mapWidth * 1e-6;
}

function stageOf(stage: XmlElement | undefined): Metadata["stage"] {
  const read = {
    xUm: childNumber(stage, "X"),
    yUm: childNumber(stage, "Y"),
    zUm: childNumber(stage, "Z"),
    tiltDeg: childNumber(stage, "Tilt"),
    rotationDeg: childNumber(stage, "Rotation"),
  };
  const known = Object.entries(read).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

/** The elements of the map: its own list where a file has lists for points and lines too (tabletop microscopes), else the first. */
function elementsOf(database: XmlElement): { elements: string[]; namesNotUnderstood: string[] } {
  const lists = instances(database, "TRTContainerClass")
    .flatMap((container) => child(container, "ChildClassInstances") ?? [])
    .flatMap((children) => instances(children, "TRTElementInformationList"))
    .filter((list) => instance(list, "TRTSpectrumRegionList") !== undefined);
  const list = lists.find((candidate) => candidate.attributes.get("Name") === "MapElements") ?? lists[0];
  const regions = child(instance(list, "TRTSpectrumRegionList"), "ChildClassInstances");
  const elements = new Set<string>();
  const namesNotUnderstood = new Set<string>();
  for (const region of regions === undefined ? [] : instances(regions, "TRTSpectrumRegion")) {
    const name = region.attributes.get("Name")?.trim() ?? "";
    (/^[A-Z][a-z]?$/.test(name) ? elements : namesNotUnderstood).add(name);
  }
  return { elements: [...elements].sort(), namesNotUnderstood: [...namesNotUnderstood].sort() };
}

/** Day.month.year and hours:minutes:seconds, without zone. */
function isoTime(header: XmlElement | undefined): string | undefined {
  const day = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(childText(header, "Date") ?? "");
  const time = /^(\d{1,2}):(\d{1,2}):(\d{1,2})/.exec(childText(header, "Time") ?? "");
  if (day === null) return undefined;
  const two = (text: string | undefined) => (text ?? "0").padStart(2, "0");
  const date = `${day[3]}-${two(day[2])}-${two(day[1])}`;
  return time === null ? date : `${date}T${two(time[1])}:${two(time[2])}:${two(time[3])}`;
}

/** First `ClassInstance` child of that type. */
export function instance(element: XmlElement | undefined, type: string): XmlElement | undefined {
  return element === undefined ? undefined : instances(element, type)[0];
}

/** All `ClassInstance` children of that type. */
export function instances(element: XmlElement, type: string): readonly XmlElement[] {
  return element.children.filter((candidate) => candidate.name === "ClassInstance" && candidate.attributes.get("Type") === type);
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}

function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}
