import { z } from "zod";
import { RecipeError } from "../errors.js";
import { stages } from "./step.js";
import { stepSchemas } from "./step-registry.js";

/** Version of the recipe's form. It rises when a recipe of the version before would be read differently. */
export const recipeSchemaVersion = 1;

/** A recipe: every step with every parameter, and the seed. Same input, recipe and program version give the same bytes. */
export const recipeSchema = z
  .strictObject({
    schemaVersion: z.literal(recipeSchemaVersion),
    name: z.string().max(200).optional().meta({ title: "Name", description: "What the recipe is called, for people." }),
    dataset: z
      .int()
      .min(0)
      .default(0)
      .meta({ title: "Dataset", description: "Which spectrum image of the file, counted from 0, when it holds several." }),
    detectors: z
      .array(z.string().min(1).max(200))
      .min(1)
      .max(64)
      .optional()
      .meta({ title: "Detectors", description: "Detectors whose counts are summed, by name (Velox files). Without it: all." }),
    frames: z
      .strictObject({ start: z.int().min(0), end: z.int().min(1) })
      .refine(({ start, end }) => start < end, "The first frame must come before the end.")
      .optional()
      .meta({
        title: "Frames",
        description: "Frames whose counts are summed, from start (counted from 0) to before end (Velox files). Without it: all.",
      }),
    axes: z.array(z.string().min(1).max(100)).min(1).max(8).optional().meta({
      title: "Axes",
      description: "What the axes of a bare array (.npy, .npz) are, slowest first, for example y, x, energy.",
    }),
    seed: z
      .int()
      .min(0)
      .max(Number.MAX_SAFE_INTEGER)
      .default(0)
      .meta({ title: "Seed", description: "Start of all random numbers; each step has a stream of its own." }),
    steps: z.array(z.discriminatedUnion("step", stepSchemas)).min(1).max(200),
  })
  .meta({ title: "SIGMA recipe" });

export type Recipe = z.output<typeof recipeSchema>;
export type RecipeStep = Recipe["steps"][number];
/** A recipe as it may be written, without what is as usual. */
export type RecipeInput = z.input<typeof recipeSchema>;

/** Checks a recipe and fills in defaults. Throws {@link RecipeError} that names the entry, what was found and what is allowed. */
export function parseRecipe(value: unknown): Recipe {
  const parsed = recipeSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new RecipeError(issue.message.endsWith(".") ? issue.message : `${issue.message}.`, {
      where: "recipe",
      field: issue.path.length === 0 ? undefined : issue.path.map(String).join("."),
      remedy: "`sigma schema` prints what a recipe may contain.",
    });
  }
  checkOrder(parsed.data);
  return parsed.data;
}

/** Reads a recipe from text. Throws {@link RecipeError} for text that is not JSON. */
export function parseRecipeText(text: string): Recipe {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new RecipeError(
      "The recipe is not JSON.",
      { where: "recipe", found: cause instanceof Error ? cause.message : String(cause) },
      { cause },
    );
  }
  return parseRecipe(value);
}

/** JSON Schema (draft 2020-12) of recipes, for editors and other programs. */
export function recipeJsonSchema(): unknown {
  return z.toJSONSchema(recipeSchema, { io: "input" });
}

function checkOrder(recipe: Recipe): void {
  let reached = 0;
  recipe.steps.forEach((entry, i) => {
    const position = stages.indexOf(entry.step);
    if (position < reached) {
      throw new RecipeError(`"${entry.step}" cannot come after "${stages[reached]}".`, {
        where: "recipe",
        field: `steps.${i}`,
        expected: `steps in the order ${stages.join(", ")}`,
      });
    }
    reached = position;
  });
}
