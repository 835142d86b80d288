/** Reads `.spx` documents. Names of the elements: README.md beside this. */
import { FormatError, UnsupportedError } from "../../errors.js";
import type { Axis } from "../../spectrum-image/axis.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { countsFromDense } from "../../spectrum-image/counts.js";
import type { Finding, Metadata, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { FWHM_PER_SIGMA } from "../../xray/detector.js";
import { isElement } from "../../xray/elements.js";
import { instance, instances } from "../bcf/header.js";
import { checkChannels } from "../binary/dense-counts.js";
import { calibrationFindings } from "../findings.js";
import type { FileContents, OpenOptions } from "../format.js";
import { child, childNumber, childText } from "../xml/query.js";
import { parseXml, type XmlElement } from "../xml/xml.js";
import { xmlToJson } from "../xml/xml-json.js";

const LARGEST_FILE = 64 * 1024 * 1024;
/** Mn Ka, keV: the line for which resolutions are stated. */
const MN_KA_KEV = 5.8987;

/** Every spectrum of the document. Throws FormatError, UnsupportedError. */
export async function openSpx(source: ByteSource, { signal }: OpenOptions = {}): Promise<FileContents> {
  if (source.size > LARGEST_FILE) {
    throw new UnsupportedError("The file is too large for spectra.", {
      where: source.name,
      found: `${source.size} bytes`,
      expected: `at most ${LARGEST_FILE}`,
    });
  }
  const root = parseXml(await source.read(0, source.size, signal), source.name);
  const own = root.name === "ClassInstance" && root.attributes.get("Type") === "TRTSpectrum" ? [root] : [];
  const spectra = [...own, ...instances(root, "TRTSpectrum")];
  if (spectra.length === 0) {
    throw new FormatError("The document holds no spectrum.", {
      where: source.name,
      field: "ClassInstance of type TRTSpectrum",
      offset: root.offset,
      found: `<${root.name}>`,
    });
  }
  return { format: "spx", datasets: spectra.map((spectrum) => datasetOf(spectrum, source.name)), images: [] };
}

function datasetOf(spectrum: XmlElement, fileName: string): SpectrumImage {
  const values = channelsOf(spectrum, fileName);
  const header = instance(spectrum, "TRTSpectrumHeader");
  const metadata = metadataOf(spectrum, header);
  const energyAxis = axisOf(header, values.length);
  const counts = values.every((value) => value >= 0 && Number.isSafeInteger(value));
  return {
    title: metadata.title ?? fileName,
    counts: countsFromDense([], values.length, values, counts ? "counts" : "intensity"),
    navigationAxes: [],
    energyAxis,
    images: [],
    metadata,
    originalMetadata: xmlToJson(spectrum, ({ name }) => name === "Channels"),
    loadReport: { findings: findings(energyAxis, metadata, childNumber(header, "ChannelCount"), values.length, counts) },
  };
}

function channelsOf(spectrum: XmlElement, fileName: string): number[] {
  const channels = child(spectrum, "Channels");
  const words = (channels?.text ?? "").split(",").map((word) => word.trim());
  if (words.at(-1) === "") words.pop();
  checkChannels(words.length, `${fileName}: Channels`);
  return words.map((word, i) => {
    const value = Number(word);
    if (word !== "" && Number.isFinite(value)) return value;
    throw new FormatError("A channel is not a number.", {
      where: fileName,
      field: `Channels, number ${i}`,
      offset: channels?.offset,
      found: JSON.stringify(word.slice(0, 40)),
    });
  });
}

function axisOf(header: XmlElement | undefined, size: number): Axis {
  const offset = childNumber(header, "CalibAbs");
  const scale = positive(childNumber(header, "CalibLin"));
  const known = offset !== undefined && scale !== undefined;
  return {
    name: "energy",
    size,
    offset: known ? offset : undefined,
    scale: known ? scale : undefined,
    units: known ? "keV" : undefined,
  };
}

function metadataOf(spectrum: XmlElement, header: XmlElement | undefined): Metadata {
  const parts = child(spectrum, "TRTHeaderedClass");
  const beam = instance(parts, "TRTESMAHeader");
  const tube = instance(parts, "TRTXrfHeader");
  const hardware = instance(parts, "TRTSpectrumHardwareHeader");
  return {
    title: spectrum.attributes.get("Name")?.trim() || undefined,
    beamEnergyKev: positive(childNumber(tube, "Voltage")) ?? positive(childNumber(beam, "PrimaryEnergy")),
    magnification: positive(childNumber(beam, "Magnification")),
    detector: {
      type: childText(instance(parts, "TRTDetectorHeader"), "Type"),
      resolutionEv: resolutionOf(header),
      elevationAngleDeg: childNumber(tube, "ExcitationAngle") ?? childNumber(beam, "ElevationAngle"),
      azimuthAngleDeg: childNumber(beam, "AzimutAngle"),
      liveTimeS: seconds(childNumber(hardware, "LifeTime")),
      realTimeS: seconds(childNumber(hardware, "RealTime")),
    },
    elements: elementsOf(spectrum),
    acquiredAt: isoTime(childText(header, "Date"), childText(header, "Time")),
  };
}

/** Elements that were marked in the spectrum; one by one, or in lists by symbol. */
function elementsOf(spectrum: XmlElement): string[] {
  const marked = instances(spectrum, "TRTPSEElementList").flatMap((list) => {
    const members = child(list, "ChildClassInstances");
    return members === undefined ? [] : instances(members, "TRTPSEElement");
  });
  const names = marked.map((member) => member.attributes.get("Name")?.trim() ?? "");
  return [...new Set(names.filter(isElement))].sort();
}

/** The file states the variance of a peak as `SigmaAbs + SigmaLin * energy`, keV squared. */
function resolutionOf(header: XmlElement | undefined): number | undefined {
  const constant = childNumber(header, "SigmaAbs");
  const slope = childNumber(header, "SigmaLin");
  if (constant === undefined || slope === undefined) return undefined;
  const variance = constant + slope * MN_KA_KEV;
  return variance > 0 ? 1000 * FWHM_PER_SIGMA * Math.sqrt(variance) : undefined;
}

/** `2.3.2018` and `13:53:4` */
function isoTime(date: string | undefined, time: string | undefined): string | undefined {
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(date ?? "") ?? [];
  if (day === undefined || month === undefined) return undefined;
  const clock = /^(\d{1,2}):(\d{1,2}):(\d{1,2})/.exec(time ?? "")?.slice(1);
  const two = (text: string) => text.padStart(2, "0");
  const iso = `${year}-${two(month)}-${two(day)}`;
  return clock === undefined ? iso : `${iso}T${clock.map(two).join(":")}`;
}

function findings(axis: Axis, metadata: Metadata, stated: number | undefined, found: number, counts: boolean): Finding[] {
  const list = calibrationFindings([], axis, metadata.beamEnergyKev);
  if (stated !== undefined && stated !== found) {
    list.push({ severity: "warning", code: "channel-count", message: `The file states ${stated} channels and holds ${found}.` });
  }
  if (!counts) {
    list.push({
      severity: "info",
      code: "not-counts",
      message: "The values are not whole counts; counting statistics do not hold for them.",
    });
  }
  return list;
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}

function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}
