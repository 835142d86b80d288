import { describe, expect, test } from "vitest";
import { type ByteSource, bytesInMemory } from "../../spectrum-image/byte-source.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { parseAztecDetails } from "./aztec-details.js";
import { rplReader } from "./rpl-reader.js";

const bare = ["key\tvalue", "width\t4", "height\t2", "depth\t3", "offset\t0", "data-length\t1", "data-type\tunsigned"];
const parameters = [...bare, "byte-order\tdont-care", "record-by\tvector"];

describe("a map without calibration", () => {
  test("has its energies, beam, times and elements from the sum spectrum beside it, and its pixel size from the details", async () => {
    const { navigationAxes, energyAxis, metadata, loadReport } = await open(parameters, { ".txt": emsa(), ".par": details() });
    expect(energyAxis).toEqual({ name: "energy", size: 3, offset: -0.2, scale: 0.01, units: "keV" });
    expect(navigationAxes).toEqual([
      { name: "y", size: 2, offset: 0, scale: 0.25, units: "um" },
      { name: "x", size: 4, offset: 0, scale: 0.5, units: "um" },
    ]);
    expect(metadata).toMatchObject({
      beamEnergyKev: 20,
      magnification: 1500,
      detector: { liveTimeS: 120, realTimeS: 150.5, elevationAngleDeg: 35 },
      elements: ["Al", "Fe"],
      acquiredAt: "2022-09-06T17:40:00",
    });
    expect(loadReport.findings.map(({ code }) => code)).toEqual(["zero-peak", "sidecar-read"]);
    expect(loadReport.findings[1]!.message).toMatch(/Map\.txt and Map\.par/);
  });

  test("finds the texts whichever of its two files was opened", async () => {
    const files = sources(parameters, { ".txt": emsa() });
    const raw = files.find(({ name }) => name === "Map.raw")!;
    const { datasets } = await rplReader.open({
      ...raw,
      sibling: (name) => bytesInMemory("", new Uint8Array(), files).sibling(name),
    });
    expect(datasets[0]!.energyAxis.scale).toBe(0.01);
  });

  test("has no energies from the range in the details, which is round and no calibration", async () => {
    const { energyAxis, metadata, loadReport } = await open(parameters, { ".par": details() });
    expect(energyAxis).toMatchObject({ offset: undefined, scale: undefined, units: undefined });
    expect(metadata.beamEnergyKev).toBe(20);
    expect(loadReport.findings.map(({ code }) => code)).toContain("no-energy-calibration");
  });

  test("has the details from a .txt that holds them", async () => {
    expect((await open(parameters, { ".txt": details() })).navigationAxes[1]!.scale).toBe(0.5);
  });
});

describe("what the .rpl states goes before what the texts state", () => {
  const calibrated = [...parameters, "depth-scale\t0.005", "depth-origin\t-0.1", "depth-units\tkeV", "beam-energy\t15"];

  test("and each conflict is a warning that names both", async () => {
    const { energyAxis, metadata, loadReport } = await open(calibrated, { ".txt": emsa() });
    expect(energyAxis).toMatchObject({ offset: -0.1, scale: 0.005 });
    expect(metadata.beamEnergyKev).toBe(15);
    const conflicts = loadReport.findings.filter(({ code }) => code === "sidecar-conflict");
    expect(conflicts.map(({ severity }) => severity)).toEqual(["warning", "warning", "warning"]);
    expect(conflicts[0]!.message).toMatch(/keV per channel: Map\.rpl states 0\.005, Map\.txt states 0\.01/);
    expect(conflicts[1]!.message).toMatch(/first channel in keV: Map\.rpl states -0\.1, Map\.txt states -0\.2/);
    expect(conflicts[2]!.message).toMatch(/beam energy in keV: Map\.rpl states 15, Map\.txt states 20/);
  });

  test("of the texts, the spectrum goes before the details", async () => {
    const { metadata, loadReport } = await open(parameters, { ".txt": emsa(), ".par": details("Accelerating Voltage\t10 kV") });
    expect(metadata.beamEnergyKev).toBe(20);
    expect(loadReport.findings.filter(({ code }) => code === "sidecar-conflict")).toHaveLength(1);
  });

  test("but a width in whole eV is finer where the spectrum rounds to it", async () => {
    const finer = emsa({ "#XPERCHAN": "9.98", "#OFFSET": "-200", "#XUNITS": "eV" });
    const { energyAxis, loadReport } = await open([...parameters, "ev-per-chan\t10"], { ".txt": finer });
    expect(energyAxis.scale).toBeCloseTo(0.00998, 12);
    expect(energyAxis.offset).toBeCloseTo(-0.2, 12);
    expect(loadReport.findings.map(({ code }) => code)).not.toContain("sidecar-conflict");
    const other = emsa({ "#XPERCHAN": "5", "#OFFSET": "-200", "#XUNITS": "eV" });
    expect((await open([...parameters, "ev-per-chan\t10"], { ".txt": other })).energyAxis.scale).toBe(0.01);
  });
});

