import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Outcome, scratchFolder, sigma } from "./run-sigma.test-support.js";

const scratch = scratchFolder();
const specimen = scratch.path("specimen");
const input = scratch.path("specimen/phantom.rpl");

beforeAll(async () => {
  await sigma(["phantom", "--out", specimen, "--width", "32", "--height", "24", "--counts", "100"]);
});
afterAll(() => scratch.remove());

function expectOneLine({ err }: Outcome): void {
  expect(err.trim().split("\n")).toHaveLength(1);
  expect(err).toMatch(/^sigma: /);
  expect(err).not.toMatch(/\n\s+at /);
}

describe("mistakes in the command line end with code 2 and say where help is", () => {
  test.each([
    ["an unknown verb", ["analyse"]],
    ["an unknown option", ["info", "x.bcf", "--colour"]],
    ["a missing argument", ["info"]],
    ["a number that is none", ["run", "x.bcf", "--out", "y", "--seed", "many"]],
    ["a port that there is not", ["app", "--port", "99999"]],
    ["a phantom that does not exist", ["phantom", "--out", scratch.path("p"), "--preset", "unobtainium"]],
  ])("%s", async (_, words) => {
    const outcome = await sigma(words);
    expect(outcome.code).toBe(2);
    expect(outcome.out).toBe("");
    expect(outcome.err).toMatch(/^sigma: /);
    expect(outcome.err).not.toMatch(/\n\s+at /);
  });
});

test("a slip in a needed option is called one, not a lack", async () => {
  const { code, err } = await sigma(["run", "x.bcf", "--outt", "y"]);
  expect(code).toBe(2);
  expect(err).toContain("unknown option '--outt'");
  expect(err).toContain("Did you mean --out?");
  expect((await sigma(["run", "x.bcf"])).err).toContain("required option '--out <folder>' not specified");
});

describe("inputs that cannot be read end with code 4 and one line", () => {
  test("a file that is not there", async () => {
    const outcome = await sigma(["info", scratch.path("nowhere.bcf")]);
    expect(outcome.code).toBe(4);
    expectOneLine(outcome);
  });

  test("a file of another kind", async () => {
    writeFileSync(scratch.path("letter.txt"), "Dear microscope,");
    const outcome = await sigma(["run", scratch.path("letter.txt"), "--out", scratch.path("letter")]);
    expect(outcome.code).toBe(4);
    expectOneLine(outcome);
    expect(existsSync(scratch.path("letter"))).toBe(false);
  });

  test("a folder", async () => {
    const outcome = await sigma(["info", specimen]);
    expect(outcome.code).toBe(4);
    expectOneLine(outcome);
  });

  test("a set with a missing half", async () => {
    mkdirSync(scratch.path("half"));
    writeFileSync(
      scratch.path("half/map.rpl"),
      "key\tvalue\nwidth\t2\nheight\t2\ndepth\t4\ndata-length\t1\ndata-type\tunsigned\nbyte-order\tdont-care\nrecord-by\tvector\n",
    );
    const outcome = await sigma(["info", scratch.path("half/map.rpl")]);
    expect(outcome.code).toBe(4);
    expect(outcome.err).toMatch(/\.raw/);
  });
});

describe("recipes that are not valid end with code 3 and name the entry", () => {
  test.each([
    ["text that is no JSON", "{", /not JSON/],
    ["an unknown step", JSON.stringify({ schemaVersion: 1, steps: [{ step: "guess" }] }), /steps\.0/],
    ["an unknown parameter", JSON.stringify({ schemaVersion: 1, steps: [{ step: "bin", size: 2 }] }), /steps\.0/],
    ["a value out of range", JSON.stringify({ schemaVersion: 1, steps: [{ step: "bin", factor: 0 }] }), /steps\.0\.factor/],
    [
      "steps out of order",
      JSON.stringify({ schemaVersion: 1, steps: [{ step: "spectra" }, { step: "bin" }] }),
      /cannot come after/,
    ],
    ["a step without its input", JSON.stringify({ schemaVersion: 1, steps: [{ step: "spectra" }] }), /before it/],
  ])("%s", async (name, recipe, message) => {
    const file = scratch.path(`${name.replaceAll(" ", "-")}.json`);
    writeFileSync(file, recipe);
    const outcome = await sigma(["run", input, "--out", scratch.path("never"), "--recipe", file]);
    expect(outcome.code).toBe(3);
    expect(outcome.err).toMatch(message);
    expectOneLine(outcome);
    expect(existsSync(scratch.path("never"))).toBe(false);
  });

  test("a preset that does not exist", async () => {
    const outcome = await sigma(["run", input, "--out", scratch.path("never"), "--preset", "magic"]);
    expect(outcome.code).toBe(3);
    expect(outcome.err).toMatch(/auto/);
  });
});

test("a dataset that the file does not have ends with code 5", async () => {
  const outcome = await sigma(["run", input, "--out", scratch.path("never"), "--dataset", "3"]);
  expect(outcome.code).toBe(5);
  expectOneLine(outcome);
});

test("the memory limit ends with code 7 and says what to do", async () => {
  const outcome = await sigma(["run", input, "--out", scratch.path("never"), "--max-memory", "0.00001"]);
  expect(outcome.code).toBe(7);
  expect(outcome.err).toMatch(/Bin the map/);
});

describe("an output folder that holds something is left alone, with code 8", () => {
  test("somebody's files", async () => {
    mkdirSync(scratch.path("mine"));
    writeFileSync(scratch.path("mine/thesis.txt"), "dear to me");
    const outcome = await sigma(["run", input, "--out", scratch.path("mine"), "--overwrite"]);
    expect(outcome.code).toBe(8);
    expect(readdirSync(scratch.path("mine"))).toEqual(["thesis.txt"]);
  });

  test("a phantom made before", async () => {
    const outcome = await sigma(["phantom", "--out", specimen]);
    expect(outcome.code).toBe(8);
    expect(outcome.err).toMatch(/--overwrite/);
  });

  test("but is replaced whole when asked", async () => {
    const folder = scratch.path("again");
    await sigma(["phantom", "--out", folder, "--width", "8", "--height", "8", "--seed", "1"]);
    writeFileSync(scratch.path("again/left-over.txt"), "from before");
    const outcome = await sigma(["phantom", "--out", folder, "--width", "8", "--height", "9", "--seed", "1", "--overwrite"]);
    expect(outcome.code, outcome.err).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(["phantom.raw", "phantom.rpl", "truth.json"]);
    expect(readdirSync(scratch.path(".")).filter((name) => name.includes("partial"))).toEqual([]);
  });
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s ends with code %i and leaves nothing half-written", async (signal, code) => {
  const before = readdirSync(scratch.path("."));
  const outcome = await sigma(["run", input, "--out", scratch.path("stopped"), "--progress", "jsonl"], (child) => {
    child.stderr?.once("data", () => child.kill(signal));
  });
  expect(outcome.code).toBe(code);
  expect(readdirSync(scratch.path("."))).toEqual(before);
});

test("help and version end with code 0 on stdout", async () => {
  const help = await sigma(["--help"]);
  expect(help.code).toBe(0);
  expect(help.out).toMatch(/sigma run map\.bcf/);
  expect((await sigma(["--version"])).out.trim()).toMatch(/^\d+\.\d+\.\d+$/);
});
