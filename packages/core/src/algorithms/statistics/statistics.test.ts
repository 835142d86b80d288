import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ParameterError, ShapeError } from "../../errors.js";
import type { Axis } from "../../spectrum-image/axis.js";
import { parseParameters } from "../parameters.js";
import { classFeatures } from "./class-features.js";
import { classProportions } from "./class-proportions.js";
import { connectedComponents } from "./connected-components.js";
import golden from "./golden/statistics.json" with { type: "json" };
import { type Grain, grainStatistics, LEAST_PIXELS_FOR_CIRCULARITY } from "./grain-statistics.js";
import { histogram, logHistogram } from "./histogram.js";
import { ternaryPlace, ternaryShares } from "./ternary.js";

const context = { seed: 0 };
const axes = (height: number, width: number, dy = 1, dx = 1, units: string | undefined = "um"): Axis[] => [
  { name: "y", size: height, offset: 0, scale: dy, units },
  { name: "x", size: width, offset: 0, scale: dx, units },
];
const measure = (
  labels: Int32Array,
  navigationAxes: Axis[],
  given: object = {},
  features?: { lines: string[]; data: Float32Array },
) => grainStatistics.run({ labels, navigationAxes, features }, parseParameters(grainStatistics, given), context);

/** The smallest difference of two directions that are the same every 180 degrees. */
const turn = (a: number, b: number) => Math.abs(((((a - b) % 180) + 270) % 180) - 90);

describe("grains against scikit-image", () => {
  test.each(golden.cases)("$connectivity neighbours, pixels of $spacing", async (gold) => {
    const { height, width, connectivity } = gold;
    const [dy, dx] = gold.spacing as [number, number];
    const { grains, ids, unit } = await measure(Int32Array.from(gold.labels), axes(height, width, dy, dx), { connectivity });
    expect(unit).toBe("um");
    expect(grains).toHaveLength(gold.grains.length);
    grains.forEach((grain, i) => {
      const theirs = gold.grains[i]!;
      expect(ids.indexOf(grain.id)).toBe(theirs.first);
      expect([grain.classId, grain.pixels]).toEqual([theirs.classId, theirs.pixels]);
      for (const key of ["area", "equivalentDiameter", "majorAxis"] as const) expect(grain[key]).toBeCloseTo(theirs[key], 9);
      expect(grain.minorAxis).toBeCloseTo(theirs.minorAxis, 6);
      expect(grain.centroid.y).toBeCloseTo(theirs.centroid[0]!, 9);
      expect(grain.centroid.x).toBeCloseTo(theirs.centroid[1]!, 9);
      expect([grain.box.top, grain.box.left, grain.box.bottom, grain.box.right]).toEqual(theirs.box);
      if (dx === dy) expect(grain.perimeter).toBeCloseTo(theirs.squarePerimeter, 9);
      if (grain.orientationDeg !== undefined && grain.majorAxis > 1.001 * grain.minorAxis) {
        expect(turn(grain.orientationDeg, theirs.orientationDeg)).toBeLessThan(1e-6);
      }
    });
  });
});

