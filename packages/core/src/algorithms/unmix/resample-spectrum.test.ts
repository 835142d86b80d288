import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ParameterError } from "../../errors.js";
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import { resampledSpectrum } from "./resample-spectrum.js";

const axisOf = (offset: number, scale: number, size: number): CalibratedEnergyAxis => ({
  name: "energy",
  units: "keV",
  offset,
  scale,
  size,
});
const from = (counts: number[], energyOffsetKev: number, energyScaleKev: number) => ({
  name: "quartz.msa",
  counts,
  energyOffsetKev,
  energyScaleKev,
});

describe("a spectrum on another axis", () => {
  it("stays as it is on its own axis", () => {
    expect([...resampledSpectrum(from([1, 0, 5, 2], -0.2, 0.25), axisOf(-0.2, 0.25, 4))]).toEqual([1, 0, 5, 2]);
  });

  it("is interpolated linearly where channels have one width", () => {
    const counts = Array.from({ length: 20 }, (_, i) => (i * i) % 7);
    const found = resampledSpectrum(from(counts, 0, 0.5), axisOf(0.5 * 3.25, 0.5, 10));
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(0.75 * counts[i + 3]! + 0.25 * counts[i + 4]!, 12);
    });
  });

  it("keeps all counts where the new axis reaches past both ends", () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 40 })
          .filter((counts) => counts.some((count) => count > 0)),
        fc.double({ min: 0.005, max: 0.05, noNaN: true }),
        fc.double({ min: -0.2, max: 0.2, noNaN: true }),
        (counts, scale, offset) => {
          const found = resampledSpectrum(from(counts, offset, scale), axisOf(-1, 0.01, 600));
          const total = counts.reduce((sum, count) => sum + count, 0);
          expect(found.reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 8);
        },
      ),
    );
  });

  it.each([
    ["energyScaleKev", from([1], 0, 0)],
    ["counts", from([1, -1], 0, 0.01)],
    ["counts", from([Number.NaN], 0, 0.01)],
    ["counts", from([0, 0], 0, 0.01)],
    ["counts", from([3, 4], 90, 0.01)],
  ])("names %s when it does not fit", (field, spectrum) => {
    let failure: unknown;
    try {
      resampledSpectrum(spectrum, axisOf(0, 0.01, 100));
    } catch (error) {
      failure = error;
    }
    expect(failure instanceof ParameterError && failure.facts.field).toBe(field);
  });
});
