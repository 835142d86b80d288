import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ParameterError } from "../../errors.js";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { type CountSource, collectCounts, pixelCount } from "../../spectrum-image/counts.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { expectSoundUnderDamage } from "../damaged-files.test-support.js";
import { emdFormat } from "./emd-format.js";

const folder = join(import.meta.dirname, "../../../../../fixtures/emd");
const expected: Record<string, number[]> = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
const bytesOf = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
const sourceOf = (name: string) => bytesInMemory(name, bytesOf(name));
const open = async (name: string) => (await emdFormat.reader()).open(sourceOf(name));
const total = (a: number[], b: number[]) => a.map((value, i) => value + b[i]!);

async function dense(source: CountSource): Promise<number[]> {
  const values = new Array<number>(pixelCount(source.navigationShape) * source.channels).fill(0);
  for (const { firstPixel, pixels, rowStart, channel, count } of (await collectCounts(source)).stored) {
    for (let p = 0; p < pixels; p++) {
      for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) values[(firstPixel + p) * source.channels + channel[i]!] = count[i]!;
    }
  }
  return values;
}

test("streams are summed over frames and detectors, and offered for each detector", async () => {
  const { datasets } = await open("velox.emd");
  expect(datasets.map(({ title }) => title)).toEqual(["EDS", "EDS SuperX1", "EDS SuperX2", "EDS spectrum SuperX1"]);
  expect(datasets[0]!.counts.navigationShape).toEqual([3, 4]);
  expect(await dense(datasets[0]!.counts)).toEqual(total(expected["SuperX1"]!, expected["SuperX2"]!));
  expect(await dense(datasets[1]!.counts)).toEqual(expected["SuperX1"]);
  expect(await dense(datasets[2]!.counts)).toEqual(expected["SuperX2"]);
  expect(datasets[0]!.loadReport.findings.map(({ code }) => code)).toContain("detectors-summed");
});

test("one frame of one detector can be asked for", async () => {
  const { datasets } = await (await emdFormat.reader()).open(sourceOf("velox.emd"), {
    detectors: ["SuperX2"],
    frames: { start: 1, end: 2 },
  });
  expect(await dense(datasets[0]!.counts)).toEqual(expected["SuperX2 frame 1"]);
});

test("axes are in micrometres and keV, and the metadata in our words", async () => {
  const { datasets } = await open("velox.emd");
  const { navigationAxes, energyAxis, metadata } = datasets[0]!;
  expect(energyAxis).toEqual({ name: "energy", size: 64, offset: -0.1, scale: 0.01, units: "keV" });
  expect(navigationAxes[0]).toMatchObject({ name: "y", size: 3, units: "um" });
  expect(navigationAxes[0]!.scale).toBeCloseTo(0.004, 12);
  expect(navigationAxes[1]!.offset).toBeCloseTo(0.01, 12);
  expect(metadata).toMatchObject({ instrument: "TEM", beamEnergyKev: 200, elements: ["Fe"], acquiredAt: "2023-11-14T22:13:20Z" });
  expect(metadata.detector.type).toBe("SuperX1 + SuperX2");
  expect(metadata.detector.elevationAngleDeg).toBeCloseTo(18, 9);
  expect(metadata.detector.azimuthAngleDeg).toBeUndefined();
  expect(metadata.stage?.tiltDeg).toBeCloseTo(5.729578, 6);
  expect(datasets[3]!.metadata.detector).toMatchObject({ liveTimeS: 0.5, realTimeS: 0.6 });
});

test("pictures of the size of the map belong to it, as the mean of their frames", async () => {
  const { datasets, images } = await open("velox.emd");
  const [haadf, iron] = datasets[0]!.images;
  expect([haadf!.name, iron!.name]).toEqual(["HAADF", "Fe"]);
  expect(Array.from(haadf!.data)).toEqual(Array.from({ length: 12 }, (_, i) => 2 * i + 0.5));
  expect(iron!.data[5]).toBe(1.25);
  expect(haadf!.pixelSizeUm?.[0]).toBeCloseTo(0.005, 12);
  expect(images.map(({ name, height, width }) => [name, height, width])).toEqual([["HAADF", 8, 6]]);
});

test("a pruned file has its spectrum image, of all detectors and frames, and the total of its sum spectra", async () => {
  const { datasets } = await open("pruned-map.emd");
  expect(datasets.map(({ title }) => title)).toEqual(["EDS", "EDS spectrum SuperX1", "EDS spectrum SuperX2"]);
  const [{ counts, navigationAxes, energyAxis, metadata, loadReport }] = datasets as [SpectrumImage];
  expect(counts.navigationShape).toEqual([3, 4]);
  expect(await dense(counts)).toEqual(expected["pruned map"]);
  expect(loadReport.statedCounts?.value).toBe(expected["pruned map"]!.reduce((sum, value) => sum + value, 0));
  expect(loadReport.findings.map(({ code }) => code)).toEqual(["zero-peak", "pruned"]);
  expect(navigationAxes[1]!.scale).toBeCloseTo(0.005, 12);
  expect(energyAxis).toMatchObject({ offset: -0.1, scale: 0.01 });
  expect(metadata).toMatchObject({ beamEnergyKev: 200, detector: { type: "SuperX" } });
});

test.each([{ detectors: ["SuperX1"] }, { frames: { start: 0, end: 1 } }])(
  "a choice of %j in a pruned file is refused",
  async (options) => {
    const opening = (await emdFormat.reader()).open(sourceOf("pruned-map.emd"), options);
    await expect(opening).rejects.toThrow(ParameterError);
  },
);

test("a stream that a damaged file calls a hundred thousand times as long as it is, is refused at once", async () => {
  const bytes = bytesOf("velox.emd");
  bytes[8618] = 0xff;
  const { datasets } = await (await emdFormat.reader()).open(bytesInMemory("long.emd", bytes));
  const started = performance.now();
  await expect(collectCounts(datasets[0]!.counts)).rejects.toThrow(/16711864 values with gaps/);
  expect(performance.now() - started).toBeLessThan(2000);
});

test("a pruned file without anything else is refused, with what to do", async () => {
  await expect(open("pruned.emd")).rejects.toThrow(/pruned.*Save the data in Velox again/s);
});

test("Berkeley's files: the energy axis may be any, and dims may have two values only", async () => {
  const { datasets, images } = await open("ncem.emd");
  const { counts, navigationAxes, energyAxis } = datasets[0]!;
  expect(await dense(counts)).toEqual(expected["ncem"]);
  expect(energyAxis).toMatchObject({ name: "energy", size: 20, offset: -0.05, units: "keV" });
  expect(energyAxis.scale).toBeCloseTo(0.01, 12);
  expect(navigationAxes.map(({ name, size }) => [name, size])).toEqual([
    ["y", 4],
    ["x", 3],
  ]);
  expect(navigationAxes[1]!.scale).toBeCloseTo(0.003, 12);
  expect(images.map(({ name, height, width }) => [name, height, width])).toEqual([["picture", 4, 3]]);
});

test.each(["velox.emd", "pruned-map.emd", "ncem.emd"])(
  "%s, damaged at random, gives data or typed errors, and soon",
  async (name) => {
    await expectSoundUnderDamage(emdFormat, name, bytesOf(name), { runs: 60, headerBytes: 4000 });
  },
);
