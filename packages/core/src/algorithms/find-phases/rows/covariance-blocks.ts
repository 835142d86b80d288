import type { BinnedCounts } from "../binned-counts.js";
import { blockRows, rowsOf } from "./block-rows.js";
import type { ProgramShelf } from "./program-shelf.js";
import { rowProgram } from "./row-programs.js";
import { rowSizes, rowSmoother } from "./row-smoother.js";

export interface CovarianceStage {
  /** Weights of the smoothing along x and y. */
  readonly kernel: Float64Array;
  /** Smoothed counts, effective counts and what is inside, per pixel. */
  readonly total: Float32Array;
  readonly effective: Float32Array;
  readonly inside: Uint8Array;
  /** Mean spectrum as shares, and scale of the bins: float64 [bins]. */
  readonly mean: Float64Array;
  readonly weight: Float64Array;
  /** Every so many rows, and pixels within a row. */
  readonly step: number;
}

/** Sums over some rows. */
export interface CovariancePart {
  /** Float64 [bins x bins], the lower triangle: effective counts times the products of scaled differences from the mean. */
  readonly covariance: Float64Array;
  readonly weights: number;
  readonly samples: number;
}

/** Samples that are added to the covariance at a time: one reading of it serves all. */
const BATCH = 4;

/** Covariance of smoothed spectra on a regular lattice of pixels, rows of a block each. */
export async function covarianceBlocks(
  counts: BinnedCounts,
  stage: CovarianceStage,
  shelf: ProgramShelf,
): Promise<(block: number) => CovariancePart> {
  const { kernel, step } = stage;
  const program = await shelf.take("rows", rowSizes(counts, kernel, 0), rowProgram);
  const smooth = rowSmoother(counts, kernel, program);
  const rows = blockRows(kernel);
  return (block) => {
    const sums = new CovarianceSums(counts.bins);
    const [from, to] = rowsOf(counts.frames, rows, block);
    for (let row = from; row < to; row++) {
      if (row % step !== 0) continue;
      smooth(row);
      const { spectra } = program.arrays;
      addRow(sums, counts, stage, row, (x, j) => spectra[j * program.stride + x + program.sizes.radius]!);
    }
    return sums.end();
  };
}

function addRow(
  sums: CovarianceSums,
  { frames: { width } }: BinnedCounts,
  { total, effective, inside, mean, weight, step }: CovarianceStage,
  row: number,
  spectrumAt: (x: number, bin: number) => number,
): void {
  for (let x = Math.floor(row / step) % step; x < width; x += step) {
    const n = row * width + x;
    if (inside[n] === 0) continue;
    const z = sums.next(effective[n]!);
    for (let j = 0; j < z.length; j++) z[j] = (spectrumAt(x, j) / total[n]! - mean[j]!) * weight[j]!;
  }
}

class CovarianceSums {
  readonly #bins: number;
  readonly #covariance: Float64Array;
  readonly #z: readonly Float64Array[];
  readonly #w = new Float64Array(BATCH);
  #held = 0;
  #weights = 0;
  #samples = 0;

  constructor(bins: number) {
    this.#bins = bins;
    this.#covariance = new Float64Array(bins * bins);
    this.#z = Array.from({ length: BATCH }, () => new Float64Array(bins));
  }

  /** Where the next sample, of this weight, is to be written: float64 [bins]. */
  next(weight: number): Float64Array {
    if (this.#held === BATCH) this.#add();
    this.#w[this.#held] = weight;
    this.#weights += weight;
    this.#samples += 1;
    this.#held += 1;
    return this.#z[this.#held - 1]!;
  }

  end(): CovariancePart {
    for (let s = this.#held; s < BATCH; s++) {
      this.#w[s] = 0;
      this.#z[s]!.fill(0);
    }
    this.#add();
    return { covariance: this.#covariance, weights: this.#weights, samples: this.#samples };
  }

  #add(): void {
    const [a, b, c, d] = this.#z as [Float64Array, Float64Array, Float64Array, Float64Array];
    const w = this.#w;
    const covariance = this.#covariance;
    for (let j = 0; j < this.#bins; j++) {
      const base = j * this.#bins;
      const [wa, wb, wc, wd] = [w[0]! * a[j]!, w[1]! * b[j]!, w[2]! * c[j]!, w[3]! * d[j]!];
      for (let i = 0; i <= j; i++) covariance[base + i]! += wa * a[i]! + wb * b[i]! + (wc * c[i]! + wd * d[i]!);
    }
    this.#held = 0;
  }
}
