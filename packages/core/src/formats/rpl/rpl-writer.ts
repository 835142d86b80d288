/** Writes a spectrum image as a Lispix .rpl/.raw pair that HyperSpy and this program read back. Keys: README.md beside this. */
import { UnsupportedError } from "../../errors.js";
import type { Axis } from "../../spectrum-image/axis.js";
import type { WorkContext } from "../../spectrum-image/context.js";
import { pixelCount } from "../../spectrum-image/counts.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { bytesOf, type DenseWidth, denseStream, narrowestWidth } from "../binary/dense-stream.js";
import { signalTypeForHyperspy } from "../hyperspy/instrument.js";

export interface RplFiles {
  /** Text of the .rpl file. */
  readonly rpl: string;
  /** Bytes of the .raw file, in order. May be read any number of times. */
  readonly raw: AsyncIterable<Uint8Array>;
  readonly rawBytes: number;
}

export interface RplOptions extends WorkContext {
  /** Default: the narrowest that holds every count, found by reading the counts once; `float` for intensities. */
  readonly width?: DenseWidth | undefined;
}

/**
 * The two files of a spectrum image, spectrum after spectrum, numbers little-endian. Times are written per spectrum, as HyperSpy reads them.
 * Throws {@link UnsupportedError} for more than two navigation axes, which the format cannot hold, and for fewer than two channels.
 */
export async function writeRpl(image: SpectrumImage, options: RplOptions = {}): Promise<RplFiles> {
  const { counts } = image;
  if (counts.navigationShape.length > 2 || counts.channels < 2) {
    throw new UnsupportedError("The ripple format cannot hold this spectrum image.", {
      where: image.title,
      field: "navigationAxes",
      found: `${counts.navigationShape.length} navigation axes and ${counts.channels} channels`,
      expected: "at most two navigation axes (y, x) and at least two channels",
      remedy: "Write the frames one by one.",
    });
  }
  const width = options.width ?? (await narrowestWidth(counts, options));
  return {
    rpl: parametersOf(image, width),
    raw: { [Symbol.asyncIterator]: () => denseStream(counts, width, options) },
    rawBytes: pixelCount(counts.navigationShape) * counts.channels * bytesOf(width),
  };
}

function parametersOf(image: SpectrumImage, width: DenseWidth): string {
  const { counts, navigationAxes, energyAxis, metadata } = image;
  const y = navigationAxes.find(({ name }) => name === "y") ?? (navigationAxes.length === 2 ? navigationAxes[0] : undefined);
  const x = navigationAxes.find((axis) => axis !== y);
  const [date, time] = metadata.acquiredAt?.split("T") ?? [];
  const { detector } = metadata;
  const liveTimeS = detector.liveTimeS;
  const entries: [string, string | number | undefined][] = [
    ["width", x?.size ?? 1],
    ["height", y?.size ?? 1],
    ["depth", counts.channels],
    ["offset", 0],
    ["data-length", bytesOf(width)],
    ["data-type", width === "float" ? "float" : "unsigned"],
    ["byte-order", bytesOf(width) === 1 ? "dont-care" : "little-endian"],
    ["record-by", "vector"],
    ["signal", signalTypeForHyperspy(metadata)],
    ["title", image.title],
    ["date", date ?? ""],
    ["time", time ?? ""],
    ["ev-per-chan", energyAxis.units === "keV" && energyAxis.scale !== undefined ? evOf(energyAxis.scale) : undefined],
    ...axisEntries("depth", energyAxis),
    ...axisEntries("height", y),
    ...axisEntries("width", x),
    ["beam-energy", metadata.beamEnergyKev],
    ["magnification", metadata.magnification],
    ["tilt-stage", metadata.stage?.tiltDeg],
    ["detector-type", detector.type],
    ["detector-peak-width-ev", detector.resolutionEv],
    ["elevation-angle", detector.elevationAngleDeg],
    ["azimuth-angle", detector.azimuthAngleDeg],
    ["live-time", liveTimeS === undefined ? undefined : liveTimeS / pixelCount(counts.navigationShape)],
    ["real-time", detector.realTimeS],
    ["elements", metadata.elements.length > 0 ? metadata.elements.join(", ") : undefined],
  ];
  const lines = entries.flatMap(([key, value]) => (value === undefined ? [] : [`${key}\t${clean(value)}`]));
  return `${["key\tvalue", ...lines].join("\n")}\n`;
}

function axisEntries(key: string, axis: Axis | undefined): [string, string | number | undefined][] {
  if (axis === undefined) return [];
  return [
    [`${key}-name`, axis.name],
    [`${key}-scale`, axis.scale],
    [`${key}-origin`, axis.offset],
    [`${key}-units`, axis.units],
  ];
}

/** Twelve digits, so that 0.010001 keV becomes 10.001 eV. */
function evOf(kev: number): number {
  return Number((kev * 1000).toPrecision(12));
}

/** Tabs, line ends and semicolons would end the value. */
function clean(value: string | number): string {
  return String(value).replace(/[\t\r\n;]+/g, " ");
}