describe("texts about something else", () => {
  test.each([
    [
      "a spectrum of other channels",
      { ".txt": emsa({ "#NPOINTS": "4" }, [1, 2, 3, 4]) },
      /Map\.txt is about 4 channels, and the map has 3/,
    ],
    ["details of another width", { ".par": details().replace("4 Pixels", "8 Pixels") }, /Map\.par is about 8 pixels per row/],
    ["details of other channels", { ".par": `${details()}\nNumber Of Channels\t2048` }, /Map\.par is about 2048 channels/],
  ])("%s gives nothing and is reported", async (_, texts, message) => {
    const { energyAxis, navigationAxes, metadata, loadReport } = await open(parameters, texts);
    expect([energyAxis.scale, navigationAxes[1]!.scale, metadata.beamEnergyKev]).toEqual([undefined, undefined, undefined]);
    expect(loadReport.findings.find(({ code }) => code === "sidecar-conflict")!.message).toMatch(message);
  });

  test.each([
    ["prose", "Measured on Tuesday.\n", /neither/],
    ["a spectrum that is damaged", emsa({}, [1, Number.NaN, 3]), /not a number/],
    ["a line that is not understood", "Map Width\t1,024 µm\nMap Height\t10 µm\n", /"Map Width\t1,024 µm" is not understood/],
  ])("%s is a warning, and the map opens", async (_, content, message) => {
    const { loadReport, counts } = await open(parameters, { ".txt": content });
    expect(loadReport.findings.find(({ code }) => code === "sidecar-not-read")!.message).toMatch(message);
    expect(counts.navigationShape).toEqual([2, 4]);
  });

  test("a range of energies that the channels do not cover is a conflict", async () => {
    const { loadReport } = await open(parameters, { ".txt": emsa(), ".par": `${details()}\nEnergy Range\t20 keV` });
    expect(loadReport.findings.map(({ message }) => message).join()).toMatch(
      /range of 20 keV, and 3 channels cover 0\.03000 keV/,
    );
  });
});

test("details are read in every unit and spelling", () => {
  const found = parseAztecDetails(
    "Label: Map\r\nMap Width: 1.5 mm\r\nMap Height = 250,5 nm\r\nRESOLUTION (WIDTH)   1024 Pixels\r\nResolution Height\t768\r\nEnergy Range (keV)\t20\r\nNumber Of Channels 2048\r\nAcquisition Time (min)\t2\r\nLive Time: 100 s\r\n",
  );
  expect(found).toEqual({
    widthUm: 1500,
    heightUm: 0.2505,
    pixelsWide: 1024,
    pixelsHigh: 768,
    channels: 2048,
    energyRangeKev: 20,
    beamEnergyKev: undefined,
    magnification: undefined,
    liveTimeS: 100,
    realTimeS: 120,
    unread: [],
  });
  expect(parseAztecDetails("nothing: here\n")).toBeUndefined();
  expect(parseAztecDetails("Map Width\twide\nMap Width\t-3 um\n")!.unread).toEqual(["Map Width\twide", "Map Width\t-3 um"]);
});

function details(...more: string[]): string {
  const lines = ["Map Width\t2.00 µm", "Map Height\t0.5 µm", "Resolution (Width)\t4 Pixels", "Resolution (Height)\t2 Pixels"];
  return [...lines, ...(more.length > 0 ? more : ["Accelerating Voltage\t20.00 kV"])].join("\n");
}

function emsa(changes: Readonly<Record<string, string>> = {}, values: readonly number[] = [1, 2, 3]): string {
  const keywords = {
    "#FORMAT": "EMSA/MAS Spectral Data File",
    "#VERSION": "1.0",
    "#TITLE": "Map Sum Spectrum",
    "#DATE": "06-SEP-2022",
    "#TIME": "17:40",
    "#NPOINTS": `${values.length}.`,
    "#NCOLUMNS": "1.",
    "#XUNITS": "keV",
    "#YUNITS": "counts",
    "#DATATYPE": "Y",
    "#XPERCHAN": "0.01",
    "#OFFSET": "-0.2",
    "#SIGNALTYPE": "EDS",
    "#LIVETIME": "120.0",
    "#REALTIME": "150.5",
    "#BEAMKV": "20.0",
    "#MAGCAM": "1500.0",
    "#ELEVANGLE": "35.0",
    "##OXINSTELEMS": "26,13",
    ...changes,
  };
  const lines = Object.entries(keywords).map(([key, value]) => `${key.padEnd(13)}: ${value}`);
  return [...lines, "#SPECTRUM    : Spectral Data Starts Here", ...values.map((value) => `${value}.`), "#ENDOFDATA   :", ""].join(
    "\r\n",
  );
}

function sources(lines: readonly string[], texts: Readonly<Record<string, string>>): ByteSource[] {
  const text = (name: string, content: string) => bytesInMemory(name, new TextEncoder().encode(content));
  return [
    text("Map.rpl", lines.join("\r\n")),
    bytesInMemory(
      "Map.raw",
      Uint8Array.from({ length: 24 }, (_, i) => i % 5),
    ),
    ...Object.entries(texts).map(([extension, content]) => text(`Map${extension}`, content)),
  ];
}

async function open(lines: readonly string[], texts: Readonly<Record<string, string>>): Promise<SpectrumImage> {
  const [rpl, ...others] = sources(lines, texts);
  const { datasets } = await rplReader.open(bytesInMemory("Map.rpl", await rpl!.read(0, rpl!.size), others));
  return datasets[0]!;
}
