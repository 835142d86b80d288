import type { z } from "zod";
import type { SeededContext } from "../spectrum-image/context.js";
import type { Watcher } from "../spectrum-image/watcher.js";
import type { Analysis, AnalysisGlimpse } from "./analysis.js";
import type { StepsAgain } from "./points-again.js";
import type { TrainedModels } from "./trained-models.js";

/** The order in which steps come in a recipe. A later stage never stands before an earlier one. */
export const stages = [
  "calibrate",
  "crop",
  "bin",
  "mask",
  "elements",
  "find-phases",
  "decompose",
  "maps",
  "features",
  "normalise",
  "embed",
  "cluster",
  "edit",
  "spectra",
  "stability",
  "statistics",
  "unmix",
  "identify",
  "quantify",
  "upscale",
] as const;

export type Stage = (typeof stages)[number];

/** What a step has to work with besides the analysis: a seed of its own, a way to stop, a way to tell. */
export interface StepContext extends SeededContext {
  /** Models of an earlier run: used where a step would train its own. */
  readonly trained?: TrainedModels | undefined;
  /** The entries before this one that lead from counts to points, for steps that repeat them; `undefined` where there are none. */
  readonly again?: StepsAgain | undefined;
  /** The entries before this one that lead from counts to classes; `undefined` where none makes classes. */
  readonly classesAgain?: StepsAgain | undefined;
  /** Who looks at what the step has so far. */
  readonly onGlimpse?: Watcher<AnalysisGlimpse> | undefined;
}

/**
 * One step of a recipe: a function from what is known to what is known afterwards. It never draws, never reads a file and keeps
 * no state. `schema` describes its entry in a recipe, `step` included, with default, range, unit and a sentence for each parameter.
 */
export interface Step<Schema extends z.ZodType = z.ZodType> {
  readonly id: Stage;
  /** For people, for example `Find phases`. */
  readonly title: string;
  readonly summary: string;
  readonly schema: Schema;
  /** Throws RecipeError when the analysis lacks what the step needs. */
  run(analysis: Analysis, parameters: z.output<Schema>, context: StepContext): Promise<Analysis>;
}
