import { expect, test } from "vitest";
import { randomStream } from "../kernels/random.js";
import { energyOfChannel } from "../spectrum-image/axis.js";
import { FWHM_PER_SIGMA, fwhmKev } from "../xray/detector.js";
import { requireLine } from "../xray/lines.js";
import { separateLines } from "./separate-lines.js";
import { markedLines } from "./spectrum-view.js";

const axis = { name: "energy", size: 1600, offset: 0, scale: 0.01, units: "keV" } as const;

/** Poisson counts of a flat continuum and Gaussian peaks of these lines. */
function spectrumOf(peaks: Readonly<Record<string, number>>): Float64Array {
  const stream = randomStream(5, "separate-lines");
  return Float64Array.from({ length: axis.size }, (_, c) => {
    const mean = Object.entries(peaks).reduce((sum, [name, counts]) => {
      const { energyKev } = requireLine(name);
      const sigma = fwhmKev(energyKev, 130) / FWHM_PER_SIGMA;
      const distance = (energyOfChannel(axis, c) - energyKev) / sigma;
      return sum + (counts * axis.scale * Math.exp((-distance * distance) / 2)) / sigma / Math.sqrt(2 * Math.PI);
    }, 60);
    return stream.poisson(mean);
  });
}

const at = { axis, resolutionEv: 130, beamEnergyKev: 20 };
const platinum = spectrumOf({ Pt_Ma: 60_000, Pt_La: 9000, Pt_Lb1: 5000, Cu_Ka: 8000, Cu_La: 7000, C_Ka: 9000 });

test("peaks of other families of marked elements are named after their strongest line, those of others are not", () => {
  expect(separateLines(["Pt_La", "Cu_Ka"], { ...at, spectrum: platinum }).sort()).toEqual(["Cu_La", "Pt_Lb1", "Pt_Ma"]);
  expect(separateLines(["Cu_Ka"], { ...at, spectrum: platinum })).toEqual(["Cu_La"]);
  expect(separateLines(["Pt_La", "Cu_Ka"], { ...at, spectrum: platinum, beamEnergyKev: 11 })).not.toContain("Pt_La");
});

test("a peak that a marked line explains, and a line without a peak, get no further name", () => {
  expect(separateLines(["Pt_Ma", "Pt_La"], { ...at, spectrum: platinum })).not.toContain("Pt_Mb");
  expect(separateLines(["Fe_Ka"], { ...at, spectrum: spectrumOf({ Fe_Ka: 9000 }) })).toEqual([]);
});

test("they are marked with the others, and give way first where there is no room", () => {
  const image = { metadata: { beamEnergyKev: 20 }, energyAxis: axis };
  const priorities = markedLines({ lines: ["Pt_La"], image, sumSpectrum: platinum }).map(({ name, priority }) => [
    name,
    priority,
  ]);
  expect(priorities).toEqual(
    expect.arrayContaining([
      ["Pt_La", 2],
      ["Pt_Ma", 1],
    ]),
  );
  expect(markedLines({ lines: ["Pt_La"], image }).map(({ name }) => name)).toEqual(["Pt_La"]);
});

test("peaks of a spectrum are looked for once; on another axis and at another resolution anew", () => {
  const spectrum = platinum.slice();
  const first = separateLines(["Pt_La", "Cu_Ka"], { ...at, spectrum });
  const whole = spectrum.slice();
  // Nothing is left to find: what is said again was remembered.
  spectrum.fill(0);
  expect(separateLines(["Pt_La", "Cu_Ka"], { ...at, spectrum })).toEqual(first);
  expect(separateLines(["Pt_La", "Cu_Ka"], { ...at, spectrum, resolutionEv: 131 })).toEqual([]);
  expect(separateLines(["Pt_La", "Cu_Ka"], { ...at, spectrum, axis: { ...axis, offset: 0.001 } })).toEqual([]);
  expect(separateLines(["Pt_La", "Cu_Ka"], { ...at, spectrum: whole })).toEqual(first);
});

test("a peak of carbon is not named after the L lines of potassium", () => {
  expect(separateLines(["K_Ka"], { ...at, spectrum: spectrumOf({ K_Ka: 20_000, C_Ka: 4000 }) })).not.toContain("K_Ll");
});
