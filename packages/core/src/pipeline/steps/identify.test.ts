import { describe, expect, test } from "vitest";
import { makePhantom } from "../../phantom/phantom.js";
import { type Analysis, startAnalysis } from "../analysis.js";
import { parseRecipe } from "../recipe.js";
import { runRecipe } from "../run-recipe.js";
import { identify } from "./identify.js";

const given = identify.schema.parse({ step: "identify" });

/** What the truth's names are called in the library, first where several are right. */
const right: Readonly<Record<string, readonly string[]>> = {
  carbon: ["graphite"],
  quartz: ["quartz"],
  albite: ["albite"],
  orthoclase: ["orthoclase"],
  biotite: ["annite", "phlogopite"],
  apatite: ["fluorapatite"],
  ilmenite: ["ilmenite"],
  dolomite: ["dolomite"],
};

describe("identify", () => {
  test("names the seven minerals and their substrate at 150 counts a pixel, and leaves the labels alone", async () => {
    const { image, truth } = await makePhantom({ width: 110, height: 80, particles: 32, countsPerPixel: 150, seed: 4 });
    // Thin particles show what lies beneath; their pixels belong to no class here, as where shares are known.
    const phases = truth.phases.length;
    const labels = truth.labels.map((label, p) => (truth.fractions[p * phases + label]! > 0.97 ? label : -1));
    const lines = ["C_Ka", "O_Ka", "F_Ka", "Na_Ka", "Mg_Ka", "Al_Ka", "Si_Ka", "P_Ka", "K_Ka", "Ca_Ka", "Ti_Ka", "Fe_Ka"];
    const before: Analysis = { ...startAnalysis(image), labels, lines };
    const after = await identify.run(before, given, { seed: 0 });
    expect(after.labels).toBe(labels);
    expect(after.identities).toHaveLength(truth.phases.length);
    let first = 0;
    for (const [id, identity] of after.identities!.entries()) {
      const names = right[truth.phases[id]!.name]!;
      if (names.includes(identity.name ?? "")) first += 1;
      expect(
        identity.shown.some(({ name }) => names.includes(name)),
        identity.sentence,
      ).toBe(true);
      expect(identity.elements.every(({ lines: evidence }) => evidence.length > 0)).toBe(true);
    }
    expect(first).toBeGreaterThanOrEqual(7);
    const ilmenite = after.identities!.find(({ name }) => name === "ilmenite")!;
    const iron = ilmenite.composition!.elements.find(({ element }) => element === "Fe")!;
    const error = Math.sqrt(iron.countingError * iron.countingError + iron.modelError * iron.modelError);
    expect(Math.abs(iron.massFraction - 0.368)).toBeLessThan(1.96 * error);
    expect(JSON.parse(JSON.stringify(after.identities))[0].id).toBe(0);
  });

  test("too few counts have no name, and say how many there are", async () => {
    const { image, truth } = await makePhantom({ width: 24, height: 16, particles: 3, countsPerPixel: 20, seed: 2 });
    const before = { ...startAnalysis(image), labels: Int32Array.from(truth.labels), lines: ["O_Ka", "Si_Ka"] };
    const after = await identify.run(before, { ...given, minimumCounts: 1e6 }, { seed: 0 });
    expect(after.identities!.every(({ verdict, name }) => verdict === "too few counts" && name === undefined)).toBe(true);
  });

  test("where the physics does not hold, there are no names but a warning", async () => {
    const { image, truth } = await makePhantom({ width: 12, height: 9, particles: 2, countsPerPixel: 50 });
    const thin = { ...image, metadata: { ...image.metadata, instrument: "TEM" as const } };
    const before = { ...startAnalysis(thin), labels: Int32Array.from(truth.labels) };
    const after = await identify.run(before, given, { seed: 0 });
    expect(after.identities).toBeUndefined();
    expect(after.warnings[0]).toMatch(/Cliff and Lorimer/);
  });

  test("needs classes", async () => {
    const { image } = await makePhantom({ width: 12, height: 9, particles: 2, countsPerPixel: 50 });
    await expect(runRecipe(image, parseRecipe({ schemaVersion: 1, steps: [{ step: "identify" }] }))).rejects.toThrow(/classes/);
  });
});
