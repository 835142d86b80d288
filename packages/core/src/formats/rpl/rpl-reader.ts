/** Reads Lispix .rpl/.raw pairs: spectrum images, single spectra and pictures. Keys: README.md beside this. */
import { FormatError, UnsupportedError } from "../../errors.js";
import type { Axis } from "../../spectrum-image/axis.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { Finding, Metadata, NavigationImage, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { calibrationFindings } from "../findings.js";
import type { FileContents, FormatReader, OpenOptions } from "../format.js";
import { kindOfRaw, type RawLayout, rawCounts } from "./raw-counts.js";
import { rawSize, rawValues } from "./raw-values.js";
import { isEnergyRounded, lengthAxis, rplEnergyAxis } from "./rpl-axes.js";
import { parseRpl, type RplParameters, rplNumber, rplText } from "./rpl-parameters.js";
import { readSidecars, type Sidecars } from "./rpl-sidecars.js";
import { readShortText } from "./rpl-text.js";
import { withSidecars } from "./sidecar-merge.js";

const MOST_CHANNELS = 65_536;

export const rplReader: FormatReader = {
  async open(source: ByteSource, { signal }: OpenOptions = {}): Promise<FileContents> {
    const { text, raw } = await findPair(source);
    const parameters = parseRpl(await readShortText(text, signal), text.name);
    const trailing = checkSize(parameters, raw);
    if (parameters.depth === 1) {
      return { format: "rpl", datasets: [], images: [await readPicture(parameters, raw, text, signal)] };
    }
    return {
      format: "rpl",
      datasets: [await describe(parameters, raw, text, trailing, await readSidecars(source, signal), signal)],
      images: [],
    };
  },
};

/** The text and the numbers, whichever of the two was opened. */
async function findPair(source: ByteSource): Promise<{ text: ByteSource; raw: ByteSource }> {
  const isRaw = /\.raw$/i.test(source.name);
  const other = `${source.name.replace(/\.(rpl|raw)$/i, "")}${isRaw ? ".rpl" : ".raw"}`;
  const sibling = await source.sibling(other);
  if (sibling === undefined) {
    throw new FormatError(
      isRaw ? "The numbers lack the .rpl file that describes them." : "The .raw file with the numbers is missing.",
      {
        where: source.name,
        found: `no ${other} beside it`,
        expected: "two files with the same name, .rpl and .raw",
        remedy: "Put both files into one folder, and open or drop them together.",
      },
    );
  }
  return isRaw ? { text: sibling, raw: source } : { text: source, raw: sibling };
}

/** Bytes after the numbers. Throws {@link FormatError} when the file is too short for them. */
function checkSize(parameters: RplParameters, raw: ByteSource): number {
  const { width, height, depth, offset, type } = parameters;
  const needed = offset + width * height * depth * rawSize(type);
  if (!(needed <= raw.size)) {
    throw new FormatError("The file is shorter than its parameters say.", {
      where: raw.name,
      field: "width x height x depth",
      offset: raw.size,
      found: `${raw.size} bytes`,
      expected: `${needed} bytes (${width} x ${height} x ${depth} of ${rawSize(type)} bytes after ${offset})`,
      remedy: "Check width, height, depth, data-length and offset in the .rpl file, or copy the .raw file again.",
    });
  }
  return raw.size - needed;
}

async function describe(
  parameters: RplParameters,
  raw: ByteSource,
  text: ByteSource,
  trailing: number,
  { sidecars, findings }: Sidecars,
  signal: AbortSignal | undefined,
): Promise<SpectrumImage> {
  if (parameters.depth > MOST_CHANNELS) {
    throw new UnsupportedError("There are more channels than a spectrum can have here.", {
      where: text.name,
      field: "depth",
      found: String(parameters.depth),
      expected: `at most ${MOST_CHANNELS}`,
    });
  }
  const joined = withSidecars(
    {
      y: lengthAxis(parameters, "y", "height"),
      x: lengthAxis(parameters, "x", "width"),
      energyAxis: rplEnergyAxis(parameters),
      isEnergyRounded: isEnergyRounded(parameters),
      metadata: metadataOf(parameters),
    },
    text.name,
    sidecars,
  );
  const { energyAxis, metadata } = joined;
  const navigationAxes = [joined.y, joined.x].filter(({ size }) => size > 1);
  const layout: RawLayout = { source: raw, parameters, navigationShape: navigationAxes.map(({ size }) => size) };
  return {
    title: metadata.title ?? text.name.replace(/\.rpl$/i, ""),
    counts: rawCounts(layout, await kindOfRaw(layout, signal)),
    navigationAxes,
    energyAxis,
    images: [],
    metadata,
    originalMetadata: Object.fromEntries(parameters.entries),
    loadReport: {
      findings: [...findingsOf(parameters, navigationAxes, energyAxis, metadata, trailing), ...findings, ...joined.findings],
    },
  };
}

