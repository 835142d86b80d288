/** What is known where a parameter is looked at: the image before its step, and results of the steps that are as the recipe says. */
import { canonicalJson, isEnergyCalibrated, type Recipe, type RecipeStep, stages, steps } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../../worker/engine-protocol.js";
import type { ViewSession } from "../../view-session.js";
import { type Basis, basisBefore, basisOfResult } from "./basis.js";

/** How long a step took when it was run last, and with which parameters. */
export interface Measured {
  readonly seconds: number;
  readonly entry: RecipeStep;
}

export interface Ground<Entry = RecipeStep> {
  readonly entry: Entry;
  readonly recipe: Recipe;
  readonly basis: Basis;
  /** Results of the steps before this one; undefined where one of them was changed since. */
  readonly input: AnalysisSnapshot | undefined;
  /** The result of this step with these parameters; undefined where it was not run like this. */
  readonly result: AnalysisSnapshot | undefined;
  readonly measured: Measured | undefined;
}

export type Known = Pick<ViewSession, "image" | "analysis" | "recipe" | "stale" | "lastSteps">;

/** Of the entry at `index`; undefined before an image is open. */
export function groundOf({ image, analysis, recipe, stale, lastSteps }: Known, index: number): Ground | undefined {
  const entry = recipe.steps[index];
  if (image === undefined || entry === undefined) return undefined;
  const place = stages.indexOf(entry.step);
  const firstStale = Math.min(...stale.map((id) => (stages as readonly string[]).indexOf(id)), stages.length);
  const input = place <= firstStale ? analysis : undefined;
  const walked = basisBefore(image, recipe, index);
  return {
    entry,
    recipe,
    basis: input !== undefined && place > stages.indexOf("mask") ? basisOfResult(walked, input) : walked,
    input,
    result: place < firstStale ? analysis : undefined,
    measured: measuredOf(entry, analysis, lastSteps),
  };
}

function measuredOf(entry: RecipeStep, analysis: AnalysisSnapshot | undefined, lastSteps: Known["lastSteps"]) {
  const { title } = steps[entry.step];
  const seconds = lastSteps.find((one) => one.title === title && one.state === "done")?.seconds;
  const ran = analysis?.recipe.steps.find((one) => one.step === entry.step);
  const isSameMethod = ran !== undefined && methodOf(ran) === methodOf(entry);
  return seconds === undefined || !isSameMethod ? undefined : { seconds, entry: ran };
}

function methodOf(entry: RecipeStep): string | undefined {
  return "method" in entry ? entry.method : undefined;
}

/** Whether the last run of the step had all of these parameters. */
export function isAsMeasured({ measured, entry }: Ground<RecipeStep>): boolean {
  return measured !== undefined && canonicalJson(measured.entry) === canonicalJson(entry);
}

/** Pixels of the map, over all frames. */
export function pixelsOf({ grid }: Basis): number {
  return grid.width * grid.height * grid.frames;
}

/** Width of a channel, keV; undefined where energies are not known. */
export function channelKev({ energyAxis }: Basis): number | undefined {
  return isEnergyCalibrated(energyAxis) ? energyAxis.scale : undefined;
}
