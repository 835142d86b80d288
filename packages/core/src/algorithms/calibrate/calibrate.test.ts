import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DataCheckError, ParameterError, ShapeError } from "../../errors.js";
import { randomStream } from "../../kernels/random.js";
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import type { Metadata } from "../../spectrum-image/spectrum-image.js";
import { fwhmKev, sigmaKev } from "../../xray/detector.js";
import { linesOf } from "../../xray/lines.js";
import { parseParameters } from "../parameters.js";
import { energyCalibration } from "./energy-calibration.js";
import { fitPeak } from "./fit-peak.js";
import { axisErrors, fitCalibration, recalibratedAxis } from "./linear-calibration.js";
import { matchPeaks } from "./match-peaks.js";

const BEAM_KEV = 15;
const bell = (x: number, centre: number, sigma: number) =>
  Math.exp(-0.5 * ((x - centre) / sigma) ** 2) / (sigma * Math.sqrt(2 * Math.PI));

/** Poisson counts of lines on a falling continuum, with a zero peak, as a detector with this axis and resolution would give them. */
function measured(
  composition: Readonly<Record<string, number>>,
  { offset = -0.2, scale = 0.01, resolutionEv = 130, zero = 20_000, seed = 1, size = 1200 } = {},
): Float64Array {
  const stream = randomStream(seed, "spectrum");
  const lines = Object.entries(composition).flatMap(([element, counts]) =>
    linesOf(element)
      .filter(({ energyKev, edgeKev }) => energyKev > 0.15 && edgeKev < BEAM_KEV)
      .map(({ energyKev, weight }) => ({ energyKev, counts: counts * weight })),
  );
  return Float64Array.from({ length: size }, (_, c) => {
    const energy = offset + scale * c;
    let mean = energy > 0.1 ? 300 * Math.exp(-energy / 3) * (1 - Math.exp(-energy)) : 0.01;
    mean += zero * scale * bell(energy, 0, 0.025);
    for (const { energyKev, counts } of lines)
      mean += counts * scale * bell(energy, energyKev, sigmaKev(energyKev, resolutionEv));
    return stream.poisson(mean);
  });
}

const axisOf = (offset: number, scale: number, size = 1200): CalibratedEnergyAxis => ({
  name: "energy",
  size,
  offset,
  scale,
  units: "keV",
});
const metadata = (elements: string[] = []): Metadata => ({ detector: {}, elements, beamEnergyKev: BEAM_KEV });
const run = (spectrum: Float64Array, energyAxis: CalibratedEnergyAxis, given: object = {}, elements: string[] = []) =>
  energyCalibration.run(
    { spectrum, image: { title: "made", energyAxis, metadata: metadata(elements) } },
    parseParameters(energyCalibration, given),
    { seed: 0 },
  );

