/** X-ray lines that are marked before anything is analysed. */
import {
  isEnergyCalibrated,
  isSigmaError,
  isStored,
  parseRecipe,
  runRecipe,
  type SpectrumImage,
  throwIfAborted,
} from "@sigma-eds/core";

const elementsAlone = parseRecipe({ schemaVersion: 1, steps: [{ step: "elements" }] });

/**
 * Names of the lines that the recipe's step `elements` chooses by itself, by rising energy. undefined where it was not asked: for element maps, energies without
 * calibration, and counts that do not fit in memory, which it would read twice more. An image that the step refuses is shown without lines.
 */
export async function foundLines(image: SpectrumImage, signal: AbortSignal): Promise<readonly string[] | undefined> {
  if (image.channelLines !== undefined || !isEnergyCalibrated(image.energyAxis) || !isStored(image.counts)) return undefined;
  try {
    const { analysis } = await runRecipe(image, elementsAlone, { signal });
    return analysis.lines;
  } catch (error) {
    throwIfAborted(signal);
    if (isSigmaError(error)) return undefined;
    throw error;
  }
}
