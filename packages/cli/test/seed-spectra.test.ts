import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { writeMsa } from "@sigma-eds/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scratchFolder, sigma } from "./run-sigma.test-support.js";

const scratch = scratchFolder();
const input = scratch.path("specimen/phantom.rpl");
const chain = [
  { step: "elements" },
  { step: "features" },
  { step: "cluster", method: "k-means", on: "features", nClusters: 2 },
  { step: "spectra" },
];
const values = Float64Array.from({ length: 300 }, (_, c) => (c > 160 && c < 190 ? 100 : 1));
const standard = writeMsa({ title: "a standard", values, energy: { offsetKev: 0, scaleKev: 0.01 }, yUnits: "counts" });

beforeAll(async () => {
  const made = await sigma(["phantom", "--out", scratch.path("specimen"), "--width", "12", "--height", "10", "--counts", "100"]);
  expect(made.code, made.err).toBe(0);
  mkdirSync(scratch.path("library"));
  writeFileSync(scratch.path("library/quartz.msa"), standard);
}, 60_000);
afterAll(() => scratch.remove());

async function run(steps: readonly object[], ...words: string[]) {
  writeFileSync(scratch.path("recipe.json"), JSON.stringify({ schemaVersion: 1, steps }));
  const outcome = await sigma([
    "run",
    input,
    "--out",
    scratch.path("out"),
    "--recipe",
    scratch.path("recipe.json"),
    "--overwrite",
    ...words,
  ]);
  return outcome;
}

test.each([
  ["named in the recipe, relative to it", ["library/quartz.msa"], []],
  ["given with --seed-spectrum", [], ["--seed-spectrum", scratch.path("library/quartz.msa")]],
])("a standard %s is an endmember, and the recipe that was run holds it", async (_, seedSpectra, words) => {
  const outcome = await run([...chain, { step: "unmix", method: "nmf", nComponents: 2, seedSpectra }], ...words);
  expect(outcome.code, outcome.err).toBe(0);
  const { steps } = JSON.parse(readFileSync(scratch.path("out/recipe.json"), "utf8"));
  expect(steps.at(-1).seedSpectra).toEqual([{ name: "quartz", energyOffsetKev: 0, energyScaleKev: 0.01, counts: [...values] }]);
});

test("a file that is not there, and a recipe that does not unmix, are refused", async () => {
  const missing = await run([...chain, { step: "unmix", method: "nmf", seedSpectra: ["library/none.msa"] }]);
  expect(missing.code).toBe(4);
  expect(missing.err).toMatch(/none\.msa/);
  const useless = await run(chain, "--seed-spectrum", scratch.path("library/quartz.msa"));
  expect(useless.code).toBe(2);
});
