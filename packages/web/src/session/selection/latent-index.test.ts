import fc from "fast-check";
import { expect, test } from "vitest";
import { latentIndex, pointsInPolygon } from "./latent-index.js";

/** One point after another against every edge, as the recipe's polygons are defined. */
function byDefinition(points: readonly (readonly number[])[], corners: readonly (readonly [number, number])[]): number[] {
  return points.map(([x, y]) => {
    let odd = 0;
    corners.forEach(([x1, y1], i) => {
      const [x0, y0] = corners[(i + corners.length - 1) % corners.length]!;
      if (y0 <= y! !== y1 <= y! && x! < x0 + ((y! - y0) / (y1 - y0)) * (x1 - x0)) odd ^= 1;
    });
    return odd;
  });
}

const place = fc.double({ min: -3, max: 3, noNaN: true }).map(Math.fround);
const spot = fc.oneof(place, fc.integer({ min: -3, max: 3 }));

test("finds the points that the even-odd rule holds, edges and corners included", () => {
  const point = fc.tuple(spot, spot);
  const corner = fc.tuple(fc.oneof(fc.double({ min: -4, max: 4, noNaN: true }), fc.integer({ min: -3, max: 3 })), spot);
  fc.assert(
    fc.property(
      fc.array(point, { minLength: 1, maxLength: 300 }),
      fc.array(corner, { minLength: 3, maxLength: 9 }),
      (points, outline) => {
        const index = latentIndex({ data: Float32Array.from(points.flat()), dimensions: 2 }, [0, 1]);
        expect([...pointsInPolygon(index, outline)]).toEqual(byDefinition(points, outline));
      },
    ),
    { numRuns: 300 },
  );
});

test("agrees with the definition on a dense cloud, where most cells are filled whole", () => {
  const points = Array.from({ length: 60_000 }, (_, i) => [
    Math.fround(Math.sin(i * 0.37) * (i % 97)),
    Math.fround(Math.cos(i * 1.7) * (i % 89)),
  ]);
  const outline = Array.from({ length: 60 }, (_, i): [number, number] => {
    const r = 40 + 25 * Math.sin(5 * i);
    return [r * Math.cos(i / 9.5), r * Math.sin(i / 9.5)];
  });
  const index = latentIndex({ data: Float32Array.from(points.flat()), dimensions: 2 }, [0, 1]);
  expect([...pointsInPolygon(index, outline)]).toEqual(byDefinition(points, outline));
});

test("points without a finite place are outside, and points in one line have cells too", () => {
  const data = Float32Array.of(Number.NaN, 1, 1, Number.POSITIVE_INFINITY, 1, 1, 2, 1);
  const index = latentIndex({ data, dimensions: 2 }, [0, 1]);
  expect([...pointsInPolygon(index, [[0, 0], [3, 0], [3, 2], [0, 2]])]).toEqual([0, 0, 1, 1]); // biome-ignore format: corners
});
