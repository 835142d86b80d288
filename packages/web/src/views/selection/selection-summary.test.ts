import type { LineRatio } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { cellText, tableCsv } from "../../session/data-table.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { barPlace, errorText, ratioText, referenceOf, sharesOf, shownRatios, verdictOf } from "./selection-summary.js";
import { ratioTable } from "./selection-tables.js";

const ratio = (line: string, value: number | undefined, sigma: number): LineRatio => ({
  line,
  one: 1,
  oneError: 0.1,
  other: 1,
  otherError: 0.1,
  ratio: value,
  ratioError95: value === undefined ? undefined : 0.43,
  sigma,
});
const counted = { pixels: 1402, spectrum: Float64Array.of(100_000) };

test("a selection that differs says by which lines, one that does not says so", () => {
  const verdict = verdictOf([ratio("P_Ka", 14.6, 80), ratio("Ca_Ka", 9.8, 60), ratio("Si_Ka", 0.31, -40)], counted, "Groundmass");
  expect(verdict.strong).toBe("Far beyond counting noise.");
  expect(verdict.rest).toContain("More P Kα and Ca Kα, less Si Kα than Groundmass.");
  expect(verdictOf([ratio("P_Ka", 1.1, 2)], counted, "Groundmass").strong).toBe("Within counting noise.");
});

test("ratios are written with one digit of their error", () => {
  expect(ratioText(ratio("P_Ka", 14.61, 80))).toBe("× 14.6");
  expect(ratioText({ ...ratio("Si_Ka", 0.312, -40), ratioError95: 0.013 })).toBe("× 0.31");
  expect(ratioText(ratio("F_Ka", undefined, 9))).toBe("much more");
  expect(ratioText(ratio("Cl_Ka", undefined, 2))).toBe("–");
  expect(errorText(ratio("P_Ka", 14.61, 80))).toBe("± 0.4");
});

test("bars start at 1, to the right for more and to the left for less", () => {
  expect(barPlace(1)).toBeCloseTo(0.4, 12);
  expect(barPlace(10)).toBeCloseTo(0.8, 12);
  expect(barPlace(0.1)).toBeCloseTo(0, 12);
  expect(barPlace(1e9)).toBe(1);
});

test("at least three lines are shown, at most six", () => {
  const many = Array.from({ length: 9 }, (_, i) => ratio(`${i}`, 2, i < 8 ? 20 : 0));
  expect(shownRatios(many)).toHaveLength(6);
  expect(shownRatios(many.map((one) => ({ ...one, sigma: 1 })))).toHaveLength(3);
});

test("shares are of the selected pixels, unassigned ones among them; the reference is the class's counts", () => {
  const analysis = {
    labels: Int32Array.from([0, 0, 1, -1]),
    classes: [
      { id: 0, name: "one", colour: "#355cc1", pixels: 2 },
      { id: 1, name: "two", colour: "#daac09", pixels: 1 },
    ],
    classSpectra: [Float64Array.of(2, 3), Float64Array.of(1, 1)],
    countMap: new Float32Array(4),
  } as unknown as AnalysisSnapshot;
  expect(sharesOf(analysis, Uint8Array.of(1, 0, 0, 1)).map(({ name, share }) => [name, share])).toEqual([
    ["one", 0.5],
    ["Unassigned", 0.5],
  ]);
  expect(referenceOf(analysis, undefined, 0)).toMatchObject({ name: "one", pixels: 2, spectrum: Float64Array.of(4, 6) });
  expect(referenceOf(analysis, undefined, 7)).toBeUndefined();
});

test("a class that is selected as a whole is compared with all pixels, part of it with the class", () => {
  const analysis = {
    labels: Int32Array.of(0, 0, 1, -1),
    classes: [{ id: 0, name: "one", pixels: 2 }],
    classSpectra: [Float64Array.of(2, 3)],
    sumSpectrum: Float64Array.of(9, 9),
    countMap: new Float32Array(4),
  } as unknown as AnalysisSnapshot;
  expect(referenceOf(analysis, undefined, 0, Uint8Array.of(1, 1, 0, 0))?.name).toBe("all pixels");
  expect(referenceOf(analysis, undefined, 0, Uint8Array.of(1, 0, 0, 0))?.name).toBe("one");
  expect(referenceOf(analysis, undefined, 0, Uint8Array.of(1, 1, 1, 0))?.name).toBe("one");
});

test("all lines are a table, with the ratios as the card writes them and the numbers themselves in the file", () => {
  const table = ratioTable([ratio("P_Ka", 14.6213, 31.2), ratio("Ca_Ka", undefined, 9)]);
  expect(tableCsv(table)).toBe("line,ratio,ratio_half95,sigma\r\nP Kα,14.6213,0.43,31.2\r\nCa Kα,,,9\r\n");
  const row = table.row(0);
  expect(table.columns.map((column, i) => cellText(column, row[i], row))).toEqual(["P Kα", "× 14.6", "± 0.4", "31.2"]);
});
