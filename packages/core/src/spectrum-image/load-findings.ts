import { isEnergyCalibrated } from "./axis.js";
import type { Finding, SpectrumImage } from "./spectrum-image.js";

/** What one reading of all counts gave. */
export interface LoadTotals {
  readonly countsRead: number;
  /** Float64 [channels]. */
  readonly sumSpectrum: Float64Array;
}

/** The reader's findings, and those that need the counts: the comparison with the total that the file states, and an empty image. */
export function loadFindings(image: SpectrumImage, { countsRead, sumSpectrum }: LoadTotals): Finding[] {
  const findings = [...image.loadReport.findings, totalFinding(image, countsRead)];
  if (countsRead === 0) {
    findings.push({
      severity: "warning",
      code: "empty",
      message: "There is not a single count in the spectra.",
      disables: ["phases"],
    });
  }
  const outside = countsOutsideBeam(image, sumSpectrum);
  if (outside !== undefined && outside.share > 0.01) {
    findings.push({
      severity: "warning",
      code: "counts-above-beam",
      message: `${(100 * outside.share).toFixed(1)} % of the counts lie above the beam energy of ${outside.beamEnergyKev} keV: check the energy calibration and the beam energy.`,
    });
  }
  return findings;
}

function totalFinding(image: SpectrumImage, countsRead: number): Finding {
  const read = countsRead.toLocaleString("en-GB", { maximumFractionDigits: 3 });
  const stated = image.loadReport.statedCounts;
  if (stated === undefined) {
    return {
      severity: "info",
      code: "counts-read",
      message: `${read} ${image.counts.kind === "counts" ? "counts" : "units of intensity"} read. The file states no total to compare with.`,
    };
  }
  if (stated.value === countsRead) {
    return {
      severity: "info",
      code: "counts-read",
      message: `All ${read} counts read; equal to the file's own sum (${stated.where}).`,
    };
  }
  const difference = Math.abs(stated.value - countsRead);
  const direction = stated.value > countsRead ? "more" : "fewer";
  return {
    severity: "warning",
    code: "counts-differ",
    message: `The file states ${stated.value.toLocaleString("en-GB")} counts (${stated.where}), ${difference.toLocaleString("en-GB")} ${direction} than were read (${((100 * difference) / stated.value).toPrecision(2)} %).`,
  };
}

function countsOutsideBeam(image: SpectrumImage, sum: Float64Array): { share: number; beamEnergyKev: number } | undefined {
  const { energyAxis, metadata } = image;
  if (metadata.beamEnergyKev === undefined || !isEnergyCalibrated(energyAxis)) return undefined;
  const first = Math.ceil((metadata.beamEnergyKev * 1.05 - energyAxis.offset) / energyAxis.scale);
  let total = 0;
  let above = 0;
  sum.forEach((value, channel) => {
    total += value;
    if (channel >= first) above += value;
  });
  return total === 0 ? undefined : { share: above / total, beamEnergyKev: metadata.beamEnergyKev };
}
