import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { type CountSource, pixelCount } from "../../spectrum-image/counts.js";
import { expectSoundUnderDamage } from "../damaged-files.test-support.js";
import { hspyFormat } from "./hspy-format.js";

const folder = join(import.meta.dirname, "../../../../../fixtures/hspy");
const expected: Record<string, { shape: number[]; counts: number[] }> = JSON.parse(
  readFileSync(join(folder, "expected.json"), "utf8"),
);
const bytesOf = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
const open = async (name: string) => (await hspyFormat.reader()).open(bytesInMemory(name, bytesOf(name)));

async function dense(source: CountSource): Promise<number[]> {
  const values = new Array<number>(pixelCount(source.navigationShape) * source.channels).fill(0);
  for await (const { firstPixel, pixels, rowStart, channel, count } of source.blocks()) {
    for (let p = 0; p < pixels; p++) {
      for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) values[(firstPixel + p) * source.channels + channel[i]!] = count[i]!;
    }
  }
  return values;
}

async function dataset(title: string) {
  const { datasets } = await open(title === "old" ? "oldest.hdf5" : "variants.hspy");
  const found = datasets.find((candidate) => candidate.title === title);
  expect(found, title).toBeDefined();
  return found!;
}

test.each(Object.keys(expected))("%s gives the values that h5py wrote, axis of energy last", async (title) => {
  const { counts, navigationAxes } = await dataset(title);
  expect([...counts.navigationShape, counts.channels]).toEqual(expected[title]!.shape);
  expect(navigationAxes.length).toBe(counts.navigationShape.length);
  expect(await dense(counts)).toEqual(expected[title]!.counts);
});

test("an axis in eV becomes keV, nanometres become micrometres, a beam energy in words becomes a number", async () => {
  const { energyAxis, navigationAxes, metadata, counts } = await dataset("a map in eV");
  expect(counts.kind).toBe("counts");
  expect(energyAxis).toMatchObject({ name: "energy", scale: 0.01, offset: -0.2, units: "keV" });
  expect(navigationAxes.map(({ scale, units }) => [scale, units])).toEqual([
    [0.002, "um"],
    [0.003, "um"],
  ]);
  expect(metadata).toMatchObject({ instrument: "TEM", beamEnergyKev: 200, elements: ["Al", "Fe"] });
  expect(metadata.detector.liveTimeS).toBeUndefined();
});

test("floats that are whole and not negative are counts; axes that were never set stay open", async () => {
  const { counts, navigationAxes, energyAxis, loadReport } = await dataset("b floats that are counts");
  expect(counts.kind).toBe("counts");
  expect(navigationAxes).toEqual([
    { name: "y", size: 4, offset: undefined, scale: undefined, units: undefined },
    { name: "x", size: 5, offset: undefined, scale: undefined, units: undefined },
  ]);
  expect(energyAxis).toEqual({ name: "energy", size: 30, offset: 0.2, scale: 0.01, units: undefined });
  expect(loadReport.findings.map(({ code }) => code)).toEqual(
    expect.arrayContaining(["no-energy-calibration", "no-pixel-size", "no-beam-energy"]),
  );
});

test("fractions make intensities", async () => {
  const { counts, metadata, navigationAxes } = await dataset("c line of intensities");
  expect(counts.kind).toBe("intensity");
  expect(metadata.elements).toEqual(["O", "Si"]);
  expect(navigationAxes).toMatchObject([{ name: "x", scale: 0.5, units: "um" }]);
});

test("a single spectrum has its live time, and elements kept as numbered entries are found", async () => {
  const { metadata } = await dataset("f spectrum");
  expect(metadata).toMatchObject({ instrument: "SEM", beamEnergyKev: 15, elements: ["Cu", "Zn"] });
  expect(metadata.detector.liveTimeS).toBe(20);
});

test("files of version 1 have their metadata under other names", async () => {
  const { metadata, originalMetadata } = await dataset("old");
  expect(metadata).toMatchObject({
    instrument: "SEM",
    beamEnergyKev: 10,
    elements: ["Mn"],
    detector: { elevationAngleDeg: 35, resolutionEv: 130 },
    stage: { tiltDeg: 5 },
  });
  expect(originalMetadata).toMatchObject({ original_metadata: { BEAMKV: 10 } });
});

test("signals of two signal axes are pictures, and what cannot be read is reported with the rest", async () => {
  const { datasets, images } = await open("variants.hspy");
  expect(images.map(({ name, height, width, pixelSizeUm }) => [name, height, width, pixelSizeUm])).toEqual([
    ["g picture", 3, 4, [0.004, 0.002]],
  ]);
  const reported = datasets[0]!.loadReport.findings
    .filter(({ code }) => code === "signal-not-read")
    .map(({ message }) => message);
  expect(reported).toHaveLength(2);
  expect(reported[0]).toContain("h text");
  expect(reported[1]).toContain("i nothing");
});

test("a map of phases that HyperSpy saved opens as one map for each phase, by its name", async () => {
  const { datasets, images } = await open("phases.hspy");
  expect(datasets).toEqual([]);
  expect(images.map(({ name, height, width, pixelSizeUm }) => [name, height, width, pixelSizeUm])).toEqual(
    ["Olivine", "Fe oxide 1", "Mg carbonate", "Glass", "Rest"].map((name) => [name, 3, 4, [4, 2]]),
  );
  const values: number[] = JSON.parse(readFileSync(join(folder, "phases.json"), "utf8")).phases.counts;
  for (const [k, { data }] of images.entries()) expect(Array.from(data)).toEqual(values.filter((_, i) => i % 5 === k));
});

test.each(["variants.hspy", "oldest.hdf5", "phases.hspy"])(
  "%s, damaged at random, gives data or typed errors, and soon",
  async (name) => {
    await expectSoundUnderDamage(hspyFormat, name, bytesOf(name), { runs: 100, headerBytes: 20_000 });
  },
);
