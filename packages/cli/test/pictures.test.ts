import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { writeNpy, writeTiff } from "@sigma-eds/core";
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

test("a folder of element maps runs through a preset as a file does, and other files in it are left alone", async () => {
  const folder = scratch.path("maps");
  mkdirSync(folder);
  const map = (left: number, right: number) =>
    Uint16Array.from({ length: 32 * 24 }, (_, i) => (i % 32 < 16 ? left : right) + ((i * 7) % 5));
  writeFileSync(scratch.path("maps/Fe.tif"), writeTiff({ width: 32, height: 24, data: map(50, 5) }));
  writeFileSync(scratch.path("maps/Si.npy"), writeNpy({ shape: [24, 32], data: map(4, 40) }));
  writeFileSync(scratch.path("maps/notes.txt"), "found on a beach\n");
  const outcome = await sigma(["run", folder, "--out", scratch.path("of-maps"), "--preset", "sigma-umap-gmm", "--json"]);
  expect(outcome.code, outcome.err).toBe(0);
  const result = JSON.parse(outcome.out);
  expect(result.input.files.map(({ name }: { name: string }) => name)).toEqual(["Fe.tif", "Si.npy"]);
  expect(result.input.title).toBe("maps");
  expect(new Set(result.phases.map(({ name }: { name: string }) => name.split(" ")[0]))).toEqual(new Set(["Fe", "Si"]));
  const auto = await sigma(["run", folder, "--out", scratch.path("never")]);
  expect(auto.code).toBe(3);
  expect(auto.err).toMatch(/sigma-umap-hdbscan/);
});

test("a folder without pictures ends with code 4 and says what was expected", async () => {
  mkdirSync(scratch.path("empty"));
  writeFileSync(scratch.path("empty/notes.txt"), "nothing");
  const outcome = await sigma(["info", scratch.path("empty")]);
  expect(outcome.code).toBe(4);
  expect(outcome.err).toMatch(/no element maps.*Fe\.tif/);
});
