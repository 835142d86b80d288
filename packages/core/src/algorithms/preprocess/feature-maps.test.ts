import { describe, expect, it } from "vitest";
import { DataCheckError, ParameterError } from "../../errors.js";
import { randomStream } from "../../kernels/random.js";
import { countsFromDense } from "../../spectrum-image/counts.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { lineNamed } from "../../xray/line-names.js";
import { parseParameters } from "../parameters.js";
import { featureMaps } from "./feature-maps.js";
import { windowOf } from "./line-windows.js";

const axis = { name: "energy", size: 1000, offset: -0.1, scale: 0.01, units: "keV" } as const;

function imageOf(dense: ArrayLike<number>, pixels: number, given: Partial<SpectrumImage> = {}): SpectrumImage {
  return {
    title: "test",
    counts: countsFromDense([1, pixels], axis.size, dense),
    navigationAxes: [],
    energyAxis: axis,
    images: [],
    metadata: { detector: { resolutionEv: 130 }, elements: [] },
    originalMetadata: {},
    loadReport: { findings: [] },
    ...given,
  };
}

const run = (image: SpectrumImage, given: object) => featureMaps.run(image, parseParameters(featureMaps, given), { seed: 0 });

describe("windows of lines at 130 eV", () => {
  it.each([
    ["C_Ka", 0.224, 0.331],
    ["O_Ka", 0.466, 0.584],
    ["Al_Ka", 1.41, 1.563],
    ["Si_Ka", 1.659, 1.82],
    ["Fe_Ka", 6.269, 6.539],
    ["Cu_Ka", 7.899, 8.197],
  ])("%s is counted from %f to %f keV", (name, from, to) => {
    const window = windowOf(lineNamed(name), axis, { resolutionEv: 130, centre: "strongest" });
    // The reference values are rounded to 1 eV and rest on another table of line energies (Cu Ka1 8.0478 against 8.0463 keV).
    expect(Math.abs(window.fromKev - from)).toBeLessThan(0.002);
    expect(Math.abs(window.toKev - to)).toBeLessThan(0.002);
  });

  it("ends are rounded to the nearest channel and the last is excluded", () => {
    const { channels } = windowOf({ ...lineNamed("Mn_Ka"), energyKev: 5.8987 }, axis, { resolutionEv: 130 });
    // 5.7687 and 6.0287 keV lie at 586.87 and 612.87.
    expect(channels).toEqual({ start: 587, end: 613 });
  });
});

describe("the centre of a line", () => {
  it.each([
    ["Fe_Ka", 6.4039],
    ["Cu_Ka", 8.0478],
    ["Au_La", 9.7133],
    ["O_Ka", 0.5249],
    ["Fe_Kb", 7.058],
  ])("%s: the strongest member lies at %f keV", (name, energyKev) => {
    const { energyKev: strongest } = windowOf(lineNamed(name), axis, { resolutionEv: 130, centre: "strongest" });
    expect(Math.abs(strongest - energyKev)).toBeLessThan(0.002);
  });
});

describe("feature maps", () => {
  it("sum the window of each line, column by column, as a plain loop over the dense cube does", async () => {
    const stream = randomStream(1, "features");
    const dense = Float64Array.from({ length: 5 * axis.size }, () => stream.poisson(0.3));
    const lines = ["Fe_Ka", "O_Ka", "Si_Ka"];
    const found = await run(imageOf(dense, 5), { lines });
    expect(found.lines).toEqual(lines);
    expect(found.variances).toBeUndefined();
    lines.forEach((line, k) => {
      const { start, end } = windowOf(lineNamed(line), axis, { resolutionEv: 130 }).channels;
      for (let pixel = 0; pixel < 5; pixel++) {
        let sum = 0;
        for (let c = start; c < end; c++) sum += dense[pixel * axis.size + c]!;
        expect(found.data[pixel * 3 + k]).toBe(sum);
      }
    });
  });

  it("leave out lines beyond the axis or the beam together with their names, and say so", async () => {
    const dense = new Float64Array(axis.size).fill(1);
    const image = imageOf(dense, 1, { metadata: { detector: {}, elements: [], beamEnergyKev: 7 } });
    const found = await run(image, { lines: ["Mo_Ka", "Fe_Ka", "Cu_Ka", "O_Ka", "Fe Kα"] });
    expect(found.lines).toEqual(["Fe_Ka", "O_Ka"]);
    expect(found.data.length).toBe(2);
    expect(found.findings.map(({ code }) => code)).toEqual(["line-left-out", "line-left-out"]);
    expect(found.findings[0]!.message).toMatch(/Mo_Ka.*ends at 9\.89/);
    expect(found.findings[1]!.message).toMatch(/Cu_Ka.*beam has 7 keV/);
  });

  it("with a linear background remove any slope and keep the peak", async () => {
    const centre = (lineNamed("Si_Ka").energyKev - axis.offset) / axis.scale;
    const dense = Float64Array.from({ length: axis.size }, (_, c) => 40 + 0.1 * c + (Math.abs(c - centre) < 4 ? 100 : 0));
    const image = { ...imageOf(dense, 1), counts: countsFromDense([1, 1], axis.size, dense, "intensity") };
    const found = await run(image, { lines: ["Si_Ka"], background: "linear" });
    expect(found.data[0]).toBeCloseTo(800, 2);
  });

  it("with a linear background state the variance: the spread over many pixels", async () => {
    const stream = randomStream(2, "features");
    const dense = Float64Array.from({ length: 400 * axis.size }, () => stream.poisson(2));
    const { data, variances } = await run(imageOf(dense, 400), { lines: ["Si_Ka"], background: "linear" });
    const mean = data.reduce((sum, value) => sum + value, 0) / 400;
    const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 399;
    const stated = variances!.reduce((sum, value) => sum + value, 0) / 400;
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(stated / 400));
    expect(variance / stated).toBeGreaterThan(0.8);
    expect(variance / stated).toBeLessThan(1.2);
  });

  it("do not take the background from another listed line", async () => {
    const [al, si] = ["Al_Ka", "Si_Ka"].map((name) => windowOf(lineNamed(name), axis, { resolutionEv: 130 }));
    const dense = Float64Array.from({ length: axis.size }, (_, c) =>
      c >= al!.channels.start && c < al!.channels.end ? 100 : 10,
    );
    const { data } = await run(imageOf(dense, 1), { lines: ["Al_Ka", "Si_Ka"], background: "linear" });
    expect(si!.channels.start).toBeGreaterThan(al!.channels.end);
    expect(data[1]).toBeCloseTo(0, 3);
  });

  it("say what is missing: calibration, lines, known names", async () => {
    const dense = new Float64Array(axis.size);
    await expect(run({ ...imageOf(dense, 1), energyAxis: { ...axis, units: undefined } }, { lines: ["Fe_Ka"] })).rejects.toThrow(
      DataCheckError,
    );
    await expect(run(imageOf(dense, 1), { lines: [] })).rejects.toThrow(ParameterError);
    await expect(run(imageOf(dense, 1), { lines: ["Xx_Ka"] })).rejects.toThrow(ParameterError);
  });
});
