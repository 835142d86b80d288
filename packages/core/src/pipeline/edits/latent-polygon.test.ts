import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { polygonMask } from "../../spectrum-image/mask.js";
import { latentSha256, pixelsInPolygon } from "./latent-polygon.js";

test("agrees with the polygon mask of a map whose pixels are the places", () => {
  const corner = fc.tuple(fc.integer({ min: -4, max: 16 }), fc.integer({ min: -4, max: 16 }));
  const grid = { dimensions: 3, data: new Float32Array(12 * 10 * 3) };
  for (let p = 0; p < 120; p++) grid.data.set([99, Math.floor(p / 12) + 0.5, (p % 12) + 0.5], p * 3);
  fc.assert(
    fc.property(fc.array(corner, { minLength: 3, maxLength: 8 }), (corners) => {
      // Thirds keep corners and edges away from the middles of pixels, where rounding may decide.
      const shifted = corners.map(([x, y]) => [x + 1 / 3, y + 1 / 7] as const);
      const mask = polygonMask(
        [10, 12],
        shifted.map(([x, y]) => ({ x, y })),
      );
      expect([...pixelsInPolygon(grid, [2, 1], shifted)]).toEqual([...mask]);
    }),
  );
});

test("two polygons that share an edge hold each place on it once", () => {
  const latent = { dimensions: 2, data: Float32Array.of(1, 1, 1, 0.5, 2, 1, 0.5, 1) };
  const left = pixelsInPolygon(latent, [0, 1], [[0, 0], [1, 0], [1, 2], [0, 2]]); // biome-ignore format: corners
  const right = pixelsInPolygon(latent, [0, 1], [[1, 0], [3, 0], [3, 2], [1, 2]]); // biome-ignore format: corners
  expect([...left].map((value, i) => value + right[i]!)).toEqual([1, 1, 1, 1]);
});

test("places that are not numbers are outside", () => {
  const latent = { dimensions: 2, data: Float32Array.of(Number.NaN, 1, 1, Number.NaN, 1, 1) };
  expect([...pixelsInPolygon(latent, [0, 1], [[0, 0], [2, 0], [2, 2], [0, 2]])]).toEqual([0, 0, 1]); // biome-ignore format: corners
});

test("the hash is that of the bytes, and of the number of dimensions", async () => {
  const data = Float32Array.of(1.5, -2, 3, 0.25);
  const bytes = Buffer.concat([Buffer.from([2, 0, 0, 0]), Buffer.from(data.buffer)]);
  expect(await latentSha256({ dimensions: 2, data })).toBe(createHash("sha256").update(bytes).digest("hex"));
  expect(await latentSha256({ dimensions: 4, data })).not.toBe(await latentSha256({ dimensions: 2, data }));
});
