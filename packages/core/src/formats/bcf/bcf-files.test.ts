/** Every real .bcf file reads exactly as an independent reader read it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isSigmaError } from "../../errors.js";
import { collectCounts, pixelCount, type StoredCounts } from "../../spectrum-image/counts.js";
import { sha256Int64 } from "../../spectrum-image/hashes.js";
import { countMap, maximumSpectrum, pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { NavigationImage, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import {
  dataFolder,
  dataNote,
  type ExpectedReading,
  expectedUnder,
  hasData,
  realFile,
} from "../expected-readings.test-support.js";
import { openFile } from "../registry.js";

const readings = expectedUnder("bcf/");

describe.skipIf(!hasData)(`real .bcf files${dataNote}`, () => {
  test("there are some", () => expect(readings.length).toBeGreaterThanOrEqual(10));

  test.each(readings)("%s", async (path, expected) => {
    if ("error" in expected) {
      await expect(openFile(realFile(path), { format: "bcf" })).rejects.toSatisfy((error) => isSigmaError(error, "format"));
      return;
    }
    const { datasets } = await openFile(realFile(path));
    expect(datasets).toHaveLength(1);
    const [dataset] = datasets as [SpectrumImage];
    await compareCube(dataset, expected.at(-1)!);
    compareImages(dataset.images, expected.slice(0, -1));
  });

  test("counts equal numpy's copy of them, pixel by pixel", async () => {
    const { datasets } = await openFile(realFile("bcf/rsciio__30x30_instructively_packed_16bit_compressed.bcf"));
    const [dataset] = datasets as [SpectrumImage];
    const counts = await collectCounts(dataset.counts);
    const { values, shape } = uint16Npy("bcf/rsciio__30x30_16bit.npy");
    const size = values.length;
    expect(size).toBe(shape.reduce((a, b) => a * b, 1));
    // The array holds the slice that RosettaSciIO's own test compares: channels 222 and 223 of the whole map.
    expect(shape).toEqual([30, 30, 2]);
    const found = new Uint16Array(size);
    for (let p = 0; p < 900; p++) {
      const spectrum = spectrumOf(counts, p);
      found[2 * p] = spectrum[222]!;
      found[2 * p + 1] = spectrum[223]!;
    }
    expect(found).toEqual(values);
  });
});

async function compareCube(dataset: SpectrumImage, expected: ExpectedReading): Promise<void> {
  const { counts, navigationAxes, energyAxis, metadata } = dataset;
  expect([...counts.navigationShape, counts.channels]).toEqual(expected.shape);
  const [y, x, energy] = expected.axes as [ExpectedReading["axes"][0], ExpectedReading["axes"][0], ExpectedReading["axes"][0]];
  expect(navigationAxes.map(({ name, units }) => [name, units])).toEqual([
    ["y", y.units === "µm" ? "um" : undefined],
    ["x", x.units === "µm" ? "um" : undefined],
  ]);
  expect(navigationAxes[0]!.scale).toBeCloseTo(y.scale, 10);
  // The other reader takes the height of a pixel for its width too, so its two scales are one; ours agree to the digits of the file.
  expect(navigationAxes[1]!.scale).toBeCloseTo(x.scale, 10);
  expect(energyAxis).toEqual({ name: "energy", size: energy.size, scale: energy.scale, offset: energy.offset, units: "keV" });
  expect(metadata.beamEnergyKev).toBe(expected.beam_energy);
  expect(metadata.magnification).toBe(expected.magnification);
  expect(metadata.elements).toEqual(expected.elements ?? []);
  expect(metadata.detector.type).toBe(expected.eds?.["detector_type"]);
  expect(metadata.detector.elevationAngleDeg).toBe(expected.eds?.["elevation_angle"]);
  expect(metadata.detector.azimuthAngleDeg).toBe(expected.eds?.["azimuth_angle"]);
  expect(metadata.detector.realTimeS).toBeCloseTo(expected.eds?.["real_time"] as number, 9);

  const [sum, most, map] = await pass(counts, [sumSpectrum(counts), maximumSpectrum(counts), countMap(counts)]);
  const total = sum.reduce((a, b) => a + b, 0);
  expect(total).toBe(expected.sum);
  expect(Math.max(...most)).toBe(expected.max);
  expect(sum.indexOf(Math.max(...sum))).toBe(expected.sum_spectrum_argmax);
  expect(Math.max(...sum)).toBe(expected.sum_spectrum_max);
  expect(sum.filter((count) => count > 0)).toHaveLength(expected.sum_spectrum_nonzero!);
  expect(await sha256Int64(sum)).toBe(expected.sum_spectrum_sha256_int64le);
  expect(await sha256Int64(map)).toBe(expected.count_map_sha256_int64le);
  const stated = dataset.loadReport.statedCounts!;
  expect(Math.abs(stated.value - total) / total).toBeLessThan(1e-3);

  const width = counts.navigationShape[1]!;
  const { pixel, brightest_pixel: brightest } = expected;
  const spectrum = spectrumOf(await collectCounts(counts), pixel!.y * width + pixel!.x);
  expect(spectrum.reduce((a, b) => a + b, 0)).toBe(pixel!.sum);
  expect(spectrum.indexOf(Math.max(...spectrum))).toBe(pixel!.argmax);
  expect(Math.max(...spectrum)).toBe(pixel!.max);
  expect(map.indexOf(Math.max(...map))).toBe(brightest!.y * width + brightest!.x);
  expect(Math.max(...map)).toBe(brightest!.sum);
}

function compareImages(images: readonly NavigationImage[], expected: readonly ExpectedReading[]): void {
  const found = images.map(({ name, width, height, data }) => {
    const values = Array.from(data);
    return {
      title: name,
      shape: [height, width],
      sum: values.reduce((a, b) => a + b, 0),
      max: Math.max(...values),
      min: Math.min(...values),
    };
  });
  expect(found).toEqual(expected.map(({ title, shape, sum, max, min }) => ({ title, shape, sum, max, min })));
  images.forEach((image, i) => {
    expect(image.pixelSizeUm?.[0]).toBeCloseTo(expected[i]!.axes[1]!.scale, 10);
    expect(image.pixelSizeUm?.[1]).toBeCloseTo(expected[i]!.axes[0]!.scale, 10);
  });
}

/** Dense spectrum of a pixel. */
function spectrumOf(counts: StoredCounts, pixel: number): Float64Array {
  expect(pixel).toBeLessThan(pixelCount(counts.navigationShape));
  const spectrum = new Float64Array(counts.channels);
  const block = counts.stored.find(({ firstPixel, pixels }) => pixel >= firstPixel && pixel < firstPixel + pixels)!;
  const row = pixel - block.firstPixel;
  for (let i = block.rowStart[row]!; i < block.rowStart[row + 1]!; i++) spectrum[block.channel[i]!] = block.count[i]!;
  return spectrum;
}

/** A little-endian uint16 array of numpy's format, version 1. */
function uint16Npy(path: string): { values: Uint16Array; shape: number[] } {
  const bytes = readFileSync(join(dataFolder, path));
  const headerLength = bytes.readUInt16LE(8);
  const header = bytes.toString("latin1", 10, 10 + headerLength);
  expect(header).toMatch(/'descr': '<u2'.*'fortran_order': False/);
  const shape = /\(([^)]*)\)/
    .exec(header)![1]!
    .split(",")
    .flatMap((part) => (part.trim() === "" ? [] : [Number(part)]));
  const data = bytes.subarray(10 + headerLength);
  return { values: Uint16Array.from({ length: data.length / 2 }, (_, i) => data.readUInt16LE(i * 2)), shape };
}
