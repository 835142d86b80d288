import { describe, expect, it } from "vitest";
import { registrationOf } from "./registration.js";
import { upscaledLabels } from "./upscaled-labels.js";

const map = { width: 2, height: 1, labels: Int32Array.of(3, 7) };
const upscaled = async (options: Parameters<typeof upscaledLabels>[1], of: Parameters<typeof upscaledLabels>[0] = map) => [
  ...(await upscaledLabels(of, options, {})),
];

describe("class maps on a finer grid", () => {
  it("repeat pixels, at any size", async () => {
    expect(await upscaled({ width: 4, height: 2, method: "nearest" })).toEqual([3, 3, 7, 7, 3, 3, 7, 7]);
    expect(await upscaled({ width: 5, height: 1, method: "nearest" })).toEqual([3, 3, 7, 7, 7]);
    expect(await upscaled({ width: 2, height: 1, method: "smooth" })).toEqual([3, 7]);
  });

  it("put the border where the probabilities are equal", async () => {
    // Between the middles (at 1/4 and 3/4 of the width) the probability of 3 falls from 1 to 1/3: equal at three quarters of the way, 5/8.
    const membership = { ids: [3, 7], data: Float32Array.of(1, 0, 1 / 3, 2 / 3) };
    const line = await upscaled({ width: 16, height: 1, method: "smooth", membership });
    expect(line.lastIndexOf(3)).toBe(9);
    expect(line.indexOf(7)).toBe(10);
  });

  it("round the corner of a square where its share of the four pixels around falls below a half", async () => {
    const square = { width: 3, height: 3, labels: Int32Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0) };
    const fine = await upscaled({ width: 30, height: 30, method: "smooth" }, square);
    const area = fine.filter((label) => label === 1).length / 900;
    // Closed form: the quarter outside the middle is where (1 - u)(1 - v) >= 1/2, of area 1/2 - ln(2) / 2.
    const expected = (0.25 + 2 * 0.5 * 0.5 + (0.5 - Math.log(2) / 2)) / 9;
    expect(area).toBeCloseTo(expected, 2);
  });

  it("keep unassigned pixels unassigned", async () => {
    const holes = { width: 2, height: 1, labels: Int32Array.of(-1, 0) };
    const membership = { ids: [0], data: Float32Array.of(0, 1) };
    for (const method of ["nearest", "smooth"] as const) {
      expect(await upscaled({ width: 4, height: 1, method, membership }, holes)).toEqual([-1, -1, 0, 0]);
    }
  });
});

describe("registration", () => {
  const [width, height] = [40, 30];
  const scene = (dx: number, dy: number) =>
    Float64Array.from(
      { length: width * height },
      (_, p) => Math.sin(((p % width) - dx) / 3) * Math.cos((Math.floor(p / width) - dy) / 2.3),
    );

  const labels = Int32Array.from(scene(0, 0), (value) => (value > 0.5 ? 2 : value > -0.2 ? 1 : 0));
  const between = (picture: Float64Array, reference: Float64Array) => registrationOf({ picture, reference, labels, width }, {});

  it("correlates 1 with itself, -1 with its negative, 0 with a constant picture", async () => {
    const own = scene(0, 0);
    const negative = own.map((value) => 5 - 2 * value);
    expect((await between(own, own)).correlation).toBeCloseTo(1, 12);
    expect((await between(own, negative)).correlation).toBeCloseTo(-1, 12);
    expect((await between(own, new Float64Array(own.length))).correlation).toBe(0);
  });

  it("has the correlation ratio 1 where classes tell the grey value, in whatever order, and its closed form else", async () => {
    const grey = Float64Array.from(labels, (label) => [50, 200, 100][label]!);
    const found = await between(grey, grey);
    expect(found.correlationRatio).toBeCloseTo(1, 12);
    expect(found.bestShift).toEqual([0, 0]);
    // Two classes whose means lie d apart, each half of the pixels, with a spread of s inside: ratio² = d² / (d² + 4 s²).
    const halves = { labels: Int32Array.of(0, 0, 1, 1), picture: [1, 3, 6, 8], reference: [0, 0, 0, 0], width: 4 };
    expect((await registrationOf(halves, {})).correlationRatio).toBeCloseTo(Math.sqrt(25 / (25 + 4)), 12);
  });

  it("finds the shift of a picture that lies elsewhere", async () => {
    const { bestShift, ratioAtShift } = await between(scene(3, -2), scene(0, 0));
    expect(bestShift).toEqual([3, -2]);
    expect(ratioAtShift[0]).toBeGreaterThan(0.9);
    expect(ratioAtShift[1]).toBeLessThan(0.5);
  });
});
