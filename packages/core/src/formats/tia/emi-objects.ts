/**
 * Descriptions that an `.emi` file holds as XML among its binary records. TIA does not name the `.ser` file in them, so they are
 * matched by kind (spectra or images) and order; pictures that were only copied into the display are left out.
 */
import { isSigmaError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { Metadata } from "../../spectrum-image/spectrum-image.js";
import { child, childNumber, childText, decimalNumber } from "../xml/query.js";
import { parseXml, type XmlElement } from "../xml/xml.js";
import { type Json, xmlToJson } from "../xml/xml-json.js";

/** `x-ray`: the detector has a shaping time. `other`: a camera recorded the spectra. */
export type EmiSignal = "x-ray" | "other" | undefined;

export interface EmiObject {
  readonly content: "spectra" | "images";
  readonly signal: EmiSignal;
  readonly metadata: Metadata;
  readonly original: Json;
}

const WINDOW = 16 * 1024 * 1024;
const LONGEST_OBJECT = 1024 * 1024;
const MOST_OBJECTS = 1024;
const START = "<ObjectInfo>";
const END = "</ObjectInfo>";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** TIA controls transmission electron microscopes only. */
export const noEmi: Metadata = { instrument: "TEM", detector: {}, elements: [] };

/** Every description in the file that belongs to recorded data, in order; `damaged` counts those that are not well-formed XML. */
export async function readEmiObjects(
  source: ByteSource,
  signal?: AbortSignal,
): Promise<{ objects: EmiObject[]; damaged: number }> {
  const objects: EmiObject[] = [];
  let damaged = 0;
  for await (const { bytes, offset } of documents(source, signal)) {
    try {
      const object = objectOf(parseXml(bytes, `${source.name}, XML at byte ${offset}`));
      if (object !== undefined) objects.push(object);
    } catch (error) {
      if (!isSigmaError(error)) throw error;
      damaged++;
    }
  }
  return { objects, damaged };
}

async function* documents(source: ByteSource, signal: AbortSignal | undefined) {
  let found = 0;
  for (let start = 0; start < source.size && found < MOST_OBJECTS; ) {
    const window = await source.read(start, Math.min(WINDOW, source.size - start), signal);
    const last = start + window.length === source.size;
    const text = new TextDecoder("latin1").decode(window);
    const limit = last ? window.length : window.length - LONGEST_OBJECT;
    let next = limit;
    for (let at = text.indexOf(START); at >= 0 && at < limit && found < MOST_OBJECTS; ) {
      const end = text.indexOf(END, at);
      if (end < 0 || end - at > LONGEST_OBJECT) {
        at = text.indexOf(START, at + START.length);
        continue;
      }
      found++;
      yield { bytes: window.subarray(at, end + END.length), offset: start + at };
      next = Math.max(limit, end);
      at = text.indexOf(START, end);
    }
    start += next;
  }
}

function objectOf(root: XmlElement): EmiObject | undefined {
  const range = child(root, "DetectorRange");
  if (range === undefined || child(root, "OriginalImageUuid") !== undefined) return undefined;
  const acquire = child(root, "AcquireInfo");
  const camera = child(acquire, "BiasCorrection") !== undefined || child(acquire, "GainCorrection") !== undefined;
  const description = descriptionOf(root);
  return {
    content: child(range, "StartX") === undefined ? "spectra" : "images",
    signal: child(acquire, "ShapingTime") !== undefined ? "x-ray" : camera ? "other" : undefined,
    metadata: metadataOf(root, description),
    original: xmlToJson(root),
  };
}

/** Label and value of each line of the microscope's description. */
function descriptionOf(root: XmlElement): ReadonlyMap<string, string> {
  const lines = child(child(root, "ExperimentalDescription"), "Root")?.children ?? [];
  return new Map(
    lines.map((line) => [`${childText(line, "Label") ?? ""}|${childText(line, "Unit") ?? ""}`, childText(line, "Value") ?? ""]),
  );
}

function metadataOf(root: XmlElement, description: ReadonlyMap<string, string>): Metadata {
  const number = (label: string) => decimalNumber(description.get(label));
  const volts = childNumber(child(child(root, "ExperimentalConditions"), "MicroscopeConditions"), "AcceleratingVoltage");
  const kilovolts = volts !== undefined && volts > 0 ? volts / 1000 : number("High tension|kV");
  const stage = Object.entries({
    xUm: number("Stage X|um"),
    yUm: number("Stage Y|um"),
    zUm: number("Stage Z|um"),
    tiltDeg: number("Stage A|deg"),
  }).filter(([, value]) => value !== undefined);
  return {
    instrument: "TEM",
    beamEnergyKev: kilovolts !== undefined && kilovolts > 0 ? kilovolts : undefined,
    magnification: number("Magnification|x"),
    detector: { type: childText(root, "Manufacturer") },
    stage: stage.length === 0 ? undefined : Object.fromEntries(stage),
    elements: [],
    acquiredAt: dateOf(childText(root, "AcquireDate")),
  };
}

/** `Mon Feb 22 19:15:37 2016` */
function dateOf(text: string | undefined): string | undefined {
  const [, month = "", day, time, year] =
    /^\s*\w{3}\s+(\w{3})\s+(\d{1,2})\s+(\d{2}:\d{2}:\d{2})\s+(\d{4})\s*$/.exec(text ?? "") ?? [];
  const number = MONTHS.indexOf(month) + 1;
  if (day === undefined || number === 0) return undefined;
  return `${year}-${String(number).padStart(2, "0")}-${day.padStart(2, "0")}T${time}`;
}
