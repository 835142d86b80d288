import { describe, expect, test } from "vitest";
import { countsFromDense } from "../spectrum-image/counts.js";
import type { SpectrumImage } from "../spectrum-image/spectrum-image.js";
import { fwhmKev } from "../xray/detector.js";
import { lineNamed } from "../xray/line-names.js";
import { summariseClasses } from "./class-summary.js";

const channels = 800;

function image(pixelSizeUm: number | undefined): SpectrumImage {
  const length = (name: string) => ({
    name,
    size: 10,
    offset: 0,
    scale: pixelSizeUm,
    units: pixelSizeUm === undefined ? undefined : "um",
  });
  return {
    title: "made",
    counts: countsFromDense([10, 10], channels, new Uint8Array(100 * channels)),
    navigationAxes: [length("y"), length("x")],
    energyAxis: { name: "energy", size: channels, offset: 0, scale: 0.01, units: "keV" },
    images: [],
    metadata: { detector: {}, elements: [], beamEnergyKev: 15 },
    originalMetadata: {},
    loadReport: { findings: [] },
  };
}

/** A flat background with flat-topped peaks that fill the window of each line. */
function spectrum(background: number, peaks: Record<string, number>): Float64Array {
  const out = new Float64Array(channels).fill(background);
  for (const [name, height] of Object.entries(peaks)) {
    const { energyKev } = lineNamed(name);
    const half = fwhmKev(energyKev, 130);
    for (let c = Math.round((energyKev - half) / 0.01); c < Math.round((energyKev + half) / 0.01); c++) out[c]! += height;
  }
  return out;
}

const lines = ["Si_Ka", "P_Ka", "Fe_Ka"];
const rock = spectrum(100, { Si_Ka: 10_000 });
const grain = spectrum(10, { P_Ka: 300 });
const sum = rock.map((value, c) => value + grain[c]!);
const classes = [
  { id: 0, colour: "#111111", pixels: 90, spectrum: rock },
  { id: 3, colour: "#222222", pixels: 10, spectrum: grain },
];

describe("class summary", () => {
  const [first, second] = summariseClasses(image(2), sum, lines, classes, 130);

  test("areas and counts follow from pixels and spectra", () => {
    expect(first).toMatchObject({ id: 0, pixels: 90, areaFraction: 0.9, areaUm2: 360 });
    expect(second?.counts).toBe(grain.reduce((a, b) => a + b, 0));
    expect(second?.countsPerPixel).toBe(second!.counts / 10);
    expect(summariseClasses(image(undefined), sum, lines, classes, 130)[0]?.areaUm2).toBeUndefined();
  });

  test("net counts are what stands above the background", () => {
    const silicon = first?.dominantLines.find(({ line }) => line === "Si_Ka");
    const width = Math.round((1.7396 + fwhmKev(1.7396, 130)) / 0.01) - Math.round((1.7396 - fwhmKev(1.7396, 130)) / 0.01);
    expect(silicon?.netPerPixel).toBeCloseTo((10_000 * width) / 90, 6);
  });

  test("a rare class is named after the line that only it has, even if the map as a whole drowns it", () => {
    expect(second?.dominantLines[0]?.line).toBe("P_Ka");
    expect(second?.dominantLines[0]?.ratioToMean).toBeGreaterThan(5);
    expect(second?.name).toBe("P");
  });

  test("names are unique", () => {
    const twins = summariseClasses(image(2), sum, lines, [...classes, { ...classes[1]!, id: 4 }], 130);
    expect(twins.map(({ name }) => name)).toEqual([first!.name, "P", "P 2"]);
  });

  test("an empty class has no lines and no counts", () => {
    const [empty] = summariseClasses(
      image(2),
      sum,
      lines,
      [{ id: 0, colour: "#333333", pixels: 0, spectrum: new Float64Array(channels) }],
      130,
    );
    expect(empty).toMatchObject({ name: "Class 1", counts: 0, countsPerPixel: 0, dominantLines: [] });
  });

  test("a line that another element of the class may have made comes last, says so, and is not in the name", () => {
    const iron = ["F_Ka", "Fe_Ka", "Ti_Ka", "Si_Ka"];
    const nameAndLines = (fluorine: number) => {
      const ilmenite = spectrum(10, { F_Ka: fluorine, Fe_Ka: 300, Ti_Ka: 400 });
      const both = [
        { id: 0, colour: "#111111", pixels: 90, spectrum: rock },
        { id: 1, colour: "#222222", pixels: 10, spectrum: ilmenite },
      ];
      const whole = rock.map((value, c) => value + ilmenite[c]!);
      const { name, dominantLines } = summariseClasses(image(2), whole, iron, both, 130)[1]!;
      return { name, lines: dominantLines.slice(0, 3).map(({ line, mayBe }) => [line, mayBe]) };
    };
    const [ti, fe] = [["Ti_Ka", undefined] as const, ["Fe_Ka", undefined] as const];
    expect(nameAndLines(200)).toEqual({ name: "Ti-Fe", lines: [ti, fe, ["F_Ka", "Fe_La"]] });
    // More than Fe L can be.
    expect(nameAndLines(3000).name).toContain("F-");
    expect(nameAndLines(3000).lines).toContainEqual(["F_Ka", undefined]);
  });

  test("lines that only lie on each other are both named: neither is proven elsewhere", () => {
    const titanate = spectrum(10, { Ba_La: 400, Ti_Ka: 400 });
    const whole = rock.map((value, c) => value + titanate[c]!);
    const both = [
      { id: 0, colour: "#111111", pixels: 90, spectrum: rock },
      { id: 1, colour: "#222222", pixels: 10, spectrum: titanate },
    ];
    expect(summariseClasses(image(2), whole, ["Ba_La", "Ti_Ka", "Si_Ka"], both, 130)[1]!.name.split("-").sort()).toEqual([
      "Ba",
      "Ti",
    ]);
  });
});
