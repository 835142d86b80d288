import type { BinnedCounts } from "../binned-counts.js";
import { blockRows, rowsOf } from "./block-rows.js";
import type { ProgramShelf } from "./program-shelf.js";
import { rowProgram } from "./row-programs.js";
import { rowSizes, rowSmoother } from "./row-smoother.js";
import { BATCH, type SquareProgram, squareProgram, squareStride } from "./square-programs.js";

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

/** Covariance of smoothed spectra on a regular lattice of pixels, rows of a block each. */
export async function covarianceBlocks(
  counts: BinnedCounts,
  stage: CovarianceStage,
  shelf: ProgramShelf,
): Promise<(block: number) => CovariancePart> {
  const { kernel, step } = stage;
  const program = await shelf.take("rows", rowSizes(counts, kernel, 0), rowProgram);
  const smooth = rowSmoother(counts, kernel, program);
  const squares = await shelf.take("squares", counts.bins, squareProgram);
  const rows = blockRows(kernel);
  return (block) => {
    const sums = new CovarianceSums(counts.bins, squares);
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
  readonly #program: SquareProgram;
  readonly #z: readonly Float64Array[];
  #held = 0;
  #weights = 0;
  #samples = 0;

  constructor(bins: number, program: SquareProgram) {
    const { matrix, vectors } = program.arrays;
    const stride = squareStride(bins);
    this.#program = program;
    this.#z = Array.from({ length: BATCH }, (_, i) => vectors.subarray(i * stride, i * stride + bins));
    matrix.fill(0);
  }

  /** Where the next sample, of this weight, is to be written: float64 [bins]. */
  next(weight: number): Float64Array {
    if (this.#held === BATCH) this.#add();
    this.#program.arrays.weights[this.#held] = weight;
    this.#weights += weight;
    this.#samples += 1;
    this.#held += 1;
    return this.#z[this.#held - 1]!;
  }

  end(): CovariancePart {
    this.#program.arrays.weights.fill(0, this.#held);
    for (let s = this.#held; s < BATCH; s++) this.#z[s]!.fill(0);
    this.#add();
    return { covariance: this.#lowerTriangle(), weights: this.#weights, samples: this.#samples };
  }

  #add(): void {
    this.#program.add();
    this.#held = 0;
  }

  #lowerTriangle(): Float64Array {
    const { matrix } = this.#program.arrays;
    const bins = this.#z[0]!.length;
    const stride = squareStride(bins);
    const triangle = new Float64Array(bins * bins);
    for (let j = 0; j < bins; j++) triangle.set(matrix.subarray(j * stride, j * stride + j + 1), j * bins);
    return triangle;
  }
}
