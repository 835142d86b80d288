import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSigmaError } from "../../errors.js";
import { matrix } from "../../kernels/matrix.js";
import { adjustedRandIndex } from "./adjusted-rand-index.js";
import { largestAssignment } from "./assignment.js";
import { contingency } from "./contingency.js";
import golden from "./golden/score.json" with { type: "json" };
import { scoreResult, type Truth } from "./score.js";
import { cosineSimilarity, shareError } from "./similarity.js";

const labels = (...values: number[]) => Int32Array.from(values);

describe("adjusted Rand index", () => {
  test.each(golden.rand)("agrees with scikit-learn ($index)", ({ a, b, index, table }) => {
    expect(adjustedRandIndex(Int32Array.from(a), Int32Array.from(b))).toBeCloseTo(index, 12);
    const counts = [...contingency(Int32Array.from(a), Int32Array.from(b)).data].filter((count) => count > 0);
    expect(counts.sort((x, y) => x - y)).toEqual(table);
  });

  test("closed forms: same up to names 1; crossed halves of four -0.5; one class each 1; nothing 1", () => {
    expect(adjustedRandIndex(labels(0, 0, 1, 1, 2), labels(2, 2, 0, 0, 1))).toBe(1);
    expect(adjustedRandIndex(labels(0, 0, 1, 1), labels(0, 1, 0, 1))).toBeCloseTo(-0.5, 12);
    expect(adjustedRandIndex(labels(0, 0, 0), labels(4, 4, 4))).toBe(1);
    expect(adjustedRandIndex(labels(), labels())).toBe(1);
  });

  test("is symmetric, at most 1, and blind to names", () => {
    const labelling = fc.array(fc.integer({ min: -1, max: 4 }), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(labelling, labelling, (x, y) => {
        const a = Int32Array.from(x);
        const b = Int32Array.from(y);
        const index = adjustedRandIndex(a, b);
        expect(index).toBeLessThanOrEqual(1 + 1e-12);
        expect(adjustedRandIndex(b, a)).toBeCloseTo(index, 12);
        const renamed = a.map((label) => (label < 0 ? label : 4 - label));
        expect(adjustedRandIndex(renamed, b)).toBeCloseTo(index, 12);
      }),
    );
  });

  test("looks at masked pixels only, and refuses unequal lengths", () => {
    expect(adjustedRandIndex(labels(0, 0, 1, 1), labels(0, 1, 2, 2), Uint8Array.from([1, 0, 1, 1]))).toBe(1);
    expect(() => adjustedRandIndex(labels(0), labels(0, 1))).toThrow("same pixels");
  });
});

describe("largest assignment", () => {
  test.each(golden.assignment)("agrees with SciPy, $rows x $columns", ({ rows, columns, weights, assigned, sum }) => {
    const found = largestAssignment(matrix(rows, columns, Float64Array.from(weights)));
    expect([...found]).toEqual(assigned);
    const total = found.reduce((all, column, row) => all + (column < 0 ? 0 : weights[row * columns + column]!), 0);
    expect(total).toBeCloseTo(sum, 9);
  });

  test("is no worse than any permutation, with ties and negative weights", () => {
    const permutations = (n: number): number[][] =>
      n === 0
        ? [[]]
        : permutations(n - 1).flatMap((p) => Array.from({ length: n }, (_, i) => [...p.slice(0, i), n - 1, ...p.slice(i)]));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 16, maxLength: 16 }), (values) => {
        const sum = (columns: readonly number[]) => columns.reduce((all, column, row) => all + values[row * 4 + column]!, 0);
        const found = [...largestAssignment(matrix(4, 4, Float64Array.from(values)))];
        expect(new Set(found).size).toBe(4);
        expect(sum(found)).toBe(Math.max(...permutations(4).map(sum)));
      }),
    );
  });

  test("of nothing is nothing", () => {
    expect([...largestAssignment(matrix(0, 3))]).toEqual([]);
    expect([...largestAssignment(matrix(2, 0))]).toEqual([-1, -1]);
  });
});

describe("similarity", () => {
  test.each(golden.shares)(
    "agrees with NumPy",
    ({ truth, found, meanAbsoluteError, rootMeanSquareError, correlation, cosine }) => {
      const error = shareError({ data: found, step: 1, column: 0 }, { data: truth, step: 1, column: 0 }, truth.length);
      expect(error.meanAbsoluteError).toBeCloseTo(meanAbsoluteError, 12);
      expect(error.rootMeanSquareError).toBeCloseTo(rootMeanSquareError, 12);
      expect(error.correlation).toBeCloseTo(correlation, 12);
      expect(cosineSimilarity(found, truth)).toBeCloseTo(cosine, 12);
    },
  );

  test("of nothing is 0, and a constant has no correlation", () => {
    expect(cosineSimilarity([0, 0], [1, 2])).toBe(0);
    expect(cosineSimilarity([9, 1, 2], [0, 2, 4], 1)).toBeCloseTo(1, 12);
    expect(shareError({ data: [1, 1], step: 1, column: 0 }, { data: [0, 1], step: 1, column: 0 }, 2).correlation).toBeUndefined();
  });
});

