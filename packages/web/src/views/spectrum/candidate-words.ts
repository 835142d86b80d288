/** Why a line is or is not the peak, in about four words. */
import { formatFixed, lineText, type PeakCandidate } from "@sigma-eds/core";

export function candidateReason({ verdict, companion, line, distanceEv }: PeakCandidate): string {
  const other = companion === undefined ? "" : withoutElement(companion.name);
  switch (verdict) {
    case "not-excited":
      return `needs ${formatFixed(line.edgeKev, 1)} keV`;
    case "missing-companion":
      return companion === undefined ? "its other lines are missing" : `no ${other} at ${formatFixed(companion.energyKev, 3)}`;
    case "off":
      return `lies ${distanceEv < 0 ? "below" : "above"} the peak`;
    case "fits":
      return companion === undefined ? "fits alone" : `fits, with ${other}`;
    case "plausible":
      return companion === undefined ? "fits, nothing else seen" : `near, with ${other}`;
  }
}

/** `Lβ₁` of `Zr_Lb1` */
function withoutElement(name: string): string {
  return lineText(name).split(" ").slice(1).join(" ");
}

/** `−29 eV` with a real minus sign. */
export function distanceText(distanceEv: number): string {
  const whole = Math.round(distanceEv);
  return `${whole < 0 ? "−" : whole > 0 ? "+" : ""}${Math.abs(whole)} eV`;
}
