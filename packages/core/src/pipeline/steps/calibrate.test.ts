import { describe, expect, test } from "vitest";
import { noisyImage, spectrumOf } from "../../algorithms/preprocess/synthetic-image.test-support.js";
import { DataCheckError, ParameterError } from "../../errors.js";
import { calibrationFiles } from "../../report/calibration-files.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { startAnalysis } from "../analysis.js";
import { previewCalibration } from "../calibration-preview.js";
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

  test("says what it did: axis before and after with errors, every line with how far off it was and is", async () => {
    const { calibration, choices } = await run({ automatic: "energy" }, wrong);
    expect(calibration!.before).toEqual({ offsetKev: -0.05, scaleKev: 0.0101 });
    const { offsetKev, scaleKev, offsetErrorKev, scaleErrorKev } = calibration!.after!;
    expect(Math.abs(offsetKev - image.energyAxis.offset!)).toBeLessThan(4 * offsetErrorKev!);
    expect(Math.abs(scaleKev - image.energyAxis.scale!)).toBeLessThan(4 * scaleErrorKev!);
    expect(calibration!.peaks.map(({ name }) => name)).toEqual(expect.arrayContaining(["O_Ka", "Si_Ka", "Ca_Ka", "Fe_Ka"]));
    for (const { channel, trueKev, beforeKev, residualKev, errorKev, by } of calibration!.peaks) {
      expect(beforeKev).toBeCloseTo(-0.05 + 0.0101 * channel - trueKev, 12);
      expect(residualKev).toBeCloseTo(offsetKev + scaleKev * channel - trueKev, 12);
      expect(Math.abs(residualKev)).toBeLessThan(4 * errorKev!);
      expect(by).toBe("spectrum");
    }
    expect(choices.join()).toMatch(/^Energies calibrated with /);
    const byHand = await run({ peaks: [{ line: "Fe_Ka", measuredKev: 6.5, energyKev: 6.4 }] });
    expect(byHand.calibration!.peaks).toMatchObject([{ name: "Fe_Ka", by: "hand", errorKev: undefined }]);
    expect(byHand.choices).toEqual([
      "Energies set by hand by peaks said to be Fe_Ka: offset -0.2000 keV, 10.0000 eV per channel.",
    ]);
    expect((await run({ pixelSizeUm: 1 })).calibration).toBeUndefined();
  });

  test("is seen before it is made: the same axis and lines from the sum spectrum alone", async () => {
    const [spectrum] = await pass(wrong.counts, [sumSpectrum(wrong.counts)]);
    const preview = (given: object, of: SpectrumImage = wrong) =>
      previewCalibration(of, spectrum, calibrate.schema.parse({ step: "calibrate", ...given }), context);
    for (const given of [{ automatic: "both" }, { automatic: "energy", lines: ["Fe_Ka", "O_Ka"], energyOffsetKev: -0.08 }]) {
      const made = await run(given, wrong);
      expect(await preview(given)).toMatchObject({ energyAxis: made.image.energyAxis, report: made.calibration });
    }
    const asItIs = await preview({});
    expect(asItIs.energyAxis).toEqual(wrong.energyAxis);
    const iron = asItIs.report.peaks.find(({ name }) => name === "Fe_Ka")!;
    expect(iron.beforeKev).toBe(iron.residualKev);
    expect(1000 * iron.residualKev).toBeGreaterThan(80);
    expect(asItIs.peaks.length).toBeGreaterThanOrEqual(asItIs.report.peaks.length);
    const bare = { ...wrong, energyAxis: { ...wrong.energyAxis, offset: undefined, scale: undefined, units: undefined } };
    expect(await preview({}, bare)).toMatchObject({ peaks: [], report: { before: undefined, after: undefined } });
    const started = await preview({ automatic: "energy", energyOffsetKev: -0.05, energyScaleKev: 0.0101 }, bare);
    expect(started.energyAxis.offset).toBeCloseTo(-0.1, 2);
    expect(started.report.peaks[0]!.beforeKev).toBeUndefined();
  });

  test("is a table of the result", async () => {
    const { calibration } = await run({ automatic: "energy" }, wrong);
    const [file, ...others] = calibrationFiles({ calibration });
    const [head, ...rows] = new TextDecoder().decode(file!.bytes).trimEnd().split("\r\n");
    expect([file!.path, head, others]).toEqual([
      "calibration.csv",
      "line,by,channel,true_kev,before_ev,residual_ev,error_ev",
      [],
    ]);
    expect(rows).toHaveLength(calibration!.peaks.length);
    expect([...calibrationFiles({ calibration: undefined })]).toEqual([]);
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
