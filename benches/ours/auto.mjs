import { parseRecipe } from "../../packages/core/dist/pipeline/recipe.js";
import { runRecipe } from "../../packages/core/dist/pipeline/run-recipe.js";
import { imageOf } from "./loading.mjs";

export const load = imageOf;

const recipe = parseRecipe({ schemaVersion: 1, steps: [{ step: "find-phases" }] });

export async function work(image, { threads }) {
  const { analysis } = await runRecipe(image, recipe, { threads });
  return () => ({ labels: { shape: image.counts.navigationShape, data: analysis.labels } });
}
