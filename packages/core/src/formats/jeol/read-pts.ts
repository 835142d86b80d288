/** `.pts`: every X-ray of a map or line, sweep after sweep. */
import { FormatError, UnsupportedError } from "../../errors.js";
import type { Axis } from "../../spectrum-image/axis.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { Finding, LoadReport, Metadata, NavigationImage, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { FileCursor } from "../binary/file-cursor.js";
import { calibrationFindings } from "../findings.js";
import { dateOfDays, fieldWidthUm, instrumentNamed } from "./column.js";
import { EVENT_CHANNELS, eventCounts } from "./event-counts.js";
import { type StreamSurvey, surveyStream } from "./event-stream.js";
import { findTag, readTagTree, type TagNode, tagNumber, tagsAsJson, tagText } from "./tag-tree.js";

const LARGEST_SIDE = 4096;

interface PtsParts {
  readonly tree: TagNode;
  /** What was measured. */
  readonly measured: TagNode | undefined;
  /** The microscope and its detector. */
  readonly column: TagNode | undefined;
  readonly pulses: TagNode | undefined;
  readonly acquiredAt: string | undefined;
  readonly dataAt: number;
}

/** Reads the header and goes through the stream once. Throws FormatError, UnsupportedError. */
export async function readPts(source: ByteSource, signal?: AbortSignal): Promise<SpectrumImage> {
  const parts = await readParts(source, signal);
  const [width, height] = sizeOf(source, parts);
  const stream = { source, start: parts.dataAt, end: source.size, width, height };
  const survey = await surveyStream(stream, signal);
  const fieldUm = fieldWidthUm(tagNumber(parts.column, "ScanSize"), tagNumber(parts.measured, "MeasCond", "Mag"));
  const axis = (name: string, size: number): Axis => {
    const scale = fieldUm === undefined ? undefined : fieldUm / size;
    return { name, size, offset: scale === undefined ? undefined : 0, scale, units: scale === undefined ? undefined : "um" };
  };
  const navigationAxes = height === 1 ? [axis("x", width)] : [axis("y", height), axis("x", width)];
  const energyAxis = energyAxisOf(parts);
  const title = source.name.replace(/\.pts$/i, "");
  const metadata = metadataOf(parts, title);
  return {
    title,
    counts: eventCounts(
      stream,
      survey,
      navigationAxes.map(({ size }) => size),
    ),
    navigationAxes,
    energyAxis,
    images: electronImage(survey, width, height, fieldUm),
    metadata,
    originalMetadata: { ...(tagsAsJson(parts.tree) as object), sweeps: survey.sweeps },
    loadReport: reportOf(survey, calibrationFindings(navigationAxes, energyAxis, metadata.beamEnergyKev), parts),
  };
}

async function readParts(source: ByteSource, signal: AbortSignal | undefined): Promise<PtsParts> {
  const cursor = new FileCursor(source, { signal });
  cursor.seek(20, "header");
  const headAt = await cursor.u32("header position");
  cursor.skip(4, "header");
  const dataAt = await cursor.u32("data position");
  cursor.seek(296, "header");
  const acquiredAt = dateOfDays(await cursor.f64("date"));
  cursor.seek(dataAt, "data position");
  const tree = await readTagTree(source, headAt + 12, signal);
  const parameters = findTag(tree, "PTTD Param", "Params")?.children ?? [];
  const page = (name: string) => parameters.find((node) => node.name.startsWith("PARAMPAGE") && node.value === name);
  return {
    tree,
    measured: findTag(tree, "PTTD Data", "AnalyzableMap MeasData"),
    column: page("SEM"),
    pulses: page("EDXRF"),
    acquiredAt,
    dataAt,
  };
}