describe("grains by closed forms", () => {
  /** A disc about the middle of a map of 41 x 41 pixels. */
  const disc = async (radius: number): Promise<Grain> => {
    const labels = Int32Array.from({ length: 41 * 41 }, (_, p) => {
      const [x, y] = [(p % 41) - 20, Math.floor(p / 41) - 20];
      return x * x + y * y <= radius * radius ? 0 : -1;
    });
    return (await measure(labels, axes(41, 41))).grains[0]!;
  };

  test.each([6, 8, 12, 18])("the circularity of a disc of radius %d is near 1", async (radius) => {
    const { pixels, circularity } = await disc(radius);
    expect(pixels).toBeGreaterThanOrEqual(LEAST_PIXELS_FOR_CIRCULARITY);
    expect(circularity).toBeGreaterThan(0.9);
    expect(circularity).toBeLessThan(1.12);
  });

  test.each([0, 1, 2, 4, 5])("a disc of radius %d is too small for a circularity", async (radius) => {
    const { pixels, perimeter, circularity } = await disc(radius);
    expect(pixels).toBeLessThan(LEAST_PIXELS_FOR_CIRCULARITY);
    expect(perimeter).toBeGreaterThanOrEqual(0);
    expect(circularity).toBeUndefined();
  });

  /** A filled rectangle in a map with room around it. */
  const rectangle = async (width: number, height: number, dx: number, dy: number): Promise<Grain> => {
    const labels = Int32Array.from({ length: 40 * 30 }, (_, p) => {
      const [x, y] = [p % 40, Math.floor(p / 40)];
      return x >= 3 && x < 3 + width && y >= 5 && y < 5 + height ? 7 : -1;
    });
    return (await measure(labels, axes(30, 40, dy, dx))).grains[0]!;
  };

  test.each([
    [6, 6, 1, 1],
    [12, 5, 0.5, 2],
    [3, 20, 2, 0.25],
  ])("a rectangle of %d x %d pixels of %d x %d", async (width, height, dx, dy) => {
    const grain = await rectangle(width, height, dx, dy);
    const axisOf = (n: number, d: number) => 4 * d * Math.sqrt((n * n - 1) / 12);
    expect(grain.classId).toBe(7);
    expect(grain.area).toBeCloseTo(width * dx * height * dy, 12);
    expect(grain.perimeter).toBeCloseTo(2 * (width - 1) * dx + 2 * (height - 1) * dy, 9);
    const [a, b] = [axisOf(width, dx), axisOf(height, dy)];
    expect(grain.majorAxis).toBeCloseTo(Math.max(a, b), 9);
    expect(grain.minorAxis).toBeCloseTo(Math.min(a, b), 9);
    expect(grain.orientationDeg).toBe(a === b ? undefined : a > b ? 0 : 90);
    expect(grain.centroid.x).toBeCloseTo((3 + (width - 1) / 2) * dx, 9);
    expect(grain.touchesEdge).toBe(false);
  });

  test("directions are those that one sees: rising to the right is positive", async () => {
    const rising = Int32Array.from({ length: 100 }, (_, p) => ((p % 10) + Math.floor(p / 10) === 9 ? 0 : -1));
    const falling = Int32Array.from({ length: 100 }, (_, p) => (p % 11 === 0 ? 0 : -1));
    expect((await measure(rising, axes(10, 10))).grains[0]!.orientationDeg).toBeCloseTo(45, 9);
    expect((await measure(falling, axes(10, 10))).grains[0]!.orientationDeg).toBeCloseTo(-45, 9);
    expect((await measure(rising, axes(10, 10, 1, 3))).grains[0]!.orientationDeg).toBeCloseTo(
      (Math.atan2(1, 3) * 180) / Math.PI,
      9,
    );
  });

  test("small grains and grains at the edge can be left out; the id map follows", async () => {
    const labels = Int32Array.from("11000,00000,00110,00110,00000,20000".replaceAll(",", ""), Number);
    const kept = await measure(labels, axes(6, 5), { minimumPixels: 2, excludeEdge: true });
    expect(kept.grains.map(({ classId, id, pixels }) => ({ classId, id, pixels }))).toEqual([{ classId: 1, id: 0, pixels: 4 }]);
    expect([...kept.ids].filter((id) => id === 0)).toHaveLength(4);
    expect([...kept.ids].filter((id) => id === -1)).toHaveLength(26);
  });

  test("without a calibration lengths are in pixels", async () => {
    const { unit, grains } = await measure(new Int32Array(12), axes(3, 4, 5, 5, "inch"));
    expect(unit).toBe("px");
    expect(grains[0]!.area).toBe(12);
  });

  test("axes that run backwards turn places and not sizes", async () => {
    const { grains } = await measure(Int32Array.of(-1, 0, 0, -1), axes(1, 4, 1, -2));
    expect(grains[0]).toMatchObject({ area: 4, centroid: { x: -3, y: 0 } });
  });

  test("features have smallest, mean and largest value in each grain", async () => {
    const features = { lines: ["Fe_Ka", "Si_Ka"], data: Float32Array.of(1, 9, 2, 8, 6, 7, 4, 4) };
    const { grains } = await measure(Int32Array.of(0, 0, 0, 1), axes(1, 4), {}, features);
    expect(grains[0]!.features).toEqual([
      { minimum: 1, mean: 3, maximum: 6 },
      { minimum: 7, mean: 8, maximum: 9 },
    ]);
    await expect(measure(Int32Array.of(0, 0), axes(1, 2), {}, { lines: ["Fe_Ka"], data: new Float32Array(3) })).rejects.toThrow(
      ShapeError,
    );
  });

  test("planes of a stack do not touch", async () => {
    const stack = [{ name: "z", size: 2, offset: 0, scale: 1, units: undefined }, ...axes(2, 2)];
    const { grains } = await measure(new Int32Array(8), stack);
    expect(grains.map(({ plane, pixels }) => [plane, pixels])).toEqual([
      [0, 4],
      [1, 4],
    ]);
  });
});

