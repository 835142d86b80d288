import { expect, test } from "vitest";
import type { AnalysisSnapshot, LoadedImage } from "../../worker/engine-protocol.js";
import { allFigures } from "./all-figures.js";

const grid = { width: 4, height: 3, frames: 1, pixelSizeUm: undefined };
const data = Float32Array.from({ length: 12 }, (_, p) => p);
const image = { name: "x", grid, images: [], metadata: {}, sumSpectrum: new Float64Array(9), countMap: data };
const lines = ["O_Ka", "Fe_Ka", "Si_Ka"];
const analysis = {
  ...{ grid, classes: [], classSpectra: [], lines: [], countMap: data, energyAxis: { name: "Channel", size: 9 } },
  elementMaps: lines.map((line) => ({ line, data, background: "none" })),
  unmixing: { endmembers: [new Float64Array(9), new Float64Array(9)], abundances: new Float32Array(24) },
};
const figuresOf = (found: object) => allFigures(image as unknown as LoadedImage, found as AnalysisSnapshot);

test("all element maps, and all abundances, are figures of their own before the single ones", () => {
  const figures = figuresOf(analysis);
  const ids = figures.map(({ id }) => id);
  expect(ids.indexOf("element-maps")).toBeLessThan(ids.indexOf("map-O_Ka"));
  expect(ids).toContain("abundance-maps");
  const together = figures.find(({ id }) => id === "element-maps")!;
  expect(together.subject).toBe("Element maps (a, O Kα; b, Fe Kα; c, Si Kα)");
  expect(together.draw(680).match(/<g transform="translate/g)).toHaveLength(3);
});

test("one map alone makes no grid", () => {
  const ids = figuresOf({ ...analysis, elementMaps: analysis.elementMaps.slice(1, 2), unmixing: undefined }).map(({ id }) => id);
  expect(ids).toContain("map-Fe_Ka");
  expect(ids).not.toContain("element-maps");
});
