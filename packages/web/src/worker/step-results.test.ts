import { type Analysis, makePhantom, parseRecipe, runRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { stepResult } from "./step-results.js";

test("each step of a run says in words what it gave", async () => {
  const { image } = await makePhantom({ width: 32, height: 24, particles: 5, countsPerPixel: 150, seed: 3 });
  const recipe = parseRecipe({
    schemaVersion: 1,
    steps: [
      { step: "bin", factor: 2 },
      { step: "elements", elements: ["O", "Si", "Fe"] },
      { step: "maps" },
      { step: "features" },
      { step: "normalise" },
      { step: "embed", method: "pca" },
      { step: "cluster", method: "k-means", nClusters: 3 },
      { step: "edit", action: "rename", id: 0, name: "Quartz" },
      { step: "edit", action: "rename", id: 9, name: "Nothing" },
      { step: "spectra" },
      { step: "unmix", method: "nmf" },
    ],
  });
  const said: [string, string | undefined][] = [];
  let last: Analysis | undefined;
  await runRecipe(image, recipe, {
    onStep: (analysis, step) => {
      last = analysis;
      said.push([step, stepResult(step, analysis)]);
    },
  });
  expect(said).toEqual([
    ["bin", "16 × 12 pixels"],
    ["read", `192 spectra of ${image.counts.channels.toLocaleString("en")} channels`],
    ["elements", "3 elements: O, Si, Fe"],
    ["maps", `${last!.elementMaps.length} maps`],
    ["features", `${last!.features!.lines.length} features of each pixel`],
    ["normalise", `${last!.features!.lines.length} features on one scale`],
    ["embed", "192 pixels in 2 dimensions"],
    ["cluster", "3 classes, every pixel assigned"],
    ["edit", "Named “Quartz”"],
    ["edit", expect.stringMatching(/9|no class|not/i)],
    ["spectra", "Spectra of 3 classes"],
    ["unmix", expect.stringMatching(/^3 endmembers, [\d.]+\s%? ?of counts not explained$/)],
  ]);
});

test("phases, what is left, and names", () => {
  const analysis = {
    labels: Int32Array.of(0, 0, 1, -1),
    evidence: { phases: [{}, {}], unexplainedShare: 0.0123 },
    identities: [
      { verdict: "one", name: "Quartz" },
      { verdict: "none", name: undefined },
    ],
  } as unknown as Analysis;
  expect(stepResult("find-phases", analysis)?.replaceAll(/\s/g, " ")).toBe(
    "2 phases, 25.0 % of pixels unassigned, 1.2 % of counts not explained",
  );
  const without = { ...analysis, labels: Int32Array.of(-1, -1) };
  expect(stepResult("find-phases", without)?.replaceAll(/\s/g, " ")).toBe(
    "No phase, 100 % of pixels unassigned, 1.2 % of counts not explained",
  );
  expect(stepResult("identify", analysis)).toBe("1 of 2 classes named: Quartz");
  const thin = { warnings: ["Phases are not named: the sample is thin, and so on. Amounts are measured elsewhere."] };
  expect(stepResult("identify", { ...analysis, ...thin, identities: undefined })).toBe("Left out: the sample is thin");
  expect(stepResult("something", analysis)).toBeUndefined();
});
