import { z } from "zod";
import type { Axis } from "../../spectrum-image/axis.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import type { Step } from "../step.js";

const schema = z.strictObject({
  step: z.literal("calibrate"),
  energyOffsetKev: z
    .number()
    .optional()
    .meta({ title: "Energy offset", unit: "keV", description: "Energy at the middle of channel 0. Left out: as the file says." }),
  energyScaleKev: z.number().positive().optional().meta({
    title: "Channel width",
    unit: "keV",
    description: "Energy from one channel to the next. Left out: as the file says.",
  }),
  pixelSizeUm: z
    .number()
    .positive()
    .optional()
    .meta({ title: "Pixel size", unit: "µm", description: "Width and height of a pixel. Left out: as the file says." }),
  beamEnergyKev: z
    .number()
    .positive()
    .optional()
    .meta({ title: "Beam energy", unit: "keV", description: "Energy of the electrons. Left out: as the file says." }),
  resolutionEv: z.number().min(50).max(400).optional().meta({
    title: "Detector resolution",
    unit: "eV",
    description: "Full width at half maximum of the Mn Ka peak. Left out: as the file says, or 130 eV.",
  }),
});

/** States what the file does not, or states wrongly: energies, lengths, beam. */
export const calibrate: Step<typeof schema> = {
  id: "calibrate",
  title: "Calibrate",
  summary: "Sets energies, lengths and beam energy by hand where the file lacks them.",
  schema,
  async run(analysis, given) {
    const { image } = analysis;
    const calibrated: SpectrumImage = {
      ...image,
      energyAxis: calibratedEnergy(image.energyAxis, given.energyOffsetKev, given.energyScaleKev),
      navigationAxes:
        given.pixelSizeUm === undefined ? image.navigationAxes : calibratedLengths(image.navigationAxes, given.pixelSizeUm),
      metadata: {
        ...image.metadata,
        beamEnergyKev: given.beamEnergyKev ?? image.metadata.beamEnergyKev,
        detector: { ...image.metadata.detector, resolutionEv: given.resolutionEv ?? image.metadata.detector.resolutionEv },
      },
    };
    return { ...analysis, image: calibrated };
  },
};

function calibratedEnergy(axis: Axis, offset: number | undefined, scale: number | undefined): Axis {
  if (offset === undefined && scale === undefined) return axis;
  return { ...axis, offset: offset ?? axis.offset, scale: scale ?? axis.scale, units: "keV" };
}

/** The last two navigation axes are lengths; any before them (tilt, time) keep their own units. */
function calibratedLengths(axes: readonly Axis[], pixelSizeUm: number): Axis[] {
  return axes.map((axis, i) =>
    i < axes.length - 2 ? axis : { ...axis, offset: axis.offset ?? 0, scale: pixelSizeUm, units: "um" },
  );
}
