import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ParameterError } from "../../errors.js";
import { gateTest, parseGate } from "./gate-expression.js";

const values: Readonly<Record<string, number>> = { Fe_Ka: 0.4, Si_Ka: 0.05, Ca_Ka: 6, P_Ka: 3, nothing: Number.NaN };
const holds = (text: string) => gateTest(parseGate(text), (name) => () => values[name]!)(0);

describe("conditions", () => {
  test.each([
    ["Fe_Ka > 0.3 and Si_Ka < 0.1", true],
    ["Fe_Ka > 0.3 and not Si_Ka < 0.1", false],
    ["Fe_Ka > 1 or Si_Ka < 0.1", true],
    ["Fe_Ka > 1 or Si_Ka < 0.1 and Ca_Ka > 100", false],
    ["(Fe_Ka > 0.1 or Si_Ka > 1) and Ca_Ka > 100", false],
    ["not (Fe_Ka > 1 or Si_Ka > 1)", true],
    ["not not Fe_Ka > 0.1", true],
    ["0.1 < Fe_Ka <= 0.4", true],
    ["0.1 < Fe_Ka < 0.4", false],
    ["Ca_Ka / P_Ka == 2", true],
    ["Ca_Ka - P_Ka - 3 == 0", true],
    ["Ca_Ka / P_Ka / 2 == 1", true],
    ["2 + 3 * 4 == 14", true],
    ["(2 + 3) * 4 == 20", true],
    ["-Ca_Ka < -5.9e0", true],
    ["Ca_Ka != 6", false],
    ["nothing > 0 or nothing <= 0 or nothing != 0", false],
    [".5 < 1.", true],
  ])("%s is %s", (text, expected) => {
    expect(holds(text)).toBe(expected);
  });

  test("names are listed once, in order; words of the language are none", () => {
    expect(parseGate("Si_Ka > 1 and not (membership < 0.5 or Si_Ka > Fe_Ka)").names).toEqual(["Fe_Ka", "Si_Ka", "membership"]);
  });

  test.each([
    ["", 1],
    ["Fe_Ka", 6],
    ["Fe_Ka > ", 8],
    ["Fe_Ka > 0.3 Si_Ka", 13],
    ["Fe_Ka > (1", 11],
    ["(Fe_Ka > 1) + 2 > 1", 15],
    ["Fe_Ka and Si_Ka > 1", 11],
    ["Fe_Ka > 1; alert(1)", 10],
    ["Fe_Ka > [1]", 8],
    ["and > 1", 1],
    ["__proto__ > 1", 1],
  ])("%s is refused, with the place", (text, character) => {
    expect(() => parseGate(text)).toThrow(ParameterError);
    expect(() => parseGate(text)).toThrow(`character ${character}`);
  });

  test("depth is limited, so that no condition overflows the stack", () => {
    expect(() => parseGate(`${"(".repeat(5000)}1 > 0${")".repeat(5000)}`)).toThrow(ParameterError);
    expect(() => parseGate(`${"not ".repeat(400)}1 > 0`)).toThrow(ParameterError);
  });

  test("any text is read or refused with a typed error", () => {
    const piece = fc.constantFrom(
      "Fe_Ka",
      "and",
      "or",
      "not",
      "(",
      ")",
      "<",
      ">=",
      "+",
      "-",
      "*",
      "/",
      "1",
      "0.5",
      "==",
      " ",
      "~",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          const test = gateTest(parseGate(pieces.join(" ")), () => () => 1);
          expect(typeof test(0)).toBe("boolean");
        } catch (error) {
          expect(error).toBeInstanceOf(ParameterError);
        }
      }),
    );
  });
});
