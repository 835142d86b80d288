import { describe, expect, it } from "vitest";
import { pow } from "../../../kernels/math.js";
import golden from "../golden/embed.json" with { type: "json" };
import { fitSimilarityCurve } from "./curve.js";
import { forceTable } from "./force-table.js";
import { coefficientAt } from "./layout-moves.js";

describe("fitSimilarityCurve", () => {
  it.each(golden.curves)(
    "finds umap-learn's a and b for smallest distance $minDist and spread $spread",
    ({ minDist, spread, a, b }) => {
      const curve = fitSimilarityCurve(minDist, spread);
      expect(curve.a / a).toBeCloseTo(1, 5);
      expect(curve.b / b).toBeCloseTo(1, 5);
    },
  );

  it("settles over the whole range of the parameters", () => {
    for (const spread of [0.01, 0.3, 1, 10]) {
      for (const share of [0, 0.01, 0.3, 0.7, 1]) {
        const { a, b } = fitSimilarityCurve(share * spread, spread);
        expect(a).toBeGreaterThan(0);
        expect(b).toBeGreaterThan(0);
        expect(Number.isFinite(a + b)).toBe(true);
      }
    }
  });
});

describe("forceTable", () => {
  const curves = [fitSimilarityCurve(0.1, 1), fitSimilarityCurve(0, 1), fitSimilarityCurve(0.99, 1)];

  it.each(curves)(
    "lies within 0.6 % of the gradients of the cross-entropy, from distance 0.0002 to 1000, no step longer than 4 (a = $a)",
    ({ a, b }) => {
      const table = forceTable({ a, b }, 1.5);
      for (let squared = 3e-8; squared < 1e6; squared *= 1.0137) {
        const d2 = Math.fround(squared);
        const attraction = (-2 * a * b * pow(d2, b - 1)) / (1 + a * pow(d2, b));
        const repulsion = (2 * 1.5 * b) / ((0.001 + d2) * (1 + a * pow(d2, b)));
        const longest = 4 / Math.sqrt(d2);
        expect(Math.abs(coefficientAt(table.attraction, d2) / Math.max(attraction, -longest) - 1)).toBeLessThan(6e-3);
        expect(Math.abs(coefficientAt(table.repulsion, d2) / Math.min(repulsion, longest) - 1)).toBeLessThan(6e-3);
      }
    },
  );

  it("stays finite at distance 0 and far out", () => {
    const { attraction, repulsion } = forceTable(fitSimilarityCurve(0.1, 1), 1);
    for (const squared of [0, 1e-45, 1e-12, 1e9, 3e38]) {
      expect(Number.isFinite(coefficientAt(attraction, squared))).toBe(true);
      expect(coefficientAt(attraction, squared)).toBeLessThan(0);
      expect(coefficientAt(repulsion, squared)).toBeGreaterThan(0);
    }
  });
});
