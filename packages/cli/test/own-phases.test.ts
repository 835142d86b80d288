import { readFileSync, writeFileSync } from "node:fs";
import { parseMsa, writeMsa } from "@sigma-eds/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scratchFolder, sigma } from "./run-sigma.test-support.js";

const scratch = scratchFolder();
const input = scratch.path("specimen/phantom.rpl");
const recipe = {
  schemaVersion: 1,
  steps: [
    { step: "elements" },
    { step: "features" },
    { step: "cluster", method: "k-means", on: "features", nClusters: 2 },
    { step: "spectra" },
    { step: "identify" },
  ],
};

beforeAll(async () => {
  const made = await sigma(["phantom", "--out", scratch.path("specimen"), "--width", "24", "--height", "18", "--counts", "150"]);
  expect(made.code, made.err).toBe(0);
  writeFileSync(scratch.path("recipe.json"), JSON.stringify(recipe));
}, 60_000);
afterAll(() => scratch.remove());

const run = (...words: string[]) =>
  sigma(["run", input, "--recipe", scratch.path("recipe.json"), "--overwrite", "--progress", "none", ...words]);

test("a class spectrum of one run names the same class in the next, alone or from a list", async () => {
  const first = await run("--out", scratch.path("first"));
  expect(first.code, first.err).toBe(0);
  const { phases } = JSON.parse(readFileSync(scratch.path("first/result.json"), "utf8"));
  const { id, pixels } = phases[0];
  // Class spectra are means per pixel; a measurement of the phase has counts.
  const { values } = parseMsa(readFileSync(scratch.path(`first/spectra/class-${id}.msa`), "latin1"), "class");
  const counted = Float64Array.from(values, (value) => Math.round(value * pixels));
  const energy = { offsetKev: 0, scaleKev: 0.01 };
  writeFileSync(scratch.path("our own.msa"), writeMsa({ title: "own", values: counted, energy, yUnits: "counts" }));
  writeFileSync(
    scratch.path("list.json"),
    JSON.stringify([
      { name: "our carbon", formula: "C", densityGcm3: 1.9 },
      { name: "whole map", spectrum: "specimen/phantom.rpl" },
    ]),
  );
  const second = await run("--out", scratch.path("second"), "--own-phase", scratch.path("list.json"));
  expect(second.code, second.err).toBe(0);
  const { steps } = JSON.parse(readFileSync(scratch.path("second/recipe.json"), "utf8"));
  const own = steps.at(-1).ownPhases;
  expect(own.map(({ name }: { name: string }) => name)).toEqual(["our carbon", "whole map"]);
  expect(own[1].spectrum.counts.length).toBeGreaterThan(1000);
  const alone = await run("--out", scratch.path("third"), "--own-phase", scratch.path("our own.msa"));
  expect(alone.code, alone.err).toBe(0);
  const again = JSON.parse(readFileSync(scratch.path("third/result.json"), "utf8")).identities.find(
    (one: { id: number }) => one.id === id,
  );
  expect(again.shown.map(({ name }: { name: string }) => name)).toContain("our own");
}, 120_000);

test("a recipe that does not identify, and a list that is no JSON, are refused", async () => {
  writeFileSync(scratch.path("broken.json"), "{");
  const broken = await run("--out", scratch.path("out"), "--own-phase", scratch.path("broken.json"));
  expect(broken.code).toBe(4);
  expect(broken.err).toMatch(/no JSON/);
  const other = await sigma([
    "run",
    input,
    "--out",
    scratch.path("out"),
    "--preset",
    "sigma-compat",
    "--own-phase",
    scratch.path("list.json"),
  ]);
  expect(other.code).toBe(2);
  expect(other.err).toMatch(/identify/);
}, 60_000);
