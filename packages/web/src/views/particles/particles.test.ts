import type { GrainStatistics } from "@sigma-eds/core";
import { describe, expect, test } from "vitest";
import { defaultParticleSpec, grainsFigure, particleColumns, particleRows, threeDigits, whyNoGrains } from "./particle-rows.js";

test("the histogram of a quantity of grains names it with its unit, and how many there are", () => {
  const figure = grainsFigure(particleColumns[0]!, [1, 2, 2, 9], 4, "µm");
  expect(figure).toMatchObject({ id: "grains-area", subject: "Area of 4 grains" });
  expect(figure.draw(300)).toMatch(/^<svg[\s\S]*Area, µm²[\s\S]*<\/svg>\s*$/);
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
