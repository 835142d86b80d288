/** The counts of every pixel, summed over the channels of each energy bin and still sparse. */
import { breather, type WorkContext } from "../../spectrum-image/context.js";
import { type CountBlock, type CountSource, pixelCount } from "../../spectrum-image/counts.js";
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

/** Bins a source. The result does not depend on how the source is cut into blocks. */
export async function binCounts(source: CountSource, bins: EnergyBins, context: WorkContext): Promise<BinnedCounts> {
  const breathe = breather(context);
  const pixels = pixelCount(source.navigationShape);
  const parts: BinnedBlock[] = [];
  const rowStart = new Uint32Array(pixels + 1);
  const total = new Float32Array(pixels);
  const sum = new Float64Array(bins.count);
  let filled = 0;
  for await (const block of source.blocks({ signal: context.signal })) {
    const part = binBlock(block, bins, (pixel, entries, counts) => {
      rowStart[pixel + 1] = filled + entries;
      total[pixel] = counts;
    });
    filled += part.bin.length;
    for (let i = 0; i < part.bin.length; i++) sum[part.bin[i]!]! += part.count[i]!;
    parts.push(part);
    context.onProgress?.((block.firstPixel + block.pixels) / pixels, "joining channels to bins");
    await breathe();
  }
  const exact = parts.every((part) => part.count instanceof Uint16Array);
  const bin = new Uint8Array(filled);
  const count = exact ? new Uint16Array(filled) : new Float32Array(filled);
  let at = 0;
  for (const part of parts) {
    bin.set(part.bin, at);
    count.set(part.count, at);
    at += part.bin.length;
  }
  return { frames: framesOf(source.navigationShape), bins: bins.count, rowStart, bin, count, total, sum };
}

interface BinnedBlock {
  readonly bin: Uint8Array;
  readonly count: Uint16Array | Float32Array;
}

function binBlock(
  block: CountBlock,
  bins: EnergyBins,
  finish: (pixel: number, entries: number, counts: number) => void,
): BinnedBlock {
  const { firstPixel, pixels, rowStart, channel, count } = block;
  const most = rowStart[pixels]! - rowStart[0]!;
  const bin = new Uint8Array(most);
  const value = new Float32Array(most);
  let at = 0;
  let exact = true;
  for (let p = 0; p < pixels; p++) {
    let counts = 0;
    let last = -1;
    const end = rowStart[p + 1]!;
    for (let i = rowStart[p]!; i < end; i++) {
      const j = bins.binOfChannel[channel[i]!]!;
      const c = count[i]!;
      if (j < 0 || !(c > 0)) continue;
      if (j === last) value[at - 1]! += c;
      else {
        bin[at] = j;
        value[at] = c;
        at += 1;
        last = j;
      }
      counts += c;
    }
    finish(firstPixel + p, at, counts);
  }
  for (let i = 0; i < at; i++) if (value[i]! > 0xffff || value[i] !== Math.floor(value[i]!)) exact = false;
  return { bin: bin.slice(0, at), count: exact ? Uint16Array.from(value.subarray(0, at)) : value.slice(0, at) };
}
