/** Pixels fitted one by one as sums of given spectra: how, and a run of pixels at a time, by this thread or by several that share them. */
import type { BlockWork } from "../../kernels/threads/block-work.js";
import type { CountArray, CountBlock } from "../../spectrum-image/counts.js";
import { gramMatrix, nonNegativeSolver } from "./nnls.js";
import { quickestLikelihood } from "./pixel-likelihood/kernel-likelihood.js";
import { poissonSolver } from "./poisson-abundances.js";

export interface FitSettings {
  /** Each float64 [channels]. */
  readonly endmembers: readonly Float64Array[];
  /** Float64 [channels]: sum of all pixels, which are so many. */
  readonly spectrum: Float64Array;
  readonly pixels: number;
  readonly weighting: "poisson" | "channel" | "none";
  /** Whether abundances are held to sum to one. */
  readonly isClosed: boolean;
}

/** Pixels that lie together, and their counts: row i holds the entries `rowStart[i]` to before `rowStart[i + 1]`. */
export interface PixelRun {
  readonly rowStart: Uint32Array;
  readonly channel: Uint16Array;
  readonly count: CountArray;
  /** Uint8 [pixels]: 0 where a pixel is left out; undefined when none is. */
  readonly mask: Uint8Array | undefined;
}

/** Pixels of a run, at most, and of a block. */
export const RUN_PIXELS = 2048;
export const BLOCK_PIXELS = 64;

/** Fits a block of the pixels of a run: float64 [BLOCK_PIXELS x endmembers], zeros for empty pixels and those left out. */
export const fitWork: BlockWork<FitSettings, PixelRun, Float64Array> = {
  name: "abundances",
  bytes: ({ endmembers, spectrum }) => (endmembers.length + 1) * spectrum.byteLength,
  async begin(settings) {
    const fit = await pixelFit(settings);
    const k = settings.endmembers.length;
    let run: PixelRun;
    return {
      stage(given) {
        run = given;
      },
      block(block) {
        const found = new Float64Array(BLOCK_PIXELS * k);
        const first = block * BLOCK_PIXELS;
        const behind = Math.min(first + BLOCK_PIXELS, run.rowStart.length - 1);
        for (let p = first; p < behind; p++) {
          const [from, to] = [run.rowStart[p]!, run.rowStart[p + 1]!];
          if (run.mask?.[p] === 0 || from === to) continue;
          fit(run.channel, run.count, from, to, found.subarray((p - first) * k, (p - first + 1) * k));
        }
        return found;
      },
    };
  },
};

/** Pixels `first` to before `behind` of a block of counts, in arrays of their own. */
export function runOf(block: CountBlock, first: number, behind: number, mask: Uint8Array | undefined): PixelRun {
  const [from, to] = [block.rowStart[first]!, block.rowStart[behind]!];
  return {
    rowStart: block.rowStart.slice(first, behind + 1).map((start) => start - from),
    channel: block.channel.slice(from, to),
    count: block.count.slice(from, to),
    mask: mask?.slice(block.firstPixel + first, block.firstPixel + behind),
  };
}

type PixelFit = (channel: Uint16Array, count: ArrayLike<number>, from: number, to: number, out: Float64Array) => void;

async function pixelFit({ endmembers, spectrum, pixels, weighting, isClosed }: FitSettings): Promise<PixelFit> {
  const sum = isClosed ? 1 : undefined;
  if (weighting === "poisson") {
    const solver = poissonSolver(endmembers, await quickestLikelihood(endmembers));
    return (channel, count, from, to, out) => solver.solve(channel, count, from, to, out, sum);
  }
  const weight = weighting === "channel" ? inverseMean(spectrum, pixels) : undefined;
  const k = endmembers.length;
  const solver = nonNegativeSolver(gramMatrix(endmembers, weight), k);
  const byChannel = new Float64Array(spectrum.length * k);
  endmembers.forEach((endmember, j) => {
    for (let c = 0; c < spectrum.length; c++) byChannel[c * k + j] = endmember[c]! * (weight === undefined ? 1 : weight[c]!);
  });
  const h = new Float64Array(k);
  return (channel, count, from, to, out) => {
    h.fill(0);
    for (let i = from; i < to; i++) {
      const row = channel[i]! * k;
      const value = count[i]!;
      for (let j = 0; j < k; j++) h[j]! += value * byChannel[row + j]!;
    }
    solver.solve(h, out, sum);
  };
}

/** 1 / mean counts of each channel: the inverse of their variance, were all pixels alike. Poor channels count as a thousandth of the mean channel. */
function inverseMean(spectrum: Float64Array, pixels: number): Float64Array {
  let total = 0;
  for (let c = 0; c < spectrum.length; c++) total += spectrum[c]!;
  const floor = total > 0 ? (1e-3 * total) / spectrum.length : 1;
  return spectrum.map((value) => pixels / Math.max(value, floor));
}
