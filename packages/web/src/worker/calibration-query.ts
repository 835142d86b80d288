/** What a calibration would do to the image as the file has it. */
import { type CalibrationPreview, parseRecipe, previewCalibration, RecipeError, type SpectrumImage } from "@sigma-eds/core";

interface Ground extends Pick<SpectrumImage, "title" | "energyAxis" | "metadata"> {
  /** Float64 [channels]. */
  readonly sumSpectrum: Float64Array;
}

/** Throws RecipeError for an entry of another step, and what the step throws. */
export async function calibrationOf(image: Ground, given: unknown): Promise<CalibrationPreview> {
  const { seed, steps } = parseRecipe({ schemaVersion: 1, steps: [given] });
  const [entry] = steps;
  if (entry?.step === "calibrate") return previewCalibration(image, image.sumSpectrum, entry, { seed });
  throw new RecipeError("This is no calibration.", {
    where: "the app",
    found: String(entry?.step),
    expected: 'an entry of the step "calibrate"',
  });
}
