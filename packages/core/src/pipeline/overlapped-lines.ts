/** Lines whose counts a line of another element may have made: F Ka beside Fe La, S Ka beside Pb Ma. */
import { fwhmKev } from "../xray/detector.js";
import { lineNamed } from "../xray/line-names.js";
import { linesNear } from "../xray/lines.js";

/** Two lines nearer than this share of the detector's resolution look like one. */
const NEAR = 0.5;
/** Weaker lines of a family disturb nobody. */
const LEAST_WEIGHT = 0.3;
/** An L or M line beside a K or L line of the same element is at most about so much stronger, at the usual overvoltages. */
const MOST_OF_OTHER_FAMILY = 2;

export interface MeasuredLine {
  readonly line: string;
  readonly netPerPixel: number;
}

/**
 * The line that may have made the counts of `line`: it belongs to another element, which is proven by a line of its own elsewhere among `others`, lies within half the
 * detector's resolution, the beam excites it, and the counts are at most twice those of the proving line. `undefined` where there is none, or where the counts are more
 * than such a line could make. A rule of thumb for names; `identify` fits whole families.
 */
export function overlappingLine(
  { line, netPerPixel }: MeasuredLine,
  others: readonly MeasuredLine[],
  resolutionEv: number,
  beamEnergyKev = Number.POSITIVE_INFINITY,
): string | undefined {
  const { element, energyKev } = lineNamed(line);
  const reach = NEAR * fwhmKev(energyKev, resolutionEv);
  const proven = others.filter(
    (other) => lineNamed(other.line).element !== element && netPerPixel <= MOST_OF_OTHER_FAMILY * other.netPerPixel,
  );
  const elements = proven
    .filter((other) => Math.abs(lineNamed(other.line).energyKev - energyKev) > reach)
    .map((other) => lineNamed(other.line).element);
  return linesNear(energyKev, reach, { elements, minimumWeight: LEAST_WEIGHT }).find(({ edgeKev }) => edgeKev < beamEnergyKev)
    ?.name;
}
