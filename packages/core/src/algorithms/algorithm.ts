import type { z } from "zod";
import type { SeededContext } from "../spectrum-image/context.js";

/**
 * A method: metadata at hand, parameters by schema, one function. The schema carries default, range, unit and one sentence of
 * help for each parameter (`.meta({ title, description, unit })`), from which recipes, `sigma schema` and the app's forms are made.
 */
export interface Algorithm<Schema extends z.ZodObject, Input, Output> {
  /** Kebab-case, as in recipes. */
  readonly id: string;
  readonly name: string;
  /** What it does, in one sentence for a microscopist. */
  readonly summary: string;
  /** Author, year, DOI. */
  readonly reference: string;
  readonly parameters: Schema;
  run(input: Input, parameters: z.output<Schema>, context: SeededContext): Promise<Output>;
}
