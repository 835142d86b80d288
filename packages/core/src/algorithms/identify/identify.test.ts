import { expect, test } from "vitest";
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import { sigmaKev } from "../../xray/detector.js";
import { linesOf, lineWithName } from "../../xray/lines.js";
import { lineRatios } from "../statistics/line-ratios.js";
import { measuredPeaks, peakNear } from "./measured-peaks.js";
import { peakCandidates } from "./peak-candidates.js";

const axis: CalibratedEnergyAxis = { name: "energy", size: 1500, offset: -0.1, scale: 0.01, units: "keV" };

/** Lines with their net counts over a level background, without noise. */
function spectrumOf(lines: Readonly<Record<string, number>>, background = 20): Float64Array {
  return Float64Array.from({ length: axis.size }, (_, c) => {
    const energy = axis.offset + c * axis.scale;
    let value = energy < 0.15 ? 0 : background;
    for (const [name, net] of Object.entries(lines)) {
      const centre = lineWithName(name)!.energyKev;
      const width = sigmaKev(centre);
      value += ((net * axis.scale) / (width * Math.sqrt(2 * Math.PI))) * Math.exp(-0.5 * ((energy - centre) / width) ** 2);
    }
    return value;
  });
}

/** The K lines of an element as its tables have them. */
const family = (symbol: string, net: number) =>
  Object.fromEntries(linesOf(symbol).flatMap(({ name, family, weight }) => (family === "K" ? [[name, net * weight]] : [])));

test("the centroid of a peak is its line, far inside a channel", () => {
  const peaks = measuredPeaks(spectrumOf({ P_Ka: 30_000, Ca_Ka: 8000 }), axis);
  expect(peaks).toHaveLength(2);
  expect(peaks[0]!.energyKev).toBeCloseTo(lineWithName("P_Ka")!.energyKev, 3);
  expect(peaks[1]!.energyKev).toBeCloseTo(lineWithName("Ca_Ka")!.energyKev, 3);
  // A Gaussian's centre is known to width / sqrt(counts).
  expect(peaks[0]!.errorEv).toBeGreaterThan((1000 * sigmaKev(2.013)) / Math.sqrt(30_000) / 1.1);
  expect(peaks[0]!.errorEv).toBeLessThan(1);
  expect(peakNear(peaks, 2.05)).toBe(peaks[0]);
  expect(peakNear(peaks, 3)).toBeUndefined();
});

test("a level background has no peaks", () => {
  expect(measuredPeaks(spectrumOf({}).fill(20), axis)).toEqual([]);
});

test("phosphorus is told from zirconium and platinum by the lines that do not come with it", () => {
  const spectrum = spectrumOf({ O_Ka: 40_000, ...family("P", 30_000), ...family("Ca", 50_000) });
  const peak = peakNear(measuredPeaks(spectrum, axis), 2.013)!;
  const candidates = peakCandidates(peak, { spectrum, axis, beamEnergyKev: 15 });
  expect(candidates[0]!.line.name).toBe("P_Ka");
  expect(candidates[0]!.evidence).toBe(5);
  const zirconium = candidates.find(({ line }) => line.element === "Zr");
  expect(zirconium?.evidence).toBeLessThan(2);
});

test("lead is preferred where its L lines are seen, sulphur where they are not", () => {
  const withLead = spectrumOf({ Pb_Ma: 60_000, Pb_Mb: 36_000, Pb_La: 30_000, Pb_Lb1: 20_000 });
  const lead = peakCandidates(
    { energyKev: lineWithName("Pb_Ma")!.energyKev, errorEv: 0.5 },
    { spectrum: withLead, axis, beamEnergyKev: 30 },
  );
  expect(lead[0]!.line.element).toBe("Pb");
  const sulphide = spectrumOf({ ...family("S", 60_000), ...family("Fe", 50_000) });
  const sulphur = peakCandidates(
    { energyKev: lineWithName("S_Ka")!.energyKev, errorEv: 0.5 },
    { spectrum: sulphide, axis, beamEnergyKev: 30 },
  );
  expect(sulphur[0]!.line.element).toBe("S");
  expect(sulphur.find(({ line }) => line.element === "Pb")?.evidence ?? 0).toBeLessThan(3);
});

test("a line that the beam cannot excite has no evidence", () => {
  const spectrum = spectrumOf({ Fe_Ka: 10_000 });
  const candidates = peakCandidates({ energyKev: 6.4, errorEv: 1 }, { spectrum, axis, beamEnergyKev: 5 });
  expect(candidates.find(({ line }) => line.name === "Fe_Ka")?.verdict).toBe("not-excited");
});

test("ratios of lines are those of their shares, with the error of both counts", () => {
  const one = { spectrum: spectrumOf({ ...family("P", 10_000), ...family("Si", 1000) }, 1), pixels: 10 };
  const other = { spectrum: spectrumOf({ ...family("P", 1000), ...family("Si", 10_000) }, 1), pixels: 20 };
  const [first, second] = lineRatios(one, other, ["Si_Ka", "P_Ka"], axis);
  const ratios = Object.fromEntries([first!, second!].map((ratio) => [ratio.line, ratio]));
  expect(ratios["P_Ka"]!.ratio).toBeCloseTo(10, 0);
  expect(ratios["Si_Ka"]!.ratio).toBeCloseTo(0.1, 2);
  expect(ratios["P_Ka"]!.one).toBeGreaterThan(900);
  // 1.96 x 10 x sqrt(1/10000 + 1/1000) = 0.65, more for the background, which is silicon here.
  expect(ratios["P_Ka"]!.ratioError95).toBeGreaterThan(0.6);
  expect(ratios["P_Ka"]!.ratioError95).toBeLessThan(1.4);
});

test("no ratio is given to a line that the other does not show", () => {
  const one = { spectrum: spectrumOf({ P_Ka: 10_000 }, 5), pixels: 10 };
  const other = { spectrum: spectrumOf({ Si_Ka: 10_000 }, 5), pixels: 10 };
  expect(lineRatios(one, other, ["P_Ka"], axis)[0]!.ratio).toBeUndefined();
  expect(lineRatios(one, other, ["P_Ka"], axis)[0]!.sigma).toBeGreaterThan(50);
});
