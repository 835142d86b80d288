/**
 * One sweep of coordinate descent over some rows of X ≈ A E: their abundances are improved, and what the endmembers need of them is summed, section by section.
 */
import type { RowRun } from "../spectra-rows.js";
import { quickestProducts } from "../thin-products/kernel-products.js";
import { gramOfRows } from "../thin-products/row-descent.js";
import { type GivenRows, type RowBatch, widened } from "../thin-products/thin-products.js";

/** What one sweep is done with. */
export interface SweepStage {
  /** Float64 [channels x k]. */
  readonly endmembers: Float64Array;
  /** Float64 [all rows x k]: to be improved in place. */
  readonly abundances: Float64Array;
  /** Whether the endmembers are to be improved, too. */
  readonly scatter: boolean;
}

/** What the endmembers need of some rows, in one array. */
export interface SweepSums {
  /** Float64 [{@link sumsLength}]: `sums`, `rowGram` and `slopes`, one behind the other. */
  readonly all: Float64Array;
  /** Xᵀ A: float64 [channels x stride], where the stride is k, made even. */
  readonly sums: Float64Array;
  /** Aᵀ A: float64 [k x stride], upper triangle. */
  readonly rowGram: Float64Array;
  /** Float64 [1]: sizes of the slopes that the rows met, added up. */
  readonly slopes: Float64Array;
}

export interface SectionSweep {
  stage(stage: SweepStage): void;
  /** Improves the rows of a run within one section. */
  add(run: RowRun): void;
  /** Ends the section; its sums go to float64 `to` [{@link sumsLength}]. */
  take(to: Float64Array): void;
}

/** Numbers of all sums together. */
export function sumsLength(channels: number, k: number): number {
  return (channels + k) * (k + (k & 1)) + 1;
}

/** All 0. */
export function emptySums(channels: number, k: number): SweepSums {
  const all = new Float64Array(sumsLength(channels, k));
  const [gramAt, slopesAt] = [channels * (k + (k & 1)), all.length - 1];
  return { all, sums: all.subarray(0, gramAt), rowGram: all.subarray(gramAt, slopesAt), slopes: all.subarray(slopesAt) };
}

/** Sweeps for `k` endmembers. */
export async function sectionSweep(channels: number, k: number): Promise<SectionSweep> {
  const thin = await quickestProducts(channels, k);
  const { descent } = thin;
  let slopes = 0;
  let rows: GivenRows;
  const clear = (): void => {
    thin.sums.fill(0);
    descent.rowGram.fill(0);
    slopes = 0;
  };
  return {
    stage({ endmembers, abundances, scatter }) {
      const between = (batch: RowBatch): void => {
        slopes = descent.improve(batch, abundances, slopes);
      };
      descent.gram.set(gramOfRows(endmembers, k));
      widened(endmembers, k, thin.matrix, thin.stride);
      rows = thin.rows({ gather: true, between, scatter });
      clear();
    },
    add: (run) => rows.addRun(run),
    take(to) {
      rows.end();
      to.set(thin.sums);
      to.set(descent.rowGram, thin.sums.length);
      to[thin.sums.length + descent.rowGram.length] = slopes;
      clear();
    },
  };
}
