/** What each class is made of, with errors: mass fractions where they were quantified, else shares of the counts of the marked lines. */
import { elementOf, isEnergyCalibrated, lineMeasure } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

export interface CompositionBar {
  readonly element: string;
  /** 0 to 1. */
  readonly value: number;
  /** Half of the 95 % interval. */
  readonly error95: number;
}

export interface ClassComposition {
  readonly id: number;
  readonly name: string;
  readonly colour: string;
  readonly bars: readonly CompositionBar[];
}

export interface Compositions {
  /** What the numbers are. */
  readonly meaning: "mass fraction" | "share of line counts";
  readonly classes: readonly ClassComposition[];
}

const USUAL_RESOLUTION_EV = 130;
const Z95 = 1.96;

export function compositionsOf(analysis: AnalysisSnapshot, resolutionEv = USUAL_RESOLUTION_EV): Compositions | undefined {
  return quantified(analysis) ?? sharesOfLines(analysis, resolutionEv);
}

function quantified({ quantification, classes }: AnalysisSnapshot): Compositions | undefined {
  if (quantification === undefined) return undefined;
  const rows = classes.map(({ id, name, colour }): ClassComposition => {
    const found = quantification.classes.find((one) => one.id === id)?.composition;
    const bars = quantification.elements.map((element, i) => ({
      element,
      value: found?.massFraction[i] ?? Number.NaN,
      error95: Z95 * (found?.massFractionError[i] ?? Number.NaN),
    }));
    // An element that was not looked for in a class has no bar there.
    return { id, name, colour, bars: bars.filter(({ value }) => Number.isFinite(value)) };
  });
  return { meaning: "mass fraction", classes: rows };
}

function sharesOfLines(
  { classes, classSpectra, lines, energyAxis }: AnalysisSnapshot,
  resolutionEv: number,
): Compositions | undefined {
  if (!isEnergyCalibrated(energyAxis) || lines.length === 0) return undefined;
  const measure = lineMeasure(lines, energyAxis, resolutionEv);
  const rows = classes.map(({ id, name, colour, pixels }, i): ClassComposition => {
    const counts = classSpectra[i]?.map((value) => value * pixels);
    const measured = counts === undefined ? [] : measure(counts);
    const total = measured.reduce((sum, { net }) => sum + Math.max(0, net), 0);
    const bars = measured.map(({ line, net, error }) => {
      const value = total > 0 ? Math.max(0, net) / total : 0;
      // Each count is in the whole too, so the error of a share shrinks with the share.
      return {
        element: elementOf(line),
        value,
        error95: total > 0 ? (Z95 * error * Math.sqrt(Math.max(0, 1 - value))) / total : 0,
      };
    });
    return { id, name, colour, bars };
  });
  return { meaning: "share of line counts", classes: rows };
}
