import type { z } from "zod";
import { ParameterError } from "../errors.js";

/**
 * Parameters as a method wants them, with defaults filled in. Throws {@link ParameterError} for the first value that does not fit,
 * with the parameter's path in `facts.field`; a name that the schema does not know is an error, too.
 */
export function parseParameters<Schema extends z.ZodObject>(
  algorithm: { readonly id: string; readonly parameters: Schema },
  given: unknown,
): z.output<Schema> {
  const names = Object.keys(algorithm.parameters.shape);
  const unknown =
    typeof given === "object" && given !== null ? Object.keys(given).find((name) => !names.includes(name)) : undefined;
  if (unknown !== undefined) {
    throw new ParameterError("There is no such parameter.", {
      where: algorithm.id,
      field: unknown,
      expected: names.length > 0 ? `one of ${names.join(", ")}` : "none",
    });
  }
  const parsed = algorithm.parameters.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String).join(".");
  throw new ParameterError(`${issue?.message ?? "The parameters do not fit"}.`, {
    where: algorithm.id,
    field: path || "parameters",
  });
}

/** Throws {@link ParameterError} with the parameter's name unless `holds`. For limits that depend on the data. */
export function requireParameter(
  holds: boolean,
  field: string,
  problem: string,
  facts: { readonly where: string; readonly found: number | string; readonly expected: string },
): asserts holds {
  if (!holds)
    throw new ParameterError(problem, { where: facts.where, field, found: String(facts.found), expected: facts.expected });
}
