import { classColour, type QuantifiedElement } from "@sigma-eds/core";
import { expect, test } from "vitest";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { compositionsOf } from "./composition-bars.js";

const channels = 1024;
/** A big Si Kα whose foot reaches under P Kα. */
const spectrum = Float64Array.from({ length: channels }, (_, c) => 4 + 400 * Math.exp(-0.5 * ((c * 0.01 - 1.74) / 0.08) ** 2));
const element = (symbol: string, massFraction: number): Partial<QuantifiedElement> => ({
  ...{ element: symbol, massFraction, atomicFraction: massFraction, countingError: 0.003, standardsError: 0, modelError: 0.004 },
  oxide: undefined,
});

const found = {
  classes: [0, 1].map((id) => ({ id, name: `Class ${id + 1}`, colour: classColour(id), pixels: 100 })),
  classSpectra: [spectrum, spectrum],
  lines: ["Si_Ka", "P_Ka"],
  energyAxis: { name: "energy", size: channels, offset: 0, scale: 0.01, units: "keV" },
} as unknown as AnalysisSnapshot;
const identified = {
  ...found,
  identities: [
    { id: 0, sentence: "", composition: { method: "standardless", elements: [element("Si", 0.47), element("O", 0.53)] } },
    { id: 1, sentence: "Too few counts for a name: 412, where 1000 are asked for.", composition: undefined },
  ],
} as unknown as AnalysisSnapshot;

test("what the identification found is what the bars show, with its errors together; an element that it denies has none", () => {
  const [mass, counts] = compositionsOf(identified);
  expect(mass!.meaning).toBe("mass fraction");
  expect(mass!.classes[0]!.bars).toEqual([
    { element: "Si", value: expect.closeTo(0.47, 9), error95: expect.closeTo(1.96 * 0.005, 9) },
    { element: "O", value: expect.closeTo(0.53, 9), error95: expect.closeTo(1.96 * 0.005, 9) },
  ]);
  expect(mass!.classes[1]).toMatchObject({ bars: [], reason: "Too few counts for a name: 412, where 1000 are asked for." });
  expect(counts!.meaning).toBe("share of line counts");
  expect(counts!.classes[0]!.bars.map((bar) => bar.element)).toEqual(["Si", "P"]);
});

test("nothing identified: shares of counts; without a calibration nothing", () => {
  expect(compositionsOf(found).map(({ meaning }) => meaning)).toEqual(["share of line counts"]);
  expect(compositionsOf({ ...found, energyAxis: { ...found.energyAxis, units: "" } })).toEqual([]);
});
