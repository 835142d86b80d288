import { readFileSync, writeFileSync } from "node:fs";
import { writeTiff } from "@sigma-eds/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scratchFolder, sigma } from "./run-sigma.test-support.js";

const scratch = scratchFolder();
const input = scratch.path("specimen/phantom.rpl");
const recipe = scratch.path("recipe.json");

beforeAll(async () => {
  const small = ["--width", "16", "--height", "12", "--counts", "100"];
  const made = await sigma(["phantom", "--out", scratch.path("specimen"), ...small]);
  expect(made.code, made.err).toBe(0);
  const data = Uint8Array.from({ length: 32 * 24 }, (_, i) => (i % 32 < 16 ? 200 : 50));
  writeFileSync(scratch.path("BSE.tif"), writeTiff({ width: 32, height: 24, data }));
  const steps = [
    { step: "elements" },
    { step: "features" },
    { step: "cluster", method: "k-means", on: "features", nClusters: 2 },
    { step: "spectra" },
  ];
  writeFileSync(recipe, JSON.stringify({ schemaVersion: 1, steps }));
}, 60_000);
afterAll(() => scratch.remove());

const run = (out: string, ...words: string[]) => sigma(["run", input, "--out", scratch.path(out), "--recipe", recipe, ...words]);

test("a picture of another file becomes a feature, and the recipe that was run says so", async () => {
  const outcome = await run("out", "--add-image", scratch.path("BSE.tif"), "--image-feature", "BSE");
  expect(outcome.code, outcome.err).toBe(0);
  const { steps } = JSON.parse(readFileSync(scratch.path("out/recipe.json"), "utf8"));
  expect(steps[1].images).toEqual([{ name: "BSE", normalise: "z-score", weight: 1 }]);
  const { input: read } = JSON.parse(readFileSync(scratch.path("out/result.json"), "utf8"));
  expect(read.files.map(({ name }: { name: string }) => name)).toContain("BSE.tif");
});

test("a name that no picture has ends with code 3 and the names there are", async () => {
  const outcome = await run("never", "--add-image", scratch.path("BSE.tif"), "--image-feature", "SE");
  expect(outcome.code).toBe(3);
  expect(outcome.err).toMatch(/one of BSE/);
});
