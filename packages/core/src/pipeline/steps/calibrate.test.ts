import { describe, expect, test } from "vitest";
import { noisyImage, spectrumOf } from "../../algorithms/preprocess/synthetic-image.test-support.js";
import { DataCheckError, ParameterError } from "../../errors.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { startAnalysis } from "../analysis.js";
import { calibrate } from "./calibrate.js";

const context = { seed: 1 };
const image: SpectrumImage = noisyImage(20, 10, () => spectrumOf({ O: 200, Si: 200, Ca: 150, Fe: 150 }, 300), {
  elements: ["O", "Si", "Ca", "Fe"],
});
const run = (given: object, of: SpectrumImage = image) =>
  calibrate.run(startAnalysis(of), calibrate.schema.parse({ step: "calibrate", ...given }) as never, context);
const wrong = { ...image, energyAxis: { ...image.energyAxis, offset: -0.05, scale: 0.0101 } };

describe("calibrate", () => {
  test("leaves alone what is not stated", async () => {
    expect((await run({})).image).toMatchObject({
      energyAxis: image.energyAxis,
      navigationAxes: image.navigationAxes,
      metadata: image.metadata,
    });
  });

  test("by peaks, with SIGMA2's energies or those of the table", async () => {
    const peaks = [
      { line: "O_Ka", measuredKev: 0.703, energyKev: 0.525 },
      { line: "Fe_Ka", measuredKev: 6.44, energyKev: 6.404 },
      { line: "S Kα", measuredKev: 2.45, energyKev: 2.308 },
    ];
    const { energyAxis } = (await run({ peaks })).image;
    expect(energyAxis.scale! / 0.01).toBeCloseTo(1.025065, 6);
    expect(energyAxis.offset).toBeCloseTo(-0.1 * 1.025065 - 0.198815, 6);
    const tabled = (await run({ peaks: peaks.map(({ line, measuredKev }) => ({ line, measuredKev })) })).image.energyAxis;
    expect(tabled.scale! / 0.01).toBeCloseTo(1.025, 2);
  });

  test("by hand first, then by peaks", async () => {
    const { energyAxis } = (
      await run({ energyOffsetKev: 0, energyScaleKev: 0.02, peaks: [{ line: "Fe_Ka", measuredKev: 6.5, energyKev: 6.4 }] })
    ).image;
    expect(energyAxis).toMatchObject({ scale: 0.02, units: "keV" });
    expect(energyAxis.offset).toBeCloseTo(-0.1, 12);
  });

  test("from the spectrum: energies, resolution or both", async () => {
    const both = await run({ automatic: "both" }, wrong);
    expect(both.image.energyAxis.offset).toBeCloseTo(-0.1, 2);
    expect(both.image.energyAxis.scale).toBeCloseTo(0.01, 5);
    expect(Math.abs(both.image.metadata.detector.resolutionEv! - 130)).toBeLessThan(2.5);
    expect(both.choices).toHaveLength(2);
    const energy = await run({ automatic: "energy" }, wrong);
    expect(energy.image.energyAxis).toEqual(both.image.energyAxis);
    expect(energy.image.metadata).toEqual(image.metadata);
    const resolution = await run({ automatic: "resolution" });
    expect(resolution.image.energyAxis).toEqual(image.energyAxis);
    expect(resolution.choices.join()).toMatch(/^Resolution measured from Ca_Ka \([\d.]+ eV\), Fe_Ka/);
  });

  test("a resolution that is given goes before one that is measured", async () => {
    expect((await run({ automatic: "both", resolutionEv: 140 })).image.metadata.detector.resolutionEv).toBe(140);
  });

  test("refuses peaks on an axis without energies, and peaks that give no line", async () => {
    const bare = { ...image, energyAxis: { ...image.energyAxis, scale: undefined } };
    await expect(run({ peaks: [{ line: "Fe_Ka", measuredKev: 6 }] }, bare)).rejects.toThrow(DataCheckError);
    await expect(run({ automatic: "energy" }, bare)).rejects.toThrow(DataCheckError);
    await expect(
      run({
        peaks: [
          { line: "Fe_Ka", measuredKev: 6 },
          { line: "O_Ka", measuredKev: 6 },
        ],
      }),
    ).rejects.toThrow(ParameterError);
    await expect(run({ peaks: [{ line: "Unknownium", measuredKev: 6 }] })).rejects.toThrow(ParameterError);
  });
});
