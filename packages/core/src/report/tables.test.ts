import { expect, test } from "vitest";
import type { PhaseClass } from "../pipeline/analysis.js";
import { csv, phasesCsv } from "./tables.js";

const olivine: PhaseClass = {
  id: 0,
  name: 'Olivine, "forsterite"',
  colour: "#355cc1",
  pixels: 5956,
  areaFraction: 0.794,
  areaUm2: undefined,
  counts: 3_674_852,
  countsPerPixel: 617,
  dominantLines: [
    { line: "Mg_Ka", netPerPixel: 80, ratioToMean: 2.5, sigma: 90 },
    { line: "Si_Ka", netPerPixel: 60, ratioToMean: 1.1, sigma: 12 },
  ],
};

test("one row per class, quoted as RFC 4180 says", () => {
  expect(phasesCsv({ classes: [olivine, { ...olivine, id: 1, name: "Hole", areaUm2: 12.5, dominantLines: [] }] })).toBe(
    "id,name,colour,pixels,area_fraction,area_fraction_half_interval_95,area_um2,counts,mean_counts_per_pixel,dominant_lines\r\n" +
      '0,"Olivine, ""forsterite""",#355cc1,5956,0.794,,,3674852,617,Mg_Ka Si_Ka\r\n' +
      "1,Hole,#355cc1,5956,0.794,,12.5,3674852,617,\r\n",
  );
});

test("names cannot become formulas in a spreadsheet; numbers stay numbers", () => {
  expect(csv([['=HYPERLINK("x")', "@a", -1.5, Number.NaN, "two\nlines"]])).toBe(
    `"'=HYPERLINK(""x"")",'@a,-1.5,,"two\nlines"\r\n`,
  );
});
