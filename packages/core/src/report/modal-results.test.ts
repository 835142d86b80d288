import { expect, test } from "vitest";
import type { PhaseClass } from "../pipeline/analysis.js";
import type { ClassIdentity } from "../pipeline/identified-classes.js";
import { modalShares, porosity } from "./modal-results.js";

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
  expect([first!.areaOfPure, second!.areaOfPure]).toEqual([0.25, 0.25]);
  expect(first!.areaOfPure! < first!.areaFraction).toBe(true);
  expect(first!.weightFraction).toBeUndefined();
});

test("edited classes have no shares of their own", () => {
  const [only] = modalShares({ classes: [phase(0, 1)] });
  expect(only!.areaOfShares).toBeUndefined();
  expect(only!.areaFraction).toBe(1);
});

test("pores are what people call so, epoxy, and classes that give hardly any counts; they have area and no weight", () => {
  const classes = [
    { ...phase(0, 0.6), pixels: 60, countsPerPixel: 100 },
    { ...phase(1, 0.25), pixels: 25, countsPerPixel: 90 },
    { ...phase(2, 0.1), pixels: 10, name: "open pores", countsPerPixel: 80 },
    { ...phase(3, 0.05), pixels: 5, countsPerPixel: 12 },
  ];
  const identity = (id: number, name: string, densityGcm3: number) => ({ id, name, densityGcm3 }) as unknown as ClassIdentity;
  const identities = [
    identity(0, "quartz", 2.65),
    identity(1, "epoxy", 1.2),
    identity(2, "graphite", 2.2),
    identity(3, "albite", 2.6),
  ];
  const shares = modalShares({ classes, identities });
  expect(shares.map(({ isPore }) => isPore)).toEqual([false, true, true, true]);
  expect(shares.map(({ weightFraction }) => weightFraction)).toEqual([1, undefined, undefined, undefined]);
  const found = porosity(shares)!;
  expect(found.fraction).toBeCloseTo(0.4, 12);
  expect(found.ids).toEqual([1, 2, 3]);
  expect(found.interval).toBeUndefined();
  expect(porosity(modalShares({ classes: classes.slice(0, 1) }))).toBeUndefined();
});
