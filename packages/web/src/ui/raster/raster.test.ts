import { percentileRange } from "@sigma-eds/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { colourTable, packColour, packHex } from "./colour-table.js";
import { scaleBarRoom } from "./draw-scale-bar.js";
import { exactRange } from "./exact-range.js";
import { brightness, intensityShare, paint } from "./paint.js";

const parts = (word: number) => [word & 255, (word >> 8) & 255, (word >> 16) & 255, word >>> 24];

describe("range of display", () => {
  test("is that of sorted values", () => {
    const value = fc.oneof(fc.double({ min: -50, max: 1e4 }), fc.integer({ min: 0, max: 9 }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 200 }), fc.tuple(fc.nat(100), fc.nat(100)), (values, [a, b]) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const [found, expected] = [exactRange(values, low, high), percentileRange(values, low, high)];
        expect(found.from).toBeCloseTo(expected.from, 9);
        expect(found.to).toBeCloseTo(expected.to, 9);
      }),
      { numRuns: 300 },
    );
  });
});

describe("painted maps", () => {
  const labels = Int32Array.of(0, 1, -1, 7);
  const colours = new Map([[0, "#ff0000"], [1, "#204060"]]); // biome-ignore format: pairs

  test("classes are their colours where there is no base; others stay black", () => {
    const picture = paint({ pixels: 4, fill: { kind: "classes", labels, colours }, base: undefined, opacity: 1 });
    expect([...picture].map(parts)).toEqual([[255, 0, 0, 255], [32, 64, 96, 255], [0, 0, 0, 255], [0, 0, 0, 255]]); // biome-ignore format: pixels
  });

  test("opacity 0 is the base alone", () => {
    const base = Float32Array.of(0, 0.5, 1, 0.2);
    const picture = paint({ pixels: 4, fill: { kind: "classes", labels, colours }, base, opacity: 0 });
    expect([...picture].map((word) => parts(word)[1])).toEqual([0, 128, 255, 51]);
  });

  test("brighter places of a class are brighter, its mean keeps its colour", () => {
    const base = Float32Array.of(0.3, 0.5, 0.7);
    const fill = { kind: "classes", labels: new Int32Array(3), colours: new Map([[0, "#646464"]]) } as const;
    const [dark, middle, bright] = [...paint({ pixels: 3, fill, base, opacity: 1 })].map((word) => parts(word)[0]!);
    expect([dark, middle, bright]).toEqual([82, 100, 117]);
  });

  test("values take the colours of their map; the ends hold beyond the range; NaN is not painted", () => {
    const table = colourTable("viridis");
    const fill = { kind: "scalar", data: [-5, 0, 5, 10, 99, Number.NaN], from: 0, to: 10, gamma: 1, table } as const;
    const picture = paint({ pixels: 6, fill, base: undefined, opacity: 1 });
    expect([...picture]).toEqual([table[0], table[0], table[128], table[255], table[255], packColour(0, 0, 0)]);
  });

  test("a mix adds its colours", () => {
    const channels = [
      { data: [0, 1, 1], from: 0, to: 1, colour: [255, 0, 0] },
      { data: [0, 0, 1], from: 0, to: 1, colour: [0, 255, 255] },
    ] as const;
    const picture = paint({ pixels: 3, fill: { kind: "mix", channels, gamma: 1 }, base: undefined, opacity: 1 });
    expect([...picture]).toEqual(["#000000", "#ff0000", "#ffffff"].map((hex) => packHex(hex)));
  });

  test("gamma above 1 lifts the dark; brightness lies between its ends", () => {
    expect(intensityShare(25, 0, 100, 2)).toBeCloseTo(0.5, 12);
    expect([...brightness([-1, 0, 5, 10, 20, Number.NaN], 0, 10)]).toEqual([0, 0, 0.5, 1, 1, 0]);
  });
});

test("a scale bar stands on what of the map is in sight, beside it where that is too small", () => {
  const map = { width: 100, height: 50 };
  const view = { width: 600, height: 500 };
  expect(scaleBarRoom(map, { scale: 4, left: 100, top: 150 }, view)).toEqual({ left: 100, bottom: 350, width: 400 });
  expect(scaleBarRoom(map, { scale: 20, left: -700, top: -200 }, view)).toEqual({ left: 0, bottom: 500, width: 600 });
  expect(scaleBarRoom(map, { scale: 20, left: 350, top: -600 }, view)).toEqual({ left: 350, bottom: 400, width: 250 });
  expect(scaleBarRoom({ width: 713, height: 18 }, { scale: 0.8, left: 10, top: 200 }, view)).toEqual({
    ...{ left: 0, bottom: 500, width: 600 },
  });
});