describe("the straight line", () => {
  test("errors of offset and channel width are the spread of fits repeated with other noise", () => {
    const stream = randomStream(3, "places");
    const axis = axisOf(-0.1, 0.01);
    const fits = Array.from({ length: 400 }, () => {
      const pairs = [0.5, 1.7, 4, 6.4, 8].map((trueKev) => ({
        trueKev,
        measuredKev: trueKev + 0.004 * stream.normal(),
        errorKev: 0.004,
      }));
      const calibration = fitCalibration(pairs);
      return { ...recalibratedAxis(axis, calibration), errors: axisErrors(axis, pairs, calibration)! };
    });
    const spread = (values: readonly number[]) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
    };
    const least = (of: (fit: (typeof fits)[number]) => number) => Math.min(...fits.map(of));
    expect(spread(fits.map(({ offset }) => offset)) / least(({ errors }) => errors.offsetErrorKev)).toBeCloseTo(1, 1);
    expect(spread(fits.map(({ scale }) => scale)) / least(({ errors }) => errors.scaleErrorKev!)).toBeCloseTo(1, 1);
  });

  test("errors grow with scatter, are those of a shift where it only shifts, and of none where nothing tells them", () => {
    const axis = axisOf(0, 0.01);
    const pairs = [
      { measuredKev: 1, trueKev: 1.01 },
      { measuredKev: 5, trueKev: 4.99 },
      { measuredKev: 9, trueKev: 9.01 },
    ];
    const fitted = fitCalibration(pairs);
    const sure = pairs.map((pair) => ({ ...pair, errorKev: 0.001 }));
    expect(axisErrors(axis, sure, fitted)!.offsetErrorKev).toBeCloseTo(axisErrors(axis, pairs, fitted)!.offsetErrorKev, 12);
    const one = [{ measuredKev: 6.4, trueKev: 6.3, errorKev: 0.003 }];
    expect(axisErrors(axis, one, fitCalibration(one))).toEqual({ offsetErrorKev: 0.003, scaleErrorKev: undefined });
    expect(axisErrors(axis, pairs.slice(0, 2), fitCalibration(pairs.slice(0, 2)))).toBeUndefined();
  });

  test("SIGMA2's example", () => {
    const { slope, interceptKev } = fitCalibration([
      { measuredKev: 0.703, trueKev: 0.525 },
      { measuredKev: 6.44, trueKev: 6.404 },
      { measuredKev: 2.45, trueKev: 2.308 },
    ]);
    expect(slope).toBeCloseTo(1.025065, 6);
    expect(interceptKev).toBeCloseTo(-0.198815, 6);
  });

  test("two peaks fix it, one shifts it, and weights count", () => {
    const two = fitCalibration([
      { measuredKev: 1, trueKev: 1.1 },
      { measuredKev: 5, trueKev: 5.3 },
    ]);
    expect(two.slope).toBeCloseTo(1.05, 12);
    expect(two.interceptKev).toBeCloseTo(0.05, 12);
    const one = fitCalibration([{ measuredKev: 6.4, trueKev: 6.3 }]);
    expect(one.slope).toBe(1);
    expect(one.interceptKev).toBeCloseTo(-0.1, 12);
    const sure = [
      { measuredKev: 0, trueKev: 0, errorKev: 1e-4 },
      { measuredKev: 1, trueKev: 2, errorKev: 1e-4 },
      { measuredKev: 2, trueKev: 1, errorKev: 10 },
    ];
    expect(fitCalibration(sure).slope).toBeCloseTo(2, 6);
  });

  test("peaks lie on the new axis where the line says", () => {
    const finite = fc.double({ min: 0.9, max: 1.1, noNaN: true });
    fc.assert(
      fc.property(finite, fc.double({ min: -0.3, max: 0.3, noNaN: true }), (slope, interceptKev) => {
        const axis = recalibratedAxis(axisOf(-0.1, 0.01), { slope, interceptKev });
        for (const channel of [0, 100, 999]) {
          expect(axis.offset + channel * axis.scale).toBeCloseTo(slope * (-0.1 + channel * 0.01) + interceptKev, 12);
        }
      }),
    );
  });

  test("refuses peaks that give none", () => {
    expect(() => fitCalibration([])).toThrow(ParameterError);
    expect(() =>
      fitCalibration([
        { measuredKev: 1, trueKev: 1 },
        { measuredKev: 1, trueKev: 2 },
      ]),
    ).toThrow("different places");
    expect(() =>
      fitCalibration([
        { measuredKev: 1, trueKev: 2 },
        { measuredKev: 2, trueKev: 1 },
      ]),
    ).toThrow(ParameterError);
    expect(() => fitCalibration([{ measuredKev: Number.NaN, trueKev: 2 }])).toThrow(ParameterError);
  });
});

describe("fitting a peak", () => {
  const axis = axisOf(0, 0.01, 400);

  test("gives back a peak without noise", () => {
    const spectrum = Float64Array.from({ length: 400 }, (_, c) => 50 - 0.05 * c + 5000 * 0.01 * bell(c * 0.01, 1.7432, 0.04));
    const peak = fitPeak(spectrum, axis, { energyKev: 1.72, fwhmKev: 0.08 }, 1.5)!;
    expect(peak.energyKev).toBeCloseTo(1.7432, 5);
    expect(peak.fwhmKev).toBeCloseTo(0.04 * 2.35482, 4);
    expect(peak.counts).toBeCloseTo(5000, 0);
    expect(peak.reducedChiSquare).toBeLessThan(1e-6);
  });

  test("errors are the spread of repeated measurements", () => {
    const stream = randomStream(9, "peaks");
    const fits = Array.from({ length: 200 }, () =>
      fitPeak(
        Float64Array.from({ length: 400 }, (_, c) => stream.poisson(20 + 3000 * 0.01 * bell(c * 0.01, 1.7432, 0.04))),
        axis,
        { energyKev: 1.74, fwhmKev: 0.09 },
        1.5,
      ),
    );
    const of = (pick: (peak: NonNullable<(typeof fits)[number]>) => number) => fits.map((fit) => pick(fit!));
    const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
    const spread = (values: number[]) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
    expect(mean(of(({ energyErrorKev }) => energyErrorKev)) / spread(of(({ energyKev }) => energyKev))).toBeCloseTo(1, 0);
    expect(mean(of(({ fwhmErrorKev }) => fwhmErrorKev)) / spread(of(({ fwhmKev: width }) => width))).toBeCloseTo(1, 0);
    expect(Math.abs(mean(of(({ energyKev }) => energyKev)) - 1.7432)).toBeLessThan(4e-4);
  });

  test("says when there is no peak", () => {
    expect(fitPeak(new Float64Array(400).fill(10), axis, { energyKev: 1.7, fwhmKev: 0.08 }, 1.5)).toBeUndefined();
    expect(fitPeak(new Float64Array(400), axis, { energyKev: 0, fwhmKev: 0.01 }, 1.5)).toBeUndefined();
  });
});

