import { describe, expect, test } from "vitest";
import { linearOfHex, oklabOfLinear } from "./colour.js";
import { colourDistance, colourVisions, worstColourDistance } from "./colour-vision.js";
import {
  classColour,
  classColours,
  colourPattern,
  coloursOfClasses,
  contactLengths,
  lineColour,
  spreadColours,
} from "./palette.js";

function smallestDistance(count: number): number {
  let smallest = Infinity;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) smallest = Math.min(smallest, worstColourDistance(classColour(i), classColour(j)));
  }
  return smallest;
}

describe("class colours", () => {
  // Independent values: the same measure computed with NumPy.
  test.each([
    [8, 14.4],
    [10, 14.38],
    [12, 12.12],
    [16, 10.26],
    [24, 7.27],
    [30, 7.27],
  ])("the first %d are at least %d apart for every kind of colour vision", (count, distance) => {
    expect(smallestDistance(count)).toBeCloseTo(distance, 1);
  });

  test("are coloured, not grey, for normal vision", () => {
    const greys = Array.from({ length: 52 }, (_, i) => `#${(i * 5).toString(16).padStart(2, "0").repeat(3)}`);
    for (const colour of classColours) {
      for (const grey of greys) expect(colourDistance(colour, grey, "normal"), `${colour} ${grey}`).toBeGreaterThan(9);
    }
  });

  test("the measure sees what deficiencies hide: red and green of equal lightness", () => {
    expect(colourDistance("#c05050", "#6b8000", "normal")).toBeGreaterThan(30);
    expect(colourDistance("#c05050", "#6b8000", "deuteranopia")).toBeLessThan(12);
    expect(colourVisions).toHaveLength(4);
  });

  test("patterns come after twelve and belong to their colour", () => {
    expect([0, 11].map((order) => colourPattern(classColour(order)))).toEqual(["plain", "plain"]);
    expect(new Set([12, 13, 14, 15, 16, 17].map((order) => colourPattern(classColour(order)))).size).toBe(6);
    expect(colourPattern("#123456")).toBe("plain");
  });

  test("a map of stripes gets a distant colour on both sides of each boundary", () => {
    const labels = Int32Array.from({ length: 400 }, (_, p) => Math.floor((p % 40) / 4));
    const colours = coloursOfClasses(labels, 40, 10);
    expect(new Set(colours).size).toBe(10);
    for (let k = 1; k < 10; k++) expect(worstColourDistance(colours[k]!, colours[k - 1]!)).toBeGreaterThan(20);
  });

  test("lines keep their hue and reach a lightness that reads on the ground", () => {
    expect(lineColour("#355cc1", "dark")).toBe("#5580e8");
    expect(lineColour("#f9d5b7", "light")).toBe("#937358");
    for (const colour of classColours) {
      expect(oklabOfLinear(linearOfHex(lineColour(colour, "light")))[0]).toBeLessThan(0.6);
      expect(oklabOfLinear(linearOfHex(lineColour(colour, "dark")))[0]).toBeGreaterThan(0.6);
    }
  });
});

describe("spreadColours", () => {
  test("keeps the order where nothing touches", () => {
    expect(spreadColours(4, new Float64Array(16))).toEqual([0, 1, 2, 3]);
  });

  test("never makes the picture worse and moves near colours off a long boundary", () => {
    const near = [2, 10] as const;
    const contact = new Float64Array(144);
    contact[near[0] * 12 + near[1]] = contact[near[1] * 12 + near[0]] = 1000;
    const order = spreadColours(12, contact);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    const before = worstColourDistance(classColour(2), classColour(10));
    expect(worstColourDistance(classColour(order[2]!), classColour(order[10]!))).toBeGreaterThan(2 * before);
  });

  test("counts boundaries between neighbours, not across the end of a row", () => {
    const labels = Int32Array.of(0, 0, 1, 1, -1, 1);
    expect([...contactLengths(labels, 3, 2)]).toEqual([0, 2, 2, 0]);
  });
});
