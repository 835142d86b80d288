import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { scratchFolder, sigma } from "./run-sigma.test-support.js";

const scratch = scratchFolder();
const fixture = (path: string) => fileURLToPath(new URL(`../../../fixtures/${path}`, import.meta.url));
const velox = fixture("emd/velox.emd");
const expected: Record<string, number[]> = JSON.parse(readFileSync(fixture("emd/expected.json"), "utf8"));
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

afterAll(() => scratch.remove());

async function infoOf(...words: string[]) {
  const { code, out, err } = await sigma(["info", ...words, "--json"]);
  expect(code, err).toBe(0);
  return JSON.parse(out);
}

describe("detectors and frames", () => {
  test("of a Velox file are chosen by --detectors and --frames, and no count is in two of them", async () => {
    const all = await infoOf(velox);
    expect(all.datasets[0].sum).toBe(total(expected["SuperX1"]!) + total(expected["SuperX2"]!));
    const one = await infoOf(velox, "--detectors", "SuperX2", "--frames", "1:2");
    expect(one.datasets[0].sum).toBe(total(expected["SuperX2 frame 1"]!));
    const frames = await Promise.all(["0:1", "1:2", "2:3"].map((range) => infoOf(velox, "--frames", range)));
    expect(frames.map(({ datasets }) => datasets[0].sum).reduce((sum, value) => sum + value)).toBe(all.datasets[0].sum);
  });

  test("are converted as chosen", async () => {
    const out = scratch.path("one.hspy");
    const { code, err } = await sigma(["convert", velox, out, "--detectors", "SuperX2", "--frames", "1:2"]);
    expect(code, err).toBe(0);
    expect((await infoOf(out)).datasets[0].sum).toBe(total(expected["SuperX2 frame 1"]!));
  });

  test("stand in the recipe that was run, which repeats the choice", async () => {
    const recipe = scratch.path("recipe.json");
    const steps = [
      { step: "decompose", method: "pca", nComponents: 2 },
      { step: "cluster", method: "k-means", nClusters: 2, on: "components" },
      { step: "spectra" },
    ];
    writeFileSync(recipe, JSON.stringify({ schemaVersion: 1, steps }));
    const run = async (out: string, ...words: string[]) => {
      const outcome = await sigma(["run", velox, "--out", out, "--json", "--progress", "none", ...words]);
      expect(outcome.code, outcome.err).toBe(0);
      return { recipe: readFileSync(join(out, "recipe.json"), "utf8"), sum: readFileSync(join(out, "spectra/sum.msa"), "utf8") };
    };
    const chosen = await run(scratch.path("chosen"), "--recipe", recipe, "--detectors", "SuperX2", "--frames", "1:2");
    expect(JSON.parse(chosen.recipe)).toMatchObject({ detectors: ["SuperX2"], frames: { start: 1, end: 2 } });
    const again = await run(scratch.path("again"), "--recipe", join(scratch.path("chosen"), "recipe.json"));
    expect(again).toEqual(chosen);
    const whole = await run(scratch.path("whole"), "--recipe", recipe);
    expect(whole.sum).not.toBe(chosen.sum);
    expect(JSON.parse(whole.recipe)).not.toHaveProperty("frames");
  });

  test.each([
    [[velox, "--detectors", "SuperX9"], 3, /no such detector.*SuperX1, SuperX2/s],
    [[velox, "--frames", "2:9"], 3, /no such frames.*from 0 to before 3/s],
    [[velox, "--frames", "2"], 2, /0:10/],
    [[fixture("emd/ncem.emd"), "--frames", "0:1"], 3, /Velox files only/],
    [[fixture("hspy/oldest.hdf5"), "--detectors", "A"], 3, /detectors of this kind of file cannot be chosen/],
  ])("%j are refused with code %i", async (words, code, message) => {
    const outcome = await sigma(["info", ...words]);
    expect(outcome.code).toBe(code);
    expect(outcome.err).toMatch(message);
  });
});

describe("a stack", () => {
  test("is converted as one image, whatever the format of its files", async () => {
    const out = scratch.path("stack.hspy");
    const { code, err } = await sigma(["convert", velox, velox, out, "--stack"]);
    expect(code, err).toBe(0);
    const { datasets } = await infoOf(out);
    expect(datasets[0].shape).toEqual([2, 3, 4, 64]);
    expect(datasets[0].sum).toBe(2 * (total(expected["SuperX1"]!) + total(expected["SuperX2"]!)));
  });

  test("needs --stack, and a file to write", async () => {
    const several = await sigma(["convert", velox, velox, scratch.path("no.hspy")]);
    expect([several.code, several.err]).toEqual([2, expect.stringMatching(/--stack/)]);
    const none = await sigma(["convert", velox]);
    expect([none.code, none.err]).toEqual([2, expect.stringMatching(/name the file to write/)]);
    const picture = await sigma(["convert", velox, velox, scratch.path("no.tif"), "--stack", "--image", "0"]);
    expect(picture.code).toBe(2);
  });
});
