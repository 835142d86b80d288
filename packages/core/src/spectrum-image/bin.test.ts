import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ParameterError } from "../errors.js";
import { binCounts, binImage } from "./bin.js";
import { countsFromDense } from "./counts.js";
import { type DenseImage, denseImages, denseOf, streamed } from "./derived-sources.test-support.js";
import type { SpectrumImage } from "./spectrum-image.js";

/** Binning the plain way: every count added to the cell that it falls into, cell by cell. */
function binnedDense({ shape, channels, dense }: DenseImage, factors: readonly number[], energy: number) {
  const sizes = [...shape, channels];
  const all = [...factors, energy];
  const newSizes = sizes.map((size, axis) => Math.floor(size / all[axis]!));
  const out = new Array<number>(newSizes.reduce((product, size) => product * size, 1)).fill(0);
  dense.forEach((value, at) => {
    let rest = at;
    let cell = 0;
    let stride = 1;
    let inside = true;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      const index = Math.floor((rest % sizes[axis]!) / all[axis]!);
      rest = Math.floor(rest / sizes[axis]!);
      inside &&= index < newSizes[axis]!;
      cell += index * stride;
      stride *= newSizes[axis]!;
    }
    if (inside) out[cell]! += value;
  });
  return { shape: newSizes.slice(0, -1), channels: newSizes.at(-1)!, dense: out };
}

const cases = denseImages.chain((image) =>
  fc.record({
    image: fc.constant(image),
    navigation: fc.tuple(...image.shape.map((size) => fc.integer({ min: 1, max: size }))) as fc.Arbitrary<number[]>,
    energy: fc.integer({ min: 1, max: Math.min(4, image.channels) }),
    rows: fc.integer({ min: 1, max: 4 }),
  }),
);

describe("binned counts", () => {
  it("are the sums over groups of pixels and channels, for any number of axes and any cut into blocks", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ image, navigation, energy, rows }) => {
        const binned = binCounts(streamed(image, rows), { navigation, energy });
        const expected = binnedDense(image, navigation, energy);
        expect(binned.navigationShape).toEqual(expected.shape);
        expect(binned.channels).toBe(expected.channels);
        expect(await denseOf(binned)).toEqual(expected.dense);
      }),
      { numRuns: 300 },
    );
  });

  it("come in blocks of whole navigation rows, and again the second time", async () => {
    const image = { shape: [5, 6], channels: 4, dense: Array.from({ length: 120 }, (_, i) => i % 3) };
    const binned = binCounts(streamed(image, 1), { navigation: [2, 3] });
    for (let time = 0; time < 2; time++) {
      const firsts: number[] = [];
      for await (const block of binned.blocks()) {
        expect(block.pixels % 2).toBe(0);
        firsts.push(block.firstPixel);
      }
      expect(firsts).toEqual([0, 2]);
    }
  });

  it("keep doubles of intensities and widen integers that grow", async () => {
    const intensities = binCounts(countsFromDense([2], 1, [0.25, 0.5], "intensity"), { navigation: [2] });
    expect(await denseOf(intensities)).toEqual([0.75]);
    expect(await denseOf(binCounts(countsFromDense([2], 1, [255, 255]), { navigation: [2] }))).toEqual([510]);
  });

  it.each([
    [{ navigation: [2] }, "navigation"],
    [{ navigation: [0, 1] }, "navigation[0]"],
    [{ navigation: [1, 7] }, "navigation[1]"],
    [{ navigation: [1, 1], energy: 1.5 }, "energy"],
  ])("refuse factors that do not fit: %j", (factors, field) => {
    const source = countsFromDense([4, 6], 3, new Array(72).fill(0));
    const failure = (() => {
      try {
        binCounts(source, factors);
      } catch (error) {
        return error;
      }
      return undefined;
    })();
    expect(failure).toBeInstanceOf(ParameterError);
    expect((failure as ParameterError).facts.field).toBe(field);
  });
});

function imageOf(width: number, height: number, channels: number): SpectrumImage {
  return {
    title: "test",
    counts: countsFromDense([height, width], channels, new Float64Array(width * height * channels)),
    navigationAxes: [
      { name: "y", size: height, offset: 0, scale: 0.5, units: "um" },
      { name: "x", size: width, offset: 0, scale: 0.5, units: "um" },
    ],
    energyAxis: { name: "energy", size: channels, offset: 0, scale: 0.01, units: "keV" },
    images: [
      { name: "BSE", width, height, data: Uint16Array.from({ length: width * height }, (_, i) => i), pixelSizeUm: [0.5, 0.5] },
      { name: "fine", width: 2 * width, height: 2 * height, data: new Uint8Array(4 * width * height), pixelSizeUm: [0.25, 0.25] },
      { name: "elsewhere", width: 3, height: 3, data: new Uint8Array(9), pixelSizeUm: undefined },
    ],
    metadata: { detector: { liveTimeS: 100, realTimeS: 200 }, elements: [] },
    originalMetadata: {},
    loadReport: { statedCounts: { value: 0, where: "header" }, findings: [] },
  };
}

describe("binned image", () => {
  it("514 x 279 by 3 is 171 x 93, with what was dropped said", () => {
    const { image, findings } = binImage(imageOf(514, 279, 1), { navigation: [3, 3] });
    expect(image.counts.navigationShape).toEqual([93, 171]);
    expect(image.navigationAxes.map(({ size, scale, offset }) => [size, scale, offset])).toEqual([
      [93, 1.5, 0.5],
      [171, 1.5, 0.5],
    ]);
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
      ["binning-remainder", expect.stringMatching(/last 1 of 514 rows? of the axis x/)],
    ]);
    expect(image.loadReport.statedCounts).toBeUndefined();
    expect(binImage(imageOf(514, 279, 1), { navigation: [2, 2] }).image.counts.navigationShape).toEqual([139, 257]);
  });

  it("averages pictures of the map's size, crops finer ones to the field, leaves others", () => {
    const { image } = binImage(imageOf(5, 4, 6), { navigation: [2, 2], energy: 2 });
    const [bse, fine, elsewhere] = image.images;
    expect([...bse!.data]).toEqual([3, 5, 13, 15]);
    expect(bse!.pixelSizeUm).toEqual([1, 1]);
    expect([fine!.width, fine!.height]).toEqual([8, 8]);
    expect(elsewhere!.width).toBe(3);
    expect(image.energyAxis).toMatchObject({ size: 3, scale: 0.02, offset: 0.005 });
    expect(image.metadata.detector).toEqual({ liveTimeS: 80, realTimeS: 160 });
  });

  it("keeps the stated sum when nothing is dropped", () => {
    const { image, findings } = binImage(imageOf(4, 4, 6), { navigation: [2, 2], energy: 3 });
    expect(findings).toEqual([]);
    expect(image.loadReport.statedCounts?.value).toBe(0);
  });
});
