/** Every step that a recipe may be given, from the registry of the core. */
import { type RecipeStep, stages, steps } from "@sigma-eds/core";
import type { StepEntry } from "../../session/recipe-steps.js";
import { type Field, fieldsOfStep, methodsOfStep } from "./schema-fields.js";

export interface StepOffer {
  readonly step: RecipeStep["step"];
  readonly title: string;
  /** One sentence: what it does. */
  readonly summary: string;
  /** Its methods; the first is taken. None where it has but one way. */
  readonly methods: readonly string[];
  /** The step with everything as usual. */
  readonly entry: StepEntry;
  /** Parameters that have no default: it cannot be added without them. */
  readonly missing: readonly Field[];
}

/** In the order in which steps stand in recipes; edits are left out: they are made on the classes. */
export function stepOffers(): StepOffer[] {
  return stages.flatMap((step): StepOffer | [] => {
    if (step === "edit") return [];
    const { title, summary } = steps[step];
    const methods = methodsOfStep(step);
    const [method] = methods;
    const entry: StepEntry = method === undefined ? { step } : { step, method };
    const missing = fieldsOfStep(step, method).filter(({ optional, standard }) => !optional && standard === undefined);
    return { step, title, summary, methods, entry, missing };
  });
}
