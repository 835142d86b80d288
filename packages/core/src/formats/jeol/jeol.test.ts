import { describe, expect, test } from "vitest";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { collectCounts } from "../../spectrum-image/counts.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { expectSoundUnderDamage } from "../damaged-files.test-support.js";

import {
  dataNote,
  expectedSignals,
  expectSameCounts,
  expectSameEnergies,
  imageTotal,
  isSpectrum,
  realFileInFolder,
} from "../real-files.test-support.js";
import { jeolFormat } from "./jeol-format.js";
import { at, writeEds, writePicture, writeProject, writePts } from "./write-jeol.test-support.js";

const { open } = await jeolFormat.reader();

/** 4 x 2 pixels: positions 0, 1024, 2048, 3072 and 0, 2048. */
const sweep = [
  at.y(0),
  at.x(0),
  at.xray(7),
  at.xray(3),
  at.xray(7),
  at.x(1024),
  at.x(2048),
  at.xray(5),
  at.x(3072),
  at.y(2048),
  at.x(0),
  at.x(1024),
  at.xray(4095),
  at.x(2048),
  at.x(3072),
  at.xray(0),
];
const cut = sweep.slice(0, 9);

async function pixels(dataset: SpectrumImage): Promise<number[][][]> {
  const { stored } = await collectCounts(dataset.counts);
  return stored.flatMap(({ pixels: n, rowStart, channel, count }) =>
    Array.from({ length: n }, (_, p) => {
      const start = rowStart[p]!;
      return Array.from(channel.subarray(start, rowStart[p + 1]), (c, i) => [c, count[start + i]!]);
    }),
  );
}

async function mapOf(words: readonly number[], sides = "4x2") {
  return (await open(bytesInMemory("a.pts", writePts({ pixels: sides, words, sweeps: 1 })))).datasets[0]!;
}

const codes = ({ loadReport }: SpectrumImage) => loadReport.findings.map(({ code }) => code);

describe(".pts", () => {
  test("events become counts at the pixel where the beam stood", async () => {
    const map = await mapOf(sweep);
    expect(await pixels(map)).toEqual([
      [
        [3, 1],
        [7, 2],
      ],
      [],
      [[5, 1]],
      [],
      [],
      [[4095, 1]],
      [],
      [[0, 1]],
    ]);
    expect(map.navigationAxes).toEqual([
      { name: "y", size: 2, offset: 0, scale: 2, units: "um" },
      { name: "x", size: 4, offset: 0, scale: 1, units: "um" },
    ]);
    expect(map.energyAxis).toEqual({ name: "energy", size: 4096, offset: 0.002 - 0.96, scale: 0.01, units: "keV" });
    expect(map.metadata).toMatchObject({
      instrument: "TEM",
      beamEnergyKev: 200,
      beamCurrentNa: 2.5,
      magnification: 40000,
      acquiredAt: "2021-08-13T12:00:00",
      detector: { type: "EX24", resolutionEv: 138, elevationAngleDeg: 22.5, azimuthAngleDeg: 90, liveTimeS: 12.5, realTimeS: 14 },
    });
    expect(codes(map)).toEqual(["zero-peak"]);
  });

  test("sweeps are summed; one that was not finished is left out and reported", async () => {
    const map = await mapOf([...sweep, ...sweep, ...cut]);
    expect((await pixels(map))[0]).toEqual([
      [3, 2],
      [7, 4],
    ]);
    expect(codes(map)).toEqual(["zero-peak", "incomplete-sweep", "sweeps"]);
    expect(map.loadReport.findings[1]!.message).toContain("4 counts");
  });

  test("the only sweep is kept even when it was not finished", async () => {
    const map = await mapOf(cut);
    expect((await pixels(map)).map((pixel) => pixel.length)).toEqual([2, 0, 1, 0, 0, 0, 0, 0]);
    expect(codes(map)).toEqual(["zero-peak", "incomplete-acquisition"]);
  });

  test("the electron image is summed, and makes the end of the sweep stricter", async () => {
    const bright = sweep.flatMap((word) => ((word & 0xf000) === 0x8000 ? [word, at.electrons(100)] : [word]));
    const map = await mapOf([...bright, ...bright]);
    expect(map.images).toEqual([
      { name: "Electron image, sum of 2 sweeps", width: 4, height: 2, data: new Uint32Array(8).fill(200), pixelSizeUm: [1, 2] },
    ]);
    const early = await mapOf([...bright, ...bright.slice(0, -3)]);
    expect(codes(early)).toContain("incomplete-sweep");
  });

  test("a line has one axis; events outside the field are counted and left out", async () => {
    const line = await mapOf(
      [at.y(0), at.x(0), at.xray(1), at.x(1365), at.xray(2), at.x(2730), at.xray(3), at.x(4095), at.xray(4)],
      "3x1",
    );
    expect(line.navigationAxes.map(({ name, size }) => [name, size])).toEqual([["x", 3]]);
    expect(await pixels(line)).toEqual([[[1, 1]], [[2, 1]], [[3, 1]]]);
    expect(codes(line)).toContain("events-outside");
  });

  test("damaged sizes and positions are errors that say where", async () => {
    await expect(mapOf(sweep, "0x4")).rejects.toMatchObject({ tag: "unsupported", facts: { found: "0x4" } });
    await expect(mapOf(sweep, "many")).rejects.toMatchObject({ tag: "format", facts: { found: "many" } });
    await expect(open(bytesInMemory("a.pts", writePts({ pixels: "4x2", words: sweep }).slice(0, 400)))).rejects.toMatchObject({
      tag: "format",
      facts: { field: "data position" },
    });
  });
});

