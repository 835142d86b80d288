import { beforeAll, describe, expect, test } from "vitest";
import { isSigmaError } from "../errors.js";
import { makePhantom } from "../phantom/phantom.js";
import { modalShares } from "../report/modal-results.js";
import { type Analysis, startAnalysis } from "./analysis.js";
import { editSchema } from "./edits/edit-schema.js";
import { replay } from "./edits/replay.js";
import { classDifference, identifyPixels } from "./identify-pixels.js";
import { identify } from "./steps/identify.js";

let analysis: Analysis;

beforeAll(async () => {
  const { image, truth } = await makePhantom({ width: 40, height: 30, particles: 6, countsPerPixel: 150, seed: 4 });
  const lines = ["C_Ka", "O_Ka", "Na_Ka", "Mg_Ka", "Al_Ka", "Si_Ka", "P_Ka", "K_Ka", "Ca_Ka", "Ti_Ka", "Fe_Ka"];
  analysis = { ...startAnalysis(image), labels: Int32Array.from(truth.labels), lines };
});

describe("pixels beside an analysis", () => {
  test("a class is what the step says it is, with its fit", async () => {
    const after = await identify.run(analysis, identify.schema.parse({ step: "identify" }), { seed: 0 });
    const step = after.identities!.find(({ verdict }) => verdict !== "too few counts")!;
    const { identity, families, fit } = await identifyPixels(analysis, { kind: "class", id: step.id });
    expect(identity).toEqual(step);
    expect(families.length).toBeGreaterThanOrEqual(step.elements.length);
    const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
    expect(total(fit!.model) / total(fit!.measured.subarray(20))).toBeCloseTo(1, 1);
    expect(fit!.continuum.every((value, c) => value <= fit!.model[c]! + 1e-6)).toBe(true);
  });

  test("all pixels, and a mask of all pixels, are the same; an empty mask has too few counts", async () => {
    const fewNames = identify.schema.parse({ step: "identify", library: "materials" });
    const all = await identifyPixels(analysis, { kind: "all" }, fewNames);
    const mask = new Uint8Array(analysis.labels!.length).fill(1);
    expect(await identifyPixels(analysis, { kind: "pixels", mask }, fewNames)).toEqual(all);
    expect(all.identity).toMatchObject({ id: -1, pixels: mask.length });
    const none = await identifyPixels(analysis, { kind: "pixels", mask: mask.fill(0) });
    expect(none).toMatchObject({ families: [], fit: undefined, identity: { verdict: "too few counts", pixels: 0 } });
  });

  test("a class that is not there, and an image without beam energy, are refused in words", async () => {
    const gone = await identifyPixels(analysis, { kind: "class", id: 99 }).catch((error: unknown) => error);
    expect(isSigmaError(gone, "data-check") && gone.message).toMatch(/no such class/);
    const { image } = analysis;
    const blind = { ...analysis, image: { ...image, metadata: { ...image.metadata, beamEnergyKev: undefined } } };
    await expect(identifyPixels(blind, { kind: "all" })).rejects.toThrow(/beam energy/);
  });

  test("two classes differ, and half of a class does not differ from its other half", async () => {
    const { deciding, sigma } = await classDifference(analysis, 0, analysis.labels!.find((label) => label > 0)!);
    expect(sigma).toBeGreaterThan(10);
    expect(deciding.length).toBeGreaterThan(0);
    const labels = analysis.labels!.map((label, p) => (label === 0 && p % 2 === 1 ? 50 : label));
    const halves = await classDifference({ ...analysis, labels }, 0, 50);
    expect(halves.sigma).toBeLessThan(4);
  });
});

test("a new name leaves the shares of the pixels known; a merge does not", async () => {
  const labels = Int32Array.of(0, 0, 1, 1);
  const found: Analysis = {
    ...analysis,
    labels,
    membership: { classes: 2, data: Float32Array.of(1, 0, 1, 0, 0, 1, 0, 1) },
    unmixing: {
      method: "find-phases",
      endmembers: [Float64Array.of(1), Float64Array.of(1)],
      abundances: Float32Array.of(0.9, 0.1, 1, 0, 0, 1, 0.2, 0.8),
      residual: new Float32Array(4),
      unexplainedShare: 0,
    },
  };
  const classes = [0, 1].map((id) => ({ id, areaFraction: 0.5, countsPerPixel: 100 }));
  const areas = async (edits: readonly object[]) => {
    const edited = await replay(
      found,
      edits.map((edit) => editSchema.parse({ step: "edit", ...edit })),
      { seed: 0 },
    );
    return modalShares({ ...edited, classes: classes as never }).map(({ areaOfShares }) => areaOfShares);
  };
  const [first] = await areas([{ action: "rename", id: 0, name: "Quartz" }]);
  expect(first).toBeCloseTo(0.525, 6);
  expect((await areas([{ action: "merge", ids: [0, 1] }]))[0]).toBeUndefined();
});
