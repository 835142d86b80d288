import { expect, test } from "vitest";
import { datasetPicture, PICTURE } from "./dataset-picture.js";

const grid = { width: 3, height: 2, frames: 1, pixelSizeUm: undefined };

test("a map is its counts, a single spectrum its outline with the highest channel on top", () => {
  const countMap = Float32Array.of(1, 2, 3, 4, 5, 6);
  const map = datasetPicture({ grid, countMap, sumSpectrum: Float64Array.of(21), totalCounts: 21 });
  expect(map.kind === "map" && map.address).toMatch(/^data:image\/png;base64,/);

  const sumSpectrum = new Float64Array(2 * PICTURE.width);
  sumSpectrum[20] = 100;
  sumSpectrum[41] = 25;
  const one = datasetPicture({
    grid: { ...grid, width: 1, height: 1 },
    countMap: Float32Array.of(125),
    sumSpectrum,
    totalCounts: 125,
  });
  const points = one.kind === "spectrum" ? one.points.split(" ").map((point) => point.split(",").map(Number)) : [];
  expect(points).toHaveLength(PICTURE.width);
  expect(points[10]).toEqual([10, 2]);
  expect(points[20]).toEqual([20, PICTURE.height - 2 - (PICTURE.height - 4) / 2]);
  expect(points[30]).toEqual([30, PICTURE.height - 2]);
});

test("more channels than columns and fewer are drawn alike, without a gap", () => {
  for (const channels of [10, 96, 4096]) {
    const sumSpectrum = new Float64Array(channels).fill(7);
    const one = datasetPicture({
      grid: { ...grid, width: 1, height: 1 },
      countMap: Float32Array.of(7 * channels),
      sumSpectrum,
      totalCounts: 7 * channels,
    });
    expect(one.kind === "spectrum" && one.points.split(" ").every((point) => point.endsWith(",2.0"))).toBe(true);
  }
});
