import { describe, expect, test } from "vitest";
import { agreementOfRuns } from "../../algorithms/score/agreement-of-runs.js";
import { makePhantom } from "../../phantom/phantom.js";
import { resultFiles } from "../../report/result-files.js";
import { parseRecipe } from "../recipe.js";
import { runRecipe } from "../run-recipe.js";

describe("agreement of runs", () => {
  test("classes are matched whatever their numbers; what falls apart or is not there counts against a class", () => {
    const labels = Int32Array.of(0, 0, 0, 0, 2, 2, -1, 2);
    const same = Int32Array.of(1, 1, 1, 1, 0, 0, 0, 0);
    const apart = Int32Array.of(0, 0, 1, 1, 2, 2, -1, 2);
    const { classes, pixels, classNumbers } = agreementOfRuns(labels, [0, 2], [same, apart]);
    expect(classNumbers).toEqual([2, 3]);
    expect(classes).toEqual([
      { id: 0, jaccard: 0.75, found: 0.5 },
      { id: 2, jaccard: (0.75 + 1) / 2, found: 1 },
    ]);
    expect([...pixels]).toEqual([1, 1, 0.5, 0.5, 1, 1, Number.NaN, 1]);
  });

  test("a run without classes finds nothing again", () => {
    const { classes, classNumbers } = agreementOfRuns(Int32Array.of(0, 1), [0, 1], [Int32Array.of(-1, -1)]);
    expect(classNumbers).toEqual([0]);
    expect(classes.every(({ jaccard, found }) => jaccard === 0 && found === 0)).toBe(true);
  });
});

const recipe = parseRecipe({
  schemaVersion: 1,
  seed: 3,
  steps: [{ step: "elements" }, { step: "find-phases" }, { step: "spectra" }, { step: "stability", runs: 2 }],
});

test("phases of a phantom are found again from half of the counts, boundaries being less sure", async () => {
  const { image, truth } = await makePhantom({ width: 48, height: 36, particles: 7, countsPerPixel: 150, seed: 4 });
  const { analysis } = await runRecipe(image, recipe);
  const { stability, classes, labels } = analysis;
  expect(stability!.classes.map(({ id }) => id)).toEqual(classes.map(({ id }) => id));
  const large = stability!.classes.filter(({ id }) => classes.find((one) => one.id === id)!.pixels > 100);
  for (const { found, jaccard } of large) {
    expect(found).toBe(1);
    expect(jaccard).toBeGreaterThan(0.7);
  }
  const mean = (isPure: 0 | 1) => {
    const chosen = [...stability!.pixels].filter((_, p) => labels![p]! >= 0 && truth.pure[p] === isPure);
    return chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
  };
  expect(mean(1)).toBeGreaterThan(mean(0));
  const context = { recipe, inputName: "phantom", programVersion: "0" };
  const files = [...resultFiles(analysis, context as unknown as Parameters<typeof resultFiles>[1])];
  expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining(["stability.csv", "stability.npy"]));
  expect(new TextDecoder().decode(files.find(({ path }) => path === "report.html")!.bytes)).toContain("Found again");
});
