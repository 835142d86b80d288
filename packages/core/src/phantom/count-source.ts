/** Draws the counts of a phantom row by row: nothing dense ever exists, and each row has random numbers of its own. */
import { throwIfAborted } from "../errors.js";
import { exp } from "../kernels/math.js";
import { randomStream } from "../kernels/random.js";
import type { CalibratedEnergyAxis } from "../spectrum-image/axis.js";
import { type CountBlock, type CountSource, smallestCountArray } from "../spectrum-image/counts.js";
import { type AliasTable, aliasTable } from "./alias-table.js";
import type { PhantomParameters } from "./parameters.js";

/** Everything that decides the counts. */
export interface CountModel {
  readonly parameters: PhantomParameters;
  readonly axis: CalibratedEnergyAxis;
  /** Float32 [pixels x phases]. */
  readonly fractions: Float32Array;
  /** Expected counts per pure pixel: float64 [phases][channels]. */
  readonly spectra: readonly Float64Array[];
  /** Mass attenuation coefficients, cm2/g: float64 [phases][channels]. */
  readonly attenuation: readonly Float64Array[];
  /** Expected counts per pixel of the zero peak: float64 [channels]. */
  readonly zeroPeak: Float64Array;
}

/** Rows a block gets: about this many counts. */
const COUNTS_PER_BLOCK = 1 << 18;

/**
 * The counts of a phantom as a source that draws them when asked: Poisson numbers per pixel and phase, then a channel for each count,
 * which equals a Poisson number in each channel. The same counts however many rows a block has.
 */
export function phantomCounts(model: CountModel, rowsPerBlock = defaultRows(model.parameters)): CountSource {
  const { width, height } = model.parameters;
  const drawRow = rowDrawer(model);
  return {
    navigationShape: [height, width],
    channels: model.axis.size,
    kind: "counts",
    async *blocks(options = {}) {
      for (let first = 0; first < height; first += rowsPerBlock) {
        throwIfAborted(options.signal);
        yield drawBlock(drawRow, width, first, Math.min(height, first + rowsPerBlock));
      }
    },
  };
}

function defaultRows({ width, height, countsPerPixel, zeroPeakCounts }: PhantomParameters): number {
  const perRow = width * (countsPerPixel + zeroPeakCounts);
  return Math.min(height, Math.max(1, Math.floor(COUNTS_PER_BLOCK / perRow)));
}

/** Rows of (channel, count) pairs that grow as pixels are added. */
interface Rows {
  readonly rowStart: Uint32Array;
  readonly channel: number[];
  readonly count: number[];
  pixels: number;
}

function drawBlock(drawRow: (y: number, rows: Rows) => void, width: number, first: number, end: number): CountBlock {
  const pixels = (end - first) * width;
  const rows: Rows = { rowStart: new Uint32Array(pixels + 1), channel: [], count: [], pixels: 0 };
  for (let y = first; y < end; y++) drawRow(y, rows);
  return {
    firstPixel: first * width,
    pixels,
    rowStart: rows.rowStart,
    channel: Uint16Array.from(rows.channel),
    count: smallestCountArray(rows.count),
  };
}

function rowDrawer(model: CountModel): (y: number, rows: Rows) => void {
  const { parameters, fractions, axis } = model;
  const { width, brightnessGradient } = parameters;
  const tables = model.spectra.map(aliasTable);
  const zero = aliasTable(model.zeroPeak);
  const histogram = channelHistogram(axis.size);
  return (y, rows) => {
    const random = randomStream(parameters.seed, `phantom-row-${y}`);
    const move = gainShift(parameters, axis, y);
    const add = (table: AliasTable, mean: number, survives: ((channel: number) => number) | undefined) => {
      const n = random.poisson(mean);
      for (let i = 0; i < n; i++) {
        const drawn = table.draw(random);
        if (survives !== undefined && random.uniform() >= survives(drawn)) continue;
        const channel = move === undefined ? drawn : move(drawn, random.uniform());
        if (channel >= 0 && channel < axis.size) histogram.add(channel);
      }
    };
    for (let x = 0; x < width; x++) {
      const along = x / (width - 1);
      const light = 1 - brightnessGradient * along;
      const mass = parameters.absorbingMassMgCm2 * 0.001 * along;
      const start = (y * width + x) * tables.length;
      for (let k = 0; k < tables.length; k++) {
        const share = fractions[start + k]!;
        if (share === 0) continue;
        const attenuation = model.attenuation[k]!;
        const survives = mass === 0 ? undefined : (channel: number) => exp(-attenuation[channel]! * mass);
        add(tables[k]!, share * light * tables[k]!.total, survives);
      }
      if (zero.total > 0) add(zero, zero.total, undefined);
      histogram.flush(rows);
    }
  };
}

/** Where a count of a channel lands when the gain has drifted; `undefined` where it has not. `place` is its place in the channel, 0 to 1. */
function gainShift(
  { gainDrift, height }: PhantomParameters,
  { offset, scale }: CalibratedEnergyAxis,
  y: number,
): ((channel: number, place: number) => number) | undefined {
  const gain = 1 + (gainDrift * y) / (height - 1);
  if (gain === 1) return undefined;
  return (channel, place) => Math.floor(((offset + (channel + place - 0.5) * scale) * gain - offset) / scale + 0.5);
}

/** Counts per channel of one pixel; remembers which channels were hit, so that emptying it costs only those. */
function channelHistogram(channels: number): { add(channel: number): void; flush(rows: Rows): void } {
  const counts = new Uint32Array(channels);
  const hit = new Uint32Array(Math.ceil(channels / 32));
  return {
    add(channel) {
      counts[channel]! += 1;
      hit[channel >>> 5]! |= 1 << (channel & 31);
    },
    flush(rows) {
      for (let w = 0; w < hit.length; w++) {
        let bits = hit[w]!;
        while (bits !== 0) {
          const lowest = bits & -bits;
          const channel = (w << 5) + (31 - Math.clz32(lowest));
          rows.channel.push(channel);
          rows.count.push(counts[channel]!);
          counts[channel] = 0;
          bits ^= lowest;
        }
        hit[w] = 0;
      }
      rows.pixels += 1;
      rows.rowStart[rows.pixels] = rows.channel.length;
    },
  };
}
