import { RecipeError } from "../errors.js";

/** The value, or a {@link RecipeError} that says which step to put before this one. */
export function need<T>(value: T | undefined, step: string, what: string, stepBefore: string): T {
  if (value !== undefined) return value;
  throw new RecipeError(`The step needs ${what}.`, { where: `step ${step}`, remedy: `Put a step "${stepBefore}" before it.` });
}
