import { describe, expect, test } from "vitest";
import {
  areaUnit,
  formatArea,
  formatCount,
  formatFixed,
  formatNumber,
  formatPercent,
  inPlainNotation,
  listOf,
  plainNotation,
  setNumberNotation,
  withUnit,
} from "./numbers.js";

const plain = (text: string) => text.replaceAll("\u202f", " ");

describe("numbers as people read them", () => {
  test.each([
    [0, "0"],
    [0.123456, "0.123"],
    [9.996, "10"],
    [12.3456, "12.3"],
    [1234.56, "1,235"],
    [1234567, "1,234,567"],
    [-0.5, "−0.5"],
    [0.00001234, "1.23 × 10⁻⁵"],
    [Number.NaN, "–"],
  ])("%d is %s", (value, text) => expect(plain(formatNumber(value))).toBe(text));

  test.each([
    [0, "0 %"],
    [1, "100 %"],
    [0.478, "47.8 %"],
    [0.00994, "0.99 %"],
    [0.00996, "1.0 %"],
    [0.00001, "< 0.01 %"],
  ])("share %d is %s", (share, text) => expect(plain(formatPercent(share))).toBe(text));

  test("nothing rounds to minus zero", () => {
    expect(formatFixed(-0.001, 1)).toBe("0.0");
    expect(formatCount(-0.2)).toBe("0");
  });

  test("units stay with their numbers", () => expect(withUnit(0.35, "µm/px")).toBe("0.35\u202fµm/px"));

  test("lists read as sentences", () => {
    expect([listOf([]), listOf(["a"]), listOf(["a", "b"]), listOf(["a", "b", "c"])]).toEqual(["", "a", "a and b", "a, b and c"]);
  });

  test("another notation is for the screen; what is made for a file keeps points", () => {
    setNumberNotation({ decimal: ",", group: "." });
    try {
      expect([formatNumber(1234.5, 5), formatFixed(0.25, 2), formatCount(221_184)]).toEqual(["1.234,5", "0,25", "221.184"]);
      expect(plain(formatPercent(0.00001))).toBe("< 0,01 %");
      expect(inPlainNotation(() => formatFixed(0.25, 2))).toBe("0.25");
      expect(() =>
        inPlainNotation(() => {
          throw new RangeError("in between");
        }),
      ).toThrow(RangeError);
      expect(formatFixed(0.25, 2)).toBe("0,25");
    } finally {
      setNumberNotation(plainNotation);
    }
  });
});

test("large areas have four digits", () => {
  expect(formatArea(460507.3)).toBe("460,500");
  expect(formatArea(12.3456)).toBe("12.3");
  expect(formatArea(9999.6)).toBe("10,000");
});

test("areas have one unit, that of the largest", () => {
  expect([460_000, 99_999, 0.1, 0.02, 0].map((um2) => areaUnit(um2).name)).toEqual(["mm²", "µm²", "µm²", "nm²", "µm²"]);
  expect(0.02 / areaUnit(0.02).um2).toBeCloseTo(20_000, 9);
});
