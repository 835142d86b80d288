import { expect, test } from "vitest";
import type { LoadedImage } from "../../worker/engine-protocol.js";
import { earlyLines } from "./early-lines.js";

type Given = Pick<LoadedImage, "metadata" | "energyAxis" | "sumSpectrum">;

const image = (scale: number | undefined, peakKev = 0): Given =>
  ({
    sumSpectrum: Float64Array.from({ length: 2048 }, (_, c) => (Math.abs(c * 0.01 - peakKev) < 0.06 ? 900 : 40)),
    metadata: { detector: { resolutionEv: 130 } },
    energyAxis: { name: "energy", size: 2048, offset: 0, scale, units: "keV" },
  }) as unknown as Given;

test("every marked line, by energy, one width to either side", () => {
  const [oxygen, iron] = earlyLines(image(0.01), ["Fe_Ka", "O_Ka"]);
  expect([oxygen?.line, iron?.line]).toEqual(["O_Ka", "Fe_Ka"]);
  expect((iron!.fromKev + iron!.toKev) / 2).toBeCloseTo(6.4, 2);
  // Wider than at Mn K alpha, where the detector has 130 eV, and by little.
  expect(iron!.toKev - iron!.fromKev).toBeGreaterThan(0.26);
  expect(iron!.toKev - iron!.fromKev).toBeLessThan(0.28);
});

test("the line with the most significant peak comes first", () => {
  const order = (peakKev: number) => earlyLines(image(0.01, peakKev), ["O_Ka", "Si_Ka", "Fe_Ka"]).map(({ line }) => line);
  expect(order(6.4)).toEqual(["Fe_Ka", "O_Ka", "Si_Ka"]);
  expect(order(1.74)).toEqual(["Si_Ka", "O_Ka", "Fe_Ka"]);
});

test("none without a calibration, none where nothing is marked", () => {
  expect(earlyLines(image(undefined), ["Fe_Ka"])).toEqual([]);
  expect(earlyLines(image(0.01), [""])).toEqual([]);
});

test("element maps without spectra are shown as they are, one a channel", () => {
  expect(earlyLines({ ...image(undefined), channelLines: ["Al", "Fe_Ka"] }, [""])).toEqual([
    { line: "Al", fromKev: 0, toKev: 1 },
    { line: "Fe_Ka", fromKev: 1, toKev: 2 },
  ]);
});
