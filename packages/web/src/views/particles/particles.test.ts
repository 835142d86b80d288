import type { GrainStatistics } from "@sigma-eds/core";
import { describe, expect, test } from "vitest";
import { grainSpread, grainsFigure } from "./grain-histogram.js";
import {
  defaultParticleSpec,
  parseParticleSpec,
  particleColumns,
  particleRows,
  threeDigits,
  whyNoGrains,
} from "./particle-rows.js";

const spreadOf = (id: string, values: readonly number[], axis: "auto" | "linear" | "log" = "auto") =>
  grainSpread(particleColumns.find((column) => column.id === id)!, values, axis, "µm");

test("the histogram of a quantity of grains names it with its unit, and how many there are", () => {
  const figure = grainsFigure(spreadOf("area", [1, 2, 2, 9, Number.NaN])!);
  expect(figure).toMatchObject({ id: "grains-area", subject: "Area of 4 grains" });
  const svg = figure.draw(300);
  expect(svg).toMatch(/^<svg[\s\S]*Area, µm²[\s\S]*<\/svg>\s*$/);
  expect(svg).toContain("Grains, square-root axis");
  expect(spreadOf("circularity", [Number.NaN])).toBeUndefined();
});

describe("the axis of the histogram", () => {
  test("is logarithmic by itself for areas over two decades and lengths over one, with equal bins of the logarithm", () => {
    expect(spreadOf("area", [1, 100])!.scale).toBe("linear");
    const { scale, histogram } = spreadOf("area", [1, 101])!;
    expect(scale).toBe("log");
    expect(histogram.edges[1]! / histogram.edges[0]!).toBeCloseTo(101 ** (1 / 24), 9);
    expect(spreadOf("equivalentDiameter", [1, 11])!.scale).toBe("log");
    expect(spreadOf("aspect", [1, 11])!.scale).toBe("linear");
  });

  test("is what was asked for, but for values without a logarithm", () => {
    expect(spreadOf("area", [1, 1000], "linear")).toMatchObject({ scale: "linear", usualScale: "log" });
    expect(spreadOf("area", [1, 2], "log")).toMatchObject({ scale: "log", usualScale: "linear" });
    expect(spreadOf("area", [0, 1000], "log")).toMatchObject({ scale: "linear", hasLog: false });
  });

  test("is kept with the view", () => {
    expect(parseParticleSpec({ axis: "log" }).axis).toBe("log");
    expect(parseParticleSpec({ axis: "cubic" }).axis).toBe("auto");
  });
});

test("sizes are written with three digits, zeros at the end too", () => {
  expect([1234, 110, 43, 7.4, 0.7, 0, Number.NaN].map(threeDigits)).toEqual([
    "1,234",
    "110",
    "43.0",
    "7.40",
    "0.700",
    "0.00",
    "–",
  ]);
});

describe("why no grain is in the list", () => {
  const statisticsOf = (...grains: { classId?: number; pixels: number; touchesEdge: boolean }[]): GrainStatistics =>
    ({ grains: grains.map((grain, id) => ({ id, classId: 0, area: grain.pixels, ...grain })) }) as unknown as GrainStatistics;
  const cases = [
    {
      name: "none there",
      statistics: statisticsOf({ classId: 3, pixels: 50, touchesEdge: false }),
      says: /no grains here/,
      shown: 0,
    },
    {
      name: "all cut",
      statistics: statisticsOf({ pixels: 50, touchesEdge: true }),
      says: /touch the edge of the map and/,
      shown: 1,
    },
    { name: "all small", statistics: statisticsOf({ pixels: 2, touchesEdge: true }), says: /fewer than 4 pixels/, shown: 1 },
    {
      name: "some cut, some small",
      statistics: statisticsOf({ pixels: 50, touchesEdge: true }, { pixels: 3, touchesEdge: false }),
      says: /edge of the map or have fewer than 4 pixels/,
      shown: 1,
    },
  ];
  test.each(cases)("$name: it is said, and what is offered shows them", ({ statistics, says, shown }) => {
    expect(particleRows(statistics, defaultParticleSpec, 0)).toHaveLength(0);
    const { sentence, show } = whyNoGrains(statistics, defaultParticleSpec, 0);
    expect(sentence).toMatch(says);
    expect(show === undefined ? 0 : particleRows(statistics, show, 0).length).toBe(shown);
  });
});
