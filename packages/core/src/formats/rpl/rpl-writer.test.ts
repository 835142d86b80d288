import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UnsupportedError } from "../../errors.js";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { type CountSource, countsFromDense, pixelCount } from "../../spectrum-image/counts.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import type { DenseWidth } from "../binary/dense-stream.js";
import { denseValues } from "../dense-values.test-support.js";
import { rplReader } from "./rpl-reader.js";
import { writeRpl } from "./rpl-writer.js";

describe("writeRpl", () => {
  const images = fc
    .record({
      shape: fc.array(fc.integer({ min: 2, max: 5 }), { maxLength: 2 }),
      channels: fc.integer({ min: 2, max: 60 }),
      most: fc.constantFrom(1, 255, 256, 65_535, 65_536, 4_294_967_295, 4_294_967_296, Number.MAX_SAFE_INTEGER),
      seed: fc.nat(1000),
    })
    .map(({ shape, channels, most, seed }) => {
      const length = pixelCount(shape) * channels;
      const values = Array.from({ length }, (_, i) => ((i * 31 + seed) % 4 === 0 ? ((i * 7919 + seed) % 5 === 0 ? most : 1) : 0));
      return spectrumImage(countsFromDense(shape, channels, values));
    });

  test("gives files that read back the same", async () => {
    await fc.assert(
      fc.asyncProperty(images, async (image) => {
        const again = await writtenAndRead(image);
        expect(await denseValues(again.counts)).toEqual(await denseValues(image.counts));
        expect(again.navigationAxes).toEqual(image.navigationAxes);
        expect(again.energyAxis).toEqual(image.energyAxis);
        expect(again.metadata).toEqual(image.metadata);
        expect(again.title).toBe(image.title);
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  test("keeps intensities", async () => {
    const values = [0.5, -2, 0, 1e300, 0, 3, 7, 0.1];
    const again = await writtenAndRead(spectrumImage(countsFromDense([2, 2], 2, values, "intensity")));
    expect(again.counts.kind).toBe("intensity");
    expect(await denseValues(again.counts)).toEqual(values);
  });

  test.each([
    [255, 1],
    [256, 2],
    [65_536, 4],
    [4_294_967_296, 8],
  ])("takes the narrowest numbers: %d needs %d bytes", async (count, bytesPerNumber) => {
    const files = await writeRpl(spectrumImage(countsFromDense([2, 2], 2, [count, 0, 0, 0, 0, 0, 0, 1])));
    expect(files.rawBytes).toBe(8 * bytesPerNumber);
    expect(files.rpl).toContain(`data-length\t${bytesPerNumber}\n`);
  });

  test.each<[DenseWidth, number]>([
    [1, 256],
    [2, 65_536],
    [4, 4_294_967_296],
  ])("refuses numbers of %d bytes for %d", async (width, count) => {
    const files = await writeRpl(spectrumImage(countsFromDense([2, 2], 2, [0, 0, 0, count, 0, 0, 0, 0])), { width });
    await expect(collect(files.raw)).rejects.toThrow(UnsupportedError);
  });

  test("refuses more than two navigation axes", async () => {
    await expect(writeRpl(spectrumImage(countsFromDense([2, 2, 2], 2, new Array(16).fill(1))))).rejects.toThrow(
      /frames one by one/,
    );
  });

  test("keeps a title from breaking the lines", async () => {
    const image = { ...spectrumImage(countsFromDense([2, 2], 2, [1, 2, 3, 4, 5, 6, 7, 8])), title: "a\tb;c\nwidth\t9" };
    expect((await writtenAndRead(image)).title).toBe("a b c width 9");
  });
});

function spectrumImage(counts: CountSource): SpectrumImage {
  const axes = ["y", "x"].slice(2 - counts.navigationShape.length);
  return {
    title: "Three minerals",
    counts,
    navigationAxes: counts.navigationShape.map((size, i) => ({
      name: axes[i] ?? "t",
      size,
      offset: 0.5 * i,
      scale: 0.25 + i,
      units: "um",
    })),
    energyAxis: { name: "energy", size: counts.channels, offset: -0.47, scale: 0.010001, units: "keV" },
    images: [],
    metadata: {
      title: "Three minerals",
      instrument: "SEM",
      beamEnergyKev: 15,
      magnification: 500,
      detector: {
        type: "SDD",
        resolutionEv: 129.5,
        elevationAngleDeg: 35,
        azimuthAngleDeg: 45,
        liveTimeS: 0.5 * pixelCount(counts.navigationShape),
        realTimeS: 700,
      },
      stage: { tiltDeg: 5 },
      elements: ["Fe", "O", "Si"],
      acquiredAt: "2024-02-03T04:05:06",
    },
    originalMetadata: {},
    loadReport: { findings: [] },
  };
}

async function writtenAndRead(image: SpectrumImage): Promise<SpectrumImage> {
  const files = await writeRpl(image);
  const raw = await collect(files.raw);
  expect(raw).toHaveLength(files.rawBytes);
  const { datasets } = await rplReader.open(
    bytesInMemory("w.rpl", new TextEncoder().encode(files.rpl), [bytesInMemory("w.raw", raw)]),
  );
  return datasets[0]!;
}

async function collect(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}
