import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ParameterError, ShapeError } from "../errors.js";
import { countsFromDense, pixelCount } from "./counts.js";
import { denseImages, denseOf, streamed } from "./derived-sources.test-support.js";
import { maskCounts, maskWhere, polygonMask } from "./mask.js";
import { pass, roiSpectrum, sumSpectrum } from "./pass.js";

describe("masked counts", () => {
  it("are zero outside the mask and the same inside", async () => {
    await fc.assert(
      fc.asyncProperty(denseImages, fc.integer({ min: 1, max: 4 }), fc.nat(), async (image, rows, bits) => {
        const mask = Uint8Array.from({ length: pixelCount(image.shape) }, (_, p) => (bits >>> (p % 31)) & 1);
        const masked = maskCounts(streamed(image, rows), mask);
        expect(await denseOf(masked)).toEqual(
          image.dense.map((value, i) => (mask[Math.floor(i / image.channels)] === 0 ? 0 : value)),
        );
        const [sum] = await pass(masked, [sumSpectrum(masked)]);
        const [region] = await pass(streamed(image, rows), [roiSpectrum(masked, mask)]);
        expect(sum).toEqual(region);
      }),
      { numRuns: 100 },
    );
  });

  it("need one value per pixel", () => {
    expect(() => maskCounts(countsFromDense([2], 1, [1, 2]), new Uint8Array(3))).toThrow(ShapeError);
  });
});

describe("regions", () => {
  it("maskWhere asks for every pixel with its indices", () => {
    expect([...maskWhere([2, 3], (y, x) => y === 1 && x! > 0)]).toEqual([0, 0, 0, 0, 1, 1]);
    expect([...maskWhere([], () => true)]).toEqual([1]);
  });

  it("a rectangle as a polygon holds the pixels whose middle is inside, in every slice", () => {
    const corners = [
      { x: 0.6, y: 0 },
      { x: 3, y: 0 },
      { x: 3, y: 1.4 },
      { x: 0.6, y: 1.4 },
    ];
    expect([...polygonMask([2, 2, 4], corners)]).toEqual([0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]);
  });

  it("agrees with a point by point test of the winding of random polygons", () => {
    const corner = fc.record({
      x: fc.double({ min: -3, max: 12, noNaN: true }),
      y: fc.double({ min: -3, max: 12, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(corner, { minLength: 3, maxLength: 8 }), (corners) => {
        const mask = polygonMask([9, 8], corners);
        mask.forEach((inside, p) => {
          const [px, py] = [(p % 8) + 0.5, Math.floor(p / 8) + 0.5];
          // Odd number of edges to the right of the middle: inside.
          const right = corners.filter((a, i) => {
            const b = corners[(i + 1) % corners.length]!;
            return a.y <= py !== b.y <= py && a.x + ((py - a.y) / (b.y - a.y)) * (b.x - a.x) > px;
          });
          expect(inside).toBe(right.length % 2);
        });
      }),
    );
  });

  it("refuses what is no region", () => {
    expect(() => polygonMask([2, 2], [{ x: 0, y: 0 }])).toThrow(ParameterError);
    expect(() =>
      polygonMask(
        [2, 2],
        [1, 2, 3].map(() => ({ x: Number.NaN, y: 0 })),
      ),
    ).toThrow(ParameterError);
  });
});
