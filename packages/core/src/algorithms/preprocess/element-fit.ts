/**
 * Which elements a spectrum shows: families of lines (K, L, M of each element, Gaussian, with the tables' relative weights) fitted to the
 * top-hat filtered spectrum by non-negative least squares. Elements are taken in one by one, each time the one that explains most of what is
 * left, until no line stands out any more: so a beta line is not taken for another element, and overlaps get the simplest explanation.
 */
import { exp } from "../../kernels/math.js";
import { type CalibratedEnergyAxis, channelOfEnergy } from "../../spectrum-image/axis.js";
import { sigmaKev } from "../../xray/detector.js";
import { type LineFamily, linesOf, mainLine, type XrayLine } from "../../xray/lines.js";
import { gramMatrix, nonNegativeSolver } from "../unmix/nnls.js";
import { topHat, topHatHalfWidths } from "./top-hat.js";

export interface ElementFitOptions {
  readonly axis: CalibratedEnergyAxis;
  readonly beamEnergyKev: number;
  readonly resolutionEv: number;
  /** Energies that are looked at, keV. */
  readonly fromKev: number;
  readonly toKev: number;
  /** A line is looked into when it stands out of what is left by this many standard errors. */
  readonly significance: number;
  /** Resolution for which the filter is made. Default: `resolutionEv`. */
  readonly widthsEv?: number | undefined;
  /** Energy by which peaks lie above where the axis puts them, keV. Default 0. */
  readonly shiftKev?: number | undefined;
}

/** What speaks for an element. */
export interface ElementEvidence {
  readonly element: string;
  /** Line to map it with. */
  readonly line: XrayLine;
  /** Counts of the line by the fit. */
  readonly netCounts: number;
  /** Filtered counts at the line, without those that the fit gives to other elements, over their standard error and 5 % of the others. */
  readonly sigma: number;
  /** The same with those of other elements: how much of a peak there is at all. */
  readonly peakSigma: number;
  /** Share of the peak at the line that the fit gives to this element, 0 to 1; the rest belongs to others. 0 for an element that was not needed. */
  readonly share: number;
}

/** A fit for many spectra on one axis. */
export interface ElementFit {
  of(spectrum: Float64Array): readonly ElementEvidence[];
  /** Weighted square of what the fit leaves of the filtered spectrum: smaller is better. */
  misfit(spectrum: Float64Array): number;
}

/** Share of the filtered counts of other elements at a line by which their shape may be wrong; it is no evidence for this one. */
const SHAPE_ERROR = 0.05;

/** An element with the templates of its families, top-hat filtered, for one count in the strongest line of each. */
interface Candidate {
  readonly line: XrayLine;
  /** Channel of the line. */
  readonly at: number;
  readonly families: readonly { readonly family: LineFamily; readonly filtered: Float64Array }[];
}

/** Filtered spectrum with the weights of its channels. */
interface Filtered {
  readonly value: Float64Array;
  readonly variance: Float64Array;
  readonly weight: Float64Array;
}

/** Prepares the templates of `elements`; those that the beam or the axis shows no line of give no evidence. */
export function elementFit(elements: readonly string[], options: ElementFitOptions): ElementFit {
  const { beamEnergyKev, resolutionEv, fromKev, toKev, significance } = options;
  const axis = { ...options.axis, offset: options.axis.offset - (options.shiftKev ?? 0) };
  const halfWidths = topHatHalfWidths(axis, options.widthsEv ?? resolutionEv);
  const candidates = elements.flatMap((element): Candidate | [] => {
    const line = mainLine(element, beamEnergyKev, [fromKev, toKev]);
    if (line === undefined) return [];
    const at = Math.min(axis.size - 1, Math.max(0, Math.round(channelOfEnergy(axis, line.energyKev))));
    return { line, at, families: familiesOf(element, { ...options, axis }, halfWidths) };
  });
  const first = Math.max(0, Math.ceil(channelOfEnergy(axis, fromKev)));
  const last = Math.min(axis.size, Math.floor(channelOfEnergy(axis, toKev)) + 1);
  const filter = (spectrum: Float64Array): Filtered => {
    const { value, variance } = topHat(spectrum, halfWidths);
    return { value, variance, weight: variance.map((v, c) => (c >= first && c < last ? 1 / Math.max(v, 1) : 0)) };
  };
  return {
    of(spectrum) {
      const filtered = filter(spectrum);
      const accepted = grow(candidates, filtered, significance);
      return candidates.map((candidate) => evidenceOf(candidate, accepted, filtered));
    },
    misfit(spectrum) {
      const filtered = filter(spectrum);
      const { model } = fit(candidates, filtered);
      return filtered.value.reduce((sum, value, c) => sum + filtered.weight[c]! * (value - model[c]!) * (value - model[c]!), 0);
    },
  };
}

interface Fitted {
  readonly candidates: readonly Candidate[];
  /** Per candidate and family, as `families`. */
  readonly amplitudes: readonly Float64Array[];
  readonly model: Float64Array;
}

/** Takes in candidates until no line of those outside stands out of what is left. */
function grow(candidates: readonly Candidate[], filtered: Filtered, significance: number): Fitted {
  let fitted: Fitted = { candidates: [], amplitudes: [], model: new Float64Array(filtered.value.length) };
  for (;;) {
    const residual = filtered.value.map((value, c) => value - fitted.model[c]!);
    const standsOut = (candidate: Candidate) => {
      const shape = SHAPE_ERROR * sizeOfOthers(candidate, fitted);
      return residual[candidate.at]! >= significance * Math.sqrt(Math.max(1, filtered.variance[candidate.at]!) + shape * shape);
    };
    const outside = candidates.filter((candidate) => !fitted.candidates.includes(candidate) && standsOut(candidate));
    const next = strongest(outside, residual, filtered);
    if (next === undefined) return fitted;
    fitted = fit([...fitted.candidates, next], filtered);
  }
}