describe("matching", () => {
  const known = [0, 0.525, 1.25, 1.74, 2.308, 3.69, 6.404, 8.04].map((energyKev) => ({ name: `line ${energyKev}`, energyKev }));
  const options = { toleranceKev: 0.2, resolutionEv: 130, usualShiftKev: 0.8, usualStretch: 0.03 };

  test("finds the line among peaks of nothing and lines without peak", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.99, max: 1.01, noNaN: true }),
        fc.double({ min: -0.08, max: 0.08, noNaN: true }),
        fc.subarray(known, { minLength: 5 }),
        fc.array(fc.double({ min: 4.2, max: 5.8, noNaN: true }), { maxLength: 3 }),
        (slope, interceptKev, there, stray) => {
          const peaks = [...there.map(({ energyKev }) => (energyKev - interceptKev) / slope), ...stray].map((energyKev) => ({
            energyKev,
            energyErrorKev: 0.001,
            significance: 50,
          }));
          const found = matchPeaks(peaks, known, options)!;
          expect(found.matches.length).toBeGreaterThanOrEqual(there.length);
          expect(found.calibration.slope).toBeCloseTo(slope, 3);
          expect(found.calibration.interceptKev).toBeCloseTo(interceptKev, 2);
        },
      ),
    );
  });

  test("nothing within the tolerance is nothing", () => {
    expect(matchPeaks([{ energyKev: 5, energyErrorKev: 0.001, significance: 99 }], known, options)).toBeUndefined();
    expect(matchPeaks([], known, options)).toBeUndefined();
  });
});

