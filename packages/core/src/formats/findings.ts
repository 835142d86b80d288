/** What is often missing from a file, with what it disables; the same words for every format. */
import { type Axis, isEnergyCalibrated } from "../spectrum-image/axis.js";
import type { Finding } from "../spectrum-image/spectrum-image.js";

/** Findings about calibration that hold for any spectrum image: energies, pixel size, beam energy and the detector's zero peak. */
export function calibrationFindings(
  navigationAxes: readonly Axis[],
  energyAxis: Axis,
  beamEnergyKev: number | undefined,
): Finding[] {
  const findings: Finding[] = [];
  if (!isEnergyCalibrated(energyAxis)) {
    findings.push({
      severity: "warning",
      code: "no-energy-calibration",
      message: "The file does not say which energy a channel has.",
      disables: ["lines of elements", "element maps", "identification of phases"],
    });
  } else if (energyAxis.offset < -energyAxis.scale) {
    findings.push({
      severity: "info",
      code: "zero-peak",
      message: `The energy axis begins below zero: a peak near channel ${Math.round(-energyAxis.offset / energyAxis.scale)} is the detector's zero peak and no X-ray line.`,
    });
  }
  if (navigationAxes.some((axis) => axis.units !== "um" || axis.scale === undefined)) {
    findings.push({
      severity: "warning",
      code: "no-pixel-size",
      message: "The file does not say how large a pixel is.",
      disables: ["scale bars", "areas in square micrometres"],
    });
  }
  if (beamEnergyKev === undefined) {
    findings.push({
      severity: "warning",
      code: "no-beam-energy",
      message: "The file does not state the beam energy.",
      disables: ["choice of lines by what the beam can excite", "quantification"],
    });
  }
  return findings;
}
