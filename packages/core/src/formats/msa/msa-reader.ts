/** Reads EMSA/MAS spectra: one spectrum without navigation axes. */
import { FormatError, UnsupportedError } from "../../errors.js";
import type { Axis } from "../../spectrum-image/axis.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { countsFromDense } from "../../spectrum-image/counts.js";
import type { Finding, Metadata, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { elements } from "../../xray/elements.js";
import type { FileContents } from "../format.js";
import { type MsaKeyword, type MsaText, numberOf, parseMsa, textOf } from "./parse-msa.js";

const LARGEST_FILE = 32 * 1024 * 1024;
const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/** Reads a spectrum. Energies in eV become keV; a missing calibration stays `undefined` and is reported. Throws FormatError, UnsupportedError. */
export async function readMsa(source: ByteSource, signal: AbortSignal | undefined): Promise<FileContents> {
  if (source.size > LARGEST_FILE) {
    throw new UnsupportedError("The file is too large for a single spectrum.", {
      where: source.name,
      found: `${source.size} bytes`,
      expected: `at most ${LARGEST_FILE}`,
    });
  }
  const text = new TextDecoder("latin1").decode(await source.read(0, source.size, signal));
  const parsed = parseMsa(text, source.name);
  if (parsed.values.length === 0) {
    throw new FormatError("The file holds no channels.", {
      where: source.name,
      field: "#SPECTRUM",
      expected: "one value per channel",
    });
  }
  return { format: "msa", datasets: [spectrumOf(parsed, source.name)], images: [] };
}

function spectrumOf(text: MsaText, fileName: string): SpectrumImage {
  const { keywords, values } = text;
  const axis = energyAxis(text);
  const title = keywords
    .filter((keyword) => keyword.name === "TITLE" && !keyword.userDefined)
    .map((keyword) => keyword.value.trim());
  const counts = values.every((value) => Number.isInteger(value) && value >= 0);
  return {
    title: title.join(" ").trim() || fileName,
    counts: countsFromDense([], values.length, values, counts ? "counts" : "intensity"),
    navigationAxes: [],
    energyAxis: axis,
    images: [],
    metadata: metadataOf(keywords, title.join(" ").trim()),
    originalMetadata: keywords,
    loadReport: { findings: findings(text, axis, counts) },
  };
}

function energyAxis({ keywords, values, energies }: MsaText): Axis {
  const units = unitsOf(keywords);
  const toKev = units === "eV" ? 0.001 : 1;
  const size = values.length;
  if (units === undefined) return { name: "energy", size, offset: undefined, scale: undefined, units: undefined };
  const fromData = energies !== undefined && size > 1 ? (energies[size - 1]! - energies[0]!) / (size - 1) : undefined;
  const scale = numberOf(keywords, "XPERCHAN") ?? fromData;
  const offset = numberOf(keywords, "OFFSET") ?? energies?.[0];
  return {
    name: "energy",
    size,
    offset: offset === undefined ? undefined : offset * toKev,
    scale: scale === undefined ? undefined : scale * toKev,
    units: "keV",
  };
}

/** Writers put `eV`, `keV`, `Energy (EV)`, `Energy Loss (eV)`, `channel` or nothing. */
function unitsOf(keywords: readonly MsaKeyword[]): "keV" | "eV" | undefined {
  const text = (textOf(keywords, "XUNITS") ?? "").toLowerCase();
  if (/\bkev\b/.test(text)) return "keV";
  return /\bev\b/.test(text) ? "eV" : undefined;
}

function metadataOf(keywords: readonly MsaKeyword[], title: string): Metadata {
  return {
    title: title === "" ? undefined : title,
    beamEnergyKev: numberOf(keywords, "BEAMKV"),
    beamCurrentNa: numberOf(keywords, "PROBECUR"),
    magnification: numberOf(keywords, "MAGCAM"),
    detector: {
      type: textOf(keywords, "EDSDET")?.trim() || undefined,
      elevationAngleDeg: numberOf(keywords, "ELEVANGLE"),
      azimuthAngleDeg: numberOf(keywords, "AZIMANGLE"),
      liveTimeS: numberOf(keywords, "LIVETIME"),
      realTimeS: numberOf(keywords, "REALTIME"),
    },
    elements: elementsOf(keywords),
    acquiredAt: acquisitionTime(keywords),
  };
}

/** NIST's programs name the elements of a standard; Oxford Instruments' name those that were identified, by atomic number. */
function elementsOf(keywords: readonly MsaKeyword[]): string[] {
  const own = (name: string) => keywords.find((keyword) => keyword.userDefined && keyword.name === name)?.value ?? "";
  const standard = Array.from(own("D2STDCMP").matchAll(/\(([A-Z][a-z]?):/g), (match) => match[1]!);
  const numbers = own("OXINSTELEMS")
    .split(",")
    .map((word) => Number(word.trim() || Number.NaN));
  const identified = numbers.flatMap((z) => elements.find(({ number }) => number === z)?.symbol ?? []);
  return [...new Set([...standard, ...identified])].sort();
}

function acquisitionTime(keywords: readonly MsaKeyword[]): string | undefined {
  const [, day, month, year] = /^\s*(\d{1,2})-([A-Za-z]{3})-(\d{4})\b/.exec(textOf(keywords, "DATE") ?? "") ?? [];
  const monthNumber = MONTHS.indexOf((month ?? "").toUpperCase()) + 1;
  if (day === undefined || year === undefined || monthNumber === 0) return undefined;
  const date = `${year}-${String(monthNumber).padStart(2, "0")}-${day.padStart(2, "0")}`;
  const [, hours, minutes, seconds] = /^\s*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*$/.exec(textOf(keywords, "TIME") ?? "") ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return date;
  return `${date}T${hours.padStart(2, "0")}:${minutes}:${seconds ?? "00"}`;
}

function findings({ keywords, values, complete }: MsaText, axis: Axis, counts: boolean): Finding[] {
  const found: Finding[] = [];
  const stated = numberOf(keywords, "NPOINTS");
  const signal = (textOf(keywords, "SIGNALTYPE") ?? "").trim().toUpperCase();
  if (axis.scale === undefined || axis.offset === undefined) {
    found.push({
      severity: "warning",
      code: "no-energy-calibration",
      message: "The file does not say which energy a channel has.",
      disables: ["X-ray lines", "element maps", "identification"],
    });
  }
  if (stated !== undefined && stated !== values.length) {
    found.push({
      severity: "warning",
      code: "channel-count",
      message: `The file states ${stated} channels and holds ${values.length}.`,
    });
  }
  if (!complete)
    found.push({
      severity: "warning",
      code: "no-end-of-data",
      message: "The line that ends the data is missing; the file may be cut.",
    });
  if (signal !== "" && !signal.startsWith("EDS") && signal !== "XRF") {
    found.push({
      severity: "warning",
      code: "not-x-ray",
      message: `The file says that its signal is ${signal}, not energy-dispersive X-rays.`,
    });
  }
  if (!counts)
    found.push({
      severity: "info",
      code: "not-counts",
      message: "The values are not whole counts; counting statistics do not hold for them.",
    });
  return found;
}
