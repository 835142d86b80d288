import { describe, expect, test } from "vitest";
import { ShapeError } from "../../errors.js";
import { type ComparedResult, compareResults, differences } from "./compare-results.js";

const spectra = [Float64Array.of(9, 1, 0), Float64Array.of(0, 2, 8), Float64Array.of(1, 9, 1)];

function result(
  labels: readonly number[],
  shape: readonly number[],
  order: readonly number[],
  recipe: unknown = {},
): ComparedResult {
  const classes = order.map((_, id) => ({
    id,
    name: `class ${id}`,
    areaFraction: labels.filter((l) => l === id).length / labels.length,
  }));
  return { labels: Int32Array.from(labels), shape, classes, spectra: order.map((k) => spectra[k]!), recipe };
}

describe("two results of one field", () => {
  const first = result([0, 0, 0, 1, 1, 1, 2, -1], [2, 4], [0, 1, 2]);

  test("match whatever their numbering, and change where a pixel left its class", () => {
    const second = result([2, 2, 1, 0, 0, 0, 1, -1], [2, 4], [1, 2, 0]);
    const { matched, changed, changedShare, by, adjustedRandIndex, confusion } = compareResults(first, second);
    expect(by).toBe("pixels");
    expect(matched.map((pair) => [pair.first, pair.second])).toEqual([
      [0, 2],
      [1, 0],
      [2, 1],
    ]);
    expect(matched[0]!.overlap).toBeCloseTo(2 / 3, 12);
    expect(matched[1]!.similarity).toBeCloseTo(1, 12);
    expect([...changed!]).toEqual([0, 0, 1, 0, 0, 0, 0, 0]);
    expect(changedShare).toBeCloseTo(1 / 8, 12);
    expect(adjustedRandIndex).toBeLessThan(1);
    expect(confusion!.data.reduce((sum, value) => sum + value, 0)).toBe(8);
  });

  test("that are the same have nothing changed and an index of 1", () => {
    const same = compareResults(first, first);
    expect(same.changedShare).toBe(0);
    expect(same.adjustedRandIndex).toBeCloseTo(1, 12);
    expect(same.onlyFirst).toEqual([]);
    expect(same.recipe).toEqual([]);
  });
});

test("two fields are matched by their spectra, and what has no like stays alone", () => {
  const first = result([0, 1, 1, 0], [2, 2], [0, 1]);
  const second = result([0, 1, 1, 1, 0, 0], [2, 3], [1, 2]);
  const { by, matched, onlyFirst, onlySecond, changed } = compareResults(first, second);
  expect(by).toBe("spectra");
  expect(matched.map((pair) => [pair.first, pair.second])).toEqual([[1, 0]]);
  expect(onlyFirst).toEqual([0]);
  expect(onlySecond).toEqual([1]);
  expect(changed).toBeUndefined();
});

test("differences of recipes are paths with both values", () => {
  const first = { seed: 0, steps: [{ step: "bin", factor: 2 }, { step: "spectra" }] };
  const second = { seed: 0, steps: [{ step: "bin", factor: 3 }] };
  expect(differences(first, second)).toEqual([
    { path: "steps.0.factor", first: 2, second: 3 },
    { path: "steps.1", first: { step: "spectra" }, second: undefined },
  ]);
});

test("labels that are not one per pixel are refused", () => {
  const broken = { ...result([0, 1], [1, 2], [0, 1]), labels: Int32Array.of(0) };
  expect(() => compareResults(broken, broken)).toThrow(ShapeError);
});
