import { describe, expect, it } from "vitest";
import { DataCheckError, ParameterError, ShapeError } from "../errors.js";
import { collectCounts, countsFromDense } from "./counts.js";
import { countMap, pass, sumSpectrum } from "./pass.js";
import type { SpectrumImage } from "./spectrum-image.js";
import { stackImages } from "./stack.js";

const channels = 4;

/** 2 x 3 pixels; every count tells image, pixel and channel. */
function image(number: number, changes: Partial<SpectrumImage> = {}): SpectrumImage {
  const dense = Array.from({ length: 6 * channels }, (_, i) => (i % 3 === 0 ? 0 : 100 * number + i));
  return {
    title: `tilt ${number}`,
    counts: countsFromDense([2, 3], channels, dense),
    navigationAxes: [
      { name: "y", size: 2, offset: 0, scale: 0.5, units: "um" },
      { name: "x", size: 3, offset: 0, scale: 0.5, units: "um" },
    ],
    energyAxis: { name: "energy", size: channels, offset: 0, scale: 0.01, units: "keV" },
    images: [{ name: "BSE", width: 3, height: 2, data: new Uint8Array(6).fill(number), pixelSizeUm: undefined }],
    metadata: {
      beamEnergyKev: 200,
      detector: { liveTimeS: 10 + number, realTimeS: number === 2 ? undefined : 20 },
      stage: { tiltDeg: 5 * (number - 1), xUm: 3 },
      elements: number === 1 ? ["Fe", "O"] : ["O", "Si"],
    },
    originalMetadata: { number },
    loadReport: {
      statedCounts: { value: 1000 * number, where: "header" },
      findings: [{ severity: "info", code: "x", message: "Seen." }],
    },
    ...changes,
  };
}

describe("stackImages", () => {
  it("puts images behind each other along a new slowest axis", async () => {
    const { image: stack, findings } = stackImages([image(0), image(1), image(2)]);
    expect(findings).toEqual([]);
    expect(stack.counts).toMatchObject({ navigationShape: [3, 2, 3], channels, kind: "counts" });
    expect(stack.navigationAxes.map(({ name, size }) => [name, size])).toEqual([
      ["tilt", 3],
      ["y", 2],
      ["x", 3],
    ]);
    expect(stack.navigationAxes[0]).toMatchObject({ offset: -5, scale: 5, units: "deg" });
    const [map, sum] = await pass(stack.counts, [countMap(stack.counts), sumSpectrum(stack.counts)]);
    const parts = await Promise.all(
      [0, 1, 2].map((i) => pass(image(i).counts, [countMap(image(i).counts), sumSpectrum(image(i).counts)])),
    );
    expect([...map]).toEqual(parts.flatMap(([own]) => [...own]));
    expect([...sum]).toEqual([0, 1, 2, 3].map((c) => parts.reduce((total, [, own]) => total + own[c]!, 0)));
  });

  it("gives the same blocks every time, each pixel once and in order", async () => {
    const { image: stack } = stackImages([image(1), image(2)]);
    const first = await collectCounts(stack.counts);
    expect(await collectCounts(stack.counts)).toMatchObject({ stored: first.stored });
  });

  it("joins what belongs to the whole and keeps apart what belongs to one", () => {
    const { image: stack } = stackImages([image(0), image(1), image(2)]);
    expect(stack.metadata).toMatchObject({ beamEnergyKev: 200, elements: ["Fe", "O", "Si"], stage: { xUm: 3 } });
    expect(stack.metadata.detector).toEqual({ liveTimeS: 33, realTimeS: undefined });
    expect(stack.metadata.stage).not.toHaveProperty("tiltDeg");
    expect(stack.images.map(({ name }) => name)).toEqual(["BSE (0)", "BSE (1)", "BSE (2)"]);
    expect(stack.loadReport.statedCounts).toEqual({ value: 3000, where: "header of 3 images" });
    expect(stack.loadReport.findings.map(({ message }) => message)).toEqual([
      "Image 0: Seen.",
      "Image 1: Seen.",
      "Image 2: Seen.",
    ]);
    expect(stack.title).toBe("tilt 0 + tilt 1 + tilt 2");
  });

  it("calls the axis a stack where tilts are unknown or uneven, or what it is told", () => {
    const still = { stage: undefined, detector: {}, elements: [] };
    const unknown = stackImages([image(0), image(1, { metadata: still })]).image.navigationAxes[0];
    expect(unknown).toEqual({ name: "stack", size: 2, offset: undefined, scale: undefined, units: undefined });
    const uneven = stackImages([image(0), image(1), image(4)]).image.navigationAxes[0];
    expect(uneven!.name).toBe("stack");
    const named = stackImages([image(0), image(1)], { axis: { name: "time", offset: 0, scale: 60, units: "s" } }).image;
    expect(named.navigationAxes[0]).toEqual({ name: "time", size: 2, offset: 0, scale: 60, units: "s" });
  });

  it("says by how much calibrations differ", () => {
    const odd = image(1, {
      energyAxis: { name: "energy", size: channels, offset: 0.003, scale: 0.01, units: "keV" },
      navigationAxes: [image(1).navigationAxes[0]!, { name: "x", size: 3, offset: 0, scale: 0.6, units: "um" }],
      metadata: { ...image(1).metadata, beamEnergyKev: 80 },
    });
    const { image: stack, findings } = stackImages([image(0), odd]);
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
      ["stack-energy-calibration", "warning"],
      ["stack-pixel-size", "warning"],
      ["stack-beam-energy", "warning"],
    ]);
    expect(findings[0]!.message).toContain("0.30 channels");
    expect(stack.energyAxis.offset).toBe(0);
    expect(stack.loadReport.findings.slice(-3)).toEqual(findings);
    const uncalibrated = image(1, {
      energyAxis: { name: "energy", size: channels, offset: undefined, scale: undefined, units: undefined },
    });
    expect(stackImages([image(0), uncalibrated]).findings[0]!.message).toMatch(/not calibrated/);
  });

  it("refuses images of different sizes, of different energies, and none", () => {
    const other = image(1, { counts: countsFromDense([3, 2], channels, new Array(24).fill(1)) });
    expect(() => stackImages([image(0), other])).toThrow(ShapeError);
    const far = image(1, { energyAxis: { name: "energy", size: channels, offset: 0, scale: 0.02, units: "keV" } });
    expect(() => stackImages([image(0), far])).toThrow(DataCheckError);
    expect(() => stackImages([])).toThrow(ParameterError);
  });
});
