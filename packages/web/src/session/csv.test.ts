import { expect, test } from "vitest";
import { csvText } from "./csv.js";

test("commas and quotes are kept apart, numbers have points, gaps are empty", () => {
  expect(
    csvText([
      ["name", "share"],
      ['Fe "II", Mg', 0.125],
      ["none", Number.NaN],
      ["", undefined],
    ]),
  ).toBe('name,share\r\n"Fe ""II"", Mg",0.125\r\nnone,\r\n,\r\n');
});
