import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scratchFolder, sigma } from "./run-sigma.test-support.js";

const scratch = scratchFolder();
const size = { width: 60, height: 40 };
/** Two tiles of the phantom that share 8 columns. */
const tiles = [
  { name: "area Site 2", left: 26, width: 34 },
  { name: "area Site 10", left: 26, width: 34 },
  { name: "area Site 1", left: 0, width: 34 },
];
const files = tiles.map(({ name }) => scratch.path(`tiles/${name}.rpl`));

/** Cuts columns out of the phantom's raw file, which holds a spectrum after the other. */
function writeTile({ name, left, width }: (typeof tiles)[number], rpl: string, raw: Buffer): void {
  const spectrum = raw.length / (size.width * size.height);
  const rows = Array.from({ length: size.height }, (_, y) =>
    raw.subarray((y * size.width + left) * spectrum, (y * size.width + left + width) * spectrum),
  );
  writeFileSync(scratch.path(`tiles/${name}.raw`), Buffer.concat(rows));
  writeFileSync(scratch.path(`tiles/${name}.rpl`), rpl.replace(/(width\s+)60/, `$1${width}`));
}

beforeAll(async () => {
  const words = ["--width", "60", "--height", "40", "--counts", "200", "--seed", "3"];
  const made = await sigma(["phantom", "--out", scratch.path("whole"), ...words]);
  expect(made.code, made.err).toBe(0);
  const [rpl, raw] = [readFileSync(scratch.path("whole/phantom.rpl"), "latin1"), readFileSync(scratch.path("whole/phantom.raw"))];
  expect(rpl).toMatch(/width\s+60/);
  mkdirSync(scratch.path("tiles"));
  for (const tile of tiles) writeTile(tile, rpl, raw);
}, 120_000);
afterAll(() => scratch.remove());

describe("tiles of one field", () => {
  test("come together as the field that they were cut from, in the order of their sites", async () => {
    const out = scratch.path("joined.rpl");
    const outcome = await sigma(["convert", files[0]!, files[2]!, out, "--mosaic", "1x2", "--progress", "none"]);
    expect(outcome.code, outcome.err).toBe(0);
    expect(readFileSync(out, "latin1")).toMatch(/width\s+60/);
    const [joined, whole] = await Promise.all(
      [out, scratch.path("whole/phantom.rpl")].map((file) => sigma(["info", file, "--hash", "--json"])),
    );
    const hashes = [joined!, whole!].map(({ out }) => JSON.parse(out).datasets[0]);
    expect(hashes[0].count_map_sha256_int64le).toMatch(/^[0-9a-f]{64}$/);
    expect(hashes[0].count_map_sha256_int64le).toBe(hashes[1].count_map_sha256_int64le);
    expect(hashes[0].sum_spectrum_sha256_int64le).toBe(hashes[1].sum_spectrum_sha256_int64le);
  });

  test("are analysed as one map, and the result says how they fit", async () => {
    const recipe = scratch.path("recipe.json");
    const steps = [
      { step: "decompose", method: "pca", nComponents: 3 },
      { step: "cluster", method: "k-means", nClusters: 3, on: "components" },
      { step: "spectra" },
    ];
    writeFileSync(recipe, JSON.stringify({ schemaVersion: 1, steps }));
    const words = ["--mosaic", "1x2", "--recipe", recipe, "--out", scratch.path("result"), "--json", "--progress", "none"];
    const outcome = await sigma(["run", files[0]!, files[2]!, ...words]);
    expect(outcome.code, outcome.err).toBe(0);
    const document = JSON.parse(outcome.out);
    expect(document.shape).toEqual([40, 60]);
    expect(document.input.files.map(({ name }: { name: string }) => name)).toEqual([
      "area Site 1.rpl",
      "area Site 1.raw",
      "area Site 2.rpl",
      "area Site 2.raw",
    ]);
    const said = JSON.stringify(document);
    expect(said).toContain("1 of 1 seams between tiles were measured, overlaps of 8 pixels.");
    expect(readFileSync(join(scratch.path("result"), "report.html"), "utf8")).toContain("seams between tiles");
  });

  test("abut when asked to, and mistakes are said in one line", async () => {
    const out = scratch.path("abut.rpl");
    const outcome = await sigma(["convert", ...files, out, "--mosaic", "auto", "--mosaic-seams", "abut", "--progress", "none"]);
    expect(outcome.code, outcome.err).toBe(0);
    expect(readFileSync(out, "latin1")).toMatch(/width\s+68[\s\S]*height\s+80/);
    const mistakes = [
      [...files, "--mosaic", "3x3"],
      [...files, "--mosaic", "0x3"],
      [...files, "--mosaic", "auto", "--stack"],
      [files[0]!, "--mosaic", "auto"],
      [files[0]!, "--mosaic-keep", "last"],
    ];
    for (const words of mistakes) {
      const { code, err } = await sigma(["run", ...words, "--out", scratch.path("no"), "--progress", "none"]);
      expect([2, 3], err).toContain(code);
      expect(err).toMatch(/^sigma: .*(mosaic|grid)/);
    }
  });
});
