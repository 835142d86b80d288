/** `.eds`: one spectrum. The fields follow each other; where they stand is in README.md beside this. */
import { isSigmaError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { Finding, Metadata, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { checkChannels, denseCounts, kindOfDense } from "../binary/dense-counts.js";
import { FileCursor } from "../binary/file-cursor.js";
import { calibrationFindings } from "../findings.js";
import { dateOfDays, instrumentNamed } from "./column.js";
import { type EdsFooter, readEdsFooter } from "./eds-footer.js";

interface EdsHeader {
  readonly title: string;
  readonly acquiredAt: string | undefined;
  readonly liveTimeS: number;
  readonly realTimeS: number;
  readonly coefA: number;
  readonly coefB: number;
  readonly template: string;
  readonly channels: number;
  readonly dataOffset: number;
}

/** Reads the spectrum. What follows the counts may be missing or damaged: that is reported. Throws FormatError, UnsupportedError. */
export async function readEds(source: ByteSource, signal?: AbortSignal): Promise<SpectrumImage> {
  const cursor = new FileCursor(source, { signal });
  const header = await readHeader(cursor);
  const layout = {
    source,
    navigationShape: [],
    channels: header.channels,
    type: "i4" as const,
    littleEndian: true,
    offsetOf: () => header.dataOffset,
  };
  const kind = await kindOfDense(layout, signal);
  const { footer, findings } = await footerOf(cursor);
  const metadata = metadataOf(header, footer, source.name.replace(/\.eds$/i, ""));
  const calibrated = header.coefA > 0 && Number.isFinite(header.coefA) && Number.isFinite(header.coefB);
  const energyAxis = {
    name: "energy",
    size: header.channels,
    offset: calibrated ? header.coefB : undefined,
    scale: calibrated ? header.coefA : undefined,
    units: calibrated ? "keV" : undefined,
  };
  return {
    title: source.name.replace(/\.eds$/i, ""),
    counts: denseCounts({ ...layout, kind }),
    navigationAxes: [],
    energyAxis,
    images: [],
    metadata,
    originalMetadata: { header, footer: footer ?? null },
    loadReport: { findings: [...calibrationFindings([], energyAxis, metadata.beamEnergyKev), ...findings] },
  };
}

async function readHeader(cursor: FileCursor): Promise<EdsHeader> {
  cursor.seek(10, "header");
  const acquiredAt = dateOfDays(await cursor.f64("date"));
  const title = await cursor.text(80, "spectrum name");
  cursor.seek(258, "header");
  const liveTimeS = await cursor.f64("live time");
  const realTimeS = await cursor.f64("real time");
  cursor.seek(362, "header");
  const coefA = await cursor.f64("CoefA");
  const coefB = await cursor.f64("CoefB");
  cursor.seek(422, "header");
  const template = await cursor.text(32, "Tpl");
  const channels = await cursor.i32("NumCH");
  checkChannels(channels, cursor.source.name);
  const dataOffset = cursor.offset;
  cursor.skip(4 * channels, "counts");
  return { title, acquiredAt, liveTimeS, realTimeS, coefA, coefB, template, channels, dataOffset };
}

function metadataOf(header: EdsHeader, footer: EdsFooter | undefined, title: string): Metadata {
  const column = footer?.column;
  return {
    title,
    instrument: instrumentNamed(column?.microscope),
    beamEnergyKev: positive(column?.beamEnergyKev),
    beamCurrentNa: positive(column?.beamCurrentNa),
    detector: {
      type: column?.detector || undefined,
      resolutionEv: positive(column?.resolutionEv),
      elevationAngleDeg: column?.elevationAngleDeg,
      azimuthAngleDeg: column?.azimuthAngleDeg,
      liveTimeS: positive(header.liveTimeS),
      realTimeS: positive(header.realTimeS),
    },
    elements: footer?.elements ?? [],
    acquiredAt: header.acquiredAt,
  };
}

/** What follows the counts describes them; without it the counts are still good. */
async function footerOf(cursor: FileCursor): Promise<{ footer: EdsFooter | undefined; findings: Finding[] }> {
  try {
    return { footer: await readEdsFooter(cursor), findings: [] };
  } catch (error) {
    if (!isSigmaError(error) || error.tag === "aborted") throw error;
    const message = `What follows the counts (voltage, detector, elements) could not be read. ${error.message}`;
    return { footer: undefined, findings: [{ severity: "warning", code: "damaged-metadata", message }] };
  }
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) && value > 0 ? value : undefined;
}
