/** What each class is made of, with errors: per cent by mass where the classes were identified or quantified, else shares of the counts of the marked lines. */
import { elementOf, isEnergyCalibrated, lineMeasure } from "@sigma-eds/core";
import { classAmounts } from "../../session/derived/class-amounts.js";
import { togetherOf } from "../../ui/decimals-of.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

export interface CompositionBar {
  readonly element: string;
  /** 0 to 1. */
  readonly value: number;
  /** Half of the 95 % interval: of counting, standards and model together, as far as they are known. */
  readonly error95: number;
}

export interface ClassComposition {
  readonly id: number;
  readonly name: string;
  readonly colour: string;
  readonly bars: readonly CompositionBar[];
  /** Why there are no bars, where that is known. */
  readonly reason: string | undefined;
}

/** What the numbers are. */
export type CompositionMeaning = "mass fraction" | "share of line counts";

export interface Compositions {
  readonly meaning: CompositionMeaning;
  /** How they were found, in a sentence. */
  readonly method: string;
  readonly classes: readonly ClassComposition[];
}

const USUAL_RESOLUTION_EV = 130;
const Z95 = 1.96;

/** Mass fractions first, and what else there is to choose. Mass fractions are those that the panels of names and amounts show. Empty where nothing is known. */
export function compositionsOf(analysis: AnalysisSnapshot, resolutionEv = USUAL_RESOLUTION_EV): Compositions[] {
  return [massFractions(analysis), sharesOfLines(analysis, resolutionEv)].filter((found) => found !== undefined);
}

function massFractions(analysis: AnalysisSnapshot): Compositions | undefined {
  const amounts = classAmounts(analysis, "mass", { of: "O", count: 1 });
  const measured = amounts.find((one) => one.amounts.length > 0);
  if (measured === undefined) return undefined;
  const classes = amounts.map(({ id, name, colour, reason, amounts: own }): ClassComposition => {
    const bars = own.map(({ label, value, counting95, standards95, model95 }) => ({
      element: label,
      value: value / 100,
      error95: (togetherOf([counting95, standards95, model95]) ?? 0) / 100,
    }));
    return { id, name, colour, bars, reason };
  });
  return { meaning: "mass fraction", method: measured.method, classes };
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
    return { id, name, colour, bars, reason: undefined };
  });
  return { meaning: "share of line counts", method: OF_COUNTS, classes: rows };
}

const OF_COUNTS =
  "A straight background and the overlap of marked lines are taken off; what lines that are not marked leave there is counted with them.";
