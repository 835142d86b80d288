import { describe, expect, it } from "vitest";
import { RecipeError } from "../errors.js";
import { imageOfMaps } from "../formats/images/image-of-maps.js";
import { mapSetOf } from "../formats/images/open-maps.js";
import { randomStream } from "../kernels/random.js";
import { renderReport } from "../report/report.js";
import { resultFiles } from "../report/result-files.js";
import type { NavigationImage } from "../spectrum-image/spectrum-image.js";
import { presets } from "./presets.js";
import { parseRecipe } from "./recipe.js";
import { runRecipe } from "./run-recipe.js";

const [width, height] = [24, 20];
/** Mean of each map in three phases side by side. */
const composition: Readonly<Record<string, readonly number[]>> = {
  O: [40, 5, 20],
  Si_Ka: [30, 2, 10],
  Fe: [2, 60, 5],
  Mg: [4, 1, 40],
};
const phaseAt = (p: number): number => Math.floor((3 * (p % width)) / width);

/** `stretch` other than 1 makes intensities of the counts, each map with a unit of its own. */
function maps(stretch: number): NavigationImage[] {
  const stream = randomStream(5, "element-maps");
  const elements = Object.entries(composition).map(([name, means], i): NavigationImage => {
    const data = Float32Array.from(
      { length: width * height },
      (_, p) => stream.poisson(means[phaseAt(p)]!) * (stretch === 1 ? 1 : stretch ** i / 3),
    );
    return { name, width, height, data, pixelSizeUm: undefined };
  });
  const bse = Uint8Array.from(
    { length: 4 * width * height },
    (_, i) => 50 + 80 * Math.floor((3 * (i % (2 * width))) / (2 * width)),
  );
  return [...elements, { name: "BSE", width: 2 * width, height: 2 * height, data: bse, pixelSizeUm: undefined }];
}

const chain = [
  { step: "elements" },
  { step: "maps" },
  { step: "features", images: [{ name: "BSE" }] },
  { step: "normalise" },
  { step: "embed", method: "pca", nComponents: 2 },
  { step: "cluster", method: "gaussian-mixture", nComponents: 3 },
  { step: "edit", action: "note", id: 0, note: "seen" },
  { step: "spectra" },
  { step: "statistics" },
  { step: "unmix", method: "nmf" },
];
const run = async (steps: readonly object[], stretch = 1) =>
  (
    await runRecipe(imageOfMaps(mapSetOf(maps(stretch)), "site"), parseRecipe({ schemaVersion: 1, steps }), {
      maxCountBytes: 1e8,
    })
  ).analysis;

function purity(labels: Int32Array): number {
  const table = new Map<string, number>();
  labels.forEach((label, p) => {
    const key = `${label} ${phaseAt(p)}`;
    table.set(key, (table.get(key) ?? 0) + 1);
  });
  const best = [0, 1, 2].map((phase) => Math.max(...[...table].filter(([key]) => key.endsWith(` ${phase}`)).map(([, n]) => n)));
  return best.reduce((a, b) => a + b, 0) / labels.length;
}

describe("element maps without spectra", () => {
  it.each([
    ["counts", 1],
    ["intensities", 7],
  ])("as %s go through the whole chain, and the classes are named after what is much in them", async (_, stretch) => {
    const analysis = await run(chain, stretch);
    expect(analysis.features!.lines).toEqual(["Fe", "Mg", "O", "Si_Ka"]);
    expect(purity(analysis.labels!)).toBeGreaterThan(0.97);
    const names = analysis.classes.map(({ name }) => name);
    expect(names.filter((name) => name.startsWith("Fe"))).toHaveLength(1);
    expect(names.filter((name) => name.startsWith("Mg"))).toHaveLength(1);
    expect(names.some((name) => /Si|O/.test(name))).toBe(true);
    expect(analysis.unmixing!.endmembers).toHaveLength(3);
    expect(analysis.statistics!.features!.lines).toEqual(analysis.lines);
    expect([...analysis.unmixing!.abundances].every(Number.isFinite)).toBe(true);
  });

  it("bin as sums, and maps keep their order", async () => {
    const { elementMaps, image } = await run([
      { step: "bin", factor: 2 },
      { step: "elements", elements: ["Si", "Fe"] },
      { step: "maps" },
    ]);
    expect(elementMaps.map(({ line }) => line)).toEqual(["Si_Ka", "Fe"]);
    const si = maps(1)[1]!.data;
    expect(elementMaps[0]!.data[0]).toBe(si[0]! + si[1]! + si[width]! + si[width + 1]!);
    expect([image.images[0]!.width, image.counts.navigationShape]).toEqual([48, [10, 12]]);
  });

  it.each([
    [presets.auto.recipe, /sigma-umap-hdbscan/],
    [{ schemaVersion: 1, steps: [...chain, { step: "quantify", method: "cliff-lorimer" }] }, /net counts/],
    [{ schemaVersion: 1, steps: [{ step: "calibrate", automatic: "energy" }] }, /needs energies/],
    [{ schemaVersion: 1, steps: [{ step: "bin", energyFactor: 2 }] }, /energyFactor/],
    [{ schemaVersion: 1, steps: [{ step: "crop", energyKev: [0, 5] }] }, /needs energies/],
    [{ schemaVersion: 1, steps: [{ step: "elements", elements: ["Au"] }] }, /one of Fe, Mg, O, Si_Ka/],
  ])("a step that needs spectra says so: %#", async (recipe, message) => {
    const failing = runRecipe(imageOfMaps(mapSetOf(maps(1)), "site"), parseRecipe(recipe), {});
    await expect(failing).rejects.toThrow(RecipeError);
    await expect(failing).rejects.toThrow(message);
  });

  it("have profiles in place of spectra among the files and in the report", async () => {
    const analysis = await run(chain);
    const context = {
      inputName: "site",
      inputSha256: "0",
      recipe: parseRecipe({ schemaVersion: 1, steps: chain }),
      recipeSha256: "0",
      programVersion: "0",
    };
    const files = new Map([...resultFiles(analysis, context)].map(({ path, bytes }) => [path, bytes]));
    expect([...files.keys()].filter((path) => path.endsWith(".msa"))).toEqual([]);
    const table = new TextDecoder().decode(files.get("profiles/classes.csv")).split("\r\n");
    expect(table[0]).toBe("id,name,Fe,Mg,O,Si_Ka");
    expect(table).toHaveLength(6);
    expect(files.has("maps/Si_Ka.tif")).toBe(true);
    const report = renderReport(analysis, context);
    expect(report).toContain("4 element maps of 24 × 20 pixels without spectra");
    expect(report).not.toContain("keV");
  });
});
