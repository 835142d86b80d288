/** What the seed of a recipe decides. */
import { type Recipe, type RecipeStep, steps } from "@sigma-eds/core";
import { someOf } from "./words.js";

/** Which steps of the recipe draw random numbers, by name. */
export function seedSentence({ steps: entries }: Recipe): string {
  const titles = [...new Set(entries.filter(drawsNumbers).map(({ step }) => steps[step].title))];
  return titles.length === 0
    ? "No step of this recipe draws random numbers: every seed gives the same."
    : `Random numbers are drawn by ${someOf(titles.map((title) => `“${title}”`))}; the other steps give the same with every seed.`;
}

function drawsNumbers(entry: RecipeStep): boolean {
  switch (entry.step) {
    case "stability":
      return true;
    case "decompose":
      return entry.method !== "nmf" || isRandom(entry.init);
    case "embed":
      return entry.method !== "pca";
    case "cluster":
      return entry.method !== "birch" && entry.method !== "hdbscan";
    case "unmix":
      return isRandom(entry.init);
    default:
      return false;
  }
}

function isRandom(init: string): boolean {
  return init === "random" || init === "nndsvdar";
}
