import { parseRecipe, withOwnStandardFacts, writeMsa } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { standardsOf } from "./standard-files.js";

const values = Float64Array.from({ length: 32 }, (_, c) => 3 * c);
const text = writeMsa({ title: "periclase", values, energy: { offsetKev: 0.1, scaleKev: 0.01 }, yUnits: "counts" });
const fileOf = (name: string, content = new Uint8Array(text)): File => new File([content], name);

test("files become entries of a recipe that are what the command line writes for them", async () => {
  const [first, second] = await standardsOf([fileOf("MgO std.msa"), fileOf("other.emsa")]);
  expect(first).toEqual({ name: "MgO std", energyOffsetKev: 0.1, energyScaleKev: 0.01, counts: [...values] });
  expect(second!.name).toBe("other");
  const own = withOwnStandardFacts(first!, { formula: "MgO", elements: ["Mg"] });
  const recipe = parseRecipe({ schemaVersion: 1, steps: [{ step: "quantify", method: "xpp", standards: [own] }] });
  const [quantify] = recipe.steps;
  const { formula, elements, counts } = (quantify as unknown as { standards: (typeof own & { counts: number[] })[] })
    .standards[0]!;
  expect({ formula, elements, counts }).toEqual({ formula: "MgO", elements: ["Mg"], counts: [...values] });
});

test("what is no spectrum is refused by name", async () => {
  await expect(standardsOf([fileOf("notes.msa", new TextEncoder().encode("milk, eggs"))])).rejects.toThrow(/notes\.msa|format/i);
});
