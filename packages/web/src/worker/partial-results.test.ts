import {
  type AnalysisGlimpse,
  classColour,
  makePhantom,
  parseRecipe,
  presetRecipe,
  runRecipe,
  startAnalysis,
} from "@sigma-eds/core";
import { expect, test } from "vitest";
import type { RunProgress } from "./engine-protocol.js";
import { runTeller } from "./partial-results.js";

test("looks are taken when the page has shown the one before, and not more often than it can follow", async () => {
  const { image } = await makePhantom({ width: 4, height: 4, channels: 512, channelWidthEv: 20, countsPerPixel: 20 });
  const labels = Int32Array.from({ length: 16 }, (_, p) => (p === 0 ? -1 : p < 6 ? 0 : 1));
  const state: AnalysisGlimpse = { ...startAnalysis(image), labels };
  const told: RunProgress[] = [];
  let time = 0;
  let shown: () => void = () => {};
  let looks = 0;
  const listen = (progress: RunProgress): Promise<void> => {
    told.push(progress);
    return new Promise((resolve) => {
      shown = resolve;
    });
  };
  const teller = runTeller(presetRecipe("auto"), ["a", "b"], listen, () => time);
  const look = (): AnalysisGlimpse => {
    looks += 1;
    return state;
  };
  teller.glimpse(look);
  time = 1000;
  teller.glimpse(look);
  expect(looks).toBe(1);
  shown();
  await Promise.resolve();
  await Promise.resolve();
  teller.glimpse(look);
  expect(looks).toBe(1);
  time = 1300;
  teller.glimpse(look);
  expect(looks).toBe(2);
  expect(told[0]?.partial?.classes.map(({ id, pixels }) => [id, pixels])).toEqual([
    [0, 5],
    [1, 10],
  ]);
  const within = (fraction: number) => teller.progress({ step: 1, steps: 2, title: "a", fraction });
  for (const fraction of [0, 0.1, 0.2, 0.3, 1]) within(fraction);
  expect(told.slice(2).map(({ fraction }) => fraction)).toEqual([0, 1]);
});

test("classes that are looked at while a run goes on have the colours that they have at its end", async () => {
  const { image } = await makePhantom({ width: 24, height: 16, channels: 256, channelWidthEv: 40, countsPerPixel: 20 });
  // Bands in which class 0 touches 3 and 1 touches 2 most: the order of the palette is not the best.
  const labels = Int32Array.from({ length: 24 * 16 }, (_, p) => [0, 3, 0, 3, 1, 2, 1, 2][Math.floor((p % 24) / 3)]!);
  const recipe = parseRecipe({ schemaVersion: 1, steps: [{ step: "spectra" }] });
  const state = { ...startAnalysis(image), labels };
  const told: RunProgress[] = [];
  runTeller(recipe, ["Class spectra"], (progress) => told.push(progress)).glimpse(() => state);
  const { analysis } = await runRecipe(image, recipe, { after: { done: 0, analysis: state } });
  const colours = analysis.classes.map(({ colour }) => colour);
  expect(told[0]?.partial?.classes.map(({ colour }) => colour)).toEqual(colours);
  expect(colours).not.toEqual([0, 1, 2, 3].map(classColour));
});
