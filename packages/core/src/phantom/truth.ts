/** What a phantom really is, for scoring what was found in it. */
import type { CalibratedEnergyAxis } from "../spectrum-image/axis.js";
import { type Amounts, massFractions, meanAtomicNumber, parseFormula } from "../xray/formula.js";
import type { PhantomParameters } from "./parameters.js";

export interface TruePhase {
  readonly name: string;
  readonly formula: string;
  readonly massFractions: Amounts;
  /** Weighted by mass. */
  readonly meanAtomicNumber: number;
  /** Pixels of which it has the largest share. */
  readonly pixels: number;
  /** Pixels of which it has at least {@link PURE_SHARE}. */
  readonly purePixels: number;
}

export interface PhantomTruth {
  readonly width: number;
  readonly height: number;
  /** Matrix, particle phases, rare phases, in this order. */
  readonly phases: readonly TruePhase[];
  /** Float32 [pixels x phases], row-major: share of the signal of each pixel; rows sum to 1. */
  readonly fractions: Float32Array;
  /** Int32 [pixels]: phase of the largest share, the lower index where two are equal. */
  readonly labels: Int32Array;
  /** Uint8 [pixels]: 1 where one phase has at least {@link PURE_SHARE}. */
  readonly pure: Uint8Array;
  /** Expected counts of a pixel of nothing but the phase, without gradient, drift and zero peak: float64 [phases][channels]. */
  readonly spectra: readonly Float64Array[];
  readonly energyAxis: CalibratedEnergyAxis;
  /** Of the phantom as it was made, before any binning. */
  readonly parameters: PhantomParameters;
}

/** A pixel counts as pure from this share on. */
export const PURE_SHARE = 0.95;

/** Composes the truth from what decides it; counts and labels follow. */
export function truthOf(
  parameters: PhantomParameters,
  fractions: Float32Array,
  spectra: readonly Float64Array[],
  energyAxis: CalibratedEnergyAxis,
): PhantomTruth {
  return composeTruth(parameters, parameters.width, parameters.height, fractions, spectra, energyAxis);
}

/** The same for a map of another size than the parameters say, as binning makes it. */
export function composeTruth(
  parameters: PhantomParameters,
  width: number,
  height: number,
  fractions: Float32Array,
  spectra: readonly Float64Array[],
  energyAxis: CalibratedEnergyAxis,
): PhantomTruth {
  const named = phasesOf(parameters);
  const labels = new Int32Array(width * height);
  const pure = new Uint8Array(width * height);
  const pixels = new Float64Array(named.length);
  const purePixels = new Float64Array(named.length);
  for (let p = 0; p < labels.length; p++) {
    const k = largest(fractions, p * named.length, named.length);
    labels[p] = k;
    pixels[k]! += 1;
    if (fractions[p * named.length + k]! >= PURE_SHARE) {
      pure[p] = 1;
      purePixels[k]! += 1;
    }
  }
  const phases = named.map(({ name, formula }, k): TruePhase => {
    const composition = massFractions(parseFormula(formula));
    return {
      name,
      formula,
      massFractions: composition,
      meanAtomicNumber: meanAtomicNumber(composition),
      pixels: pixels[k]!,
      purePixels: purePixels[k]!,
    };
  });
  return { width, height, phases, fractions, labels, pure, spectra, energyAxis, parameters };
}

/** Name and formula of all phases in the order of the truth. */
export function phasesOf(parameters: PhantomParameters): readonly { readonly name: string; readonly formula: string }[] {
  return [parameters.matrix, ...parameters.particlePhases, ...parameters.rarePhases];
}

function largest(values: Float32Array, start: number, length: number): number {
  let best = 0;
  for (let k = 1; k < length; k++) if (values[start + k]! > values[start + best]!) best = k;
  return best;
}
