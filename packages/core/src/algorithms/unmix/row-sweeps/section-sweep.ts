/**
 * One sweep of coordinate descent over some rows of X ≈ A E: their abundances are improved, and what the endmembers need of them is summed, section by section of so many
 * rows. Sections are added up in their order, so that the bits depend neither on how a source is cut into blocks nor on who does which section.
 */
import type { RowRun } from "../spectra-rows.js";
import { quickestProducts } from "../thin-products/kernel-products.js";
import { gramOfRows } from "../thin-products/row-descent.js";
import { type GivenRows, type RowBatch, widened } from "../thin-products/thin-products.js";

/** Rows of a section. */
export const SECTION_ROWS = 4096;

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
  /** Ends the section. What is given holds until the next is ended. */
  take(): SweepSums;
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

/** Adds the sums of the next section, as one array, to those of the sections before. */
export function addSums({ all }: SweepSums, section: Float64Array): void {
  for (let i = 0; i < all.length; i++) all[i]! += section[i]!;
}

/** Sweeps for `k` endmembers. */
export async function sectionSweep(channels: number, k: number): Promise<SectionSweep> {
  const thin = await quickestProducts(channels, k);
  const { descent } = thin;
  const found = emptySums(channels, k);
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
    take() {
      rows.end();
      found.sums.set(thin.sums);
      found.rowGram.set(descent.rowGram);
      found.slopes[0] = slopes;
      clear();
      return found;
    },
  };
}
