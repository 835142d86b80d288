/** The counts of every pixel, summed over the channels of each energy bin and still sparse. */
import { memoryFor, memoryLike } from "../../kernels/threads/same-memory.js";
import { breather, type WorkContext } from "../../spectrum-image/context.js";
import { type CountBlock, type CountSource, navigationRowLength, pixelCount } from "../../spectrum-image/counts.js";
import type { EnergyBins } from "./energy-bins.js";
import { type Frames, framesOf } from "./frames.js";

export interface BinnedCounts {
  readonly frames: Frames;
  readonly bins: number;
  /** `pixels + 1` offsets into `bin` and `count`. */
  readonly rowStart: Uint32Array;
  /** Uint8: at most 256 bins. Rising within a pixel. */
  readonly bin: Uint8Array;
  readonly count: Uint16Array | Float32Array;
  /** Counts per pixel: float32 [pixels]. */
  readonly total: Float32Array;
  /** Counts per bin of the whole image: float64 [bins]. */
  readonly sum: Float64Array;
}

/**
 * Bins a source. The result does not depend on how the source is cut into blocks. With `gainOfRow` (relative change of the energy scale
 * of each navigation row) channels are put back where they would be without drift.
 */
export async function binCounts(
  source: CountSource,
  bins: EnergyBins,
  context: WorkContext,
  gainOfRow?: Float64Array,
): Promise<BinnedCounts> {
  const breathe = breather(context);
  const pixels = pixelCount(source.navigationShape);
  const width = navigationRowLength(source.navigationShape);
  const placing = gainOfRow === undefined ? plainPlacing(bins) : driftedPlacing(bins, gainOfRow);
  const parts: BinnedBlock[] = [];
  const rowStart = new Uint32Array(memoryFor(context.threads, 4 * (pixels + 1)));
  const total = new Float32Array(memoryFor(context.threads, 4 * pixels));
  const sum = new Float64Array(bins.count);
  let filled = 0;
  for await (const block of source.blocks({ signal: context.signal })) {
    const start = filled;
    const part = binBlock(block, bins.count, width, placing, (pixel, entries, counts) => {
      rowStart[pixel + 1] = start + entries;
      total[pixel] = counts;
    });
    filled += part.bin.length;
    for (let i = 0; i < part.bin.length; i++) sum[part.bin[i]!]! += part.count[i]!;
    parts.push(part);
    context.onProgress?.((block.firstPixel + block.pixels) / pixels, "joining channels to bins");
    await breathe();
  }
  const exact = parts.every((part) => part.count instanceof Uint16Array);
  const bin = new Uint8Array(memoryLike(total, filled));
  const count = exact ? new Uint16Array(memoryLike(total, 2 * filled)) : new Float32Array(memoryLike(total, 4 * filled));
  let at = 0;
  for (const part of parts) {
    bin.set(part.bin, at);
    count.set(part.count, at);
    at += part.bin.length;
  }
  return { frames: framesOf(source.navigationShape), bins: bins.count, rowStart, bin, count, total, sum };
}

/** Adds the counts of a channel of a row to the spectrum of a pixel, float64 [bins]. */
type Placing = (row: number, channel: number, count: number, into: Float64Array) => void;

function plainPlacing({ binOfChannel }: EnergyBins): Placing {
  return (_row, channel, count, into) => {
    const bin = binOfChannel[channel]!;
    if (bin >= 0) into[bin]! += count;
  };
}

/**
 * A drifted channel may lie across the border of two bins. Whole counts go to one or the other in turn, so that over the pixels each
 * gets its part: what is owed is carried on, channel by channel, from pixel to pixel (error diffusion).
 */
function driftedPlacing(bins: EnergyBins, gainOfRow: Float64Array): Placing {
  const { binOfChannel, originChannels } = bins;
  const channels = binOfChannel.length;
  const owed = new Float64Array(channels);
  const lower = new Int16Array(channels);
  const upper = new Int16Array(channels);
  const share = new Float64Array(channels);
  const binAt = (channel: number) => (channel >= 0 && channel < channels ? binOfChannel[channel]! : -1);
  let prepared = -1;
  const prepare = (row: number) => {
    for (let c = 0; c < channels; c++) {
      const middle = (c - originChannels) / (1 + gainOfRow[row]!) + originChannels;
      const first = Math.round(middle - 0.5);
      lower[c] = binAt(first);
      upper[c] = binAt(first + 1);
      share[c] = Math.min(1, Math.max(0, middle - first));
    }
    prepared = row;
  };
  return (row, channel, count, into) => {
    if (row !== prepared) prepare(row);
    const a = lower[channel]!;
    const b = upper[channel]!;
    if (a === b) {
      if (a >= 0) into[a]! += count;
      return;
    }
    owed[channel]! += count * share[channel]!;
    const over = Math.min(count, Math.floor(owed[channel]!));
    owed[channel]! -= over;
    if (b >= 0) into[b]! += over;
    if (a >= 0) into[a]! += count - over;
  };
}

interface BinnedBlock {
  readonly bin: Uint8Array;
  readonly count: Uint16Array | Float32Array;
}

function binBlock(
  block: CountBlock,
  bins: number,
  width: number,
  placing: Placing,
  finish: (pixel: number, entries: number, counts: number) => void,
): BinnedBlock {
  const { firstPixel, pixels, rowStart, channel, count } = block;
  const most = rowStart[pixels]! - rowStart[0]! + pixels;
  const bin = new Uint8Array(2 * most);
  const value = new Float32Array(2 * most);
  const spectrum = new Float64Array(bins);
  let at = 0;
  let isExact = true;
  for (let p = 0; p < pixels; p++) {
    const row = Math.floor((firstPixel + p) / width);
    const end = rowStart[p + 1]!;
    for (let i = rowStart[p]!; i < end; i++) if (count[i]! > 0) placing(row, channel[i]!, count[i]!, spectrum);
    let counts = 0;
    for (let j = 0; j < bins; j++) {
      const c = spectrum[j]!;
      if (c === 0) continue;
      bin[at] = j;
      value[at] = c;
      at += 1;
      counts += c;
      isExact &&= c <= 0xffff && c === Math.floor(c);
      spectrum[j] = 0;
    }
    finish(firstPixel + p, at, counts);
  }
  return { bin: bin.slice(0, at), count: isExact ? Uint16Array.from(value.subarray(0, at)) : value.slice(0, at) };
}
