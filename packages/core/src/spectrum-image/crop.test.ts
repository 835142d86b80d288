import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ParameterError } from "../errors.js";
import { countsFromDense } from "./counts.js";
import { cropCounts, cropImage, type IndexRange } from "./crop.js";
import { type DenseImage, denseImages, denseOf, streamed } from "./derived-sources.test-support.js";

const rangeOn = (size: number): fc.Arbitrary<IndexRange> =>
  fc
    .tuple(fc.integer({ min: 0, max: size - 1 }), fc.integer({ min: 1, max: size }))
    .map(([a, b]): IndexRange => (a < b ? [a, b] : [b - 1, a + 1]));

const cases = denseImages.chain((image) =>
  fc.record({
    image: fc.constant(image),
    navigation: fc.tuple(...image.shape.map(rangeOn)) as fc.Arbitrary<IndexRange[]>,
    energy: rangeOn(image.channels),
    rows: fc.integer({ min: 1, max: 4 }),
  }),
);

function croppedDense({ shape, channels, dense }: DenseImage, ranges: readonly IndexRange[]): number[] {
  const sizes = [...shape, channels];
  return dense.filter((_, at) => {
    let rest = at;
    let inside = true;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const index = rest % sizes[axis]!;
      rest = Math.floor(rest / sizes[axis]!);
      inside &&= index >= ranges[axis]![0] && index < ranges[axis]![1];
    }
    return inside;
  });
}

describe("cropped counts", () => {
  it("are those inside the ranges, for any number of axes and any cut into blocks", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ image, navigation, energy, rows }) => {
        const cropped = cropCounts(streamed(image, rows), { navigation, energy });
        expect(cropped.navigationShape).toEqual(navigation.map(([start, end]) => end - start));
        expect(await denseOf(cropped)).toEqual(croppedDense(image, [...navigation, energy]));
      }),
      { numRuns: 200 },
    );
  });

  it("are all of them without ranges", async () => {
    const source = countsFromDense([1, 2], 2, [1, 2, 3, 4]);
    expect(await denseOf(cropCounts(source, {}))).toEqual([1, 2, 3, 4]);
    expect(await denseOf(cropCounts(source, { navigation: [undefined, [1, 2]] }))).toEqual([3, 4]);
  });

  it.each([
    [{ energy: [2, 2] as const }, "energy"],
    [{ navigation: [[0, 3] as const] }, "navigation[0]"],
    [{ navigation: [undefined, undefined, undefined] }, "navigation"],
  ])("refuse ranges that do not fit: %j", (ranges, field) => {
    const source = countsFromDense([1, 2], 2, [1, 2, 3, 4]);
    try {
      cropCounts(source, ranges);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ParameterError);
      expect((error as ParameterError).facts.field).toBe(field);
    }
  });
});

describe("cropped image", () => {
  it("moves axes, cuts pictures of the same field and shares out the time", () => {
    const image = cropImage(
      {
        title: "test",
        counts: countsFromDense([2, 4], 3, new Array(24).fill(0)),
        navigationAxes: [
          { name: "y", size: 2, offset: 0, scale: 1, units: "um" },
          { name: "x", size: 4, offset: 10, scale: 2, units: "um" },
        ],
        energyAxis: { name: "energy", size: 3, offset: -0.01, scale: 0.01, units: "keV" },
        images: [{ name: "BSE", width: 4, height: 2, data: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7), pixelSizeUm: undefined }],
        metadata: { detector: { liveTimeS: 8 }, elements: [] },
        originalMetadata: {},
        loadReport: { statedCounts: { value: 1, where: "header" }, findings: [] },
      },
      { navigation: [undefined, [1, 3]], energy: [1, 3] },
    );
    expect(image.navigationAxes[1]).toMatchObject({ size: 2, offset: 12, scale: 2 });
    expect(image.energyAxis).toMatchObject({ size: 2, offset: 0 });
    expect([...image.images[0]!.data]).toEqual([1, 2, 5, 6]);
    expect(image.metadata.detector.liveTimeS).toBe(4);
    expect(image.loadReport.statedCounts).toBeUndefined();
  });
});
