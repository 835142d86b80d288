/** How element maps are counted, and the recipe that counts them so. */
import { formatFixed, type Recipe, type RecipeInput, type RecipeStep, type Stage, stages } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

type MapsStep = Extract<RecipeStep, { step: "maps" }>;
export type MapMethod = MapsStep["method"];

export function mapMethodOf({ steps }: Recipe): MapMethod {
  return steps.find((entry) => entry.step === "maps")?.method ?? "windows";
}

/** The recipe with this method; the step is put in its place where it is missing. */
export function recipeWithMapMethod(recipe: Recipe, method: MapMethod): RecipeInput {
  const { steps } = recipe;
  if (steps.some(({ step }) => step === "maps"))
    return { ...recipe, steps: steps.map((entry) => (entry.step === "maps" ? { ...entry, method } : entry)) };
  const later = steps.findIndex(({ step }) => stages.indexOf(step as Stage) > stages.indexOf("maps"));
  const at = later < 0 ? steps.length : later;
  return { ...recipe, steps: [...steps.slice(0, at), { step: "maps", method }, ...steps.slice(at)] };
}

type ElementMap = Pick<AnalysisSnapshot["elementMaps"][number], "fromKev" | "toKev" | "background" | "variance">;

/** Range and treatment: `0.46 to 0.60 keV, gross counts`; of fitted maps the usual error of a pixel. */
export function mapDetails({ fromKev, toKev, background, variance }: ElementMap): string {
  if (background === "fit")
    return `net counts of a fit${variance === undefined ? "" : `, ± ${usualError(variance)} a pixel (1 σ)`}`;
  const treatment = background === "none" ? "gross counts" : "background taken off";
  return fromKev === undefined || toKev === undefined
    ? treatment
    : `${formatFixed(fromKev, 2)} to ${formatFixed(toKev, 2)} keV, ${treatment}`;
}

/** Root of the mean variance over the pixels that have one. */
function usualError(variance: Float32Array): string {
  let [sum, pixels] = [0, 0];
  for (const value of variance) {
    if (!Number.isFinite(value)) continue;
    sum += value;
    pixels += 1;
  }
  return formatFixed(Math.sqrt(sum / Math.max(1, pixels)), 1);
}
