import { describe, expect, test } from "vitest";
import { areaBarsFigure } from "./area-bars.js";
import { matrixFigure, matrixWidth } from "./matrix-plot.js";
import { offsetFigure } from "./offset-plot.js";

const numbers = (svg: string, pattern: RegExp): number[] => [...svg.matchAll(pattern)].map(([, value]) => Number(value));

describe("areas", () => {
  const bars = [
    { name: "Quartz", colour: "#355cc1", value: 80, half: 5, label: "80 ± 5" },
    { name: "Glass", colour: "#daac09", value: 20, label: "20" },
  ];
  const svg = areaBarsFigure({ id: "a", bars, axisName: "Area (%)", width: 317, description: "Areas" });

  test("bars are as long as their values, whiskers as their intervals", () => {
    const [long, short] = numbers(svg, /<rect [^>]*width="([\d.]+)" height="12"/g);
    expect(long! / short!).toBeCloseTo(4, 2);
    const perPercent = long! / 80;
    const [, from, to] = /<path d="M([\d.]+) 14L([\d.]+) 14" class="s-ink"/.exec(svg)!;
    expect(Number(to) - Number(from)).toBeCloseTo(10 * perPercent, 0);
    expect(svg.match(/class="s-ink"/g)).toHaveLength(3);
  });

  test("the axis is named and its numbers are round; nothing leaves the page", () => {
    expect(svg).toContain(">Area (%)<");
    for (const tick of ["0", "20", "40", "60", "80"]) expect(svg).toContain(`>${tick}<`);
    for (const x of numbers(svg, /<text x="([-\d.]+)"/g)) expect(x >= 0 && x <= 317).toBe(true);
  });
});

describe("a matrix", () => {
  const rows = [
    { name: "Quartz", counts: [9, 1], partner: 0 },
    { name: "Glass", counts: [0, 1234], partner: 1 },
    { name: "Nothing", counts: [0, 0], partner: -1 },
  ];
  const svg = matrixFigure({
    rows,
    columns: ["Si-O", "Ca"],
    rowsName: "Before",
    columnsName: "Now",
    width: 317,
    description: "M",
  });

  test("shades are shares of the row, and partners are framed", () => {
    expect(numbers(svg, /fill-opacity="([\d.]+)"/g)).toEqual([0.77, 0.09, 0, 0.85, 0, 0]);
    expect(svg.match(/stroke="#17181a"/g)).toHaveLength(2);
  });

  test("numbers fit their cells at the least width", () => {
    expect(matrixWidth({ rows, columns: ["Si-O", "Ca"] })).toBeLessThan(150);
    expect(svg).toContain(">1,234<");
    expect(svg).toContain("rotate(-90)");
  });
});

describe("distances of peaks from their lines", () => {
  const points = [
    { name: "Si_Ka", energyKev: 1.74, offsetEv: 2, errorEv: 1, beforeEv: 12, isUsed: true },
    { name: undefined, energyKev: 0, offsetEv: -20, isUsed: false },
  ];

  test("lie at their energies and heights, with whiskers and what was before", () => {
    const svg = offsetFigure({ points, width: 317, description: "Offsets" });
    const heights = numbers(svg, /<circle [^>]*cy="([\d.]+)"/g);
    expect(heights[0]!).toBeLessThan(heights[1]!);
    expect(svg).toContain("Si Kα");
    expect(svg).toContain(">before<");
    expect(svg).toContain("Peak less line (eV)");
    expect(offsetFigure({ points: [points[1]!], description: "Offsets" })).not.toContain(">before<");
  });
});
