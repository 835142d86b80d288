/** Whose peak is it? Lines within the detector's resolution of a measured peak, judged by the other lines that must come with each. */
import { type CalibratedEnergyAxis, channelOfEnergy } from "../../spectrum-image/axis.js";
import { fwhmKev } from "../../xray/detector.js";
import { linesNear, linesOf, type XrayLine } from "../../xray/lines.js";
import { topHat, topHatHalfWidths } from "../preprocess/top-hat.js";
import type { MeasuredPeak } from "./measured-peaks.js";

export interface PeakCandidate {
  readonly line: XrayLine;
  /** Energy of the line minus the measured one, eV. */
  readonly distanceEv: number;
  /** 0 (contradicted) to 5 (all that should be seen with it is seen, and it lies where the peak is). */
  readonly evidence: number;
  readonly verdict: "fits" | "plausible" | "missing-companion" | "off" | "not-excited";
  /** The line that should be seen and is not, or the companion that speaks most for it. */
  readonly companion: XrayLine | undefined;
}

export interface PeakContext {
  /** Float64 [channels], counts. */
  readonly spectrum: Float64Array;
  readonly axis: CalibratedEnergyAxis;
  /** Default 20. */
  readonly beamEnergyKev?: number | undefined;
  /** Full width at half maximum at Mn Ka, default 130. */
  readonly resolutionEv?: number | undefined;
  /** Elements known to be there: named first among equals. */
  readonly elements?: readonly string[] | undefined;
}

/** Lines weaker than this beside the strongest of their family are not what a peak is named for. */
const LEAST_WEIGHT = 0.08;
/** A companion is expected where this many counts of it would be this many standard errors. */
const EXPECTED_SIGMA = 4;
/** Absorption and efficiency move relative heights, so a companion counts as missing only far below what tables say. */
const LEAST_SHARE_OF_EXPECTED = 0.2;
/** A nearer companion stands where the filter of the peak itself is negative. */
const CLEAR_FWHM = 1.9;
/** Gases, and elements without stable isotopes. */
const UNLIKELY = new Set(["He", "Ne", "Ar", "Kr", "Xe", "Rn", "Tc", "Pm", "Po", "At", "Fr", "Ra", "Ac", "Pa"]);
const ADEQUATE_OVERVOLTAGE = 1.5;

/** Candidates for a peak, one line per element, best evidence first; equal ones by distance. */
export function peakCandidates(peak: Pick<MeasuredPeak, "energyKev" | "errorEv">, context: PeakContext): PeakCandidate[] {
  const { axis, resolutionEv = 130, elements = [] } = context;
  const width = fwhmKev(peak.energyKev, resolutionEv);
  const filtered = topHat(context.spectrum, topHatHalfWidths(axis, resolutionEv));
  const near = linesNear(peak.energyKev, 0.55 * width, { minimumWeight: LEAST_WEIGHT }).filter(
    ({ element }) => !UNLIKELY.has(element),
  );
  const candidates = bestOfEachElement(near).map((line) => judged(line, peak, width, context, filtered));
  const known = ({ line }: PeakCandidate): number => (elements.includes(line.element) ? 1 : 0);
  return candidates.sort(
    (a, b) => b.evidence - a.evidence || known(b) - known(a) || Math.abs(a.distanceEv) - Math.abs(b.distanceEv),
  );
}

type Filtered = ReturnType<typeof topHat>;

/** Of several lines of one element under a peak the strongest names it. */
function bestOfEachElement(lines: readonly XrayLine[]): XrayLine[] {
  const best = new Map<string, XrayLine>();
  for (const line of lines) {
    const before = best.get(line.element);
    if (before === undefined || line.weight > before.weight) best.set(line.element, line);
  }
  return [...best.values()];
}

