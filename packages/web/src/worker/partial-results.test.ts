import { type AnalysisGlimpse, makePhantom, presetRecipe, startAnalysis } from "@sigma-eds/core";
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
