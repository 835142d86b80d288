import { expect, test } from "vitest";
import { noisyImage, spectrumOf } from "../../algorithms/preprocess/synthetic-image.test-support.js";
import { RecipeError } from "../../errors.js";
import { resultFiles } from "../../report/result-files.js";
import { parseRecipe } from "../recipe.js";
import { runRecipe } from "../run-recipe.js";

const image = noisyImage(10, 8, (x) => spectrumOf(x < 6 ? { Si: 400, O: 300 } : { Fe: 400, S: 200 }, 300), {
  beamEnergyKev: 120,
  instrument: "TEM",
});
const recipe = (quantify: object, lines = ["O_Ka", "Si_Ka", "S_Ka", "Fe_Ka"]) =>
  parseRecipe({
    schemaVersion: 1,
    steps: [
      { step: "elements", lines },
      { step: "features" },
      { step: "cluster", method: "k-means", on: "features", nClusters: 2 },
      { step: "edit", action: "rename", id: 0, name: "Glass" },
      { step: "spectra" },
      { step: "quantify", method: "cliff-lorimer", ...quantify },
    ],
  });

test("quantifies classes and pixels, and says which elements have no k-factor", async () => {
  const { analysis } = await runRecipe(image, recipe({}));
  expect(analysis.quantification?.elements).toEqual(["Si", "S", "Fe"]);
  expect(analysis.quantification?.classes.map(({ pixels }) => pixels)).toEqual([48, 32]);
  expect(analysis.warnings.join()).toContain("O_Ka");
  const [glass, sulphide] = analysis.quantification!.classes.map(({ composition }) => composition!.massFraction);
  expect(glass![0]).toBeGreaterThan(0.97);
  expect(sulphide![2]! / sulphide![1]!).toBeCloseTo(400 / (0.83 * 200), 0);
});

test("compositions are in tables and maps of the result", async () => {
  const { analysis } = await runRecipe(image, recipe({ kFactors: { O_Ka: 1.9 } }));
  const context = { inputName: "made", inputSha256: "0", recipe: { seed: 0, steps: [] }, recipeSha256: "0", programVersion: "0" };
  const files = new Map([...resultFiles(analysis, context)].map(({ path, bytes }) => [path, bytes]));
  const rows = new TextDecoder().decode(files.get("quantification.csv")).split("\r\n");
  expect(rows[0]).toBe(
    "id,name,pixels,element,line,k_factor,net_counts,net_counts_error,mass_fraction,mass_fraction_error,atomic_fraction,atomic_fraction_error,detection_limit_mass_fraction",
  );
  expect(rows).toHaveLength(1 + 2 * 4 + 1);
  expect(rows[1]).toMatch(/^0,Glass,48,O,O_Ka,1.9,/);
  expect([...files.keys()].filter((path) => path.startsWith("composition/"))).toEqual([
    "composition/O-atomic.tif",
    "composition/Si-atomic.tif",
    "composition/S-atomic.tif",
    "composition/Fe-atomic.tif",
  ]);
});

test("a line without k-factor is a mistake in the recipe", async () => {
  await expect(runRecipe(image, recipe({ lines: ["O_Ka", "Si_Ka"] }))).rejects.toThrow(RecipeError);
});

test("zeta factors: mass thickness in the table, as a map and in the report", async () => {
  const zeta = {
    method: "zeta-factor",
    zetaFactors: { O_Ka: 1200, Si_Ka: 700, S_Ka: 750, Fe_Ka: 950 },
    beamCurrentNa: 0.1,
    liveTimeS: 80,
    takeOffAngleDeg: 20,
  };
  const { analysis } = await runRecipe(image, recipe(zeta));
  const context = { inputName: "made", inputSha256: "0", recipe: { seed: 0, steps: [] }, recipeSha256: "0", programVersion: "0" };
  const files = new Map([...resultFiles(analysis, context)].map(({ path, bytes }) => [path, bytes]));
  const text = (path: string) => new TextDecoder().decode(files.get(path));
  expect(text("quantification.csv").split("\r\n")[0]).toMatch(/zeta_factor_kg_m2.*absorption_factor,mass_thickness_kg_m2,/);
  expect(files.has("composition/mass-thickness.tif")).toBe(true);
  expect(text("report.html")).toContain("Mass thickness");
});
