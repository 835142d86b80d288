import { expect, test } from "vitest";
import type { PhaseClass } from "../pipeline/analysis.js";
import { modalShares } from "./modal-results.js";

const phase = (id: number, areaFraction: number): PhaseClass => ({
  id,
  name: `${id}`,
  colour: "#000000",
  pixels: 2,
  areaFraction,
  areaUm2: undefined,
  counts: 1,
  countsPerPixel: 1,
  dominantLines: [],
});

test("a mixed pixel counts for each of its phases by shares, whole for one by labels, and not among pure ones", () => {
  const classes = [phase(0, 0.75), phase(1, 0.25)];
  const abundances = Float32Array.of(1, 0, 0.75, 0.25, 0.5, 0.5, 0, 1);
  const unmixing = {
    method: "find-phases",
    endmembers: [new Float64Array(1), new Float64Array(1)],
    abundances,
    residual: new Float32Array(4),
    unexplainedShare: 0,
  };
  const membership = { classes: 2, data: Float32Array.of(1, 0, 1, 0, 0.5, 0.5, 0, 1) };
  const [first, second] = modalShares({ classes, unmixing, membership });
  expect(first!.areaOfShares).toBeCloseTo(2.25 / 4, 12);
  expect(second!.areaOfShares).toBeCloseTo(1.75 / 4, 12);
  expect(first!.areaInterval).toBeCloseTo((1.96 * 0.5) / 4, 6);
  expect(first!.areaOfPure).toBe(0.5);
  expect(first!.weightFraction).toBeUndefined();
});

test("edited classes have no shares of their own", () => {
  const [only] = modalShares({ classes: [phase(0, 1)] });
  expect(only!.areaOfShares).toBeUndefined();
  expect(only!.areaFraction).toBe(1);
});