/** The candidate whose families explain most of the residual. */
function strongest(candidates: readonly Candidate[], residual: Float64Array, { weight }: Filtered): Candidate | undefined {
  let best: Candidate | undefined;
  let most = 0;
  for (const candidate of candidates) {
    let gain = 0;
    for (const { filtered } of candidate.families) {
      let product = 0;
      let square = 0;
      for (let c = 0; c < filtered.length; c++) {
        if (filtered[c] === 0) continue;
        product += filtered[c]! * weight[c]! * residual[c]!;
        square += filtered[c]! * weight[c]! * filtered[c]!;
      }
      if (product > 0) gain += (product * product) / square;
    }
    if (gain > most) {
      most = gain;
      best = candidate;
    }
  }
  return best;
}

function fit(candidates: readonly Candidate[], { value, weight }: Filtered): Fitted {
  const columns = candidates.flatMap(({ families }) => families.map(({ filtered }) => filtered));
  const h = Float64Array.from(columns, (column) =>
    column.reduce((sum, response, c) => sum + response * weight[c]! * value[c]!, 0),
  );
  const all = new Float64Array(columns.length);
  nonNegativeSolver(gramMatrix(columns, weight), columns.length).solve(h, all);
  const model = new Float64Array(value.length);
  columns.forEach((column, j) => {
    for (let c = 0; c < model.length; c++) model[c]! += all[j]! * column[c]!;
  });
  let next = 0;
  const amplitudes = candidates.map(({ families }) => {
    const from = next;
    next += families.length;
    return all.slice(from, next);
  });
  return { candidates, amplitudes, model };
}

function evidenceOf(
  candidate: Candidate,
  { candidates, amplitudes, model }: Fitted,
  { value, variance }: Filtered,
): ElementEvidence {
  const { line, at, families } = candidate;
  const index = candidates.indexOf(candidate);
  const own = index === -1 ? families.map(() => 0) : [...amplitudes[index]!];
  const responseOf = ({ families: all }: Candidate, sizes: ArrayLike<number>, floor: number) =>
    all.reduce((sum, { filtered }, f) => sum + sizes[f]! * Math.max(floor, filtered[at]!), 0);
  const others = model[at]! - responseOf(candidate, own, Number.NEGATIVE_INFINITY);
  const shape = SHAPE_ERROR * sizeOfOthers(candidate, { candidates, amplitudes });
  const positive = candidates.reduce((sum, other, i) => sum + responseOf(other, amplitudes[i]!, 0), 0);
  const error = Math.sqrt(Math.max(1, variance[at]!));
  return {
    element: line.element,
    line,
    netCounts: own[families.findIndex(({ family }) => family === line.family)] ?? 0,
    sigma: (value[at]! - others) / Math.sqrt(error * error + shape * shape),
    peakSigma: value[at]! / error,
    share: index === -1 ? 0 : responseOf(candidate, own, 0) / Math.max(positive, value[at]!, Number.MIN_VALUE),
  };
}

/** Filtered counts of other elements at the line of a candidate, whatever their sign. */
function sizeOfOthers(candidate: Candidate, { candidates, amplitudes }: Pick<Fitted, "candidates" | "amplitudes">): number {
  let sum = 0;
  candidates.forEach((other, i) => {
    if (other === candidate) return;
    other.families.forEach(({ filtered }, f) => {
      sum += amplitudes[i]![f]! * Math.abs(filtered[candidate.at]!);
    });
  });
  return sum;
}

/** One template per family that the beam excites and the axis shows. */
function familiesOf(
  element: string,
  { axis, beamEnergyKev, resolutionEv, fromKev, toKev }: ElementFitOptions,
  halfWidths: Uint16Array,
): Candidate["families"] {
  const families = new Map<LineFamily, Float64Array>();
  for (const line of linesOf(element)) {
    if (line.edgeKev >= beamEnergyKev || line.energyKev < fromKev || line.energyKev > toKev) continue;
    const spectrum = families.get(line.family) ?? new Float64Array(axis.size);
    families.set(line.family, spectrum);
    addPeak(spectrum, line, axis, resolutionEv);
  }
  return [...families].map(([family, spectrum]) => ({ family, filtered: topHat(spectrum, halfWidths).value }));
}

const REACH_SIGMAS = 5;
const INVERSE_ROOT_2PI = 0.3989422804014327;

/** Adds a Gaussian of the line's weight. */
function addPeak(
  spectrum: Float64Array,
  { energyKev, weight }: XrayLine,
  axis: CalibratedEnergyAxis,
  resolutionEv: number,
): void {
  const sigma = sigmaKev(energyKev, resolutionEv) / axis.scale;
  const centre = channelOfEnergy(axis, energyKev);
  const from = Math.max(0, Math.ceil(centre - REACH_SIGMAS * sigma));
  const to = Math.min(spectrum.length - 1, Math.floor(centre + REACH_SIGMAS * sigma));
  for (let c = from; c <= to; c++) {
    const z = (c - centre) / sigma;
    spectrum[c]! += (weight * INVERSE_ROOT_2PI * exp(-0.5 * z * z)) / sigma;
  }
}
