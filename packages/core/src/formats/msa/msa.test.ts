import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { msaFormat } from "./msa-format.js";
import { writeMsa } from "./write-msa.js";

async function read(bytes: Uint8Array | string, name = "a.msa"): Promise<SpectrumImage> {
  const data = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
  const reader = await msaFormat.reader();
  return (await reader.open(bytesInMemory(name, data))).datasets[0]!;
}

async function valuesOf(image: SpectrumImage): Promise<number[]> {
  const [sum] = await pass(image.counts, [sumSpectrum(image.counts)]);
  return [...sum];
}

const codes = (image: SpectrumImage) => image.loadReport.findings.map((finding) => finding.code);

describe("writeMsa", () => {
  const spectrum = {
    title: "Class 1: Fe–Ti oxide",
    values: [0, 12, 0.125, 1e-9],
    energy: { offsetKev: -0.2, scaleKev: 0.01 },
    yUnits: "counts per pixel",
    beamEnergyKev: 15,
    liveTimeS: 120,
    acquiredAt: "2022-09-06T17:40:11",
  };

  test("writes the mandatory keywords in the order and columns of the standard", () => {
    const lines = Buffer.from(writeMsa(spectrum)).toString("latin1").split("\r\n");
    expect(lines).toEqual([
      "#FORMAT      : EMSA/MAS Spectral Data File",
      "#VERSION     : 1.0",
      "#TITLE       : Class 1:Fe-Ti oxide",
      "#DATE        : 06-SEP-2022",
      "#TIME        : 17:40",
      "#OWNER       : ",
      "#NPOINTS     : 4.0",
      "#NCOLUMNS    : 1.",
      "#XUNITS      : keV",
      "#YUNITS      : counts per pixel",
      "#DATATYPE    : Y",
      "#XPERCHAN    : 0.01",
      "#OFFSET      : -0.2",
      "#SIGNALTYPE  : EDS",
      "#XLABEL      : X-RAY ENERGY",
      "#YLABEL      : X-RAY INTENSITY",
      "#BEAMKV   -kV: 15.0",
      "#LIVETIME  -s: 120.0",
      "#SPECTRUM    : Spectral Data Starts Here",
      "0.0",
      "12.0",
      "0.125",
      "1.0E-9",
      "#ENDOFDATA   : ",
      "",
    ]);
  });

  test("cannot be led to write a keyword of its own", () => {
    const text = Buffer.from(writeMsa({ ...spectrum, title: "x\r\n#SPECTRUM : \n1", comments: ["a\n#ENDOFDATA"] })).toString(
      "latin1",
    );
    expect(text.split("\r\n").filter((line) => line.startsWith("#SPECTRUM"))).toHaveLength(1);
    expect(text.split("\r\n").filter((line) => line.startsWith("#ENDOFDATA"))).toHaveLength(1);
  });

  test("refuses what no number stands for", () => {
    expect(() => writeMsa({ ...spectrum, values: [Number.NaN] })).toThrow(/finite/);
  });

  test("is read back as the same doubles, axis and metadata", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 40 }),
        async (values) => {
          const image = await read(writeMsa({ ...spectrum, values }));
          expect(await valuesOf(image)).toEqual(values.map((value) => value + 0));
          expect(image.energyAxis).toEqual({ name: "energy", size: values.length, offset: -0.2, scale: 0.01, units: "keV" });
          expect(image.metadata).toMatchObject({
            beamEnergyKev: 15,
            detector: { liveTimeS: 120 },
            acquiredAt: "2022-09-06T17:40:00",
          });
        },
      ),
      { numRuns: 50 },
    );
  });

  test("a spectrum without calibration comes back without one", async () => {
    const image = await read(writeMsa({ title: "", values: [1, 2], energy: undefined }));
    expect(image.energyAxis).toMatchObject({ size: 2, offset: undefined, scale: undefined, units: undefined });
    expect(codes(image)).toEqual(["no-energy-calibration"]);
    expect(image.title).toBe("a.msa");
  });
});