describe("from a spectrum", () => {
  const mineral = { O: 60_000, Mg: 20_000, Si: 40_000, Ca: 30_000, Fe: 40_000 };

  test("SIGMA2's example: the axis is found from the spectrum alone", async () => {
    // The axis says 0.703 keV where oxygen is: true = 1.025065 x - 0.198815.
    const [slope, intercept] = [1.025065, -0.198815];
    const wrong = axisOf((-0.2 - intercept) / slope, 0.01 / slope);
    const spectrum = measured({ O: 60_000, S: 40_000, Fe: 40_000 }, { zero: 0 });
    const found = await run(spectrum, wrong, { lines: ["O_Ka", "S_Ka", "Fe_Ka"] });
    expect(found.matches.map(({ name }) => name)).toEqual(["O_Ka", "S_Ka", "Fe_Ka"]);
    expect(found.matches[0]!.measuredKev).toBeCloseTo(0.706, 2);
    expect(found.calibration!.slope).toBeCloseTo(slope, 2);
    expect(found.energyAxis.offset).toBeCloseTo(-0.2, 2);
    expect(found.energyAxis.scale).toBeCloseTo(0.01, 5);
  });

  test.each([
    ["good", 0, 1],
    ["shifted", 0.06, 1],
    ["stretched", -0.03, 1.012],
  ])("an axis that is %s is set right, with the zero peak and the elements of the file", async (_, shift, stretch) => {
    const found = await run(measured(mineral), axisOf(-0.2 * stretch + shift, 0.01 * stretch), {}, ["O", "Mg", "Si", "Ca", "Fe"]);
    expect(found.matches.map(({ name }) => name)).toEqual(expect.arrayContaining(["zero", "O_Ka", "Si_Ka", "Ca_Ka", "Fe_Ka"]));
    for (const channel of [50, 400, 850]) {
      const [is, should] = [found.energyAxis.offset + channel * found.energyAxis.scale, -0.2 + channel * 0.01];
      expect(Math.abs(is - should)).toBeLessThan(0.006);
    }
    expect(found.findings.map(({ code }) => code)).toEqual(["calibrated"]);
  });

  test("without elements in the file the usual ones are looked for", async () => {
    const found = await run(measured(mineral), axisOf(-0.15, 0.01));
    expect(Math.abs(found.energyAxis.offset + 0.2)).toBeLessThan(0.008);
    expect(found.energyAxis.scale).toBeCloseTo(0.01, 4);
  });

  test("a good axis is not bent by peaks of elements that nobody named", async () => {
    // Antimony's, gallium's and lead's lines lie near those of calcium, sodium and sulphur.
    const found = await run(
      measured({ O: 20_000, Ga: 30_000, Sb: 40_000, Pb: 20_000, Cu: 60_000 }, { zero: 0 }),
      axisOf(-0.2, 0.01),
    );
    expect(found.energyAxis.scale).toBeCloseTo(0.01, 4);
    expect(Math.abs(found.energyAxis.offset + 0.2)).toBeLessThan(0.02);
  });

  test.each([118, 130, 155])("a resolution of %d eV is measured within 1.5 eV, though 130 are assumed", async (resolutionEv) => {
    const found = await run(measured(mineral, { resolutionEv }), axisOf(-0.2, 0.01), {}, ["O", "Mg", "Si", "Ca", "Fe"]);
    const { peaks, resolutionEv: width, errorEv } = found.resolution!;
    expect(peaks.map(({ line }) => line)).toEqual(["Ca_Ka", "Fe_Ka"]);
    // The spectrum is made of single Gaussians, so that the allowance for Ka1 and Ka2, 0.8 eV at Fe, is taken off for nothing.
    expect(Math.abs(width - resolutionEv)).toBeLessThan(1.5);
    expect(errorEv).toBeLessThan(1);
  });

  test("a peak that noise makes near 0 keV does not go before a line", async () => {
    const spectrum = measured({ Al: 40_000 }, { zero: 0 });
    for (let c = 25; c < 40; c++) spectrum[c]! += Math.round(8000 * Math.exp(-0.5 * ((c - 32) / 2.4) ** 2));
    const found = await run(spectrum, axisOf(-0.2, 0.01), { lines: ["Al_Ka"] });
    expect(found.matches.map(({ name }) => name)).toEqual(["Al_Ka"]);
  });

  test("a spectrum of noise stays as it is, and says so", async () => {
    const found = await run(measured({}, { zero: 0 }), axisOf(-0.2, 0.01));
    expect(found.calibration).toBeUndefined();
    expect(found.energyAxis).toEqual(axisOf(-0.2, 0.01));
    expect(found.resolution).toBeUndefined();
    expect(found.findings.map(({ code }) => code)).toEqual(["no-calibration"]);
  });

  test("one line shifts the axis and warns", async () => {
    const found = await run(measured({ Al: 40_000 }, { zero: 0 }), axisOf(-0.15, 0.01), { lines: ["Al_Ka"] });
    expect(found.energyAxis.scale).toBe(0.01);
    expect(found.energyAxis.offset).toBeCloseTo(-0.2, 2);
    expect(found.findings.map(({ code }) => code)).toEqual(["calibrated", "one-peak"]);
  });

  test("refuses an axis without energies and a spectrum of another size", async () => {
    const spectrum = measured(mineral);
    await expect(run(spectrum, { ...axisOf(0, 1), units: undefined } as never)).rejects.toThrow(DataCheckError);
    await expect(run(spectrum.subarray(1), axisOf(0, 0.01))).rejects.toThrow(ShapeError);
  });

  test("the width of a line is that of the detector's formula", () => {
    const spectrum = measured({ Fe: 4e6 }, { zero: 0, resolutionEv: 127 });
    const peak = fitPeak(spectrum, axisOf(-0.2, 0.01), { energyKev: 6.4, fwhmKev: 0.13 }, 1.6)!;
    expect(peak.fwhmKev / fwhmKev(6.4, 127)).toBeCloseTo(1, 2);
  });
});
