import type { Analysis } from "../pipeline/analysis.js";
import type { ResultFile } from "./result-files.js";
import { csv } from "./tables.js";

const HEADER = ["line", "by", "channel", "true_kev", "before_ev", "residual_ev", "error_ev"] as const;

/**
 * `calibration.csv`, one row per peak to which the energies were fitted or that was recognised: line, whether a person said so or the spectrum, channel, true energy, how
 * far from it the peak lies on the axis of the file and on the new one, and the standard error of its place.
 */
export function* calibrationFiles({ calibration }: Pick<Analysis, "calibration">): Generator<ResultFile> {
  if (calibration === undefined || calibration.peaks.length === 0) return;
  const ev = (kev: number | undefined): number | undefined => (kev === undefined ? undefined : 1000 * kev);
  const rows = calibration.peaks.map(({ name, by, channel, trueKev, beforeKev, residualKev, errorKev }) => [
    name,
    by,
    channel,
    trueKev,
    ev(beforeKev),
    ev(residualKev),
    ev(errorKev),
  ]);
  yield { path: "calibration.csv", bytes: new TextEncoder().encode(csv([[...HEADER], ...rows])) };
}
