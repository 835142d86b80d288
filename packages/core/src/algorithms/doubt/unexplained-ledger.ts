/** A ledger of counts that no class explains: where in the spectrum, in which class, how many. */
import { countsInGroups, type EnergyGroup } from "./energy-groups.js";

export interface LedgerEntry {
  /** Place of the class. */
  readonly slot: number;
  readonly energyKev: number;
  readonly line: string | undefined;
  /** Counts beyond what is explained; below 0 where there are fewer. */
  readonly counts: number;
  /** Over the standard error, a share of the explained counts for their own error included. */
  readonly sigma: number;
}

/** Share of the explained counts by which their spectra may be wrong. */
const MODEL_ERROR = 0.01;

/**
 * Groups of channels in which measured and explained counts of a class (float64 [classes][channels]) differ by at least `leastSigma` errors, largest first.
 */
export function unexplainedLedger(
  measured: readonly Float64Array[],
  explained: readonly Float64Array[],
  groups: readonly EnergyGroup[],
  leastSigma: number,
): LedgerEntry[] {
  const entries = measured.flatMap((spectrum, slot) => {
    const seen = countsInGroups(spectrum, groups);
    const known = countsInGroups(explained[slot]!, groups);
    return groups.map(({ energyKev, line }, i): LedgerEntry => {
      const counts = seen[i]! - known[i]!;
      const error = Math.sqrt(Math.max(1, known[i]!) + MODEL_ERROR * MODEL_ERROR * known[i]! * known[i]!);
      return { slot, energyKev, line, counts, sigma: counts / error };
    });
  });
  return entries.filter(({ sigma }) => Math.abs(sigma) >= leastSigma).sort((a, b) => Math.abs(b.sigma) - Math.abs(a.sigma));
}