function judged(
  line: XrayLine,
  peak: Pick<MeasuredPeak, "energyKev" | "errorEv">,
  width: number,
  context: PeakContext,
  filtered: Filtered,
): PeakCandidate {
  const distanceEv = 1000 * (line.energyKev - peak.energyKev);
  const base = { line, distanceEv };
  if (line.edgeKev >= (context.beamEnergyKev ?? 20))
    return { ...base, evidence: 0, verdict: "not-excited", companion: undefined };
  const { missing, seen } = companionsOf(line, context, filtered);
  if (missing.length > 0) {
    return {
      ...base,
      evidence: missing.length === 1 && seen.length > 0 ? 1 : 0,
      verdict: "missing-companion",
      companion: missing[0],
    };
  }
  // An axis may be off by a few eV, so a place counts from there on only.
  const distance = Math.abs(blendKev(line, context) - peak.energyKev);
  const off = Math.max(0, distance - (2 * peak.errorEv + 4) / 1000) / width;
  const place = off < 0.06 ? 4 : off < 0.15 ? 3 : off < 0.3 ? 2 : 1;
  const evidence = Math.min(5, place + (seen.length > 0 || line.family === "K" ? 1 : 0));
  return { ...base, evidence, verdict: place < 3 ? "off" : evidence === 5 ? "fits" : "plausible", companion: seen[0] };
}

/** Where the peak of a line lies, with the lines of its family that the detector does not separate from it. */
function blendKev(line: XrayLine, { resolutionEv = 130, beamEnergyKev = 20 }: PeakContext): number {
  const width = fwhmKev(line.energyKev, resolutionEv);
  let weight = 0;
  let moment = 0;
  for (const other of linesOf(line.element)) {
    if (other.family !== line.family || other.edgeKev >= beamEnergyKev || Math.abs(other.energyKev - line.energyKev) > width)
      continue;
    weight += other.weight;
    moment += other.weight * other.energyKev;
  }
  return weight > 0 ? moment / weight : line.energyKev;
}

/**
 * Lines that must be seen if `line` is what the peak is: the stronger and the distinct weaker lines of its family at their relative heights, and the strongest
 * line of each harder family that the beam excites well, which must at least be significant.
 */
function companionsOf(line: XrayLine, context: PeakContext, filtered: Filtered): { missing: XrayLine[]; seen: XrayLine[] } {
  const { axis, resolutionEv = 130, beamEnergyKev = 20 } = context;
  const own = filteredAt(line, axis, filtered);
  const missing: XrayLine[] = [];
  const seen: XrayLine[] = [];
  for (const other of linesOf(line.element)) {
    const apart = Math.abs(other.energyKev - line.energyKev) > CLEAR_FWHM * fwhmKev(other.energyKev, resolutionEv);
    const measured = filteredAt(other, axis, filtered);
    if (!apart || measured === undefined || own === undefined) continue;
    const share = expectedShare(line, other, beamEnergyKev);
    if (share === undefined) continue;
    const error = Math.sqrt(Math.max(1, measured.variance));
    const expected = own.value * share;
    if (measured.value > 3 * error && measured.value > LEAST_SHARE_OF_EXPECTED * expected) seen.push(other);
    else if (expected > EXPECTED_SIGMA * error && measured.value < LEAST_SHARE_OF_EXPECTED * expected) missing.push(other);
  }
  return { missing, seen };
}

/** Height of a companion over that of the line, roughly; undefined where nothing can be said. */
function expectedShare(line: XrayLine, other: XrayLine, beamEnergyKev: number): number | undefined {
  if (other.family === line.family) {
    if (other.edgeKev >= beamEnergyKev || other.energyKev < 0.25) return undefined;
    const sameLevel = beamEnergyKev > ADEQUATE_OVERVOLTAGE * other.edgeKev;
    return other.weight >= LEAST_WEIGHT && sameLevel ? other.weight / line.weight : undefined;
  }
  const harder = other.energyKev > line.energyKev && other.weight === 1;
  return harder && beamEnergyKev > 2 * other.edgeKev && line.weight > 0.5 ? HARDER_SHARE : undefined;
}

/** The line of a harder family is at least about this strong where its overvoltage is 2 or more. */
const HARDER_SHARE = 0.15;

function filteredAt(
  line: XrayLine,
  axis: CalibratedEnergyAxis,
  { value, variance }: Filtered,
): { value: number; variance: number } | undefined {
  const centre = Math.round(channelOfEnergy(axis, line.energyKev));
  if (centre < 1 || centre >= value.length - 1 || variance[centre] === 0) return undefined;
  let best = centre;
  for (const c of [centre - 1, centre + 1]) if (value[c]! > value[best]!) best = c;
  return { value: value[best]!, variance: variance[best]! };
}
