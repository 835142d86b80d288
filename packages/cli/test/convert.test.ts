import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scratchFolder, sigma } from "./run-sigma.test-support.js";

const scratch = scratchFolder();
const input = scratch.path("specimen/phantom.rpl");
const fixture = (path: string) => fileURLToPath(new URL(`../../../fixtures/${path}`, import.meta.url));

async function hashes(...words: string[]) {
  const { code, out, err } = await sigma(["info", ...words, "--json", "--hash"]);
  expect(code, err).toBe(0);
  const { format, datasets } = JSON.parse(out);
  const [first] = datasets;
  return {
    format,
    shape: first.shape,
    sum: first.sum_spectrum_sha256_int64le,
    map: first.count_map_sha256_int64le,
    beam: first.beamEnergyKev,
  };
}

beforeAll(async () => {
  const size = ["--width", "24", "--height", "16", "--counts", "60", "--seed", "3"];
  const made = await sigma(["phantom", "--out", scratch.path("specimen"), ...size]);
  expect(made.code, made.err).toBe(0);
}, 60_000);
afterAll(() => scratch.remove());

describe("sigma convert", () => {
  test.each([
    ["hspy", []],
    ["rpl", []],
    ["npy", ["--axes", "y,x,energy"]],
  ])("to .%s keeps every count", async (extension, axes) => {
    const out = scratch.path(`kept/out.${extension}`);
    const { code, err, out: said } = await sigma(["convert", input, out, "--json"]);
    expect(code, err).toBe(0);
    expect(JSON.parse(said).files.map(({ path }: { path: string }) => path)).toContain(out);
    const before = await hashes(input);
    const { format, beam, ...after } = await hashes(out, ...axes);
    expect(format).toBe(extension === "npy" ? "images" : extension);
    expect(after).toEqual({ shape: before.shape, sum: before.sum, map: before.map });
    if (extension !== "npy") expect(beam).toBe(before.beam);
  });

  test("to .msa gives the sum spectrum, to .tif a picture; an extension may be spelled otherwise", async () => {
    const before = await hashes(input);
    for (const name of ["sum.EMSA", "counts.tiff"]) {
      const { code, err, out } = await sigma(["convert", input, scratch.path(name)]);
      expect(code, err).toBe(0);
      expect(out).toContain(name);
    }
    expect((await hashes(scratch.path("sum.EMSA"))).sum).toBe(before.sum);
    expect((await sigma(["info", scratch.path("sum.EMSA")])).out).toMatch(/, a spectrum of 2048 channels\n/);
    const { out } = await sigma(["info", scratch.path("counts.tiff")]);
    expect(out).toMatch(/24 x 16/);
  });

  test("a dataset and a picture can be chosen", async () => {
    const velox = fixture("emd/velox.emd");
    const { datasets } = JSON.parse((await sigma(["info", velox, "--json"])).out);
    expect(datasets.length).toBeGreaterThan(1);
    const out = scratch.path("second.hspy");
    expect((await sigma(["convert", velox, out, "--dataset", "1"])).code).toBe(0);
    const [second] = JSON.parse((await sigma(["info", out, "--json"])).out).datasets;
    expect([second.shape, second.sum]).toEqual([datasets[1].shape, datasets[1].sum]);
    expect((await sigma(["convert", velox, scratch.path("haadf.tif"), "--image", "0"])).code).toBe(0);
    const missing = await sigma(["convert", velox, scratch.path("none.tif"), "--image", "99"]);
    expect([missing.code, missing.err]).toEqual([5, expect.stringContaining("no picture 99")]);
  });

  test.each([
    ["an extension that cannot be written", ["out.bcf"], 2, /\.hspy/],
    ["the file that is read", ["specimen/phantom.rpl", "--overwrite"], 2, /is the file that is read/],
    ["a dataset that is not there", ["none.hspy", "--dataset", "7"], 5, /no dataset 7/],
    ["a picture as a spectrum", ["none.msa", "--image", "0"], 2, /\.tif only/],
    ["a folder of that name", ["folder.hspy", "--overwrite"], 8, /folder/],
    ["a file that is there", ["taken.hspy"], 8, /--overwrite/],
  ])("refuses %s and leaves nothing behind", async (_, [out, ...options], code, message) => {
    mkdirSync(scratch.path("folder.hspy"), { recursive: true });
    writeFileSync(scratch.path("taken.hspy"), "precious");
    const before = readdirSync(scratch.path("."));
    const outcome = await sigma(["convert", input, scratch.path(out!), ...options]);
    expect([outcome.code, outcome.err]).toEqual([code, expect.stringMatching(message)]);
    expect(readdirSync(scratch.path("."))).toEqual(before);
    expect(readFileSync(scratch.path("taken.hspy"), "utf8")).toBe("precious");
  });

  test("a pair is written whole or not at all: a taken .raw keeps the .rpl from being written", async () => {
    writeFileSync(scratch.path("pair.raw"), "precious");
    expect((await sigma(["convert", input, scratch.path("pair.rpl")])).code).toBe(8);
    expect(existsSync(scratch.path("pair.rpl"))).toBe(false);
    expect((await sigma(["convert", input, scratch.path("pair.rpl"), "--overwrite"])).code).toBe(0);
    expect((await hashes(scratch.path("pair.rpl"))).sum).toBe((await hashes(input)).sum);
  });
});

describe("files that lie apart", () => {
  test("a .zspy folder is opened by its name, chunks and all", async () => {
    const folder = scratch.path("signals.zspy");
    const metadata: Record<string, unknown> = {};
    for (const [name, bytes] of Object.entries(unzipSync(readFileSync(fixture("zspy/signals.zspy"))))) {
      if (name.endsWith("/")) continue;
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
      if (/\.z(group|attrs|array)$/.test(name)) {
        metadata[name] = JSON.parse(new TextDecoder().decode(bytes).replace(/\bNaN\b/g, "null"));
      }
    }
    const consolidated = JSON.stringify({ zarr_consolidated_format: 1, metadata });
    const before = await sigma(["info", folder]);
    expect([before.code, before.err]).toEqual([4, expect.stringContaining(".zmetadata")]);
    writeFileSync(join(folder, ".zmetadata"), consolidated);
    expect(await hashes(folder)).toEqual(await hashes(fixture("zspy/signals.zspy")));
  });

  test("a cube without metadata asks what its axes are", async () => {
    const cube = scratch.path("cube.npy");
    expect((await sigma(["convert", input, cube])).code).toBe(0);
    const outcome = await sigma(["info", cube]);
    expect([outcome.code, outcome.err]).toEqual([4, expect.stringContaining("y,x,energy")]);
  });
});
