import { countsFromDense, type Edit, randomStream, replay, startAnalysis } from "@sigma-eds/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Grid } from "../../worker/engine-protocol.js";
import { nothingSelected, type Selection, type SelectionMode } from "../linked.js";
import { latentIndex, pointsInPolygon } from "./latent-index.js";
import { mapPolygon } from "./map-polygon.js";
import { classMask, countPixels } from "./masks.js";
import { recipeRegions } from "./recipe-regions.js";
import { fromPixels, invertedSelection, type SelectedRegion, type SelectionGround, withRegion } from "./select.js";

const grid: Grid = { width: 13, height: 9, frames: 1, pixelSizeUm: undefined };
const stack: Grid = { ...grid, width: 7, height: 5, frames: 3 };

type Act =
  | { readonly kind: "map" | "latent" | "brush"; readonly corners: [number, number][]; readonly mode: SelectionMode }
  | { readonly kind: "class"; readonly ids: number[]; readonly mode: SelectionMode }
  | { readonly kind: "invert" };

const mode = fc.constantFrom<SelectionMode>("replace", "add", "subtract", "intersect");
const corner = fc.tuple(fc.double({ min: -2, max: 15, noNaN: true }), fc.double({ min: -2, max: 11, noNaN: true }));
const whole = fc.tuple(fc.integer({ min: -1, max: 14 }), fc.integer({ min: -1, max: 10 }));
const corners = fc.array(fc.oneof(corner, whole), { minLength: 3, maxLength: 7 });
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constantFrom("map" as const, "latent" as const, "brush" as const), corners, mode }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("class" as const),
      ids: fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 2 }),
      mode,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("invert" as const) }) },
);
const sight = fc.record({
  hidden: fc.uniqueArray(fc.nat({ max: 3 }), { maxLength: 2 }).map((ids) => new Set(ids)),
  solo: fc.option(fc.nat({ max: 3 }), { nil: undefined, freq: 6 }),
});

/** Labels 0 to 3 and places in the plane, on half pixels so that edges of polygons fall on them. */
function example(of: Grid, seed: number) {
  const pixels = of.width * of.height * of.frames;
  const random = randomStream(seed, "selection");
  const labels = Int32Array.from({ length: pixels }, (_, p) => (p < 4 ? p : Math.floor(random.uniform() * 4)));
  const data = Float32Array.from({ length: pixels * 3 }, () => Math.round(random.uniform() * 24) / 2);
  data[4] = Number.NaN;
  return { labels, latent: { method: "test", dimensions: 3, data } };
}

function regionOf(
  act: Exclude<Act, { kind: "invert" }>,
  of: Grid,
  { labels, latent }: ReturnType<typeof example>,
): SelectedRegion {
  const made = act.kind;
  if (act.kind === "class") return { mask: classMask(labels, new Set(act.ids)), part: { on: "class", ids: act.ids }, made };
  if (act.kind === "latent") {
    const dimensions = [2, 0] as const;
    const mask = pointsInPolygon(latentIndex(latent, dimensions), act.corners);
    return { mask, part: { on: "latent", corners: act.corners, dimensions }, made };
  }
  const mask = mapPolygon(of, act.corners);
  return act.kind === "map" ? { mask, part: { on: "map", corners: act.corners }, made } : { mask, made };
}

/** The pixels that the core takes for the regions of a selection: they are moved out of their classes. */
async function takenByCore(selection: Selection, of: Grid, { labels, latent }: ReturnType<typeof example>): Promise<Uint8Array> {
  const shape = of.frames === 1 ? [of.height, of.width] : [of.frames, of.height, of.width];
  const axis = (name: string, size: number) => ({ name, size, offset: 0, scale: 1, units: "" });
  const analysis = startAnalysis({
    title: "test",
    counts: countsFromDense(shape, 1, new Uint8Array(labels.length).fill(1)),
    navigationAxes: shape.map((size, i) => axis(`axis ${i}`, size)),
    energyAxis: { ...axis("energy", 1), units: "keV" },
    images: [],
    metadata: { detector: {}, elements: [] },
    originalMetadata: {},
    loadReport: { findings: [] },
  });
  const regions = recipeRegions(selection.parts, { shape, latentSha256: undefined });
  const edit: Edit = { step: "edit", action: "polygon", regions, within: [], target: "unassigned" };
  const edited = await replay({ ...analysis, labels, latent }, [edit], { seed: 0 });
  return Uint8Array.from(edited.labels!, (label) => (label === -1 ? 1 : 0));
}

describe.each([
  ["a map", grid],
  ["a stack", stack],
])("a selection on %s", (_, of) => {
  test("holds exactly the pixels that its recipe takes, after any row of acts", { timeout: 30_000 }, async () => {
    const acts = fc.array(fc.tuple(act, sight), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.nat(1000), acts, async (seed, steps) => {
        const data = example(of, seed);
        let selection: Selection = nothingSelected;
        for (const [step, visible] of steps) {
          const ground: SelectionGround = { grid: of, labels: data.labels, classIds: [0, 1, 2, 3], visible };
          if (step.kind === "invert") selection = invertedSelection(selection, ground);
          else selection = withRegion(selection, regionOf(step, of, data), step.mode, ground) ?? selection;
        }
        expect(selection.count).toBe(countPixels(selection.mask));
        if (selection.count > 0) expect([...(await takenByCore(selection, of, data))]).toEqual([...selection.mask]);
      }),
      { numRuns: 150 },
    );
  });
});

describe("what does not change a selection", () => {
  const data = example(grid, 1);
  const ground: SelectionGround = {
    grid,
    labels: data.labels,
    classIds: [0, 1, 2, 3],
    visible: { hidden: new Set(), solo: undefined },
  };
  const empty = { mask: new Uint8Array(117), made: "Lasso" };
  const some = fromPixels(
    Uint8Array.from(empty.mask, (_, p) => (p < 20 ? 1 : 0)),
    "Rectangle",
    ground,
  );

  test("a region without pixels, in any mode", () => {
    for (const how of ["replace", "add", "subtract", "intersect"] as const)
      expect(withRegion(some, empty, how, ground)).toBe(undefined);
  });

  test("cutting from nothing", () => {
    for (const how of ["subtract", "intersect"] as const) {
      expect(withRegion(nothingSelected, { mask: some.mask, made: "Lasso" }, how, ground)).toBe(undefined);
    }
  });

  test("pixels of hidden classes alone", () => {
    const visible = { hidden: new Set([2]), solo: undefined };
    const region = { mask: classMask(data.labels, new Set([2])), made: "Lasso" };
    expect(withRegion(some, region, "replace", { ...ground, visible })).toBe(undefined);
  });
});
