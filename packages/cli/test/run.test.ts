import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { readNpy } from "@sigma-eds/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Outcome, scratchFolder, sigma } from "./run-sigma.test-support.js";

const scratch = scratchFolder();
const specimen = scratch.path("specimen");
const input = scratch.path("specimen/phantom.rpl");
const result = scratch.path("result");
let first: Outcome;

function resultJson(folder: string) {
  return JSON.parse(readFileSync(join(folder, "result.json"), "utf8"));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.replaceAll("\\", "/"))
    .sort();
}

beforeAll(async () => {
  const made = await sigma([
    "phantom",
    "--out",
    specimen,
    "--width",
    "64",
    "--height",
    "48",
    "--counts",
    "150",
    "--seed",
    "1",
    "--json",
  ]);
  expect(made.code, made.err).toBe(0);
  first = await sigma(["run", input, "--out", result, "--json", "--threads", "1", "--progress", "jsonl"]);
  expect(first.code, first.err).toBe(0);
}, 120_000);
afterAll(() => scratch.remove());

describe("sigma run", () => {
  test("prints nothing but result.json on stdout", () => {
    expect(JSON.parse(first.out)).toEqual(resultJson(result));
  });

  test("tells its progress as JSON lines that only rise within a step", () => {
    const events = first.err
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.length).toBeGreaterThan(5);
    events.slice(1).forEach((event, i) => {
      const before = events[i];
      expect(event.step > before.step || (event.step === before.step && event.fraction >= before.fraction)).toBe(true);
    });
    expect(events.at(-1)).toMatchObject({ fraction: 1, step: events.at(-1).steps });
  });

  test("lists every file with its size and SHA-256", () => {
    const listed = resultJson(result).files;
    for (const { path, bytes, sha256 } of listed) {
      const content = readFileSync(join(result, path));
      expect(content.length, path).toBe(bytes);
      expect(createHash("sha256").update(content).digest("hex"), path).toBe(sha256);
    }
    expect([...listed.map(({ path }: { path: string }) => path), "result.json"].sort()).toEqual(filesBelow(result));
  });

  test("writes every kind of file", () => {
    const files = filesBelow(result);
    for (const name of [
      "labels.npy",
      "labels.tif",
      "labels.png",
      "membership.npy",
      "latent.npy",
      "abundances.npy",
      "phases.csv",
      "recipe.json",
      "report.html",
    ]) {
      expect(files).toContain(name);
    }
    const { phases } = resultJson(result);
    for (const { id } of phases) {
      expect(files).toContain(`spectra/class-${id}.msa`);
      expect(files).toContain(`masks/class-${id}.tif`);
      expect(files).toContain(`endmembers/endmember-${id}.msa`);
    }
    expect(files.filter((name) => /^maps\/[A-Z][a-z]?_[KLM][a-z0-9]+\.tif$/.test(name)).length).toBeGreaterThan(3);
  });

  test("labels, table and document agree with each other", () => {
    const { shape, data } = readNpy(readFileSync(join(result, "labels.npy")));
    const { phases, shape: stated, unassignedPixels } = resultJson(result);
    expect(shape).toEqual(stated);
    expect(shape).toEqual([48, 64]);
    for (const { id, pixels } of phases) expect([...data].filter((label) => label === id)).toHaveLength(pixels);
    expect([...data].filter((label) => label === -1)).toHaveLength(unassignedPixels);
    const rows = readFileSync(join(result, "phases.csv"), "utf8").trim().split("\r\n");
    expect(rows).toHaveLength(phases.length + 1);
  });

  test("abundances are shares", () => {
    const { shape, data } = readNpy(readFileSync(join(result, "abundances.npy")));
    const k = shape.at(-1)!;
    for (let p = 0; p < data.length / k; p++) {
      const sum = Array.from(data.subarray(p * k, (p + 1) * k)).reduce((a, b) => a + b, 0);
      expect(sum === 0 || Math.abs(sum - 1) < 1e-4).toBe(true);
    }
  });

  test("gives the same bytes again, with another number of threads, and from its own recipe", async () => {
    const again = scratch.path("again");
    const outcome = await sigma(["run", input, "--out", again, "--recipe", join(result, "recipe.json"), "--threads", "2"]);
    expect(outcome.code, outcome.err).toBe(0);
    const [one, two] = [resultJson(result), resultJson(again)];
    expect(two.labelsSha256).toBe(one.labelsSha256);
    expect(two.files).toEqual(one.files);
    expect(two.recipe.sha256).toBe(one.recipe.sha256);
  }, 120_000);

  test("refuses to replace a result unless asked", async () => {
    const refused = await sigma(["run", input, "--out", result]);
    expect(refused.code).toBe(8);
    expect(existsSync(join(result, "report.html"))).toBe(true);
  });
});

describe("sigma score", () => {
  test("compares the result with the truth", async () => {
    const outcome = await sigma(["score", result, specimen, "--json"]);
    expect(outcome.code, outcome.err).toBe(0);
    const score = JSON.parse(outcome.out);
    expect(score.adjustedRandIndex).toBeGreaterThan(0.9);
    expect(score.adjustedRandIndex).toBeLessThanOrEqual(1);
  });

  test("a truth of another image ends with code 5", async () => {
    const other = scratch.path("other");
    await sigma(["phantom", "--out", other, "--width", "20", "--height", "20"]);
    expect((await sigma(["score", result, other])).code).toBe(5);
  });
});

describe("sigma info", () => {
  test("describes the phantom in words and as JSON", async () => {
    const words = await sigma(["info", input]);
    expect(words.out).toMatch(/48 x 64 pixels x 2048 channels/);
    const json = JSON.parse((await sigma(["info", input, "--json", "--hash"])).out);
    expect(json.format).toBe("rpl");
    expect(json.datasets[0]).toMatchObject({ shape: [48, 64, 2048], beamEnergyKev: 15 });
    expect(json.datasets[0].sum_spectrum_sha256_int64le).toMatch(/^[0-9a-f]{64}$/);
    expect(json.datasets[0].count_map_sha256_int64le).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("sigma schema", () => {
  test("prints a JSON Schema that knows every step of the presets", async () => {
    const schema = JSON.parse((await sigma(["schema"])).out);
    const auto = JSON.parse((await sigma(["schema", "--preset", "auto"])).out);
    const text = JSON.stringify(schema);
    for (const { step } of auto.steps) expect(text).toContain(`"const":"${step}"`);
  });
});
