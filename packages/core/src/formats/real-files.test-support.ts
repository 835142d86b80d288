/** Real files with their whole folder beside them, and the fingerprint of what a reader gives for comparison with the expected readings. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect } from "vitest";
import { type ByteSource, bytesInMemory } from "../spectrum-image/byte-source.js";
import { countMap, pass, sumSpectrum } from "../spectrum-image/pass.js";
import type { NavigationImage, SpectrumImage } from "../spectrum-image/spectrum-image.js";
import { dataFolder, type ExpectedReading, expectedUnder } from "./expected-readings.test-support.js";

export { dataNote } from "./expected-readings.test-support.js";

/** A signal of a real file as the independent reader gave it; single spectra have their own hash. */
export interface ExpectedSignal extends ExpectedReading {
  readonly sha256_int64le?: string;
}

/** Files below a folder that the independent reader could read, with what it found. Empty without data. */
export function expectedSignals(prefix: string): [path: string, signals: readonly ExpectedSignal[]][] {
  return expectedUnder(prefix).flatMap(([path, readings]) => ("error" in readings ? [] : [[path, readings]]));
}

/** A real file in memory, with the other files of its folder as siblings. */
export function realFileInFolder(path: string): ByteSource {
  return sourceOfFile(join(dataFolder, path));
}

/** Any file in memory, with the other files of its folder as siblings. */
export function sourceOfFile(path: string): ByteSource {
  const folder = dirname(path);
  return {
    ...bytesInMemory(basename(path), new Uint8Array(readFileSync(path))),
    async sibling(name) {
      const found = readdirSync(folder).find((entry) => entry.toLowerCase() === name.toLowerCase());
      return found === undefined ? undefined : sourceOfFile(join(folder, found));
    },
  };
}

/** True for spectra, false for pictures. */
export function isSpectrum(signal: ExpectedSignal): boolean {
  return /energy/i.test(signal.axes.at(-1)?.name ?? "") || signal.axes.at(-1)?.units === "keV";
}

/**
 * Expects shape, total, and SHA-256 of sum spectrum and count map as little-endian int64 to be those of the independent reader. Line
 * scans have no hashes.
 */
export async function expectSameCounts(dataset: SpectrumImage, signal: ExpectedSignal): Promise<void> {
  const { counts } = dataset;
  const [spectrum, map] = await pass(counts, [sumSpectrum(counts), countMap(counts)]);
  expect([...counts.navigationShape, counts.channels]).toEqual(signal.shape);
  expect(map.reduce((total, value) => total + value, 0)).toBe(signal.sum);
  const spectrumHash = signal.sum_spectrum_sha256_int64le ?? signal.sha256_int64le;
  if (spectrumHash !== undefined) expect(int64Hash(spectrum)).toBe(spectrumHash);
  if (signal.count_map_sha256_int64le !== undefined) expect(int64Hash(map)).toBe(signal.count_map_sha256_int64le);
}

/** Expects the energy axis to be that of the independent reader, which may have used eV. */
export function expectSameEnergies({ energyAxis }: SpectrumImage, signal: ExpectedSignal): void {
  const axis = signal.axes.at(-1)!;
  const toKev = axis.units === "eV" ? 0.001 : 1;
  expect(energyAxis.units).toBe("keV");
  expect(energyAxis.scale).toBeCloseTo(axis.scale * toKev, 11);
  expect(energyAxis.offset).toBeCloseTo(axis.offset * toKev, 11);
}

/** Sum of all pixels of all images. */
export function imageTotal(images: readonly NavigationImage[]): number {
  let total = 0;
  for (const { data } of images) for (const value of data) total += value;
  return total;
}

function int64Hash(values: Float64Array): string {
  return createHash("sha256")
    .update(new Uint8Array(BigInt64Array.from(values, BigInt).buffer))
    .digest("hex");
}