describe("components", () => {
  const maps = fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 24, maxLength: 24 });

  test("agree with a flood fill", () => {
    fc.assert(
      fc.property(maps, fc.constantFrom(4 as const, 8 as const), (cells, connectivity) => {
        const { ids, sizes, labels } = connectedComponents(Int32Array.from(cells), 6, 4, connectivity);
        const seen = new Int32Array(24).fill(-1);
        let next = 0;
        cells.forEach((label, start) => {
          if (label < 0 || seen[start] !== -1) return;
          const stack = [start];
          seen[start] = next;
          while (stack.length > 0) {
            const p = stack.pop()!;
            for (const [dx, dy] of [
              [1, 0],
              [-1, 0],
              [0, 1],
              [0, -1],
              [1, 1],
              [1, -1],
              [-1, 1],
              [-1, -1],
            ] as const) {
              if (connectivity === 4 && dx !== 0 && dy !== 0) continue;
              const [x, y] = [(p % 6) + dx, Math.floor(p / 6) + dy];
              const q = y * 6 + x;
              if (x < 0 || x > 5 || y < 0 || y > 3 || cells[q] !== label || seen[q] !== -1) continue;
              seen[q] = next;
              stack.push(q);
            }
          }
          next += 1;
        });
        expect(ids).toEqual(seen);
        expect(sizes.reduce((a, b) => a + b, 0)).toBe(cells.filter((label) => label >= 0).length);
        expect(labels).toHaveLength(next);
      }),
    );
  });

  test("a comb of long teeth is one component, without a deep stack", () => {
    const labels = Int32Array.from({ length: 400 * 400 }, (_, p) => (p % 2 === 0 || p >= 399 * 400 ? 0 : -1));
    expect(connectedComponents(labels, 400, 400, 4).sizes).toHaveLength(1);
  });
});

describe("proportions", () => {
  const run = (input: Parameters<typeof classProportions.run>[0], given: object = {}) =>
    classProportions.run(input, parseParameters(classProportions, given), context);
  const labels = Int32Array.of(0, 0, 0, 2, 2, -1, -1, -1);
  const membership = { classes: 2, data: Float32Array.of(1, 0, 1, 0, 0.75, 0.25, 0, 1, 0.25, 0.75, 0, 0, 0, 0, 0, 0) };

  test("counted pixels, with and without unassigned ones, and areas", async () => {
    const all = await run({ labels, pixelAreaUm2: 0.5 });
    expect(all.classes.map(({ id, pixels, proportion, areaUm2 }) => [id, pixels, proportion, areaUm2])).toEqual([
      [0, 3, 3 / 8, 1.5],
      [2, 2, 2 / 8, 1],
    ]);
    expect((await run({ labels }, { countUnassigned: false })).classes.map(({ proportion }) => proportion)).toEqual([0.6, 0.4]);
  });

  test("by probability: sums over the pixels, with their standard error", async () => {
    const soft = await run({ labels, ids: [0, 2], membership }, { soft: true });
    expect(soft.classes.map(({ pixels }) => pixels)).toEqual([3, 2]);
    expect(soft.classes[0]!.standardError).toBeCloseTo(Math.sqrt(2 * 0.75 * 0.25) / 8, 12);
    const sure = await run({ labels, ids: [0, 2], membership }, { soft: true, softThreshold: 0.8, countUnassigned: false });
    expect(sure.classes.map(({ proportion }) => proportion)).toEqual([2 / 3, 1 / 3]);
    await expect(
      run({ labels, ids: [0, 2], membership: { classes: 2, data: new Float32Array(3) } }, { soft: true }),
    ).rejects.toThrow(ShapeError);
  });

  test("a map without pixels of a class gives 0, not NaN", async () => {
    const none = await run({ labels: Int32Array.of(-1), ids: [4] }, { countUnassigned: false });
    expect(none.classes).toEqual([{ id: 4, pixels: 0, proportion: 0, standardError: undefined, areaUm2: undefined }]);
  });
});