describe("the msa format", () => {
  const header =
    "#FORMAT      : EMSA/MAS Spectral Data File\n#VERSION     : 1.0\n#TITLE       : t\n#XUNITS : eV\n#XPERCHAN : 10.\n#OFFSET : 200.\n";

  test("knows its files by content", () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    expect(msaFormat.detect(bytes(header), "a.txt")).toBe("yes");
    expect(msaFormat.detect(bytes("#TITLE : x\n#VERSION : 1.0\n"), "a.msa")).toBe("maybe");
    expect(msaFormat.detect(bytes("#!/bin/sh\n"), "a.msa")).toBe("no");
    expect(msaFormat.detect(new Uint8Array(0), "a.msa")).toBe("no");
  });

  test.each([
    ["Y, one column", "#DATATYPE : Y\n#SPECTRUM :\n1\n2\n3\n4\n#ENDOFDATA : "],
    ["Y, commas at the end of lines, DOS lines", "#DATATYPE : Y\r\n#SPECTRUM :\r\n1, 2,\r\n3, 4, \r\n#ENDOFDATA : "],
    ["Y, old Macintosh lines", "#DATATYPE : Y\r#SPECTRUM :\r1,\r2,\r3\r4\r#ENDOFDATA : "],
    ["XY", "#DATATYPE : XY\n#SPECTRUM :\n200, 1\n210, 2\n220., 3\n2.3E2, 4\n#ENDOFDATA : "],
    ["XY, two pairs a line", "#DATATYPE : XY\n#SPECTRUM :\n200 1 210 2\n220. 3 2.3E2 4\n#ENDOFDATA : "],
  ])("reads %s", async (_, data) => {
    const image = await read(header + data);
    expect(await valuesOf(image)).toEqual([1, 2, 3, 4]);
    expect(image.energyAxis).toMatchObject({ size: 4, offset: 0.2, scale: 0.01, units: "keV" });
    expect(image.counts.kind).toBe("counts");
    expect(codes(image)).toEqual([]);
  });

  test("takes the scale from the energies where XPERCHAN is missing", async () => {
    const image = await read("#FORMAT : EMSA/MAS\n#XUNITS : keV\n#DATATYPE : XY\n#SPECTRUM :\n1 5\n1.5 6\n2 7\n#ENDOFDATA :");
    expect(image.energyAxis).toMatchObject({ offset: 1, scale: 0.5 });
  });

  test("says what is doubtful instead of guessing", async () => {
    const image = await read(`${header}#NPOINTS : 5 channels\n#SIGNALTYPE : ELS\n#DATATYPE : Y\n#SPECTRUM :\n1\n2.5\n`);
    expect(codes(image)).toEqual(["channel-count", "no-end-of-data", "not-x-ray", "not-counts"]);
  });

  test.each([
    ["no data line", header, /#SPECTRUM/],
    ["no values", `${header}#SPECTRUM :\n#ENDOFDATA :`, /no channels/],
    ["words among the values", `${header}#SPECTRUM :\n1\nfour\n#ENDOFDATA :`, /line 9.*"four"/],
    ["broken pairs", `${header}#DATATYPE : XY\n#SPECTRUM :\n1 2\n3\n#ENDOFDATA :`, /pairs/],
    ["too many channels", `${header}#SPECTRUM :\n${"1 ".repeat(70_000)}`, /more channels/],
  ])("refuses %s", async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });
});

const folder = process.env["SIGMA_DATA"] ?? fileURLToPath(new URL("../../../../../../shared/data", import.meta.url));
const list = join(folder, "expected.json");
interface Expected {
  shape: number[];
  axes: { scale: number; offset: number; units: string }[];
  sum?: number;
  sha256_int64le?: string;
}
const expected: Record<string, Expected[]> = existsSync(list) ? JSON.parse(readFileSync(list, "utf8")).files : {};
const files = Object.keys(expected).filter((file) => file.startsWith("msa/"));

describe.skipIf(files.length === 0)(
  `real files${files.length === 0 ? " (skipped: SIGMA_DATA has no expected.json)" : ""}`,
  () => {
    test.each(files)("%s", async (file) => {
      const reference = expected[file]![0]!;
      const image = await read(new Uint8Array(readFileSync(join(folder, file))), basename(file));
      const values = await valuesOf(image);
      if (reference.sum === undefined) return expect(values).toHaveLength(4096);
      expect(values).toHaveLength(reference.shape[0]!);
      expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(reference.sum, 5);
      if (reference.sha256_int64le !== undefined) {
        const whole = BigInt64Array.from(values, (value) => BigInt(value));
        expect(createHash("sha256").update(new Uint8Array(whole.buffer)).digest("hex")).toBe(reference.sha256_int64le);
      }
      const toKev = /kev/i.test(reference.axes[0]!.units) ? 1 : 0.001;
      if (image.energyAxis.scale !== undefined) expect(image.energyAxis.scale).toBeCloseTo(reference.axes[0]!.scale * toKev, 9);
    });
  },
);
