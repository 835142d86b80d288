import type { QuantifiedElement } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { cellText, tableCsv } from "../../session/data-table.js";
import { classAmounts } from "../../session/derived/class-amounts.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { amountTable } from "./amount-table.js";
import { allLabels, amountText } from "./amount-text.js";

/** Quartz: 46.74 % Si, 53.26 % O by mass. */
const element = (symbol: string, massFraction: number, atomicFraction: number, more: Partial<QuantifiedElement> = {}) => ({
  ...{ element: symbol, massFraction, atomicFraction, countingError: 0.002, standardsError: 0, modelError: 0.01 },
  ...{ oxide: symbol === "Si" ? { formula: "SiO2", massFraction: 1 } : undefined, detectionLimit: 0.001, ...more },
});
const quartz = [element("Si", 0.4674, 1 / 3), element("O", 0.5326, 2 / 3)];
const classes = [{ id: 2, name: "Quartz", colour: "#355cc1" }];
const identified = {
  classes,
  identities: [{ id: 2, sentence: "Quartz.", composition: { method: "standardless", elements: quartz } }],
} as unknown as AnalysisSnapshot;
const basis = { of: "O", count: 2 } as const;

test("per cent by mass, atoms and oxides, each with the errors scaled with it", () => {
  const [mass] = classAmounts(identified, "mass", basis);
  expect(mass!.total).toBeCloseTo(100, 6);
  expect(mass!.amounts[0]).toMatchObject({ label: "Si", value: expect.closeTo(46.74, 6), limit: expect.closeTo(0.1, 6) });
  expect(mass!.amounts[0]!.counting95).toBeCloseTo(0.392, 6);
  expect(mass!.amounts[0]!.model95).toBeCloseTo(1.96, 6);
  expect(classAmounts(identified, "atomic", basis)[0]!.amounts[1]!.value).toBeCloseTo(66.667, 2);
  const [oxide] = classAmounts(identified, "oxide", basis);
  expect(oxide!.amounts.map(({ label, value }) => [label, value])).toEqual([["SiO2", 100]]);
  expect(oxide!.amounts[0]!.counting95).toBeCloseTo(0.392 / 0.4674, 3);
});

test("a formula counts by oxygen or by all other atoms; what is counted by has no error", () => {
  const [oxygens] = classAmounts(identified, "formula", basis);
  expect(oxygens!.amounts.map(({ label, value }) => [label, value])).toEqual([
    ["Si", expect.closeTo(1, 3)],
    ["O", expect.closeTo(2, 6)],
  ]);
  expect(oxygens!.amounts[1]!.counting95).toBe(0);
  expect(oxygens!.amounts[0]!.counting95).toBeGreaterThan(1.96 * (0.002 / 0.4674));
  expect(classAmounts(identified, "formula", { of: "cations", count: 1 })[0]!.amounts[1]!.value).toBeCloseTo(2, 3);
  const bare = { ...identified, identities: [{ id: 2, sentence: "", composition: { elements: [element("Si", 1, 1)] } }] };
  expect(classAmounts(bare as unknown as AnalysisSnapshot, "formula", basis)[0]).toMatchObject({
    reason: "Nothing to count by: the class has no oxygen.",
    amounts: [],
  });
});

const xpp = (one: object) =>
  ({ ...identified, quantification: { method: "xpp", classes: [{ id: 2, ...one }] } }) as unknown as AnalysisSnapshot;

test("errors of counts, standards and model stand apart, and the raw total has its own", () => {
  const elements = [
    element("Si", 0.4674, 1 / 3, {
      standardsError: 0.004,
      line: "Si_Ka",
      counts: 9000,
      countsError: 95,
      standard: "quartz",
      kRatio: 0.8,
      kRatioError: 0.01,
    }),
    element("O", 0.5326, 2 / 3),
  ];
  const quantified = { elements, oxygen: "measured", method: "standards", rawTotal: 0.991, rawTotalError: 0.005 };
  const [mass] = classAmounts(xpp({ quantified }), "mass", basis);
  expect(mass!.amounts[0]).toMatchObject({ counting95: expect.closeTo(0.392, 6), standards95: expect.closeTo(0.784, 6) });
  expect(mass!.amounts[1]!.standards95).toBeUndefined();
  expect(mass!.rawTotal95).toBeCloseTo(0.98, 6);
  expect(mass!.measured.map(({ element: symbol, standard }) => [symbol, standard])).toEqual([["Si", "quartz"]]);
  const [head, silicon] = tableCsv(amountTable([mass!], "mass")).split("\r\n");
  expect(head).toBe(
    "id,name,element,line,net_counts,net_counts_error,mass_fraction,counting_error,standards_error,model_error,detection_limit_95,k_ratio,k_ratio_error,standard",
  );
  expect(silicon).toBe("2,Quartz,Si,Si_Ka,9000,95,0.4674,0.002,0.004,0.01,0.001,0.8,0.01,quartz");
});

