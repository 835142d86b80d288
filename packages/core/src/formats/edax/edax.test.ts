import { describe, expect, test } from "vitest";
import { type ByteSource, bytesInMemory } from "../../spectrum-image/byte-source.js";
import { countMap, pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { expectSoundUnderDamage } from "../damaged-files.test-support.js";
import { writeBmp } from "../images/write-bmp.test-support.js";
import { dataNote, expectedSignals, expectSameCounts, expectSameEnergies, realFileInFolder } from "../real-files.test-support.js";
import { edaxFormat } from "./edax-format.js";
import { type SpdToWrite, writeIpr, writeSpc, writeSpd } from "./write-edax.test-support.js";

const { open } = await edaxFormat.reader();
const map: SpdToWrite = {
  width: 3,
  height: 2,
  channels: 4,
  bytesPerCount: 2,
  imageName: "C:\\EDAX\\Sample 1\\Area_Img.bmp",
  counts: [0, 1, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 4, 0, 300, 0, 0, 1, 0, 6, 0, 0],
};
const spc = bytesInMemory("Map.spc", writeSpc({ counts: [1, 2, 3, 4], atomicNumbers: [14, 8, 14] }));
const ipr = bytesInMemory("area_img.IPR", writeIpr([0.5, 0.25]));

async function dataset(source: ByteSource): Promise<SpectrumImage> {
  return (await open(source)).datasets[0]!;
}

async function sums({ counts }: SpectrumImage) {
  return (await pass(counts, [sumSpectrum(counts), countMap(counts)])).map((values) => [...values]);
}

const codes = ({ loadReport }: SpectrumImage) => loadReport.findings.map(({ code }) => code);

test("the electron image beside a map is its picture, over the same field", async () => {
  const bmp = writeBmp({ width: 4, height: 2, bits: 8, pixels: [1, 2, 3, 4, 5, 6, 7, 8] });
  const spd = writeSpd({
    width: 2,
    height: 1,
    channels: 4,
    bytesPerCount: 1,
    imageName: "D:\\x\\Area_Img.bmp",
    counts: [1, 0, 0, 0, 0, 1, 0, 0],
  });
  const beside = [bytesInMemory("Area_Img.bmp", bmp), bytesInMemory("Area_Img.ipr", writeIpr([0.5, 0.25]))];
  const { datasets } = await open(bytesInMemory("Area.spd", spd, beside));
  const [{ images, loadReport }] = datasets as [SpectrumImage];
  expect(images).toEqual([
    { name: "Area_Img", width: 4, height: 2, data: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]), pixelSizeUm: [0.25, 0.125] },
  ]);
  expect(loadReport.findings.map(({ code }) => code)).not.toContain("file-left-out");
  const cut = [bytesInMemory("Area_Img.bmp", bmp.slice(0, 60))];
  const damaged = await open(bytesInMemory("Area.spd", spd, cut));
  expect(damaged.datasets[0]!.images).toEqual([]);
  expect(damaged.datasets[0]!.loadReport.findings.map(({ code }) => code)).toContain("file-left-out");
});

describe("what a .spc file says", () => {
  test("counts, energies, detector, elements, date", async () => {
    const spectrum = await dataset(
      bytesInMemory("a.spc", writeSpc({ counts: [0, 5, 70000], atomicNumbers: [26, 8, 200], statedCounts: 70005 })),
    );
    expect(await sums(spectrum)).toEqual([[0, 5, 70000], [70005]]);
    expect(spectrum.energyAxis).toEqual({ name: "energy", size: 3, offset: -0.5, scale: 0.01, units: "keV" });
    expect(spectrum.metadata).toMatchObject({
      beamEnergyKev: 20,
      elements: ["Fe", "O"],
      acquiredAt: "2024-02-28T17:05:09",
      detector: { resolutionEv: 129.25, azimuthAngleDeg: 45, elevationAngleDeg: 35, liveTimeS: 12.5 },
      stage: { tiltDeg: 3 },
    });
    expect(spectrum.loadReport.statedCounts).toEqual({ value: 70005, where: "totalSpectralCount" });
    expect(codes(spectrum)).toEqual(["zero-peak", "elements-not-understood"]);
  });

  test("without eV per channel the two ends of the axis give the step", async () => {
    const spectrum = await dataset(
      bytesInMemory("a.spc", writeSpc({ counts: [0, 5, 7, 1], evPerChannel: 0, startKev: 0, endKev: 2 })),
    );
    expect(spectrum.energyAxis).toMatchObject({ offset: 0, scale: 0.5 });
  });

  test("detection needs version, start of the counts and number of channels", () => {
    const bytes = writeSpc({ counts: [1, 2] });
    expect(edaxFormat.detect(bytes, "any name")).toBe("yes");
    expect(edaxFormat.detect(bytes.slice(0, 20), "a.spc")).toBe("no");
    expect(edaxFormat.detect(Uint8Array.of(0, 0x4b, 0, 1), "grams.spc")).toBe("no");
    expect(edaxFormat.detect(writeSpd(map), "x")).toBe("yes");
  });

  test("counts beyond the end are an error that says where", async () => {
    await expect(open(bytesInMemory("a.spc", writeSpc({ counts: [1, 2] }).slice(0, 3846)))).rejects.toMatchObject({
      tag: "format",
      facts: { field: "dataStart and numPts", offset: 28 },
    });
  });
});

