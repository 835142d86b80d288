import { describe, expect, test } from "vitest";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { collectCounts } from "../../spectrum-image/counts.js";
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
import { tiaFormat } from "./tia-format.js";
import { type SerToWrite, writeEmi, writeSer } from "./write-ser.test-support.js";

const { open } = await tiaFormat.reader();

const map: SerToWrite = {
  version: 0x0220,
  total: 6,
  dimensions: [
    { size: 3, offset: -2e-9, delta: 1e-9, element: 0, description: "Position", units: "meters" },
    { size: 2, offset: 4e-9, delta: -2e-9, element: 1, description: "Position", units: "meters" },
  ],
  dataType: 3,
  width: 4,
  elements: [
    [0, 1, 0, 2],
    [0, 0, 0, 0],
    [3, 0, 0, 0],
    [0, 0, 4, 0],
    [70000, 0, 0, 1],
    [0, 6, 0, 0],
  ],
  calibration: { offset: 10, delta: 5, element: 1 },
  put: (view, at, value) => view.setUint32(at, value, true),
};

const xray =
  "<ObjectInfo><ExperimentalConditions><MicroscopeConditions><AcceleratingVoltage>200000</AcceleratingVoltage></MicroscopeConditions></ExperimentalConditions>" +
  "<AcquireDate>Mon Feb 02 09:15:37 2026</AcquireDate><AcquireInfo><ShapingTime>1</ShapingTime></AcquireInfo><Manufacturer>Maker</Manufacturer>" +
  "<DetectorRange><Start>0</Start><End>4</End></DetectorRange></ObjectInfo>";
const camera = xray.replace("<ShapingTime>1</ShapingTime>", "<GainCorrection>Yes</GainCorrection>");
const survey =
  "<ObjectInfo><DetectorRange><StartX>0</StartX></DetectorRange><OriginalImageUuid>1</OriginalImageUuid></ObjectInfo>";

async function rows(file: SerToWrite, name = "a_1.ser") {
  const { datasets } = await open(bytesInMemory(name, writeSer(file)));
  const { stored } = await collectCounts(datasets[0]!.counts);
  return stored.flatMap(({ pixels, rowStart, channel, count }) =>
    Array.from({ length: pixels }, (_, p) => {
      const [start, end] = [rowStart[p]!, rowStart[p + 1]!];
      return Array.from(channel.subarray(start, end), (c, i) => [c, count[start + i]!]);
    }),
  );
}

describe("what a .ser file says", () => {
  test("axes are in um at the middle of pixels, y may fall, and energies are in keV", async () => {
    const { datasets } = await open(bytesInMemory("a_1.ser", writeSer(map)));
    const { navigationAxes, energyAxis, counts, loadReport } = datasets[0]!;
    expect(counts.kind).toBe("counts");
    expect(navigationAxes.map(({ name, size, units }) => [name, size, units])).toEqual([
      ["y", 2, "um"],
      ["x", 3, "um"],
    ]);
    expect(navigationAxes[0]!.scale).toBeCloseTo(-0.002, 12);
    expect(navigationAxes[0]!.offset).toBeCloseTo(0.005, 12);
    expect(navigationAxes[1]!.offset).toBeCloseTo(-0.0015, 12);
    expect(energyAxis).toEqual({ name: "energy", size: 4, offset: 0.005, scale: 0.005, units: "keV" });
    expect(loadReport.findings.map((finding) => finding.code)).toEqual(["no-beam-energy", "no-metadata-file"]);
  });

  test.each([0x0210, 0x0220] as const)("spectra of version %i, first dimension fastest", async (version) => {
    expect(await rows({ ...map, version })).toEqual([
      [
        [1, 1],
        [3, 2],
      ],
      [],
      [[0, 3]],
      [[2, 4]],
      [
        [0, 70000],
        [3, 1],
      ],
      [[1, 6]],
    ]);
  });

  test("slots that were not filled are empty pixels in a map and absent in a series", async () => {
    const short = { ...map, elements: map.elements.slice(0, 4) };
    expect(await rows(short)).toEqual([
      [
        [1, 1],
        [3, 2],
      ],
      [],
      [[0, 3]],
      [[2, 4]],
      [],
      [],
    ]);
    const line = { ...short, dimensions: [{ ...map.dimensions[0]!, size: 6 }] };
    const { datasets } = await open(bytesInMemory("a_1.ser", writeSer(line)));
    expect(datasets[0]!.navigationAxes.map(({ name, size }) => [name, size])).toEqual([["x", 4]]);
    expect(datasets[0]!.loadReport.findings.map((finding) => finding.code)).toContain("incomplete-acquisition");
  });

  test("one filled slot of a series is a single spectrum", async () => {
    const point = { ...map, elements: map.elements.slice(0, 1), dimensions: [{ ...map.dimensions[0]!, size: 6, units: "" }] };
    const { datasets } = await open(bytesInMemory("a_1.ser", writeSer(point)));
    expect(datasets[0]!.navigationAxes).toEqual([]);
    expect(await rows(point)).toEqual([
      [
        [1, 1],
        [3, 2],
      ],
    ]);
  });

  test("signed values are counts unless one is negative", async () => {
    const signed = { ...map, dataType: 6, put: (view: DataView, at: number, value: number) => view.setInt32(at, value, true) };
    const kind = async (file: SerToWrite) => (await open(bytesInMemory("a_1.ser", writeSer(file)))).datasets[0]!.counts.kind;
    expect(await kind(signed)).toBe("counts");
    expect(await kind({ ...signed, elements: [...map.elements.slice(0, 5), [0, -1, 0, 0]] })).toBe("intensity");
  });

  test("images are turned so that their first row is at the top", async () => {
    const image = {
      ...map,
      total: 1,
      dimensions: [],
      imageWidth: 2,
      elements: [[1, 2, 3, 4, 5, 6]],
      calibration: { offset: 0, delta: 2e-9, element: 0 },
    };
    const { images, datasets } = await open(bytesInMemory("a_1.ser", writeSer(image)));
    expect(datasets).toEqual([]);
    expect(images[0]).toMatchObject({ name: "a_1", width: 2, height: 3, data: Uint32Array.of(5, 6, 3, 4, 1, 2) });
    expect(images[0]!.pixelSizeUm?.[0]).toBeCloseTo(0.002, 12);
  });
});

