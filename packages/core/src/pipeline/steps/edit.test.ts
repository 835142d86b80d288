import { describe, expect, test } from "vitest";
import { maskPixels } from "../edits/mask-pixels.test-support.js";
import { smallAnalysis } from "../edits/small-analysis.test-support.js";
import { parseRecipe } from "../recipe.js";
import { edit } from "./edit.js";
import { spectra } from "./spectra.js";

const context = { seed: 1 };

async function edited(...entries: object[]) {
  let analysis = smallAnalysis();
  for (const entry of entries)
    analysis = await edit.run(analysis, edit.schema.parse({ step: "edit", ...entry }) as never, context);
  return spectra.run(analysis, spectra.schema.parse({ step: "spectra" }) as never, context);
}

describe("edits in a recipe", () => {
  test("stand between cluster and spectra, each with its action", () => {
    const steps = (...middle: object[]) => ({
      schemaVersion: 1,
      steps: [{ step: "cluster", method: "k-means" }, ...middle, { step: "spectra" }],
    });
    const recipe = parseRecipe(steps({ step: "edit", action: "merge", ids: [0, 3] }, { step: "edit", action: "lock", id: 0 }));
    expect(recipe.steps[2]).toEqual({ step: "edit", action: "lock", id: 0, locked: true });
    expect(() => parseRecipe(steps({ step: "edit", action: "explode", id: 0 }))).toThrow("steps.1.action");
    expect(() => parseRecipe(steps({ step: "edit", action: "merge", ids: [0] }))).toThrow("steps.1.ids");
    expect(() => parseRecipe({ ...steps(), steps: [{ step: "spectra" }, { step: "edit", action: "delete", id: 0 }] })).toThrow(
      "cannot come after",
    );
  });

  test("spectra, pixels and areas are of the edited labels, under ids with gaps", async () => {
    const { classes, classSpectra, labels, image } = await edited(
      { action: "merge", ids: [0, 1] },
      { action: "gate", expression: "Si_Ka > 0.6", within: [2], name: "Foot", colour: "#123456" },
    );
    expect(classes.map(({ id }) => id)).toEqual([0, 2, 3]);
    expect(classes[2]).toMatchObject({
      id: 3,
      name: "Foot",
      colour: "#123456",
      pixels: 1,
      madeOf: [{ action: "gate", from: [2] }],
    });
    for (const [i, { id, pixels, areaFraction, areaUm2, counts }] of classes.entries()) {
      const own = maskPixels(labels!, id);
      expect(pixels).toBe(own.length);
      expect(areaFraction).toBe(own.length / 48);
      expect(areaUm2).toBe(own.length * 4);
      const expected = new Float64Array(64);
      for await (const { firstPixel, rowStart, channel, count, pixels: n } of image.counts.blocks()) {
        for (let p = 0; p < n; p++) {
          if (!own.includes(firstPixel + p)) continue;
          for (let k = rowStart[p]!; k < rowStart[p + 1]!; k++) expected[channel[k]!]! += count[k]! / own.length;
        }
      }
      expect([...classSpectra[i]!].map((value) => value.toFixed(9))).toEqual([...expected].map((value) => value.toFixed(9)));
      expect(counts).toBeGreaterThan(0);
    }
  });

  test("without edits every class has the colour that the edited table begins with", async () => {
    const plain = await edited();
    const named = await edited({ action: "rename", id: 1, name: "Olivine" });
    expect(named.classes.map(({ colour }) => colour)).toEqual(plain.classes.map(({ colour }) => colour));
    expect(named.classes[1]).toEqual({ ...plain.classes[1], name: "Olivine" });
    expect(plain.classes[0]).not.toHaveProperty("madeOf");
  });

  test("names that people gave are kept clear of, by the class of that name alone", async () => {
    const { classes } = await edited({ action: "rename", id: 2, name: "Class 1" });
    expect(classes.map(({ name }) => name)).toEqual(["Class 4", "Class 2", "Class 1"]);
  });

  test("area fractions may be of the assigned pixels", async () => {
    const { classes } = await edited({ action: "unassigned", include: false });
    expect(classes.reduce((sum, { areaFraction }) => sum + areaFraction, 0)).toBeCloseTo(1, 12);
  });

  test("an edit that does not fit is a warning with its number and reason", async () => {
    const { warnings, choices } = await edited(
      { action: "lock", id: 0 },
      { action: "delete", id: 0 },
      { action: "gate", expression: "Fe_Ka >= 0" },
    );
    expect(warnings).toEqual(["Edit 2 (delete) was not applied: Class 0 is locked and keeps its pixels."]);
    expect(choices).toEqual(["Edit 3 (gate) left 17 pixels with their locked classes."]);
  });
});