/** Nine pixels, three phases; pixel 8 is half and half; a fourth phase has no pixel. Channel 0 is the zero peak. */
const truth: Truth = {
  phases: [{ name: "quartz" }, { name: "albite" }, { name: "apatite" }, { name: "covered" }],
  labels: labels(0, 0, 0, 0, 1, 1, 1, 2, 0),
  pure: Uint8Array.from([1, 1, 1, 1, 1, 1, 1, 1, 0]),
  fractions: Float32Array.from([
    ...[0, 0, 0, 0, 1, 1, 1, 2].flatMap((k) => [0, 1, 2, 3].map((j) => (j === k ? 1 : 0))),
    ...[0.5, 0.5, 0, 0],
  ]),
  spectra: [
    [0, 3, 4, 0],
    [0, 0, 1, 1],
    [0, 1, 0, 0],
    [0, 0, 0, 1],
  ].map((spectrum) => Float64Array.from(spectrum)),
  energyAxis: { name: "energy", size: 4, offset: 0, scale: 0.1, units: "keV" },
};
const spectra = [1, 0, 2].map((k) => truth.spectra[k]!.map((value, c) => (c === 0 ? 77 : 5 * value)));
const columns = [1, 0, 2];
const shares = Float32Array.from({ length: 27 }, (_, i) => truth.fractions[Math.floor(i / 3) * 4 + columns[i % 3]!]!);

describe("score", () => {
  test("a perfect result in another order scores 1 everywhere; the zero peak is not compared", () => {
    const score = scoreResult(
      { labels: labels(1, 1, 1, 1, 0, 0, 0, 2, 1), classSpectra: spectra, endmembers: spectra, abundances: shares },
      truth,
    );
    expect(score).toMatchObject({ adjustedRandIndex: 1, adjustedRandIndexPure: 1, truePhases: 3, classes: 3, phasesFound: 3 });
    expect(score.missing).toEqual([]);
    expect(score.surplus).toEqual([]);
    expect(
      score.phases.map((phase) => [phase.name, phase.matchedClass, phase.endmember, phase.pixels, phase.purePixels]),
    ).toEqual([
      ["quartz", 1, 1, 5, 4],
      ["albite", 0, 0, 3, 3],
      ["apatite", 2, 2, 1, 1],
    ]);
    for (const summary of [score.recall, score.classCosine, score.endmemberCosine, score.abundanceCorrelation]) {
      expect(summary?.mean).toBeCloseTo(1, 12);
      expect(summary?.least).toBeCloseTo(1, 12);
    }
    expect(score.abundanceMeanAbsoluteError).toBe(0);
  });

  test("a phase split in two leaves a surplus class, a phase merged away is missing", () => {
    const score = scoreResult({ labels: labels(0, 0, 0, 3, 1, 1, 1, 1, -1) }, truth);
    expect(score.missing).toEqual(["apatite"]);
    expect(score.surplus).toEqual([3]);
    expect(score.phasesFound).toBe(2);
    expect(score.phases.map((phase) => phase.recall)).toEqual([0.75, 1, 0]);
    expect(score.phases.map((phase) => phase.precision)).toEqual([1, 0.75, 0]);
    expect(score.recall.mean).toBeCloseTo(1.75 / 3, 12);
    expect(score.classCosine).toBeUndefined();
    expect(score.phases[2]).toMatchObject({ matchedClass: undefined, found: false, endmember: undefined, abundance: undefined });
  });

  test("a missing endmember counts as 0 in the mean", () => {
    const score = scoreResult({ labels: truth.labels, endmembers: spectra.slice(0, 2) }, truth);
    expect(score.endmemberCosine?.mean).toBeCloseTo(2 / 3, 12);
    expect(score.endmemberCosine?.least).toBe(0);
  });

  test("abundances without endmembers are matched by their overlap", () => {
    const score = scoreResult({ labels: truth.labels, abundances: shares }, truth);
    expect(score.phases.map((phase) => phase.endmember)).toEqual([1, 0, 2]);
    expect(score.abundanceCorrelation?.least).toBeCloseTo(1, 12);
  });

  test("everything unassigned finds nothing", () => {
    const score = scoreResult({ labels: new Int32Array(9).fill(-1) }, truth);
    expect(score).toMatchObject({ classes: 0, phasesFound: 0, surplus: [], missing: ["quartz", "albite", "apatite"] });
  });

  test.each([
    ["labels", { labels: labels(0, 1) }],
    ["classSpectra", { labels: truth.labels, classSpectra: [new Float64Array(3)] }],
    ["endmembers", { labels: truth.labels, endmembers: [new Float64Array(5)] }],
    ["abundances", { labels: truth.labels, endmembers: spectra, abundances: new Float32Array(9) }],
  ])("refuses %s of another size", (field, result) => {
    try {
      scoreResult(result, truth);
      expect.unreachable();
    } catch (error) {
      expect(isSigmaError(error, "shape")).toBe(true);
      expect(String(error)).toContain(field);
    }
  });
});
