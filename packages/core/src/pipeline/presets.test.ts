import { describe, expect, it } from "vitest";
import { noisyImage, spectrumOf } from "../algorithms/preprocess/synthetic-image.test-support.js";
import { RecipeError } from "../errors.js";
import { presetRecipe, presets } from "./presets.js";
import { parseRecipe } from "./recipe.js";
import { runRecipe } from "./run-recipe.js";

describe("presets", () => {
  it.each(Object.values(presets))("$id is a recipe of its own name, and stays one when written and read again", ({ id }) => {
    const recipe = presetRecipe(id);
    expect(recipe.name).toBe(id);
    expect(parseRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
  });

  it("says which there are when asked for another", () => {
    expect(() => presetRecipe("magic")).toThrow(RecipeError);
  });
});

describe("sigma-compat", () => {
  it("counts lines in SIGMA's windows, sums bins, clusters by a Bayesian mixture and unmixes the scaled class spectra", async () => {
    const phases = [spectrumOf({ O: 60, Si: 50 }, 80), spectrumOf({ Fe: 60, S: 40 }, 80)];
    const image = noisyImage(29, 20, (x) => phases[x < 14 ? 0 : 1]!);
    const recipe = presetRecipe("sigma-compat");
    const steps = recipe.steps.map((entry) =>
      entry.step === "elements" ? { ...entry, lines: ["O_Ka", "Si_Ka", "Fe_Ka"] } : entry,
    );
    const { analysis } = await runRecipe(image, parseRecipe({ ...recipe, steps }));
    // 29 columns by 2: the odd one is cropped.
    expect(analysis.image.counts.navigationShape).toEqual([10, 14]);
    const { lines, windows } = analysis.features!;
    const window = (line: string) => windows[lines.indexOf(line)]!;
    expect(window("O_Ka").fromKev).toBeCloseTo(0.466, 2);
    expect(window("Si_Ka").toKev).toBeCloseTo(1.82, 2);
    expect(window("Fe_Ka").fromKev).toBeCloseTo(6.269, 2);
    expect(window("Fe_Ka").toKev).toBeCloseTo(6.539, 2);
    const [left, right] = [analysis.labels![0]!, analysis.labels![13]!];
    expect(left).not.toBe(right);
    expect(analysis.membership!.classes).toBe(analysis.classes.length);
    expect(analysis.unmixing!.endmembers.length).toBe(analysis.classes.length);
    expect(analysis.unmixing!.classWeights!.data.length).toBe(analysis.classes.length ** 2);
  });
});
