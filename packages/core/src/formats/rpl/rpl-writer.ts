/** Writes a spectrum image as a Lispix .rpl/.raw pair that HyperSpy and this program read back. Keys: README.md beside this. */
import { throwIfAborted, UnsupportedError } from "../../errors.js";
import type { Axis } from "../../spectrum-image/axis.js";
import type { WorkContext } from "../../spectrum-image/context.js";
import { type CountBlock, type CountSource, pixelCount } from "../../spectrum-image/counts.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";

/** Bytes per number of the raw file. 1, 2, 4, 8: unsigned integers; `float`: 8-byte floats. */
export type RawWidth = 1 | 2 | 4 | 8 | "float";

export interface RplFiles {
  /** Text of the .rpl file. */
  readonly rpl: string;
  /** Bytes of the .raw file, in order. May be read any number of times. */
  readonly raw: AsyncIterable<Uint8Array>;
  readonly rawBytes: number;
}

export interface RplOptions extends WorkContext {
  /** Default: the narrowest that holds every count, found by reading the counts once; `float` for intensities. */
  readonly width?: RawWidth | undefined;
}

const PIECE = 1 << 22;
const largestOf = { 1: 0xff, 2: 0xffff, 4: 0xffffffff, 8: Number.MAX_SAFE_INTEGER, float: Number.MAX_VALUE } as const;

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
  const width = options.width ?? (await narrowest(counts, options));
  return {
    rpl: parametersOf(image, width),
    raw: { [Symbol.asyncIterator]: () => rawBytes(counts, width, options) },
    rawBytes: pixelCount(counts.navigationShape) * counts.channels * bytesOf(width),
  };
}

function bytesOf(width: RawWidth): number {
  return width === "float" ? 8 : width;
}

async function narrowest(counts: CountSource, { signal, onProgress }: WorkContext): Promise<RawWidth> {
  if (counts.kind === "intensity") return "float";
  const pixels = pixelCount(counts.navigationShape);
  let largest = 0;
  for await (const { firstPixel, pixels: held, rowStart, count } of counts.blocks({ signal })) {
    throwIfAborted(signal);
    const end = rowStart[held]!;
    for (let i = rowStart[0]!; i < end; i++) if (count[i]! > largest) largest = count[i]!;
    onProgress?.((firstPixel + held) / pixels);
  }
  for (const width of [1, 2, 4] as const) if (largest <= largestOf[width]) return width;
  return 8;
}

function parametersOf(image: SpectrumImage, width: RawWidth): string {
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
    ["signal", metadata.instrument === undefined ? "" : `EDS_${metadata.instrument}`],
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

async function* rawBytes(
  counts: CountSource,
  width: RawWidth,
  { signal, onProgress }: WorkContext,
): AsyncGenerator<Uint8Array, void> {
  const pixels = pixelCount(counts.navigationShape);
  const spectrumBytes = counts.channels * bytesOf(width);
  const perPiece = Math.max(1, Math.floor(PIECE / spectrumBytes));
  for await (const block of counts.blocks({ signal })) {
    for (let first = 0; first < block.pixels; first += perPiece) {
      throwIfAborted(signal);
      const end = Math.min(block.pixels, first + perPiece);
      yield denseBytes(block, first, end, counts.channels, width);
      onProgress?.((block.firstPixel + end) / pixels);
    }
  }
}

/** Pixels `first` (included) to `end` (excluded) of a block, with their zeros. Throws {@link UnsupportedError} for a count that does not fit. */
function denseBytes(block: CountBlock, first: number, end: number, channels: number, width: RawWidth): Uint8Array {
  const { rowStart, channel, count } = block;
  const size = bytesOf(width);
  const bytes = new Uint8Array((end - first) * channels * size);
  const view = new DataView(bytes.buffer);
  const limit = largestOf[width];
  for (let p = first; p < end; p++) {
    const base = (p - first) * channels;
    for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) {
      const value = count[i]!;
      const at = (base + channel[i]!) * size;
      if (width !== "float" && !(value >= 0 && value <= limit && Number.isInteger(value)))
        throw doesNotFit(value, limit, block.firstPixel + p);
      if (width === "float") view.setFloat64(at, value, true);
      else if (width === 1) bytes[at] = value;
      else if (width === 2) view.setUint16(at, value, true);
      else {
        view.setUint32(at, value % 4294967296, true);
        if (width === 8) view.setUint32(at + 4, Math.floor(value / 4294967296), true);
      }
    }
  }
  return bytes;
}

function doesNotFit(value: number, limit: number, pixel: number): UnsupportedError {
  return new UnsupportedError("A count does not fit into the number of bytes that was asked for.", {
    where: `pixel ${pixel}`,
    found: String(value),
    expected: `whole numbers from 0 to ${limit}`,
    remedy: "Ask for a wider number.",
  });
}
