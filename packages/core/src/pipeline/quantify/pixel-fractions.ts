/** Mass fractions at single pixels: the net counts of the pixel, with the matrix correction of its class. */
import { familyFactors } from "../../algorithms/line-fit/fit-maps.js";
import type { QuantifiedSpectrum } from "../../algorithms/quantify/xpp/quantify-fit.js";
import { withUnmeasured } from "../../algorithms/quantify/xpp/unmeasured-elements.js";
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import type { CountSource } from "../../spectrum-image/counts.js";
import { type Accumulator, pass } from "../../spectrum-image/pass.js";
import type { Analysis } from "../analysis.js";
import type { StepContext } from "../step.js";
import type { BulkComposition, PixelFractions } from "./bulk-quantification.js";
import { WHOLE_ID } from "./classes-to-quantify.js";
import type { ClassAtWork } from "./quantify-bulk.js";
import type { XppParameters } from "./xpp-parameters.js";

interface Setting {
  readonly given: XppParameters;
  readonly axis: CalibratedEnergyAxis;
}

/** What turns the counts of a pixel of one class into fractions. */
interface ClassFilter {
  /** One filter over the channels per measured element. */
  readonly filters: readonly Float64Array[];
  /** Mass fraction per net count of a pixel, one per measured element. */
  readonly perCount: readonly number[];
  /** Float64 [elements of the class x measured]: what one part of a measured element brings of each element, itself and what goes with it. */
  readonly brings: Float64Array;
  /** Column of each element of the class in the result. */
  readonly columns: readonly number[];
  /** Which row is by difference, -1 for none. */
  readonly difference: number;
  readonly normalise: boolean;
}

/**
 * To first order about the composition of the class, the mass fraction is in proportion to the net counts: C = C_class I / I_class. Elements that are not measured follow
 * as in the class. Errors are those of the pixel's counts alone.
 */
export async function pixelFractions(
  analysis: Analysis,
  { given, axis }: Setting,
  work: readonly ClassAtWork[],
  elements: readonly string[],
  context: StepContext,
): Promise<PixelFractions> {
  const { counts } = analysis.image;
  const filters = work.map((one) => classFilter(one, given, axis, elements));
  const ids = work.map(({ sum }) => sum.id);
  const slots = slotsOf(analysis, ids, counts);
  const [found] = await pass(counts, [fractionsAt(counts, slots, filters, elements.length, given.minimumPixelCounts)], context);
  return found;
}

function slotsOf({ labels, mask }: Analysis, ids: readonly number[], counts: CountSource): Int32Array {
  const pixels = counts.navigationShape.reduce((product, size) => product * size, 1);
  const places = new Map(ids.map((id, slot) => [id, slot]));
  return Int32Array.from({ length: pixels }, (_, p) => {
    if (mask?.[p] === 0) return -1;
    return places.get(labels === undefined ? WHOLE_ID : labels[p]!) ?? -1;
  });
}

function classFilter(
  { sum, fit, quantified }: ClassAtWork,
  given: XppParameters,
  axis: CalibratedEnergyAxis,
  order: readonly string[],
): ClassFilter | undefined {
  if (fit === undefined || quantified === undefined) return undefined;
  const measured = quantified.elements.filter(({ family, counts }) => family !== undefined && counts > 0);
  const all = familyFactors(fit, axis);
  const own = measured.map(({ element, family }) => {
    const filter = new Float64Array(axis.size);
    const { channels, weights } = all[fit.families.findIndex((one) => one.element === element && one.family === family)]!;
    channels.forEach((c, i) => {
      filter[c] = weights[i]!;
    });
    return filter;
  });
  return {
    filters: own,
    perCount: measured.map(({ massFraction, counts }) => (massFraction * sum.pixels) / counts),
    brings: broughtBy(
      measured.map(({ element }) => element),
      quantified,
      given,
    ),
    columns: quantified.elements.map(({ element }) => order.indexOf(element)),
    difference: quantified.elements.findIndex(({ element }) => element === given.difference),
    normalise: quantified.normalised,
  };
}

/** Share by which an element is raised to see what follows it. */
const STEP = 0.01;