describe("sets of .emi and .ser", () => {
  const first = bytesInMemory("a_1.ser", writeSer(map));
  const second = bytesInMemory("A_2.SER", writeSer({ ...map, version: 0x0210 }));

  test("an .emi file gives all its .ser files, and to each the description of its kind", async () => {
    const emi = bytesInMemory("a.emi", writeEmi([survey, xray, camera]), [first, second]);
    const { datasets } = await open(emi);
    expect(datasets.map(({ title }) => title)).toEqual(["a_1", "A_2"]);
    expect(datasets[0]!.metadata).toMatchObject({
      instrument: "TEM",
      beamEnergyKev: 200,
      acquiredAt: "2026-02-02T09:15:37",
      detector: { type: "Maker" },
    });
    expect(datasets.map(({ loadReport }) => loadReport.findings.map(({ code }) => code))).toEqual([[], ["not-x-ray"]]);
  });

  test("a .ser file finds its description in the .emi file beside it", async () => {
    const emi = bytesInMemory("a.emi", writeEmi([survey, camera, xray]));
    const source = bytesInMemory("a_2.ser", writeSer(map), [emi, first]);
    const { datasets } = await open(source);
    expect(datasets[0]!.metadata.beamEnergyKev).toBe(200);
    expect(datasets[0]!.loadReport.findings).toEqual([]);
  });

  test("a file of the set that cannot be read is left out and named", async () => {
    const broken = bytesInMemory("a_2.ser", writeSer(map).slice(0, 60));
    const { datasets } = await open(bytesInMemory("a.emi", writeEmi([xray, "<ObjectInfo><x></ObjectInfo>"]), [first, broken]));
    expect(datasets.length).toBe(1);
    const { findings } = datasets[0]!.loadReport;
    expect(findings.map(({ code }) => code)).toEqual(["file-left-out", "damaged-metadata"]);
    expect(findings[0]!.message).toContain("a_2.ser");
  });

  test("an .emi file without its .ser files says which are missing", async () => {
    await expect(open(bytesInMemory("a.emi", writeEmi([xray])))).rejects.toMatchObject({
      tag: "format",
      facts: { expected: "a_1.ser in the same folder" },
    });
  });
});

describe("damage", () => {
  test("a file without a filled slot is not supported", async () => {
    await expect(open(bytesInMemory("a_1.ser", writeSer({ ...map, elements: [] })))).rejects.toMatchObject({
      tag: "unsupported",
      facts: { field: "ValidNumberElements" },
    });
  });

  test("a cut file names field and offset", async () => {
    await expect(open(bytesInMemory("a_1.ser", writeSer(map).slice(0, 40)))).rejects.toMatchObject({
      tag: "format",
      facts: { field: "Dim-1 calibration offset", offset: 38 },
    });
  });

  test("any damage gives a result or a typed error", async () => {
    await expectSoundUnderDamage(tiaFormat, "a_1.ser", writeSer(map));
    await expectSoundUnderDamage(
      tiaFormat,
      "a_1.ser",
      writeSer({ ...map, version: 0x0210, total: 1, dimensions: [], elements: [[1, 2, 3, 4, 5, 6]], imageWidth: 2 }),
      { runs: 100 },
    );
    await expectSoundUnderDamage(tiaFormat, "a.emi", writeEmi([survey, xray]), {
      runs: 100,
      siblings: [bytesInMemory("a_1.ser", writeSer(map))],
    });
  });
});

const files = expectedSignals("tia/");
describe(`real TIA files${dataNote}`, () => {
  test.runIf(files.length > 0)("there are some", () => expect(files.length).toBeGreaterThan(0));

  test.runIf(files.length > 0).for(files)("%s", async ([path, signals]) => {
    const { datasets, images } = await open(realFileInFolder(path));
    const spectra = signals.filter(isSpectrum);
    expect(datasets.length).toBe(spectra.length);
    for (const [i, signal] of spectra.entries()) {
      const dataset = datasets[i]!;
      await expectSameCounts(dataset, signal);
      expectSameEnergies(dataset, signal);
      // Offsets differ: the other reader labels metres as nm and leaves the calibrated element out (README).
      for (const [d, axis] of signal.axes.slice(0, -1).entries()) {
        expect(dataset.navigationAxes[d]!.name).toBe(axis.name);
        expect(dataset.navigationAxes[d]!.scale).toBeCloseTo(axis.scale / 1000, 10);
      }
    }
    const pictures = signals.filter((signal) => !isSpectrum(signal));
    expect(imageTotal(images)).toBeCloseTo(
      pictures.reduce((sum, signal) => sum + signal.sum, 0),
      3,
    );
  });
});
