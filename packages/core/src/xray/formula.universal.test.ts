import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { elements } from "./elements.js";
import { atomicFractions, massFractions, meanAtomicNumber, parseFormula } from "./formula.js";

describe("formulas", () => {
  test.each([
    ["CaAl2Si2O8", { Ca: 1, Al: 2, Si: 2, O: 8 }],
    ["(Mg0.9Fe0.1)2SiO4", { Mg: 1.8, Fe: 0.2, Si: 1, O: 4 }],
    ["K(Mg,)", undefined],
    ["K(Mg2Fe)AlSi3O10(OH)2", { K: 1, Mg: 2, Fe: 1, Al: 1, Si: 3, O: 12, H: 2 }],
    ["CaSO4·2H2O", { Ca: 1, S: 1, O: 6, H: 4 }],
    ["CaSO4 * 2 H2O", { Ca: 1, S: 1, O: 6, H: 4 }],
    ["Ca₅(PO₄)₃F", { Ca: 5, P: 3, O: 12, F: 1 }],
    ["[Co(NH3)6]Cl3", { Co: 1, N: 6, H: 18, Cl: 3 }],
    ["C", { C: 1 }],
    ["CO", { C: 1, O: 1 }],
    ["Co", { Co: 1 }],
    ["Fe.5O", { Fe: 0.5, O: 1 }],
  ])("%s", (formula, expected) => {
    if (expected === undefined) return expect(() => parseFormula(formula)).toThrow("no element");
    const amounts = parseFormula(formula);
    expect(Object.keys(amounts).sort()).toEqual(Object.keys(expected).sort());
    for (const [symbol, amount] of Object.entries(expected)) expect(amounts[symbol]).toBeCloseTo(amount, 12);
  });

  test.each(["", "(SiO2", "SiO2)", "Xx2", "si", "Si-O", "O0", "2"])("%j is refused", (formula) => {
    expect(() => parseFormula(formula)).toThrow("Write it, for example");
  });

  test("survives being written out and read again", () => {
    const symbols = elements.map(({ symbol }) => symbol);
    const parts = fc.uniqueArray(fc.constantFrom(...symbols), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(parts, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 6, maxLength: 6 }), (named, amounts) => {
        const formula = named.map((symbol, i) => `${symbol}${amounts[i]! / 4}`).join("");
        expect(parseFormula(formula)).toEqual(Object.fromEntries(named.map((symbol, i) => [symbol, amounts[i]! / 4])));
      }),
    );
  });

  test("quartz by mass is 46.74 % silicon", () => {
    const quartz = massFractions(parseFormula("SiO2"));
    expect(Object.keys(quartz)).toEqual(["Si", "O"]);
    expect(Object.values(quartz)).toEqual([expect.closeTo(0.46743, 4), expect.closeTo(0.53257, 4)]);
    expect(Object.values(atomicFractions(parseFormula("SiO2")))).toEqual([expect.closeTo(1 / 3, 12), expect.closeTo(2 / 3, 12)]);
    expect(meanAtomicNumber(quartz)).toBeCloseTo(10.8, 1);
  });
});