function metadataOf(parameters: RplParameters): Metadata {
  const signal = rplText(parameters, "signal");
  const liveTimeS = rplNumber(parameters, "live-time");
  const tiltDeg = rplNumber(parameters, "tilt-stage");
  const date = rplText(parameters, "date");
  const time = rplText(parameters, "time");
  return {
    title: rplText(parameters, "title"),
    instrument: signal === "EDS_SEM" ? "SEM" : signal === "EDS_TEM" ? "TEM" : undefined,
    beamEnergyKev: positive(rplNumber(parameters, "beam-energy")),
    magnification: positive(rplNumber(parameters, "magnification")),
    detector: {
      type: rplText(parameters, "detector-type"),
      resolutionEv: positive(rplNumber(parameters, "detector-peak-width-ev") ?? rplNumber(parameters, "energy-resolution")),
      elevationAngleDeg: rplNumber(parameters, "elevation-angle"),
      azimuthAngleDeg: rplNumber(parameters, "azimuth-angle"),
      // The file states the time per spectrum.
      liveTimeS: liveTimeS === undefined ? undefined : liveTimeS * parameters.width * parameters.height,
      realTimeS: rplNumber(parameters, "real-time"),
    },
    stage: tiltDeg === undefined ? undefined : { tiltDeg },
    elements: elementsOf(parameters),
    acquiredAt: date === undefined ? undefined : time === undefined ? date : `${date}T${time}`,
  };
}

function elementsOf(parameters: RplParameters): string[] {
  const names = (rplText(parameters, "elements") ?? "").split(/[\s,]+/).filter((name) => /^[A-Z][a-z]?$/.test(name));
  return [...new Set(names)].sort();
}

function findingsOf(
  parameters: RplParameters,
  navigationAxes: readonly Axis[],
  energyAxis: Axis,
  metadata: Metadata,
  trailing: number,
): Finding[] {
  const findings = calibrationFindings(navigationAxes, energyAxis, metadata.beamEnergyKev);
  if (!parameters.byteOrderStated) {
    findings.push({
      severity: "info",
      code: "byte-order-not-stated",
      message: "The file does not state the order of bytes; the order of this machine (little-endian) was taken.",
    });
  }
  if (trailing > 0) {
    findings.push({
      severity: "warning",
      code: "bytes-left-over",
      message: `${trailing} bytes follow the numbers in the .raw file: check width, height, depth and offset.`,
    });
  }
  const signal = rplText(parameters, "signal");
  if (signal !== undefined && !signal.startsWith("EDS")) {
    findings.push({
      severity: "warning",
      code: "not-x-ray",
      message: `The file says that its signal is ${signal}, not X-rays.`,
      disables: ["identification by X-ray lines"],
    });
  }
  return findings;
}

async function readPicture(
  parameters: RplParameters,
  raw: ByteSource,
  text: ByteSource,
  signal: AbortSignal | undefined,
): Promise<NavigationImage> {
  const { width, height, offset, type } = parameters;
  const bytes = (await raw.read(offset, width * height * rawSize(type), signal)).slice();
  const values = rawValues(bytes, type, parameters.littleEndian, raw.name, offset);
  const isSigned = values instanceof Int8Array || values instanceof Int16Array || values instanceof Int32Array;
  const x = lengthAxis(parameters, "x", "width");
  const y = lengthAxis(parameters, "y", "height");
  const known = x.units === "um" && y.units === "um" && x.scale !== undefined && y.scale !== undefined;
  return {
    name: rplText(parameters, "title") ?? text.name.replace(/\.rpl$/i, ""),
    width,
    height,
    data: isSigned ? Float64Array.from(values) : values,
    pixelSizeUm: known ? [Math.abs(x.scale), Math.abs(y.scale)] : undefined,
  };
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}