function broughtBy(measured: readonly string[], quantified: BulkComposition, given: XppParameters): Float64Array {
  const rules = { ...given, oxygen: quantified.oxygen, difference: undefined, normalise: true };
  const base = Object.fromEntries(measured.map((element) => [element, fractionOf(quantified, element)]));
  const before = withUnmeasured(base, rules);
  const n = measured.length;
  const brings = new Float64Array(quantified.elements.length * n);
  measured.forEach((element, j) => {
    const step = Math.max(base[element]!, STEP) * STEP;
    const after = withUnmeasured({ ...base, [element]: base[element]! + step }, rules);
    quantified.elements.forEach((one, i) => {
      brings[i * n + j] = ((after[one.element] ?? 0) - (before[one.element] ?? 0)) / step;
    });
  });
  return brings;
}

function fractionOf({ elements }: QuantifiedSpectrum, symbol: string): number {
  return elements.find(({ element }) => element === symbol)?.massFraction ?? 0;
}

function fractionsAt(
  { navigationShape }: CountSource,
  slots: Int32Array,
  classes: readonly (ClassFilter | undefined)[],
  columns: number,
  fewest: number,
): Accumulator<PixelFractions> {
  const size = navigationShape.reduce((product, length) => product * length, 1) * columns;
  const massFraction = new Float32Array(size).fill(Number.NaN);
  const massFractionError = new Float32Array(size).fill(Number.NaN);
  let quantifiedPixels = 0;
  return {
    add({ firstPixel, pixels, rowStart, channel, count }) {
      for (let p = 0; p < pixels; p++) {
        const filter = classes[slots[firstPixel + p]!];
        if (filter === undefined) continue;
        const { amounts, variances, net } = amountsAt(filter, rowStart[p]!, rowStart[p + 1]!, channel, count);
        if (net < fewest) continue;
        writeFractions(filter, amounts, variances, (firstPixel + p) * columns, massFraction, massFractionError);
        quantifiedPixels += 1;
      }
    },
    result: () => ({ massFraction, massFractionError, quantifiedPixels }),
  };
}

function amountsAt(
  { filters, perCount }: ClassFilter,
  from: number,
  to: number,
  channel: ArrayLike<number>,
  count: ArrayLike<number>,
) {
  const amounts = new Float64Array(filters.length);
  const variances = new Float64Array(filters.length);
  let net = 0;
  filters.forEach((filter, k) => {
    let value = 0;
    let variance = 0;
    for (let i = from; i < to; i++) {
      const weight = filter[channel[i]!]!;
      value += weight * count[i]!;
      variance += weight * weight * count[i]!;
    }
    net += Math.max(0, value);
    amounts[k] = perCount[k]! * Math.max(0, value);
    variances[k] = perCount[k]! * perCount[k]! * variance;
  });
  return { amounts, variances, net };
}

/** With a_j the amounts and R what they bring: f = R a, over its sum where normalised; d f_i / d a_j = (R_ij - f_i sum_k R_kj) / sum. */
function writeFractions(
  { brings, columns, difference, normalise }: ClassFilter,
  amounts: Float64Array,
  variances: Float64Array,
  at: number,
  massFraction: Float32Array,
  massFractionError: Float32Array,
): void {
  const n = amounts.length;
  const inAll = Float64Array.from(amounts, (_, j) => {
    let sum = 0;
    for (let i = 0; i < columns.length; i++) sum += brings[i * n + j]!;
    return sum;
  });
  const total = amounts.reduce((sum, amount, j) => sum + amount * inAll[j]!, 0);
  const whole = normalise ? total : 1;
  columns.forEach((column, i) => {
    const slope = (j: number) => (i === difference ? -inAll[j]! : brings[i * n + j]!);
    let value = i === difference ? 1 : 0;
    for (let j = 0; j < n; j++) value += slope(j) * amounts[j]!;
    const fraction = Math.max(0, value / whole);
    let variance = 0;
    for (let j = 0; j < n; j++) {
      const derivative = (slope(j) - (normalise ? fraction * inAll[j]! : 0)) / whole;
      variance += derivative * derivative * variances[j]!;
    }
    massFraction[at + column] = fraction;
    massFractionError[at + column] = Math.sqrt(variance);
  });
}