describe("maps", () => {
  test.each([1, 2, 4] as const)("counts of %i bytes, calibrated by the files beside", async (bytesPerCount) => {
    const counts = map.counts.map((count) => Math.min(count, 255));
    const image = await dataset(bytesInMemory("Map.spd", writeSpd({ ...map, bytesPerCount, counts }), [spc, ipr]));
    expect(await sums(image)).toEqual([
      [258, 7, 4, 3],
      [3, 0, 3, 4, 256, 6],
    ]);
    expect(image.navigationAxes).toEqual([
      { name: "y", size: 2, offset: 0, scale: 0.25, units: "um" },
      { name: "x", size: 3, offset: 0, scale: 0.5, units: "um" },
    ]);
    expect(image.energyAxis).toEqual({ name: "energy", size: 4, offset: -0.5, scale: 0.01, units: "keV" });
    expect(image.metadata).toMatchObject({ beamEnergyKev: 20, magnification: 2500, elements: ["O", "Si"] });
    expect(codes(image)).toEqual(["zero-peak"]);
  });

  test("missing files are reported with what they disable, and damaged ones too", async () => {
    const alone = await dataset(bytesInMemory("Map.spd", writeSpd(map)));
    expect(codes(alone)).toEqual(["no-energy-calibration", "no-pixel-size", "no-beam-energy", "missing-file", "missing-file"]);
    expect(alone.energyAxis.scale).toBeUndefined();
    const cut = bytesInMemory("Map.spc", writeSpc({ counts: [1] }).slice(0, 500));
    expect(codes(await dataset(bytesInMemory("Map.spd", writeSpd(map), [cut, ipr])))).toContain("file-left-out");
  });

  test("spectra that were not recorded are empty pixels", async () => {
    const image = await dataset(bytesInMemory("Map.spd", writeSpd({ ...map, spectra: 4 }), [spc, ipr]));
    expect((await sums(image))[1]).toEqual([3, 0, 3, 4, 0, 0]);
    expect(codes(image)).toContain("incomplete-acquisition");
  });

  test("a line has its recorded points, at the distances of its table", async () => {
    const csv = bytesInMemory(
      "Line.csv",
      new TextEncoder().encode("Label, x\r\n\r\nPoint, Distance (nm), Si K\r\n1, 100, 3\r\n2, 350, 3\r\n3, 600, 1\r\n"),
    );
    const line = await dataset(bytesInMemory("Line.lsd", writeSpd({ ...map, width: 6, height: 1, spectra: 5 }), [csv]));
    expect(line.navigationAxes).toEqual([{ name: "x", size: 5, offset: 0.1, scale: 0.25, units: "um" }]);
    expect((await sums(line))[1]).toEqual([3, 0, 3, 4, 301]);
  });

  test("a map that does not fit into the file is an error that says where", async () => {
    await expect(open(bytesInMemory("Map.spd", writeSpd(map).slice(0, -1)))).rejects.toMatchObject({
      tag: "format",
      facts: { offset: 24 },
    });
  });
});

test("any damage gives a result or a typed error", async () => {
  await expectSoundUnderDamage(edaxFormat, "Map.spd", writeSpd(map), { siblings: [spc, ipr], headerBytes: 50 });
  await expectSoundUnderDamage(edaxFormat, "a.spc", writeSpc({ counts: [1, 2, 3] }), { headerBytes: 700 });
});

const files = expectedSignals("edax/");
describe(`real .spc files${dataNote}`, () => {
  test.runIf(files.length > 0)("there are some", () => expect(files.length).toBeGreaterThan(0));

  test.runIf(files.length > 0).for(files)("%s", async ([path, [signal]]) => {
    const spectrum = await dataset(realFileInFolder(path));
    await expectSameCounts(spectrum, signal!);
    expectSameEnergies(spectrum, signal!);
    const { metadata } = spectrum;
    expect(metadata.beamEnergyKev).toBe(signal!.beam_energy);
    expect(metadata.elements).toEqual([...signal!.elements!].sort());
    expect(metadata.detector.azimuthAngleDeg).toBe(signal!.eds!["azimuth_angle"]);
    expect(metadata.detector.elevationAngleDeg).toBe(signal!.eds!["elevation_angle"]);
    expect(metadata.detector.resolutionEv).toBe(signal!.eds!["energy_resolution_MnKa"]);
    expect(metadata.detector.liveTimeS).toBeCloseTo(Number(signal!.eds!["live_time"]), 10);
  });
});
