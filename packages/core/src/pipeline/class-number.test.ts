import { describe, expect, it } from "vitest";
import { noisyImage, spectrumOf } from "../algorithms/preprocess/synthetic-image.test-support.js";
import { renderReport } from "../report/report.js";
import { resultFiles } from "../report/result-files.js";
import { parseRecipe, recipeJsonSchema } from "./recipe.js";
import { runRecipe } from "./run-recipe.js";

const phases = [
  { O: 60, Si: 50 },
  { Fe: 50, S: 40 },
  { O: 40, Ca: 60 },
].map((composition) => spectrumOf(composition, 40));
const image = noisyImage(24, 12, (x) => phases[Math.floor(x / 8)]!);
const recipeWith = (cluster: object) =>
  parseRecipe({
    schemaVersion: 1,
    steps: [
      { step: "elements", lines: ["O_Ka", "Si_Ka", "S_Ka", "Ca_Ka", "Fe_Ka"] },
      { step: "features" },
      { step: "normalise", steps: ["z-score"] },
      { step: "embed", method: "pca", nComponents: 2 },
      { step: "cluster", ...cluster },
      { step: "spectra" },
    ],
  });
const run = async (cluster: object) => (await runRecipe(image, recipeWith(cluster))).analysis;
const choose = { most: 5, runs: 3 };

describe("a number of classes that is chosen", () => {
  it.each([
    [{ method: "gaussian-mixture", nComponents: "auto", choose }, "recommended"],
    [{ method: "gaussian-mixture", nComponents: "auto", choose: { ...choose, criterion: "silhouette" } }, "silhouette"],
    [{ method: "gaussian-mixture", nComponents: "auto", choose: { ...choose, criterion: "bic" } }, "bic"],
    [{ method: "k-means", nClusters: "auto", choose }, "recommended"],
  ])("is that of the phases: %#", async (cluster, criterion) => {
    const { classes, classNumber, choices } = await run(cluster);
    expect(classes).toHaveLength(3);
    expect(classNumber).toMatchObject({ criterion, nClasses: 3 });
    expect(classNumber!.numbers.map(({ nClasses }) => nClasses)).toEqual([2, 3, 4, 5]);
    expect(choices).toContain(classNumber!.reason);
  });

  it("is judged with the noise of counting when asked to", async () => {
    const stabilityAt5 = async (resample: string): Promise<number> => {
      const only = { ...choose, fewest: 5, runs: 20, resample };
      const { classNumber } = await run({ method: "k-means", nClusters: "auto", on: "features", choose: only });
      return classNumber!.numbers[0]!.stability;
    };
    expect(await stabilityAt5("thinning")).toBeLessThan(await stabilityAt5("none"));
    const thinned = await run({ method: "k-means", nClusters: "auto", choose: { ...choose, resample: "thinning" } });
    expect(thinned.classNumber!.nClasses).toBe(3);
  });

  it("falls back to the recommendation where the criterion has no value, and says so", async () => {
    const { classNumber, warnings } = await run({
      method: "k-means",
      nClusters: "auto",
      choose: { ...choose, criterion: "bic" },
    });
    expect(classNumber).toMatchObject({ criterion: "recommended", nClasses: 3 });
    expect(warnings.join()).toMatch(/criterion bic has no value/);
  });

  it("is drawn in the report and tabled, and a number that is given is not", async () => {
    const recipe = recipeWith({ method: "gaussian-mixture", nComponents: "auto", choose });
    const context = { inputName: "x", inputSha256: "", recipe, recipeSha256: "", programVersion: "0" };
    const analysis = await run(recipe.steps[4]!);
    expect(renderReport(analysis, context)).toContain("BIC (smaller is better)");
    const table = [...resultFiles(analysis, context)].find(({ path }) => path === "class-numbers.csv")!;
    expect(new TextDecoder().decode(table.bytes).split("\r\n")[2]).toMatch(/^3,.*,true$/);
    expect((await run({ method: "gaussian-mixture", nComponents: 2 })).classNumber).toBeUndefined();
  });

  it("is in the schema of recipes", () => {
    expect(JSON.stringify(recipeJsonSchema())).toContain('"const":"auto"');
  });
});