test("features of classes are means and standard deviations of their pixels", async () => {
  const features = { lines: ["Fe_Ka", "Si_Ka"], data: Float32Array.of(1, 10, 3, 10, 100, 0, 8, 2) };
  const { mean, standardDeviation, ids, pixels } = await classFeatures.run(
    { labels: Int32Array.of(0, 0, -1, 3), ids: [0, 1, 3], features },
    {},
    context,
  );
  expect([ids, pixels]).toEqual([
    [0, 1, 3],
    [2, 0, 1],
  ]);
  expect([...mean.data]).toEqual([2, 10, Number.NaN, Number.NaN, 8, 2]);
  expect([...standardDeviation.data]).toEqual([1, 0, Number.NaN, Number.NaN, 0, 0]);
  await expect(classFeatures.run({ labels: new Int32Array(3), features }, {}, context)).rejects.toThrow(ShapeError);
});

describe("histograms", () => {
  test("agree with numpy", () => {
    const { values, bins, counts, edges } = golden.histogram;
    const found = histogram(values, bins);
    expect([...found.counts]).toEqual(counts);
    found.edges.forEach((edge, i) => {
      expect(edge).toBeCloseTo(edges[i]!, 12);
    });
  });

  test("say what lies outside", () => {
    const found = histogram([0, 1, 2, 3, Number.NaN, Infinity], 2, [1, 3]);
    expect([[...found.counts], found.outside]).toEqual([[1, 2], 3]);
    expect([...histogram([5, 5], 1).edges]).toEqual([4.5, 5.5]);
    expect(histogram([], 3).counts).toHaveLength(3);
    expect(() => histogram([1], 0)).toThrow(ParameterError);
    expect(() => histogram([1], 3, [2, 2])).toThrow(ParameterError);
  });

  test("bins of equal width in the logarithm hold every value above 0", () => {
    const values = [1, 3, 10, 99.999, 100, 1000, 0, -4, Number.NaN, Infinity];
    const { edges, counts, outside } = logHistogram(values, 3);
    expect([...edges].map((edge) => Number(edge.toPrecision(12)))).toEqual([1, 10, 100, 1000]);
    expect([...counts, outside]).toEqual([2, 2, 2, 4]);
    expect([...logHistogram([5, 5], 2).edges].map((edge) => Number(edge.toPrecision(12)))).toEqual([2.5, 5, 10]);
    expect([...logHistogram([], 1).edges]).toEqual([1, 10]);
    expect(() => logHistogram([1], 0)).toThrow(ParameterError);
  });

  test("every value lies between the edges of its bin", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }),
        fc.integer({ min: 1, max: 20 }),
        (values, bins) => {
          const { edges, counts } = histogram(values, bins);
          const expected = new Float64Array(bins);
          for (const value of values) {
            let bin = 0;
            while (bin < bins - 1 && value >= edges[bin + 1]!) bin += 1;
            expected[bin]! += 1;
          }
          expect(counts).toEqual(expected);
        },
      ),
      // A range of the smallest number, in which edges coincide.
      { examples: [[[0, 5e-324], 7]] },
    );
  });
});

describe("ternary diagrams", () => {
  test("shares sum to 1; nothing is nowhere; negative net counts count as none", () => {
    const shares = ternaryShares([1, 0, -2, Number.NaN], [1, 0, 3, 1], [2, 0, 1, 1]);
    expect([...shares]).toEqual([
      0.25,
      0.25,
      0.5,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      0,
      0.75,
      0.25,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect(() => ternaryShares([1], [1, 2], [1])).toThrow(ShapeError);
  });

  test("corners of the triangle", () => {
    const corners = ternaryShares([1, 0, 0], [0, 2, 0], [0, 0, 3]);
    expect([0, 1, 2].map((row) => ternaryPlace(corners, row))).toEqual([
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 0.5, y: Math.sqrt(3) / 2 },
    ]);
  });
});
