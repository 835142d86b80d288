import { RecipeError, SigmaError, throwIfAborted } from "../errors.js";
import type { WorkContext } from "../spectrum-image/context.js";
import type { SpectrumImage } from "../spectrum-image/spectrum-image.js";
import { type Analysis, startAnalysis } from "./analysis.js";
import type { Recipe, RecipeStep } from "./recipe.js";
import { stepNamed } from "./step-registry.js";

/** How far a recipe is: step number from 1, its title, and the fraction of it that is done. */
export interface RecipeProgress {
  readonly step: number;
  readonly steps: number;
  readonly title: string;
  readonly fraction: number;
  readonly message?: string | undefined;
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: RecipeProgress) => void) | undefined;
  /** Called with the state after each step, for hosts that show partial results. */
  readonly onStep?: ((analysis: Analysis, step: RecipeStep) => void) | undefined;
  /** Milliseconds on a clock that only goes forward; without it no timings are kept. */
  readonly clock?: (() => number) | undefined;
}

export interface StepTiming {
  readonly step: string;
  readonly seconds: number;
}

export interface RecipeRun {
  readonly analysis: Analysis;
  readonly timings: readonly StepTiming[];
}

/** Runs a recipe over a spectrum image, step by step. Errors say in which step they happened. */
export async function runRecipe(image: SpectrumImage, recipe: Recipe, options: RunOptions = {}): Promise<RecipeRun> {
  let analysis = startAnalysis(image);
  const timings: StepTiming[] = [];
  for (const [i, entry] of recipe.steps.entries()) {
    throwIfAborted(options.signal);
    const step = stepNamed(entry.step);
    const tell = (fraction: number, message?: string): void =>
      options.onProgress?.({ step: i + 1, steps: recipe.steps.length, title: step.title, fraction, message });
    const context = { seed: recipe.seed, signal: options.signal, onProgress: tell } satisfies WorkContext & { seed: number };
    const started = options.clock?.();
    tell(0);
    try {
      analysis = await step.run(analysis, entry, context);
    } catch (error) {
      throw placed(error, i, entry.step);
    }
    tell(1);
    if (started !== undefined) timings.push({ step: entry.step, seconds: (options.clock!() - started) / 1000 });
    options.onStep?.(analysis, entry);
  }
  return { analysis, timings };
}

/** A parameter that turns out wrong while a step runs is a mistake in the recipe, and is reported as one. */
function placed(error: unknown, index: number, step: string): unknown {
  if (!(error instanceof SigmaError) || error.tag !== "parameter") return error;
  return new RecipeError(error.message, { where: `step ${index + 1} (${step})` }, { cause: error });
}
