import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mapPolygon } from "./map-polygon.js";
import { combineMasks } from "./masks.js";
import { outlineLoops, outlinePolygons } from "./outline.js";

const grid = { width: 9, height: 6, frames: 1, pixelSizeUm: undefined };
const mask = fc.array(fc.constantFrom(0, 1), { minLength: 54, maxLength: 54 }).map((values) => Uint8Array.from(values));

describe("outlines", () => {
  test("filled again they give the same pixels, however many holes and pieces", () => {
    fc.assert(
      fc.property(mask, fc.constantFrom(8, 40, 10_000), (m, most) => {
        let filled: Uint8Array = new Uint8Array(54);
        for (const polygon of outlinePolygons(m, grid, most)) filled = combineMasks(filled, mapPolygon(grid, polygon), "add");
        expect(filled).toEqual(m);
      }),
      { numRuns: 300 },
    );
  });

  test("a rectangle has four corners, a ring two loops", () => {
    const ring = new Uint8Array(54);
    for (let y = 1; y < 5; y++) ring.fill(1, y * 9 + 2, y * 9 + 7);
    expect(outlineLoops(ring, grid)).toEqual([[[2, 1], [2, 5], [7, 5], [7, 1]]]); // biome-ignore format: corners
    ring[2 * 9 + 4] = 0;
    expect(outlineLoops(ring, grid).map((loop) => loop.length)).toEqual([4, 4]);
  });

  test("nothing has none", () => {
    expect(outlinePolygons(new Uint8Array(54), grid)).toEqual([]);
  });
});
