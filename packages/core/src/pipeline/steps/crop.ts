import { z } from "zod";
import { RecipeError } from "../../errors.js";
import { type Axis, channelOfEnergy, isEnergyCalibrated } from "../../spectrum-image/axis.js";
import { cropImage, type IndexRange } from "../../spectrum-image/crop.js";
import { needSpectra } from "../map-image.js";
import type { Step } from "../step.js";

const pixelRange = z.tuple([z.int().min(0), z.int().min(1)]);

const schema = z.strictObject({
  step: z.literal("crop"),
  x: pixelRange.optional().meta({
    title: "Columns",
    unit: "pixels",
    description: "First column kept, and the first one no longer kept. Left out: all.",
  }),
  y: pixelRange
    .optional()
    .meta({ title: "Rows", unit: "pixels", description: "First row kept, and the first one no longer kept. Left out: all." }),
  energyKev: z
    .tuple([z.number(), z.number()])
    .optional()
    .meta({ title: "Energies", unit: "keV", description: "Lowest and highest energy kept. Left out: all." }),
});

/** Keeps a rectangle of the map and a part of the energies. */
export const crop: Step<typeof schema> = {
  id: "crop",
  title: "Crop",
  summary: "Keeps a rectangle of the map and a part of the energies.",
  schema,
  async run(analysis, { x, y, energyKev }) {
    const { navigationAxes, energyAxis } = analysis.image;
    const navigation = navigationAxes.map((_, i) =>
      i === navigationAxes.length - 1 ? x : i === navigationAxes.length - 2 ? y : undefined,
    );
    if (energyKev !== undefined)
      needSpectra(analysis.image, "crop", "energies", 'Leave energyKev out; choose maps in the step "elements".');
    const energy = energyKev === undefined ? undefined : channelRange(energyAxis, energyKev);
    return { ...analysis, image: cropImage(analysis.image, { navigation, energy }) };
  },
};

function channelRange(axis: Axis, [from, to]: readonly [number, number]): IndexRange {
  if (!isEnergyCalibrated(axis)) {
    throw new RecipeError("The energy axis is not calibrated, so energies cannot be cropped.", {
      where: "step crop",
      remedy: 'Give its offset and channel width in a step "calibrate" before it.',
    });
  }
  const start = Math.max(0, Math.ceil(channelOfEnergy(axis, from)));
  const end = Math.min(axis.size, Math.floor(channelOfEnergy(axis, to)) + 1);
  if (start >= end)
    throw new RecipeError("No channel lies between the two energies.", {
      where: "step crop",
      field: "energyKev",
      found: `${from} to ${to} keV`,
    });
  return [start, end];
}
