import { expect, test } from "vitest";
import { boundaryPixels, selectedByClass, typicalPixel } from "./whole-map-regions.js";

test("pixels at the boundary of their class share an edge with another one, or with none, in their own frame", () => {
  const labels = Int32Array.of(0, 0, 0, 1, -1, 1, 1, 1);
  expect([...boundaryPixels(labels, { width: 4, height: 2 })]).toEqual([1, 1, 1, 1, 0, 1, 1, 0]);
  expect([...boundaryPixels(Int32Array.of(0, 0, 1, 1), { width: 2, height: 1 })]).toEqual([0, 0, 0, 0]);
});

test("the typical pixel is the one nearest to the mean of all", () => {
  expect(typicalPixel([0, 1, 2], [Float32Array.of(1, 5, 9, 5), Float32Array.of(4, 4, 4, 4)])).toBe(1);
});

test("selected pixels go by their class, the largest part first; classes with next to nothing of them are left out", () => {
  const labels = Int32Array.from({ length: 100 }, (_, p) => (p < 2 ? 2 : p < 30 ? 1 : p < 70 ? 0 : -1));
  const groups = selectedByClass(new Uint8Array(100).fill(1, 0, 80), labels);
  expect(groups.map(({ id, pixels }) => [id, pixels.length])).toEqual([[0, 40], [1, 28], [-1, 10]]); // biome-ignore format: pairs
  expect(selectedByClass(Uint8Array.of(0, 1), undefined)).toEqual([{ id: -1, pixels: [1] }]);
});
