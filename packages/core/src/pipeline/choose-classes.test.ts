import { describe, expect, it } from "vitest";
import { noisyImage, spectrumOf } from "../algorithms/preprocess/synthetic-image.test-support.js";
import { RecipeError } from "../errors.js";
import { startAnalysis } from "./analysis.js";
import { chooseClassesOfMap, chooseClassesOfMapParameters } from "./choose-classes.js";
import { parseRecipe } from "./recipe.js";
import { runRecipe } from "./run-recipe.js";

const phases = [
  { O: 60, Si: 50 },
  { Fe: 50, S: 40 },
  { O: 40, Ca: 60 },
].map((composition) => spectrumOf(composition, 40));
const image = noisyImage(24, 12, (x) => phases[Math.floor(x / 8)]!);
const recipe = parseRecipe({
  schemaVersion: 1,
  steps: [
    { step: "elements", lines: ["O_Ka", "Si_Ka", "S_Ka", "Ca_Ka", "Fe_Ka"] },
    { step: "features" },
    { step: "normalise", steps: ["z-score"] },
    { step: "embed", method: "pca", nComponents: 2 },
  ],
});
const parameters = (given: object) => chooseClassesOfMapParameters.parse({ most: 5, runs: 3, method: "k-means", ...given });

describe("number of classes of a map", () => {
  it.each(["bootstrap", "thinning", "none"])("is that of its phases (%s)", async (resample) => {
    const { analysis } = await runRecipe(image, recipe);
    for (const on of ["features", "latent"]) {
      const choice = await chooseClassesOfMap(analysis, recipe.steps, parameters({ on, resample }), { seed: 4 });
      expect(choice.nClasses).toBe(3);
      expect(choice.clear).toBe(true);
    }
  });

  it("is less stable where counts are drawn anew", async () => {
    const { analysis } = await runRecipe(image, recipe);
    const at5 = async (resample: string) => {
      const given = parameters({ on: "features", fewest: 5, resample, share: 1 });
      return (await chooseClassesOfMap(analysis, recipe.steps, given, { seed: 4 })).numbers[0]!.stability;
    };
    expect(await at5("thinning")).toBeLessThan(await at5("none"));
  });

  it("needs points", async () => {
    await expect(chooseClassesOfMap(startAnalysis(image), [], parameters({}), { seed: 0 })).rejects.toThrow(RecipeError);
  });
});
