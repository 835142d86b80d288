/** What a reader of ours and the independent reader found in the same file, field by field. Runs in Node and in the browser. */
import type { Axis } from "../spectrum-image/axis.js";
import { collectCounts } from "../spectrum-image/counts.js";
import { sha256Int64 } from "../spectrum-image/hashes.js";
import { countMap, maximumSpectrum, pass, sumSpectrum } from "../spectrum-image/pass.js";
import type { NavigationImage, SpectrumImage } from "../spectrum-image/spectrum-image.js";
import type { ExpectedAxis, ExpectedReading } from "./expected-readings.test-support.js";
import type { FileContents } from "./format.js";

/** A field in which the two disagree. */
export interface Difference {
  /** Number of the signal in the list of the other reader, and the field: `1 x.scale`. */
  readonly what: string;
  readonly ours: unknown;
  readonly theirs: unknown;
}

/** Signals are paired with the first dataset, or picture, of the same shape that is not taken yet. */
export async function compareReadings(contents: FileContents, expected: readonly ExpectedReading[]): Promise<Difference[]> {
  const datasets = [...contents.datasets];
  const images = [...contents.datasets.flatMap((dataset) => dataset.images), ...contents.images];
  const found: Difference[] = [];
  for (const [number, signal] of expected.entries()) {
    const size = signal.shape.join();
    const dataset = take(datasets, ({ counts }) => [...counts.navigationShape, counts.channels].join() === size);
    const image = dataset === undefined ? take(images, ({ height, width }) => `${height},${width}` === size) : undefined;
    const differences =
      dataset !== undefined
        ? await compareDataset(dataset, signal)
        : image !== undefined
          ? compareImage(image, signal)
          : [{ what: "shape", ours: undefined, theirs: signal.shape }];
    found.push(...differences.map((difference) => ({ ...difference, what: `${number} ${difference.what}` })));
  }
  return found;
}

function take<T>(from: T[], fits: (item: T) => boolean): T | undefined {
  const at = from.findIndex(fits);
  return at < 0 ? undefined : from.splice(at, 1)[0];
}

async function compareDataset(
  dataset: SpectrumImage,
  signal: ExpectedReading & { sha256_int64le?: string },
): Promise<Difference[]> {
  const { counts, metadata, energyAxis } = dataset;
  const { detector } = metadata;
  const [sum, most, map] = await pass(counts, [sumSpectrum(counts), maximumSpectrum(counts), countMap(counts)]);
  const total = sum.reduce((a, b) => a + b, 0);
  const whole = counts.kind === "counts";
  const axes = [...dataset.navigationAxes, energyAxis];
  const largest = (values: Float64Array) => values.reduce((a, b) => Math.max(a, b), 0);
  const eds = signal.eds ?? {};
  const spectrumHash = signal.sum_spectrum_sha256_int64le ?? signal.sha256_int64le;
  return [
    ...axes.flatMap((axis, i) => compareAxis(axis, signal.axes[i]!)),
    ...field("beam energy", metadata.beamEnergyKev, signal.beam_energy),
    ...field("magnification", metadata.magnification, signal.magnification),
    ...field("elements", metadata.elements.join(" "), signal.elements?.toSorted().join(" ")),
    ...field("detector", detector.type, eds["detector_type"]),
    ...field("elevation", detector.elevationAngleDeg, eds["elevation_angle"]),
    ...field("azimuth", detector.azimuthAngleDeg, eds["azimuth_angle"]),
    ...field("resolution", detector.resolutionEv, eds["energy_resolution_MnKa"]),
    ...field("live time", detector.liveTimeS, eds["live_time"]),
    ...field("real time", detector.realTimeS, eds["real_time"]),
    ...field("sum", total, signal.sum),
    ...field("maximum", largest(most), signal.sum_spectrum_max === undefined ? undefined : signal.max),
    ...field("peak channel", sum.indexOf(largest(sum)), signal.sum_spectrum_argmax),
    ...field("peak", largest(sum), signal.sum_spectrum_max),
    ...field("channels with counts", sum.filter((count) => count > 0).length, signal.sum_spectrum_nonzero),
    ...field("hash of the sum spectrum", whole ? await sha256Int64(sum) : undefined, spectrumHash),
    ...field("hash of the count map", whole ? await sha256Int64(map) : undefined, signal.count_map_sha256_int64le),
    ...field("brightest pixel", largest(map), signal.brightest_pixel?.sum),
    ...(await comparePixel(dataset, signal)),
  ];
}

