import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import { fwhmKev } from "../../xray/detector.js";
import { edgesOf } from "../../xray/edges.js";
import type { XrayLine } from "../../xray/lines.js";
import { fitPeak } from "./fit-peak.js";

export interface ResolutionPeak {
  readonly line: string;
  readonly fwhmEv: number;
  readonly fwhmErrorEv: number;
  /** Width at Mn Ka that this peak alone gives. */
  readonly resolutionEv: number;
}

export interface MeasuredResolution {
  /** Full width at half maximum at Mn Ka (5.8987 keV). */
  readonly resolutionEv: number;
  readonly errorEv: number;
  readonly peaks: readonly ResolutionPeak[];
}

/** Isolated: no other line within this many FWHM. */
const ISOLATED = 2.4;
const REACH = 1.6;
/** A peak needs this many counts for its width to mean something. */
const FEWEST_COUNTS = 2000;
/** Below, incomplete collection of charge widens peaks more than the formula says, keV. */
const PROPER_KEV = 1;
/** Error of a width beyond counting, eV. */
const SYSTEMATIC_EV = 0.5;
const REFERENCE_KEV = 5.8987;
/** Variance per keV of a silicon detector over that of a Gaussian of the same width, as in `fwhmKev`, eV^2 per keV. */
const FANO_EV2_PER_KEV = 2500;
/** Full width squared over variance of a Gaussian. */
const WIDTH2_PER_VARIANCE = 8 * Math.LN2;
/** Share of Ka2 in Ka (Scofield 1974, doi:10.1016/S0092-640X(74)80019-7). */
const WEAKER_SHARE = 0.338;

/**
 * Resolution of the detector from the widths of isolated peaks on a calibrated axis: each width, less the distance of Ka1 and Ka2, is carried to Mn Ka by
 * the formula of `fwhmKev`, and the mean is weighted by the errors. `lines` are those that are there; `neighbours` all that may disturb them. Peaks above
 * 1 keV are preferred. `undefined` when no peak is isolated and strong enough.
 */
export function measureResolution(
  spectrum: Float64Array,
  axis: CalibratedEnergyAxis,
  lines: readonly XrayLine[],
  neighbours: readonly XrayLine[],
  expectedEv: number,
): MeasuredResolution | undefined {
  const all = lines
    .filter((line) => isolated(line, neighbours, expectedEv))
    .flatMap((line) => widthOf(spectrum, axis, line, expectedEv));
  const proper = all.filter(({ energyKev }) => energyKev >= PROPER_KEV);
  const used = proper.length > 0 ? proper : all;
  if (used.length === 0) return undefined;
  let [sum, weights] = [0, 0];
  for (const { squareEv2, errorEv2 } of used) {
    sum += squareEv2 / (errorEv2 * errorEv2);
    weights += 1 / (errorEv2 * errorEv2);
  }
  const resolutionEv = Math.sqrt(sum / weights);
  return {
    resolutionEv,
    errorEv: 1 / Math.sqrt(weights) / (2 * resolutionEv),
    peaks: used.map(({ peak }) => peak),
  };
}

function isolated(line: XrayLine, neighbours: readonly XrayLine[], expectedEv: number): boolean {
  const reach = ISOLATED * fwhmKev(line.energyKev, expectedEv);
  return neighbours.every((other) => other.name === line.name || Math.abs(other.energyKev - line.energyKev) > reach);
}

interface Width {
  readonly energyKev: number;
  readonly squareEv2: number;
  readonly errorEv2: number;
  readonly peak: ResolutionPeak;
}

function widthOf(spectrum: Float64Array, axis: CalibratedEnergyAxis, line: XrayLine, expectedEv: number): Width[] {
  const { energyKev } = line;
  const fit = fitPeak(spectrum, axis, { energyKev, fwhmKev: fwhmKev(energyKev, expectedEv) }, REACH);
  if (fit === undefined || fit.counts < FEWEST_COUNTS || Math.abs(fit.energyKev - energyKev) > fit.fwhmKev / 4) return [];
  const fwhmEv = 1000 * fit.fwhmKev;
  const fwhmErrorEv = Math.sqrt(1e6 * fit.fwhmErrorKev * fit.fwhmErrorKev + SYSTEMATIC_EV * SYSTEMATIC_EV);
  const squareEv2 =
    fwhmEv * fwhmEv - WIDTH2_PER_VARIANCE * memberVarianceEv2(line) - FANO_EV2_PER_KEV * (energyKev - REFERENCE_KEV);
  if (squareEv2 <= 0) return [];
  const peak = { line: line.name, fwhmEv, fwhmErrorEv, resolutionEv: Math.sqrt(squareEv2) };
  return [{ energyKev, squareEv2, errorEv2: 2 * fwhmEv * fwhmErrorEv, peak }];
}

/** Variance that the distance of Ka1 and Ka2 adds; 0 for other lines. */
function memberVarianceEv2({ name, element }: XrayLine): number {
  if (!name.endsWith("_Ka")) return 0;
  const edge = (level: string) => edgesOf(element).find((candidate) => candidate.level === level)?.energyKev;
  const [upper, lower] = [edge("L2"), edge("L3")];
  const distanceEv = upper === undefined || lower === undefined ? 0 : 1000 * (upper - lower);
  return WEAKER_SHARE * (1 - WEAKER_SHARE) * distanceEv * distanceEv;
}
