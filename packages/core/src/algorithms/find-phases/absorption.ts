/**
 * Is the difference of two spectra what matter in the way of the X-rays makes? The second is fitted as the first behind an absorber:
 * b_j = a_j exp(c_0 - sum_e c_e mu_e(E_j)), all c_e at least 0 (law of Beer and Lambert). A difference of composition changes single
 * lines and does not fit.
 */
import { exp } from "../../kernels/math.js";
import { massAttenuation } from "../../xray/attenuation.js";
import type { Component } from "./components.js";
import type { Subspace } from "./subspace.js";

/** Elements that absorbers are made of, by and large; others between them absorb alike. */
const ABSORBERS = ["C", "N", "O", "Na", "Mg", "Al", "Si", "P", "S", "Cl", "K", "Ca", "Ti", "Cr", "Fe", "Ni", "Cu", "Zn"];
const ROUNDS = 10;
const SWEEPS = 60;
/** Share of the difference that may be noise. */
const MOST_NOISE = 0.25;

/** Attenuation of each absorber in each bin, cm2/mg: [absorbers][bins]. */
export type AbsorberTable = readonly Float64Array[];

/** Tabulates the absorbers for the bins' energies (float64 [bins], keV). */
export function absorberTable(energyKev: Float64Array): AbsorberTable {
  return ABSORBERS.map((symbol) =>
    energyKev.map((energy) => massAttenuation(symbol, Math.min(120, Math.max(0.1, energy))) / 1000),
  );
}

export interface AbsorptionFit {
  /** Share of the squared difference, noise taken off, that the absorber accounts for, 0 to 1. */
  readonly explained: number;
  /** Matter of the absorber, mg/cm2, all elements together. */
  readonly mgCm2: number;
  /** The element that absorbs most. */
  readonly element: string;
}

/** The better of the two fits, one spectrum behind the absorber or the other. */
export function absorptionBetween(space: Subspace, table: AbsorberTable, a: Component, b: Component): AbsorptionFit {
  const forth = fitAbsorber(space, table, a, b);
  const back = fitAbsorber(space, table, b, a);
  return back.explained > forth.explained ? back : forth;
}

function fitAbsorber(space: Subspace, table: AbsorberTable, open: Component, covered: Component): AbsorptionFit {
  const size = table.length + 1;
  const amounts = new Float64Array(size);
  let misfit = weightedMisfit(space, modelOf(open, table, amounts), covered);
  const before = misfit;
  for (let round = 0; round < ROUNDS; round++) {
    const step = gaussNewtonStep(space, table, open, covered, amounts);
    let reached = false;
    for (let shrink = 1; shrink > 0.05 && !reached; shrink /= 2) {
      const tried = amounts.map((c, i) => c + shrink * step[i]!);
      const left = weightedMisfit(space, modelOf(open, table, tried), covered);
      if (left < misfit) {
        reached = misfit - left > 1e-6 * before;
        amounts.set(tried);
        misfit = left;
        break;
      }
    }
    if (!reached) break;
  }
  return judged(space, table, open, covered, amounts, misfit);
}

/** Noise is taken off both sides; a difference that is noise for a good part decides nothing. */
function judged(
  space: Subspace,
  table: AbsorberTable,
  open: Component,
  covered: Component,
  amounts: Float64Array,
  misfit: number,
): AbsorptionFit {
  const all = weightedMisfit(space, open.shares, covered);
  let noise = 0;
  for (let j = 0; j < space.bins; j++) {
    noise += space.weight[j]! * space.weight[j]! * (open.shares[j]! / open.counts + covered.shares[j]! / covered.counts);
  }
  const explained = noise < MOST_NOISE * all ? 1 - Math.max(0, misfit - noise) / (all - noise) : 0;
  let strongest = 0;
  let mgCm2 = 0;
  table.forEach((mu, e) => {
    mgCm2 += amounts[e + 1]!;
    if (amounts[e + 1]! * mu[0]! > amounts[strongest + 1]! * table[strongest]![0]!) strongest = e;
  });
  return { explained, mgCm2, element: ABSORBERS[strongest]! };
}

function modelOf(open: Component, table: AbsorberTable, amounts: Float64Array): Float64Array {
  return open.shares.map((share, j) => {
    let exponent = amounts[0]!;
    for (let e = 0; e < table.length; e++) exponent -= amounts[e + 1]! * table[e]![j]!;
    return share * exp(exponent);
  });
}

function weightedMisfit(space: Subspace, model: Float64Array, target: Component): number {
  let sum = 0;
  for (let j = 0; j < space.bins; j++) {
    const difference = (target.shares[j]! - model[j]!) * space.weight[j]!;
    sum += difference * difference;
  }
  return sum;
}

/** Step of the linearised problem with the amounts held at 0 or above, by coordinate descent. */
function gaussNewtonStep(
  space: Subspace,
  table: AbsorberTable,
  open: Component,
  covered: Component,
  amounts: Float64Array,
): Float64Array {
  const size = table.length + 1;
  const model = modelOf(open, table, amounts);
  const slope = (i: number, j: number) => (i === 0 ? model[j]! : -model[j]! * table[i - 1]![j]!);
  const normal = new Float64Array(size * size);
  const right = new Float64Array(size);
  for (let j = 0; j < space.bins; j++) {
    const weight = space.weight[j]! * space.weight[j]!;
    const rest = covered.shares[j]! - model[j]!;
    for (let i = 0; i < size; i++) {
      const a = weight * slope(i, j);
      right[i]! += a * rest;
      for (let k = 0; k <= i; k++) normal[i * size + k]! += a * slope(k, j);
    }
  }
  const step = new Float64Array(size);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let i = 0; i < size; i++) {
      const diagonal = normal[i * size + i]!;
      if (!(diagonal > 0)) continue;
      let rest = right[i]!;
      for (let k = 0; k < size; k++) rest -= (k <= i ? normal[i * size + k]! : normal[k * size + i]!) * step[k]!;
      const free = step[i]! + rest / diagonal;
      step[i] = i === 0 ? free : Math.max(-amounts[i]!, free);
    }
  }
  return step;
}
