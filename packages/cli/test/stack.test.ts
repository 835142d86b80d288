import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readNpy } from "@sigma-eds/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scratchFolder, sigma } from "./run-sigma.test-support.js";

const scratch = scratchFolder();
const inputs = ["a", "b", "c"].map((name) => scratch.path(`${name}/phantom.rpl`));

beforeAll(async () => {
  for (const [seed, name] of ["a", "b", "c"].entries()) {
    const made = await sigma([
      "phantom",
      "--out",
      scratch.path(name),
      "--width",
      "24",
      "--height",
      "16",
      "--counts",
      "100",
      "--seed",
      String(seed),
    ]);
    expect(made.code, made.err).toBe(0);
  }
}, 120_000);
afterAll(() => scratch.remove());

describe("sigma run with several files", () => {
  test("needs --stack, and --stack needs several", async () => {
    for (const words of [inputs, [inputs[0]!, "--stack"]]) {
      const outcome = await sigma(["run", ...words, "--out", scratch.path("no")]);
      expect(outcome.code).toBe(2);
      expect(outcome.err).toMatch(/^sigma: .*--stack/);
    }
  });

  test("analyses them as one image with an axis more", async () => {
    const recipe = scratch.path("recipe.json");
    const steps = [
      { step: "decompose", method: "pca", nComponents: 3 },
      { step: "cluster", method: "k-means", nClusters: 3, on: "components" },
      { step: "spectra" },
    ];
    writeFileSync(recipe, JSON.stringify({ schemaVersion: 1, steps }));
    const out = scratch.path("stack");
    const outcome = await sigma(["run", ...inputs, "--stack", "--recipe", recipe, "--out", out, "--json", "--progress", "none"]);
    expect(outcome.code, outcome.err).toBe(0);
    const document = JSON.parse(outcome.out);
    expect(document.shape).toEqual([3, 16, 24]);
    expect(
      document.input.files.map(({ name }: { name: string }) => name).filter((name: string) => name === "phantom.rpl"),
    ).toHaveLength(3);
    expect(readNpy(readFileSync(join(out, "labels.npy"))).shape).toEqual([3, 16, 24]);
    expect(readNpy(readFileSync(join(out, "scores.npy"))).shape).toEqual([3, 16, 24, 3]);
    expect(document.files.map(({ path }: { path: string }) => path)).toContain("labels-002.tif");
  });

  test("refuses files of different sizes", async () => {
    await sigma(["phantom", "--out", scratch.path("d"), "--width", "20", "--height", "16", "--counts", "50"]);
    const outcome = await sigma(["run", inputs[0]!, scratch.path("d/phantom.rpl"), "--stack", "--out", scratch.path("odd")]);
    expect(outcome.code).toBe(5);
    expect(outcome.err).toMatch(/^sigma: .*different sizes/);
  });
});
