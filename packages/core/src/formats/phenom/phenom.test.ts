import { describe, expect, test } from "vitest";
import { isSigmaError } from "../../errors.js";
import { type ByteSource, bytesInMemory } from "../../spectrum-image/byte-source.js";
import { collectCounts } from "../../spectrum-image/counts.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { expectSoundUnderDamage } from "../damaged-files.test-support.js";
import {
  dataNote,
  expectedSignals,
  expectSameCounts,
  expectSameEnergies,
  isSpectrum,
  realFileInFolder,
} from "../real-files.test-support.js";
import { decompressBzip2 } from "./bzip2.js";
import golden from "./golden/elids.json" with { type: "json" };
import { phenomFormat } from "./phenom-format.js";

const { open } = await phenomFormat.reader();
const base64 = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const elid = (version: number) => base64(golden.files[version]!.file);

async function decompressed(source: ByteSource): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const block of decompressBzip2(source)) parts.push(block);
  return new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}

/** All values, row-major. */
async function dense({ counts }: SpectrumImage): Promise<number[]> {
  const values: number[] = [];
  for (const { pixels, rowStart, channel, count } of (await collectCounts(counts)).stored) {
    for (let p = 0; p < pixels; p++) {
      const spectrum = new Array<number>(counts.channels).fill(0);
      for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) spectrum[channel[i]!] = count[i]!;
      values.push(...spectrum);
    }
  }
  return values;
}

describe("bzip2", () => {
  test.each(golden.streams)("$name", async ({ file, length, sum, head }) => {
    const bytes = await decompressed(bytesInMemory("a.bz2", base64(file)));
    expect(bytes.length).toBe(length);
    expect(bytes.reduce((total, byte) => total + byte, 0)).toBe(sum);
    expect(Buffer.from(bytes.subarray(0, 40)).toString("hex")).toBe(head);
  });

  test("a changed bit is noticed, unless nothing depends on it", async () => {
    const bytes = base64(golden.streams.find(({ name }) => name === "all bytes")!.file);
    const sound = await decompressed(bytesInMemory("a.bz2", bytes));
    let noticed = 0;
    for (let i = 4; i < bytes.length; i += 3) {
      const changed = bytes.slice();
      changed[i]! ^= 0x10;
      try {
        expect(await decompressed(bytesInMemory("a.bz2", changed))).toEqual(sound);
      } catch (error) {
        if (!isSigmaError(error, "format")) throw error;
        noticed++;
      }
    }
    expect(noticed).toBeGreaterThan((0.9 * (bytes.length - 4)) / 3);
  });

  test("a file that would fill memory is stopped", async () => {
    const zeros = base64(golden.streams.find(({ name }) => name === "a long run")!.file);
    const bomb = new Uint8Array(zeros.length * 100);
    for (let i = 0; i < 100; i++) bomb.set(zeros, i * zeros.length);
    await expect(decompressed(bytesInMemory("a.bz2", bomb))).rejects.toThrow(/beyond all reason/);
  });
});

