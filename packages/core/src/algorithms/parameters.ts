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
  const parsed = algorithm.parameters.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const path = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].map(String);
  throw new ParameterError(
    unknown === undefined ? `${issue?.message ?? "The parameters do not fit"}.` : "There is no such parameter.",
    {
      where: algorithm.id,
      field: path.length > 0 ? path.join(".") : "parameters",
      ...(unknown === undefined ? {} : { expected: `one of ${Object.keys(algorithm.parameters.shape).join(", ")}` }),
    },
  );
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
