import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { folderNames } from "../src/commands/batch.js";
import { scratchFolder, sigma } from "./run-sigma.test-support.js";

const scratch = scratchFolder();
const recipe = scratch.path("recipe.json");
const inputs = ["a", "b"].map((name) => scratch.path(`${name}/phantom.rpl`));
const small = ["--width", "24", "--height", "16", "--counts", "60"];

beforeAll(async () => {
  for (const [seed, name] of ["a", "b"].entries()) {
    const made = await sigma(["phantom", "--out", scratch.path(name), ...small, "--seed", String(seed)]);
    expect(made.code, made.err).toBe(0);
  }
  const steps = [
    { step: "decompose", method: "pca", nComponents: 3 },
    { step: "cluster", method: "k-means", nClusters: 3, on: "components" },
    { step: "spectra" },
  ];
  writeFileSync(recipe, JSON.stringify({ schemaVersion: 1, steps }));
}, 120_000);
afterAll(() => scratch.remove());

describe("sigma batch", () => {
  test("runs one recipe on every file, and each result is that of sigma run", async () => {
    const out = scratch.path("all");
    const outcome = await sigma(["batch", ...inputs, "--recipe", recipe, "--out", out, "--progress", "none"]);
    expect(outcome.code, outcome.err).toBe(0);
    const alone = scratch.path("alone");
    await sigma(["run", inputs[1]!, "--recipe", recipe, "--out", alone, "--progress", "none"]);
    expect(readFileSync(join(out, "phantom-2/labels.npy"))).toEqual(readFileSync(join(alone, "labels.npy")));
    expect(readFileSync(join(out, "batch.csv"), "utf8").split("\n")[2]).toBe(`${inputs[1]},phantom-2,0,`);
  });

  test("goes on after a file that cannot be read, and ends with its code", async () => {
    const broken = scratch.path("broken.bcf");
    writeFileSync(broken, "nothing of the kind");
    const out = scratch.path("some");
    const outcome = await sigma(["batch", broken, inputs[0]!, "--recipe", recipe, "--out", out, "--progress", "none"]);
    expect(outcome.code).toBe(4);
    expect(outcome.err).toMatch(/broken\.bcf/);
    expect(existsSync(join(out, "phantom/result.json"))).toBe(true);
    expect(readFileSync(join(out, "batch.csv"), "utf8")).toMatch(/broken\.bcf,,4,/);
  });

  test("gives files of one name folders of their own", () => {
    expect(folderNames(["a/x.bcf", "b/x.bcf", "c/X.rpl", "y.emd"])).toEqual(["x", "x-2", "X-3", "y"]);
  });
});
