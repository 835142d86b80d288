import { expect, test } from "vitest";
import { makePhantom } from "../phantom/phantom.js";
import { featureStages } from "./feature-stages.js";
import { parseRecipe } from "./recipe.js";
import { runRecipe } from "./run-recipe.js";

const elements = { step: "elements", elements: ["Si", "Al", "Ca"] };

test("the last stage is what the steps give, and every stage follows from the one before", async () => {
  const { image } = await makePhantom({ width: 24, height: 16, particles: 5, channels: 512, channelWidthEv: 20 });
  const treatments = ["neighbour-average", "z-score", "softmax"] as const;
  const recipe = parseRecipe({
    schemaVersion: 1,
    steps: [elements, { step: "features" }, { step: "normalise", steps: [...treatments] }],
  });
  const { analysis } = await runRecipe(image, recipe);
  const stages = await featureStages(analysis, recipe, treatments, { seed: 0 });
  expect(stages.map(({ after }) => after)).toEqual(["counts", "per-count", ...treatments]);
  expect(stages.at(-1)!.data).toEqual(analysis.features!.data);
  expect(stages[0]!.lines).toEqual(analysis.features!.lines);
  const whole = stages[0]!.data.every((value) => value >= 0 || Number.isFinite(value));
  expect(whole).toBe(true);
  const columns = stages[0]!.lines.length;
  const shares = stages.at(-1)!.data.subarray(0, columns);
  expect(shares.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
});

test("features that are not divided by the counts of the pixel have no such stage; without the step its defaults hold", async () => {
  const { image } = await makePhantom({ width: 12, height: 8, particles: 3, channels: 512, channelWidthEv: 20 });
  const plain = parseRecipe({ schemaVersion: 1, steps: [elements, { step: "features", normalisePixels: false }] });
  const { analysis } = await runRecipe(image, plain);
  expect((await featureStages(analysis, plain, [], { seed: 0 })).map(({ after }) => after)).toEqual(["counts"]);
  const without = parseRecipe({ schemaVersion: 1, steps: [elements] });
  expect((await featureStages(analysis, without, ["z-score"], { seed: 0 })).map(({ after }) => after)).toEqual([
    "counts",
    "per-count",
    "z-score",
  ]);
});