async function comparePixel({ counts }: SpectrumImage, { pixel }: ExpectedReading): Promise<Difference[]> {
  if (pixel === undefined) return [];
  const index = pixel.y * counts.navigationShape[1]! + pixel.x;
  const { stored } = await collectCounts(counts);
  const block = stored.find(({ firstPixel, pixels }) => index >= firstPixel && index < firstPixel + pixels)!;
  const row = index - block.firstPixel;
  const entries = Array.from(block.count.subarray(block.rowStart[row], block.rowStart[row + 1]));
  // An empty spectrum has its peak at channel 0.
  const most = entries.reduce((a, b) => Math.max(a, b), 0);
  const peak = most === 0 ? 0 : block.channel[block.rowStart[row]! + entries.indexOf(most)];
  return [
    ...field(
      "pixel.sum",
      entries.reduce((a, b) => a + b, 0),
      pixel.sum,
    ),
    ...field("pixel.maximum", most, pixel.max),
    ...field("pixel.peak channel", peak, pixel.argmax),
  ];
}

function compareImage(image: NavigationImage, signal: ExpectedReading): Difference[] {
  const values = Array.from(image.data);
  const scale = (axis: ExpectedAxis | undefined) => (axis === undefined ? undefined : inOurUnits(axis).scale);
  return [
    ...field(
      "sum",
      values.reduce((a, b) => a + b, 0),
      signal.sum,
    ),
    ...field(
      "maximum",
      values.reduce((a, b) => Math.max(a, b)),
      signal.max,
    ),
    ...field(
      "minimum",
      values.reduce((a, b) => Math.min(a, b)),
      signal.min,
    ),
    ...field("x.scale", image.pixelSizeUm?.[0], scale(signal.axes[1])),
    ...field("y.scale", image.pixelSizeUm?.[1], scale(signal.axes[0])),
  ];
}

function compareAxis(ours: Axis, theirs: ExpectedAxis): Difference[] {
  const { scale, offset } = inOurUnits(theirs);
  const { name, size } = ours;
  return [
    ...field(`${name}.size`, size, theirs.size),
    ...field(`${name}.scale`, ours.scale, scale),
    ...field(`${name}.offset`, ours.offset, offset),
  ];
}

const factors: Readonly<Record<string, number>> = { keV: 1, eV: 1e-3, µm: 1, um: 1, nm: 1e-3, mm: 1e3, m: 1e6 };

/** Lengths in micrometres, energies in keV; an axis without such a unit has no calibration here. */
function inOurUnits({ scale, offset, units }: ExpectedAxis): { scale?: number; offset?: number } {
  const factor = factors[units];
  return factor === undefined ? {} : { scale: scale * factor, offset: offset * factor };
}

/** Empty when they agree (numbers: to 1 part in 10^9), or when the other reader has nothing to compare with. */
function field(what: string, ours: unknown, theirs: unknown): Difference[] {
  if (theirs === undefined || theirs === "" || theirs === "{}") return [];
  if (typeof ours === "number" && typeof theirs === "number") {
    if (Math.abs(ours - theirs) <= 1e-9 * Math.max(Math.abs(ours), Math.abs(theirs), 1e-3)) return [];
  }
  return ours === theirs ? [] : [{ what, ours, theirs }];
}
