/** Which maps are shown before anything is analysed: of the best line of each element that the file names. */
import { fwhmKev, isEnergyCalibrated, mainLine } from "@sigma-eds/core";
import type { LoadedImage } from "../../worker/engine-protocol.js";

export interface EarlyLine {
  readonly line: string;
  /** One full width at half maximum to either side, as the step of the maps counts. */
  readonly fromKev: number;
  readonly toKev: number;
}

/** By energy; none where the energy axis has no calibration, or the file names no element. */
export function earlyLines({ metadata, energyAxis }: Pick<LoadedImage, "metadata" | "energyAxis">): EarlyLine[] {
  if (!isEnergyCalibrated(energyAxis)) return [];
  const { elements, beamEnergyKev, detector } = metadata;
  return elements
    .flatMap((element) => mainLine(element, beamEnergyKev) ?? [])
    .sort((a, b) => a.energyKev - b.energyKev)
    .map(({ name, energyKev }) => {
      const width = fwhmKev(energyKev, detector.resolutionEv);
      return { line: name, fromKev: energyKev - width, toKev: energyKev + width };
    });
}
