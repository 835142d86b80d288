import { z } from "zod";
import { binImage } from "../../spectrum-image/bin.js";
import { needSpectra } from "../map-image.js";
import type { Step } from "../step.js";
import { tell } from "../tell.js";

const schema = z.strictObject({
  step: z.literal("bin"),
  factor: z
    .int()
    .min(1)
    .max(64)
    .default(1)
    .meta({ title: "Binning", unit: "pixels", description: "Joins so many pixels in x and in y into one; counts are summed." }),
  energyFactor: z
    .int()
    .min(1)
    .max(64)
    .default(1)
    .meta({ title: "Energy binning", unit: "channels", description: "Joins so many channels into one; counts are summed." }),
});

/** Fewer pixels with more counts each. */
export const bin: Step<typeof schema> = {
  id: "bin",
  title: "Bin",
  summary: "Joins neighbouring pixels and channels; counts are summed, a remainder at the edge is cropped and reported.",
  schema,
  async run(analysis, { factor, energyFactor }) {
    if (energyFactor > 1)
      needSpectra(analysis.image, "bin", "channels that are energies to join them", "Leave energyFactor at 1.");
    const axes = analysis.image.navigationAxes;
    const navigation = axes.map((axis, i) => (i < axes.length - 2 ? 1 : Math.min(factor, axis.size)));
    const { image, findings } = binImage(analysis.image, { navigation, energy: energyFactor });
    const choice = `Binned ${factor} x ${factor}${energyFactor > 1 ? `, ${energyFactor} channels into one` : ""}.`;
    const done = factor > 1 || energyFactor > 1;
    const message = [{ severity: "info", code: "binned", message: choice } as const];
    return tell({ ...analysis, image }, done ? [...message, ...findings] : findings);
  },
};
