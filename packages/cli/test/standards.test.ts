import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { writeMsa } from "@sigma-eds/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askedStandard } from "../src/standards.js";
import { scratchFolder, sigma } from "./run-sigma.test-support.js";

const scratch = scratchFolder();

/** A peak on a slope, as many counts as are asked for at every line. */
function spectrum(peaks: Readonly<Record<number, number>>): Uint8Array {
  const values = Float64Array.from({ length: 400 }, (_, c) => {
    const kev = c * 0.02;
    const lines = Object.entries(peaks).map(([at, counts]) => counts * Math.exp(-0.5 * ((kev - Number(at)) / 0.04) ** 2));
    return Math.round(20 + lines.reduce((sum, value) => sum + value, 0));
  });
  return writeMsa({
    title: "made",
    values,
    energy: { offsetKev: 0, scaleKev: 0.02 },
    yUnits: "counts",
    beamEnergyKev: 15,
    liveTimeS: 60,
  });
}

beforeAll(() => {
  mkdirSync(scratch.path("standards"));
  writeFileSync(scratch.path("standards/periclase.msa"), spectrum({ 0.525: 4000, 1.254: 9000 }));
  writeFileSync(scratch.path("standards/quartz.msa"), spectrum({ 0.525: 4000, 1.74: 9000 }));
  writeFileSync(scratch.path("enstatite.msa"), spectrum({ 0.525: 4000, 1.254: 3500, 1.74: 4500 }));
});
afterAll(() => scratch.remove());

const step = { step: "quantify", method: "xpp", elements: ["O", "Mg", "Si"] };

async function run(entry: object, ...words: string[]) {
  writeFileSync(scratch.path("recipe.json"), JSON.stringify({ schemaVersion: 1, steps: [entry] }));
  const paths = ["--out", scratch.path("out"), "--recipe", scratch.path("recipe.json"), "--overwrite"];
  return sigma(["run", scratch.path("enstatite.msa"), ...paths, ...words]);
}

const rows = () => readFileSync(scratch.path("out/quantification/elements.csv"), "utf8").trim().split("\r\n");

test("standards are files named on the command line or in the recipe, and the recipe that was run holds them", async () => {
  const named = await run(
    step,
    "--standard",
    `${scratch.path("standards/periclase.msa")}=MgO:Mg`,
    "--standard",
    `${scratch.path("standards/quartz.msa")}=SiO2:Si`,
  );
  expect(named.code, named.err).toBe(0);
  const byCommand = rows();
  expect(byCommand.join()).toMatch(/Mg_Ka,.*periclase,standard/);
  const held = JSON.parse(readFileSync(scratch.path("out/recipe.json"), "utf8")).steps[0].standards;
  expect(held).toHaveLength(2);
  expect(held[0]).toMatchObject({ name: "periclase", formula: "MgO", elements: ["Mg"], liveTimeS: 60, beamEnergyKev: 15 });
  const standards = [
    { file: "standards/periclase.msa", formula: "MgO", elements: ["Mg"] },
    { file: "standards/quartz.msa", formula: "SiO2", elements: ["Si"] },
  ];
  const inRecipe = await run({ ...step, standards });
  expect(inRecipe.code, inRecipe.err).toBe(0);
  expect(rows()).toEqual(byCommand);
  expect(readFileSync(scratch.path("out/report.html"), "utf8")).toContain("periclase");
}, 60_000);

test("a standard without a composition, or a recipe that takes none, is one line that says what to do", async () => {
  const nameless = await run(step, "--standard", scratch.path("standards/quartz.msa"));
  expect(nameless.code).toBe(3);
  expect(nameless.err).toMatch(/formula or mass fractions/);
  const other = await run({ step: "elements", lines: ["Si_Ka"] }, "--standard", `${scratch.path("standards/quartz.msa")}=SiO2`);
  expect(other.code).toBe(2);
  expect(other.err).toMatch(/"xpp"/);
}, 60_000);

test("the words of --standard", () => {
  expect(askedStandard("a b.msa")).toEqual({ file: "a b.msa" });
  expect(askedStandard("dir/x.msa=CaF2")).toEqual({ file: "dir/x.msa", formula: "CaF2" });
  expect(askedStandard("C:/x.msa=MgO:Mg,O")).toEqual({ file: "C:/x.msa", formula: "MgO", elements: ["Mg", "O"] });
  for (const wrong of ["", "=MgO", "x.msa=", "x.msa=MgO:"]) expect(() => askedStandard(wrong), wrong).toThrow(/FILE=FORMULA/);
});
