import { readFileSync } from "node:fs";
import { classColours, lineColour, unassignedColour } from "@sigma-eds/core";
import { describe, expect, test } from "vitest";
import { classTints } from "./class-tints.js";
import { packHex } from "./raster/colour-table.js";
import { contrast } from "./raster/contrast.js";

/** What WCAG 2.2 asks of graphics (success criterion 1.4.11). */
const LEAST = 3;
const tokens = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const groundOf = (theme: "dark" | "light", token: string): number => {
  const block = tokens.slice(tokens.indexOf(`[data-theme="${theme}"]`));
  return packHex(new RegExp(`--${token}: (#\\w+)`).exec(block)![1]!);
};
const colours = [...classColours, unassignedColour, "#000000", "#ffffff"];

describe("the edge of a class colour", () => {
  for (const theme of ["dark", "light"] as const) {
    test(`stands out from the grounds of the ${theme} theme`, () => {
      const faint = ["panel", "raised", "raised2"].flatMap((token) =>
        colours.filter((colour) => contrast(packHex(lineColour(colour, theme)), groundOf(theme, token)) < LEAST),
      );
      expect(faint).toEqual([]);
    });
  }

  test("is needed: without it some colours would not be seen, in either theme", () => {
    for (const theme of ["dark", "light"] as const) {
      const faint = classColours.filter((colour) => contrast(packHex(colour), groundOf(theme, "panel")) < LEAST);
      expect(faint.length).toBeGreaterThan(0);
    }
  });

  test("is given to the style of both themes at once, and the colour itself stays", () => {
    expect(classTints("#355cc1")).toEqual({
      "--class": "#355cc1",
      "--class-edge": `light-dark(${lineColour("#355cc1", "light")}, ${lineColour("#355cc1", "dark")})`,
    });
  });
});
