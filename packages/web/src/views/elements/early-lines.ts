/** Which maps are shown before anything is analysed: of the lines that are marked. */
import { fwhmKev, isEnergyCalibrated, lineWithName, measuredPeaks } from "@sigma-eds/core";
import type { LoadedImage } from "../../worker/engine-protocol.js";

export interface EarlyLine {
  readonly line: string;
  /** One full width at half maximum to either side, as the step of the maps counts. */
  readonly fromKev: number;
  readonly toKev: number;
}

/** A peak is that of a line this near to it, in widths of the detector. */
const NEAR = 0.5;

/** The most significant peak of the sum spectrum first, lines without a peak last and by energy; none where the energy axis has no calibration. Of element maps without spectra all of them, by their channels. */
export function earlyLines(
  {
    metadata,
    energyAxis,
    sumSpectrum,
    channelLines,
  }: Pick<LoadedImage, "metadata" | "energyAxis" | "sumSpectrum" | "channelLines">,
  marked: readonly string[],
): EarlyLine[] {
  if (channelLines !== undefined) return channelLines.map((line, channel) => ({ line, fromKev: channel, toKev: channel + 1 }));
  if (!isEnergyCalibrated(energyAxis)) return [];
  const { detector } = metadata;
  const peaks = measuredPeaks(sumSpectrum, energyAxis, detector.resolutionEv);
  return marked
    .flatMap((name) => lineWithName(name) ?? [])
    .map(({ name, energyKev }) => {
      const width = fwhmKev(energyKev, detector.resolutionEv);
      const near = peaks.filter((peak) => Math.abs(peak.energyKev - energyKev) < NEAR * width);
      return { name, energyKev, width, sigma: Math.max(0, ...near.map(({ sigma }) => sigma)) };
    })
    .sort((a, b) => b.sigma - a.sigma || a.energyKev - b.energyKev)
    .map(({ name, energyKev, width }) => ({ line: name, fromKev: energyKev - width, toKev: energyKev + width }));
}