describe("what an .elid file says", () => {
  test.each(golden.files)("spectra, line and map of version $version", async ({ version, expected }) => {
    const { datasets, images } = await open(bytesInMemory("a.elid", elid(version)));
    expect(datasets.map(({ title }) => title)).toEqual([
      "Grain, Spot 1",
      "Grain, Line 2",
      "Grain, Map 3",
      "Grain, Difference 1 - 2",
      "Grain, Region 5",
    ]);
    for (const [i, values] of expected.entries()) expect(await dense(datasets[i]!)).toEqual(values.split(" ").map(Number));
    expect(images).toEqual([]);
    for (const { metadata } of datasets) {
      expect(metadata).toMatchObject({
        instrument: "SEM",
        beamEnergyKev: 15,
        elements: ["O", "Si"],
        acquiredAt: "2024-02-28T10:11:12",
      });
      expect(metadata.detector.elevationAngleDeg).toBeCloseTo(30, 10);
      expect(metadata.detector.azimuthAngleDeg).toBeCloseTo(45, 10);
      expect(metadata.detector).toMatchObject({ resolutionEv: 126.5, liveTimeS: 12.5, realTimeS: 14 });
      expect(metadata.stage?.tiltDeg).toEqual(version === 0 ? undefined : expect.closeTo(10, 10));
    }
  });

  test("axes: energies in keV, and pixels by the part of the field that the map covers", async () => {
    const { datasets } = await open(bytesInMemory("a.elid", elid(4)));
    expect(datasets[2]!.energyAxis).toEqual({ name: "energy", size: 6, offset: -0.04, scale: 0.01, units: "keV" });
    // The picture has 5 x 4 pixels of 0.5 um; the map covers half of that width, and all of it downwards.
    expect(datasets[2]!.navigationAxes).toEqual([
      { name: "y", size: 2, offset: 0, scale: 1.25, units: "um" },
      { name: "x", size: 3, offset: 0, scale: expect.closeTo(1.25 / 3, 10), units: "um" },
    ]);
    expect(datasets[2]!.images[0]).toMatchObject({ name: "Grain", width: 5, height: 4, pixelSizeUm: [0.5, 0.5] });
    expect(datasets[1]!.navigationAxes).toEqual([{ name: "x", size: 4, offset: undefined, scale: undefined, units: undefined }]);
  });

  test("files of the older kind, and of another, are refused with the reason", async () => {
    await expect(open(bytesInMemory("a.elid", Uint8Array.of(0x1f, 0x8b, 8, 0)))).rejects.toMatchObject({
      tag: "unsupported",
      facts: { found: "gzip" },
    });
    const other = base64(golden.streams.find(({ name }) => name === "all bytes")!.file);
    await expect(open(bytesInMemory("a.elid", other))).rejects.toMatchObject({ tag: "format", facts: { expected: "EID2" } });
    expect(phenomFormat.detect(other, "a.elid")).toBe("yes");
    expect(phenomFormat.detect(other, "a.bz2")).toBe("maybe");
    expect(phenomFormat.detect(new Uint8Array(20), "a.elid")).toBe("no");
  });

  test("any damage gives a result or a typed error", async () => {
    await expectSoundUnderDamage(phenomFormat, "a.elid", elid(4), { runs: 150, headerBytes: 400 });
  });
});

const files = expectedSignals("phenom/");
/** Width of the rectangle of each map in parts of the field; the other reader takes the whole field (README). */
const rectangles: Readonly<Record<string, number>> = {
  "Image 1, Map 3": 0.4966101694915,
  "Image 1, Map 6": 0.4542372881356,
  "Image 1, Map 1": 1,
};
describe(`real .elid files${dataNote}`, () => {
  test.runIf(files.length > 0)("there are some", () => expect(files.length).toBeGreaterThan(0));

  test.runIf(files.length > 0).for(files)("%s", async ([path, signals]) => {
    const { datasets, images } = await open(realFileInFolder(path));
    const spectra = signals.filter(isSpectrum);
    expect(datasets.map(({ title }) => title)).toEqual(spectra.map(({ title }) => title));
    for (const [i, signal] of spectra.entries()) {
      const dataset = datasets[i]!;
      await expectSameCounts(dataset, signal);
      expectSameEnergies(dataset, signal);
      if (signal.shape.length !== 3) continue;
      for (const [d, axis] of signal.axes.slice(0, -1).entries()) {
        expect(dataset.navigationAxes[d]!.scale).toBeCloseTo(axis.scale * rectangles[signal.title]!, 9);
      }
      const { width, height } = dataset.images[0]!;
      expect([
        [16, 20],
        [35, 40],
      ]).toContainEqual([height, width]);
    }
    expect(images.map(({ name, width, height }) => [name, height, width])).toEqual([["385test - spectrum", 24, 32]]);
  });
});