describe(".eds, .img, .map", () => {
  test("a spectrum with its elements, detector and microscope", async () => {
    const spectrum = (await open(bytesInMemory("a.EDS", writeEds([0, 5, 0, 7])))).datasets[0]!;
    expect(await pixels(spectrum)).toEqual([
      [
        [1, 5],
        [3, 7],
      ],
    ]);
    expect(spectrum.energyAxis).toEqual({ name: "energy", size: 4, offset: -0.002, scale: 0.01, units: "keV" });
    expect(spectrum.metadata).toMatchObject({
      instrument: "SEM",
      beamEnergyKev: 15,
      beamCurrentNa: 1.5,
      elements: ["Fe", "O"],
      detector: { type: "EX-24", resolutionEv: 133, elevationAngleDeg: 35, azimuthAngleDeg: 90, liveTimeS: 30, realTimeS: 34.5 },
    });
  });

  test("a spectrum that is cut behind its counts is read, and says so", async () => {
    const spectrum = (await open(bytesInMemory("a.eds", writeEds([0, 5, 0, 7]).slice(0, 490)))).datasets[0]!;
    expect(await pixels(spectrum)).toEqual([
      [
        [1, 5],
        [3, 7],
      ],
    ]);
    expect(codes(spectrum)).toEqual(["no-beam-energy", "damaged-metadata"]);
    await expect(open(bytesInMemory("a.eds", writeEds([0, 5, 0, 7]).slice(0, 470)))).rejects.toMatchObject({
      tag: "format",
      facts: { field: "counts" },
    });
  });

  test("a picture with its name and pixel size", async () => {
    const { images } = await open(bytesInMemory("a.map", writePicture("Fe K", 2, 3, [1, 2, 3, 4, 5, 6])));
    expect(images.map((image) => ({ ...image, data: [...image.data] }))).toEqual([
      { name: "Fe K", width: 2, height: 3, data: [1, 2, 3, 4, 5, 6], pixelSizeUm: [2, 4 / 3] },
    ]);
    await expect(open(bytesInMemory("a.map", writePicture("Fe K", 2, 4, [1, 2, 3, 4, 5, 6])))).rejects.toMatchObject({
      tag: "format",
      facts: { field: "Image/Bits" },
    });
  });
});

