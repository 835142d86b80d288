/** Questions about elements, names and differences beside the finished analysis, with the parameters that its recipe identifies with. */
import {
  type Analysis,
  classDifference,
  type IdentifiedPixels,
  type IdentifySubject,
  identifyPixels,
  type Recipe,
  type SpectrumDifference,
} from "@sigma-eds/core";

interface Ground {
  readonly analysis: Analysis;
  readonly recipe: Recipe;
}

export function identified({ analysis, recipe }: Ground, subject: IdentifySubject): Promise<IdentifiedPixels> {
  return identifyPixels(analysis, subject, parametersOf(recipe));
}

export function differenceOf({ analysis, recipe }: Ground, first: number, second: number): Promise<SpectrumDifference> {
  return classDifference(analysis, first, second, parametersOf(recipe));
}

/** Undefined where the recipe does not identify: then the defaults hold. */
function parametersOf({ steps }: Recipe) {
  return steps.find((entry) => entry.step === "identify");
}
