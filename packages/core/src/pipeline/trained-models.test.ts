import { describe, expect, it } from "vitest";
import { noisyImage, spectrumOf } from "../algorithms/preprocess/synthetic-image.test-support.js";
import { DataCheckError, FormatError, RecipeError } from "../errors.js";
import { parseRecipe } from "./recipe.js";
import { runRecipe } from "./run-recipe.js";
import { loadMixture, recipeForModels, saveMixture } from "./trained-models.js";

const phases = [
  { O: 60, Si: 50 },
  { Fe: 50, S: 40 },
  { O: 40, Ca: 60 },
].map((composition) => spectrumOf(composition, 40));
const stripes = noisyImage(24, 12, (x) => phases[Math.floor(x / 8)]!);
/** The same phases elsewhere, and much less of the first. */
const other = noisyImage(20, 20, (x, y) => phases[x < 3 && y < 10 ? 0 : y < 8 ? 1 : 2]!);
const recipe = parseRecipe({
  schemaVersion: 1,
  steps: [
    { step: "elements", lines: ["O_Ka", "Si_Ka", "S_Ka", "Ca_Ka", "Fe_Ka"] },
    { step: "features" },
    { step: "cluster", method: "gaussian-mixture", on: "features", nComponents: 3, nInit: 3, covarianceType: "diag" },
    { step: "spectra" },
  ],
});

describe("a mixture that is applied to another file", () => {
  it("gives the same classes the same ids, whatever share they have", async () => {
    const { analysis } = await runRecipe(stripes, recipe);
    const mixture = loadMixture(saveMixture(analysis.mixture!));
    expect(mixture).toEqual(analysis.mixture);
    const bare = parseRecipe({
      ...recipe,
      steps: recipe.steps.map((entry) => (entry.step === "elements" ? { step: "elements", lines: ["O_Ka"] } : entry)),
    });
    const applied = (await runRecipe(other, recipeForModels(bare, { mixture }), { trained: { mixture } })).analysis;
    const idOf = (phase: number) => analysis.labels![8 * phase + 4]!;
    const right = applied.labels!.filter((label, p) => {
      const [x, y] = [p % 20, Math.floor(p / 20)];
      return label === idOf(x < 3 && y < 10 ? 0 : y < 8 ? 1 : 2);
    });
    expect(right.length / 400).toBeGreaterThan(0.97);
    expect(applied.choices.join()).toMatch(/mixture that was fitted to other data/);
  });

  it("must have the dimensions of the points", async () => {
    const { analysis } = await runRecipe(stripes, recipe);
    const mixture = { ...analysis.mixture!, featureNames: ["O_Ka", "Si_Ka"] };
    const failing = runRecipe(other, recipeForModels(recipe, { mixture }), { trained: { mixture } });
    await expect(failing).rejects.toThrow(DataCheckError);
  });

  it("is refused where it is damaged or of something else", async () => {
    const bytes = saveMixture((await runRecipe(stripes, recipe)).analysis.mixture!);
    expect(() => loadMixture(bytes.slice(0, bytes.length - 9))).toThrow(FormatError);
    const text = new TextDecoder("latin1").decode(bytes).replace("sigma gaussian mixture", "sigma gaussian MIXTURE");
    expect(() => loadMixture(Uint8Array.from(text, (letter) => letter.charCodeAt(0)))).toThrow(/not a Gaussian mixture/);
  });
});

describe("models of a result", () => {
  it("must settle the latent space of another file", () => {
    const withUmap = parseRecipe({
      schemaVersion: 1,
      steps: [
        { step: "elements" },
        { step: "features" },
        { step: "embed", method: "umap" },
        { step: "cluster", method: "gaussian-mixture" },
      ],
    });
    const model = {
      covarianceType: "diag",
      components: 1,
      dimensions: 2,
      weights: Float64Array.of(1),
      means: new Float64Array(2),
      covariances: new Float64Array(2),
    } as const;
    expect(() => recipeForModels(withUmap, { mixture: { model, on: "latent", featureNames: [] } })).toThrow(/method umap/);
    expect(() => recipeForModels(withUmap, {})).toThrow(RecipeError);
  });
});
