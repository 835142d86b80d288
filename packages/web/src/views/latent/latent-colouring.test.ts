import { expect, test } from "vitest";
import { linkedValues } from "../../session/linked.js";
import { latentIndex } from "../../session/selection/latent-index.js";
import { type ColouringRequest, latentColouring } from "./latent-colouring.js";
import { parseLatentSpec } from "./latent-spec.js";

const points = Float32Array.of(0, 0, 1, 1, 2, 2);
const index = latentIndex({ data: points, dimensions: 2 }, [0, 1]);
const bounds = { left: 0, right: 2, bottom: 0, top: 2 };
const linked = linkedValues();
const request = {
  session: {
    analysis: { labels: Int32Array.of(0, 0, 1), classes: [], recipe: { steps: [] } },
    image: undefined,
    linked,
    theme: "dark",
  },
  index,
  bounds,
  windowMap: Float32Array.of(2, 4, 10),
} as unknown as Omit<ColouringRequest, "spec">;
const spec = { ...parseLatentSpec(undefined), classColours: false, densityColours: false };

test("values have a bar with their title, unit and range; classes have none", () => {
  linked.energyWindow.set({ fromKev: 1, toKev: 2 } as never, "test");
  linked.colouring.set({ ...linked.colouring.current.value, by: { kind: "window" }, percentiles: [0, 100], gamma: 1 }, "test");
  const { by, bar } = latentColouring({ ...request, spec });
  expect(bar).toMatchObject({ unit: "counts", range: { from: 2, to: 10 }, gamma: 1, clip: "0 to 100 %" });
  expect(by).toMatchObject({ kind: "field", from: 2, to: 10 });
  expect(latentColouring({ ...request, spec: { ...spec, classColours: true } }).bar).toBeUndefined();
});

test("the density is a number of points, whatever colours the maps", () => {
  const { by, bar } = latentColouring({ ...request, spec: { ...spec, densityColours: true } });
  expect(bar).toMatchObject({ title: "Density", unit: "points nearby", range: { from: 0, to: 1 }, gamma: 2 });
  expect(by.kind === "field" && [...by.data]).toEqual([1, 1, 1]);
});