test("what is standardless in part says which part, and no total is shown that was made to be 100 %", () => {
  const elements = [
    element("Si", 0.4674, 1 / 3, { line: "Si_Ka", sensitivity: "standard" }),
    element("O", 0.5326, 2 / 3, { line: "O_Ka", sensitivity: "other standards" }),
  ];
  const mixed = { elements, oxygen: "measured", method: "mixed", normalised: true, rawTotal: 1, rawTotalError: 0 };
  const [mass] = classAmounts(xpp({ quantified: mixed }), "mass", basis);
  expect(mass!.method).toBe("XPP, oxygen measured. Standardless for O, the others with standards, normalised to 100 %.");
  expect(mass!.rawTotal95).toBeUndefined();
});

test("all pixels stand in where a single spectrum has no classes", () => {
  const quantified = { elements: quartz, oxygen: "measured", method: "standardless", normalised: true, rawTotal: 1 };
  const whole = {
    classes: [],
    quantification: { method: "xpp", classes: [{ id: -1, quantified }] },
  } as unknown as AnalysisSnapshot;
  expect(classAmounts(whole, "mass", basis)).toMatchObject([{ id: -1, name: "All pixels" }]);
});

test("the step quantify goes before the identification, and says why a class has nothing", () => {
  const quantified = { elements: quartz, oxygen: "stoichiometry", method: "standards", rawTotal: 0.991 };
  expect(classAmounts(xpp({ quantified }), "mass", basis)[0]!.method).toBe(
    "XPP, oxygen by stoichiometry. With standards, raw total 99.1 %.",
  );
  expect(classAmounts(xpp({ reason: "Too few counts." }), "mass", basis)[0]).toMatchObject({
    amounts: [],
    reason: "Too few counts.",
  });
});

test("thin samples have mass and atomic per cent", () => {
  const composition = {
    massFraction: [0.7, Number.NaN],
    massFractionError: [0.01, 0],
    atomicFraction: [0.5, 0],
    atomicFractionError: [0, 0],
  };
  const thin = {
    classes,
    quantification: { method: "cliff-lorimer", elements: ["Fe", "S"], classes: [{ id: 2, composition }] },
  } as unknown as AnalysisSnapshot;
  expect(classAmounts(thin, "mass", basis)[0]!.amounts).toEqual([
    { label: "Fe", value: 70, counting95: expect.closeTo(1.96, 6), standards95: undefined, model95: undefined, limit: undefined },
  ]);
  expect(classAmounts(thin, "oxide", basis)[0]!.reason).toMatch(/thin samples/);
});

test("digits follow the error, and tables hold every component once", () => {
  const none = { counting95: undefined, standards95: undefined, model95: undefined };
  const counted = { value: "36.8", counting: "± 0.4", standards: "", model: "" };
  expect(amountText({ ...none, value: 36.8437, counting95: 0.41 })).toEqual(counted);
  expect(amountText({ ...none, value: 1.2345, counting95: 0.012 })).toMatchObject({ value: "1.234", counting: "± 0.012" });
  expect(amountText({ ...none, value: 1.2345, counting95: 0.012, model95: 0.4 })).toEqual({
    ...{ value: "1.2", counting: "± 0.01", standards: "", model: "± 0.4" },
  });
  expect(amountText({ ...none, value: 2 })).toEqual({ value: "2.00", counting: "", standards: "", model: "" });
  const amounts = classAmounts(identified, "mass", basis);
  expect(allLabels([...amounts, ...amounts])).toEqual(["Si", "O"]);
  const table = amountTable(amounts, "mass");
  expect(table.columns.map((column, i) => cellText(column, table.row(0)[i], table.row(0))).slice(2, 10)).toEqual([
    ...["Si", "", "", "", "46.74", "0.39", "", "1.96"],
  ]);
  expect(tableCsv(amountTable(classAmounts(identified, "formula", basis), "formula"))).toContain(
    "atoms_per_formula,atoms_counting_error,atoms_standards_error,atoms_model_error,",
  );
});
