/** Are two classes different? What the counts say, line by line. */
import { formatFixed, isEnergyCalibrated, lineRatios, lineText, listOf } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

export interface SameClassVerdict {
  readonly different: boolean;
  readonly sentence: string;
}

/** With a dozen lines looked at, one reaches 3 standard errors by chance in 3 % of cases. */
const DIFFERENT_SIGMA = 4;
const NAMED = 3;

/** Undefined where the two cannot be compared: no energies, no lines, no counts. */
export function sameClassVerdict(analysis: AnalysisSnapshot, one: number, other: number): SameClassVerdict | undefined {
  const { classes, classSpectra, energyAxis, lines } = analysis;
  if (!isEnergyCalibrated(energyAxis) || lines.length === 0) return undefined;
  const counted = [one, other].map((id) => {
    const i = classes.findIndex((phase) => phase.id === id);
    const [phase, mean] = [classes[i], classSpectra[i]];
    if (phase === undefined || mean === undefined) return undefined;
    return { name: phase.name, pixels: phase.pixels, spectrum: mean.map((value) => value * phase.pixels) };
  });
  const [a, b] = counted;
  if (a === undefined || b === undefined) return undefined;
  const ratios = lineRatios(a, b, lines, energyAxis);
  if (ratios.length === 0) return undefined;
  const telling = ratios.filter(({ sigma }) => Math.abs(sigma) >= DIFFERENT_SIGMA);
  if (telling.length === 0)
    return { different: false, sentence: `No line tells “${a.name}” and “${b.name}” apart at these counts. Merge them?` };
  const words = telling.slice(0, NAMED).map(({ line, ratio, sigma }) => {
    const times =
      ratio === undefined
        ? `${formatFixed(Math.abs(sigma), 0)} σ`
        : `× ${ratio < 10 ? ratio.toPrecision(2) : formatFixed(ratio, 0)}`;
    return `${lineText(line)} (${times})`;
  });
  return { different: true, sentence: `Different: ${listOf(words)} in “${a.name}” against “${b.name}”.` };
}