function sizeOf(source: ByteSource, { measured }: PtsParts): [number, number] {
  const text = tagText(measured, "Meas Cond", "Pixels");
  const [, width, height] = /^(\d{1,5})\s*x\s*(\d{1,5})$/i.exec(text ?? "") ?? [];
  const facts = { where: source.name, field: "PTTD Data/AnalyzableMap MeasData/Meas Cond/Pixels", found: text ?? "nothing" };
  if (width === undefined || height === undefined) {
    throw new FormatError("The file does not say how many pixels the map has.", { ...facts, expected: "for example 256x256" });
  }
  const sides: [number, number] = [Number(width), Number(height)];
  if (sides.some((side) => side < 1 || side > LARGEST_SIDE)) {
    throw new UnsupportedError("The map is too large, or empty.", { ...facts, expected: `1 to ${LARGEST_SIDE} pixels a side` });
  }
  return sides;
}

/** The template names the setting of the pulse processor; its `DigZ` is the channel of zero energy. */
function energyAxisOf({ measured, pulses }: PtsParts): Axis {
  const scale = tagNumber(measured, "Doc", "CoefA");
  const coefB = tagNumber(measured, "Doc", "CoefB");
  const zero = tagNumber(pulses, "Tpl", tagText(measured, "Meas Cond", "Tpl") ?? "", "DigZ");
  const known = scale !== undefined && scale > 0 && coefB !== undefined && zero !== undefined;
  return {
    name: "energy",
    size: EVENT_CHANNELS,
    offset: known ? coefB - scale * zero : undefined,
    scale: known ? scale : undefined,
    units: known ? "keV" : undefined,
  };
}

function metadataOf({ measured, column, acquiredAt }: PtsParts, title: string): Metadata {
  return {
    title,
    instrument: instrumentNamed(tagText(column, "SEM")),
    beamEnergyKev: tagNumber(measured, "MeasCond", "AccKV"),
    beamCurrentNa: tagNumber(measured, "MeasCond", "AccNA"),
    magnification: tagNumber(measured, "MeasCond", "Mag"),
    detector: {
      type: tagText(column, "DetT"),
      resolutionEv: tagNumber(column, "MnKaRES"),
      elevationAngleDeg: tagNumber(column, "ElevAng"),
      azimuthAngleDeg: tagNumber(column, "DirAng"),
      liveTimeS: tagNumber(measured, "Doc", "LiveTime"),
      realTimeS: tagNumber(measured, "Doc", "RealTime"),
    },
    elements: [],
    acquiredAt,
  };
}

function electronImage(
  { electrons, sweeps }: StreamSurvey,
  width: number,
  height: number,
  fieldUm: number | undefined,
): NavigationImage[] {
  if (electrons === undefined) return [];
  const pixelSizeUm = fieldUm === undefined ? undefined : ([fieldUm / width, fieldUm / height] as const);
  return [{ name: `Electron image, sum of ${sweeps} sweeps`, width, height, data: electrons, pixelSizeUm }];
}

function reportOf(survey: StreamSurvey, findings: Finding[], { measured }: PtsParts): LoadReport {
  if (survey.leftOut !== undefined) {
    findings.push({
      severity: "warning",
      code: "incomplete-sweep",
      message: `The last sweep was not finished; its ${survey.leftOut} counts are left out, so that every pixel has the same time.`,
    });
  } else if (survey.incomplete) {
    findings.push({
      severity: "warning",
      code: "incomplete-acquisition",
      message: "The only sweep was not finished: the pixels after its end are empty.",
    });
  }
  if (survey.outside > 0) {
    findings.push({
      severity: "warning",
      code: "events-outside",
      message: `${survey.outside} events lie outside the field and were left out.`,
    });
  }
  const stated = tagNumber(measured, "Doc", "Sweep");
  if (stated !== undefined && stated !== survey.sweeps) {
    findings.push({
      severity: "info",
      code: "sweeps",
      message: `The file states ${stated} sweeps; ${survey.sweeps} complete sweeps were read.`,
    });
  }
  return { findings };
}
