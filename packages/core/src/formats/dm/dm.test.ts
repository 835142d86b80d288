import { describe, expect, test } from "vitest";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { countMap, pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { expectSoundUnderDamage } from "../damaged-files.test-support.js";
import { dataNote, expectedSignals, expectSameCounts, expectSameEnergies, realFileInFolder } from "../real-files.test-support.js";
import { dmFormat } from "./dm-format.js";
import { type ImageToWrite, type TagToWrite, writeDm, writeDmImages } from "./write-dm.test-support.js";

const { open } = await dmFormat.reader();

const x = { size: 3, origin: 1, scale: 2, units: "nm" };
const y = { size: 2, origin: 0, scale: -4, units: "nm" };
const energy = { size: 4, origin: 2, scale: 10, units: "eV" };
const tags: TagToWrite[] = [
  [
    "Microscope Info",
    [
      ["Voltage", 200_000],
      ["Illumination Mode", "STEM NANOPROBE"],
      ["Indicated Magnification", 5000],
      [
        "Stage Position",
        [
          ["Stage X", -4.5],
          ["Stage Alpha", 10],
        ],
      ],
    ],
  ],
  [
    "EDS",
    [
      ["Live time", 3.5],
      ["Real time", 4],
      ["Acquisition", [["Date", "8/28/2016"]]],
      [
        "Detector Info",
        [
          ["Detector type", "SIUTW"],
          ["Elevation angle", 18],
          ["Azimuthal angle", 45],
        ],
      ],
    ],
  ],
  [
    "Meta Data",
    [
      ["Format", "Spectrum image"],
      ["Signal", "X-ray"],
    ],
  ],
];
/** Channel 0 of all pixels, then channel 1 ... */
const planes = [0, 1, 0, 2, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 4, 0, 300, 0, 0, 1, 0, 6, 0, 7];
const map: ImageToWrite = { name: "EDS map", dataType: 10, data: { type: 4, values: planes }, dimensions: [x, y, energy], tags };

async function first(bytes: Uint8Array): Promise<SpectrumImage> {
  return (await open(bytesInMemory("a.dm4", bytes))).datasets[0]!;
}

async function sums({ counts }: SpectrumImage) {
  return (await pass(counts, [sumSpectrum(counts), countMap(counts)])).map((values) => [...values]);
}

const codes = ({ loadReport }: SpectrumImage) => loadReport.findings.map(({ code }) => code);

describe("spectrum images", () => {
  test.each([
    [3, true],
    [3, false],
    [4, true],
    [4, false],
  ] as const)("version %i, little-endian %s, ordered by energy", async (version, littleEndian) => {
    const image = await first(writeDmImages(version, [map], littleEndian));
    expect(await sums(image)).toEqual([
      [3, 3, 304, 14],
      [3, 2, 4, 8, 300, 7],
    ]);
    expect(image.counts.kind).toBe("counts");
  });

  test("axes, microscope, detector", async () => {
    const image = await first(writeDmImages(4, [map]));
    expect(image.title).toBe("EDS map");
    expect(image.navigationAxes).toEqual([
      { name: "y", size: 2, offset: 0, scale: -0.004, units: "um" },
      { name: "x", size: 3, offset: -0.002, scale: 0.002, units: "um" },
    ]);
    expect(image.energyAxis).toEqual({ name: "energy", size: 4, offset: -0.02, scale: 0.01, units: "keV" });
    expect(image.metadata).toMatchObject({
      instrument: "TEM",
      beamEnergyKev: 200,
      magnification: 5000,
      acquiredAt: "2016-08-28",
      stage: { xUm: -4.5, tiltDeg: 10 },
      detector: { type: "SIUTW", elevationAngleDeg: 18, azimuthAngleDeg: 45, liveTimeS: 3.5, realTimeS: 4 },
    });
  });

  test("energies that change fastest, as in lines", async () => {
    const line: ImageToWrite = { ...map, dimensions: [energy, { ...x, size: 6 }], data: { type: 4, values: planes } };
    const image = await first(writeDmImages(4, [line]));
    expect(image.navigationAxes.map(({ name, size }) => [name, size])).toEqual([["x", 6]]);
    expect((await sums(image))[1]).toEqual([3, 3, 0, 4, 301, 13]);
  });

  test("floats that are whole are counts; negative ones are intensities", async () => {
    const float = (values: readonly number[]): ImageToWrite => ({ ...map, dataType: 2, data: { type: 6, values } });
    expect((await first(writeDmImages(4, [float(planes)]))).counts.kind).toBe("counts");
    const negative = await first(writeDmImages(4, [float(planes.map((value) => value - 0.5))]));
    expect(negative.counts.kind).toBe("intensity");
    expect((await sums(negative))[1]).toEqual([1, 0, 2, 6, 298, 5]);
  });

  test("other signals are read with a warning, pictures go beside, and colours are left out and named", async () => {
    const loss: ImageToWrite = {
      ...map,
      tags: [
        [
          "Meta Data",
          [
            ["Format", "Spectrum image"],
            ["Signal", "EELS"],
          ],
        ],
      ],
    };
    const picture: ImageToWrite = {
      name: "HAADF",
      dataType: 7,
      data: { type: 3, values: [1, -2, 3, 4, 5, 6] },
      dimensions: [x, { ...y, units: "µm" }],
    };
    const colour: ImageToWrite = { ...picture, name: "RGB", dataType: 23, data: { type: 5, values: [1, 2, 3, 4, 5, 6] } };
    const { datasets, images } = await open(bytesInMemory("a.dm3", writeDmImages(3, [picture, loss, colour])));
    expect(codes(datasets[0]!)).toEqual(["zero-peak", "no-beam-energy", "not-x-ray", "image-left-out"]);
    expect(images).toEqual([
      { name: "HAADF", width: 3, height: 2, data: Float64Array.of(1, -2, 3, 4, 5, 6), pixelSizeUm: [0.002, 4] },
    ]);
  });
});

describe("damage", () => {
  test("data that do not fit their dimensions are an error that says where", async () => {
    const short: ImageToWrite = { ...map, data: { type: 4, values: planes.slice(1) } };
    await expect(first(writeDmImages(4, [short]))).rejects.toMatchObject({
      tag: "format",
      facts: { field: "ImageList/1/ImageData", found: "46 bytes" },
    });
  });

  test("a cut file names field and offset; other versions are not supported; a file without images says so", async () => {
    await expect(first(writeDmImages(4, [map]).slice(0, 900))).rejects.toMatchObject({
      tag: "format",
      facts: { offset: expect.any(Number) },
    });
    await expect(first(Uint8Array.of(0, 0, 0, 5, 0, 0, 0, 1))).rejects.toMatchObject({
      tag: "unsupported",
      facts: { field: "version" },
    });
    await expect(first(writeDm({ version: 3, tags: [["Other", 1]] }))).rejects.toMatchObject({
      tag: "format",
      facts: { field: "ImageList" },
    });
  });

  test("any damage gives a result or a typed error", async () => {
    await expectSoundUnderDamage(dmFormat, "a.dm4", writeDmImages(4, [map]), { runs: 200, headerBytes: 1500 });
    await expectSoundUnderDamage(dmFormat, "a.dm3", writeDmImages(3, [map]), { runs: 200, headerBytes: 1000 });
  });
});

const files = expectedSignals("dm/");
describe(`real DigitalMicrograph files${dataNote}`, () => {
  test.runIf(files.length > 0)("there are some", () => expect(files.length).toBeGreaterThan(0));

  test.runIf(files.length > 0).for(files)("%s", async ([path, [signal]]) => {
    const { datasets } = await open(realFileInFolder(path));
    await expectSameCounts(datasets[0]!, signal!);
    expectSameEnergies(datasets[0]!, signal!);
    expect(datasets[0]!.title).toBe(signal!.title);
    // The other reader gives these in its original metadata only.
    expect(datasets[0]!.metadata).toMatchObject({
      instrument: "TEM",
      beamEnergyKev: 200,
      detector: { liveTimeS: 3.806, elevationAngleDeg: 18 },
    });
  });
});
