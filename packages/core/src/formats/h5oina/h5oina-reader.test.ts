import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { countMap, pass, sumSpectrum } from "../../spectrum-image/pass.js";
import { expectSoundUnderDamage } from "../damaged-files.test-support.js";
import { h5oinaFormat } from "./h5oina-format.js";

const folder = join(import.meta.dirname, "../../../../../fixtures/h5oina");
const expected: Record<string, { shape: number[]; sum: number; sumSpectrum: number[]; countMap: number[] }[]> = JSON.parse(
  readFileSync(join(folder, "expected.json"), "utf8"),
);
const bytesOf = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
const open = async (name: string) => (await h5oinaFormat.reader()).open(bytesInMemory(name, bytesOf(name)));

test.each(Object.entries(expected))("%s holds the counts that h5py wrote", async (name, summaries) => {
  const { datasets, format } = await open(name);
  expect(format).toBe("h5oina");
  expect(datasets.length).toBe(summaries.length);
  for (const [i, summary] of summaries.entries()) {
    const { counts, navigationAxes, energyAxis } = datasets[i]!;
    const [spectrum, map] = await pass(counts, [sumSpectrum(counts), countMap(counts)]);
    expect([...counts.navigationShape, counts.channels]).toEqual(summary.shape);
    expect(navigationAxes.map(({ size }) => size)).toEqual(counts.navigationShape);
    expect(counts.kind).toBe("counts");
    expect(Array.from(spectrum)).toEqual(summary.sumSpectrum);
    expect(Array.from(map)).toEqual(summary.countMap);
    expect(energyAxis).toMatchObject({ name: "energy", offset: -0.2, scale: 0.01, units: "keV" });
  }
});

test("the header gives kilovolts, degrees, micrometres and the live time of the whole map", async () => {
  const { datasets } = await open("map-lzf.h5oina");
  const { metadata, navigationAxes, title } = datasets[0]!;
  expect(title).toBe("Map Data 1");
  expect(metadata).toMatchObject({
    title: "Map Data 1",
    beamEnergyKev: 15,
    magnification: 1200,
    elements: ["Al", "Fe", "O"],
    acquiredAt: "2023-04-05T06:07:08",
  });
  expect(metadata.detector.type).toBe("Ultim Max 100");
  expect(metadata.detector.elevationAngleDeg).toBeCloseTo(36, 4);
  expect(metadata.detector.azimuthAngleDeg).toBeCloseTo(45, 4);
  expect(metadata.detector.liveTimeS).toBeCloseTo(32 * 0.002, 6);
  expect(metadata.detector.realTimeS).toBeCloseTo(32 * 0.004, 6);
  expect(metadata.stage?.xUm).toBe(1500);
  expect(metadata.stage?.tiltDeg).toBeCloseTo(30, 4);
  expect(navigationAxes).toEqual([
    { name: "y", size: 5, offset: 0, scale: 0.5, units: "um" },
    { name: "x", size: 7, offset: 0, scale: 0.25, units: "um" },
  ]);
});

test("maps and pictures of the map's size belong to it, larger electron images to the file", async () => {
  const { datasets, images } = await open("map-lzf.h5oina");
  expect(datasets[0]!.images.map(({ name }) => name)).toEqual([
    "Window Integral Al Kα1",
    "Window Integral Fe Kα1",
    "Peak Area Al K series",
    "Composition Al",
    "Composition O",
    "EBSD Band Contrast",
  ]);
  const [map] = datasets[0]!.images;
  expect([map!.height, map!.width]).toEqual([5, 7]);
  expect(map!.pixelSizeUm).toEqual([0.25, 0.5]);
  expect(Number.isNaN(map!.data[0])).toBe(true);
  expect(map!.data[20]).toBe(20);
  expect(images.map(({ name, height, width }) => [name, height, width])).toEqual([
    ["SE 1", 10, 14],
    ["BSE Electron Image 2", 10, 14],
    ["FSE FSD Mixed", 10, 14],
  ]);
});

test("a line has one axis, a point none, and slices stand in the order of their numbers", async () => {
  const { datasets } = await open("slices.h5oina");
  expect(datasets.map(({ title }) => title)).toEqual(["Line 1", "Point 2", "Feature 10"]);
  expect(datasets.map(({ navigationAxes }) => navigationAxes.map(({ name }) => name))).toEqual([["x"], [], ["y", "x"]]);
});

test("each detector of a system with several is a dataset of its own", async () => {
  const { datasets } = await open("two-detectors.h5oina");
  expect(datasets.map(({ title }) => title)).toEqual(["Map Data 1 EDS1", "Map Data 1 EDS2"]);
});

test("a file without spectra still gives its maps", async () => {
  const { datasets, images } = await open("maps-only.h5oina");
  expect(datasets).toEqual([]);
  expect(images.map(({ name }) => name)).toContain("Window Integral Al Kα1");
});

test("is known by its content under any name", () => {
  const head = bytesOf("map-lzf.h5oina").subarray(0, 4096);
  expect(h5oinaFormat.detect(head, "x.bin")).toBe("yes");
});

test.each(["map-lzf.h5oina", "two-detectors.h5oina"])(
  "%s, damaged at random, gives data or typed errors, and soon",
  async (name) => {
    await expectSoundUnderDamage(h5oinaFormat, name, bytesOf(name), { runs: 60, headerBytes: 20_000 });
  },
);