describe(".ASW", () => {
  const files = [
    bytesInMemory("V_0.img", writePicture("SEI", 2, 1, [1, 2])),
    bytesInMemory("V_1.pts", writePts({ pixels: "4x2", words: sweep })),
    bytesInMemory("V_2.map", writePicture("Fe K", 2, 1, [3, 4])),
    bytesInMemory("V_3.eds", writeEds([1, 2])),
    bytesInMemory("W_0.img", writePicture("BEI", 2, 1, [5, 6])),
  ];
  const views = [
    {
      name: "View 1",
      files: [".\\S\\V\\V_0.img", ".\\S\\V\\V_1.pts", ".\\S\\V\\V_2.map", ".\\S\\V\\V_3.eds", ".\\S\\V\\V_4.pts"],
    },
    { name: "View 2", files: [".\\S\\W\\W_0.img"] },
  ];

  test("gives all files, pictures with the map of their view, and names what is missing", async () => {
    const { datasets, images } = await open(bytesInMemory("p.ASW", writeProject(views), files));
    expect(datasets.map(({ title, images: own }) => [title, own.map(({ name }) => name)])).toEqual([
      ["V_1", ["SEI", "Fe K"]],
      ["V_3", []],
    ]);
    expect(images.map(({ name }) => name)).toEqual(["BEI"]);
    const left = datasets[0]!.loadReport.findings.filter(({ code }) => code === "file-left-out");
    expect(left.map(({ message }) => message)).toEqual(["A file of View 1 was left out: S/V/V_4.pts is missing."]);
  });

  test("without its files it says which it looked for", async () => {
    await expect(open(bytesInMemory("p.ASW", writeProject(views)))).rejects.toMatchObject({
      tag: "format",
      facts: { found: "none of 6 files, beginning with S/V/V_0.img" },
    });
  });
});

test("any damage gives a result or a typed error", async () => {
  await expectSoundUnderDamage(jeolFormat, "a.pts", writePts({ pixels: "4x2", words: [...sweep, ...sweep] }), {
    headerBytes: 1400,
  });
  await expectSoundUnderDamage(jeolFormat, "a.eds", writeEds([1, 2, 3, 4]), { headerBytes: 800 });
  await expectSoundUnderDamage(jeolFormat, "a.map", writePicture("Fe", 2, 2, [1, 2, 3, 4]), { runs: 100 });
  await expectSoundUnderDamage(jeolFormat, "a.ASW", writeProject([{ name: "V", files: ["a.map"] }]), {
    runs: 100,
    siblings: [bytesInMemory("a.map", writePicture("Fe", 2, 2, [1, 2, 3, 4]))],
  });
});

const files = expectedSignals("jeol/");
describe(`real JEOL files${dataNote}`, () => {
  test.runIf(files.length > 0)("there are some", () => expect(files.length).toBeGreaterThan(0));

  test.runIf(files.length > 0).for(files)("%s", async ([path, [signal]]) => {
    const { datasets, images } = await open(realFileInFolder(path));
    if (!isSpectrum(signal!)) {
      expect(imageTotal(images)).toBe(signal!.sum);
      expect([images[0]!.height, images[0]!.width]).toEqual(signal!.shape);
      expect(images[0]!.name).toBe(signal!.title);
      expect(images[0]!.pixelSizeUm).toEqual([signal!.axes[1]!.scale, signal!.axes[0]!.scale]);
      return;
    }
    await expectSameCounts(datasets[0]!, signal!);
    expectSameEnergies(datasets[0]!, signal!);
    const { metadata } = datasets[0]!;
    expect(metadata.beamEnergyKev).toBe(signal!.beam_energy);
    expect(metadata.instrument).toBe("TEM");
    expect(metadata.detector).toMatchObject({
      type: signal!.eds!["detector_type"],
      resolutionEv: signal!.eds!["energy_resolution_MnKa"],
      azimuthAngleDeg: signal!.eds!["azimuth_angle"],
      liveTimeS: signal!.eds!["live_time"],
    });
    expect(metadata.detector.elevationAngleDeg).toBeCloseTo(Number(signal!.eds!["elevation_angle"]), 9);
  });
});
