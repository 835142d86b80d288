/** Where the continuum of a spectrum ends: at the energy with which the electrons land (W. Duane and F. L. Hunt, Phys. Rev. 6 (1915) 166, doi:10.1103/PhysRev.6.166). */
import { log, pow } from "../../kernels/math.js";
import { type CalibratedEnergyAxis, energyOfChannel } from "../../spectrum-image/axis.js";
import { detectorEfficiency, fwhmKev } from "../../xray/detector.js";
import { linesOf } from "../../xray/lines.js";
import type { Conditions } from "../../xray/physics/expected-spectrum.js";

export interface ContinuumEnd {
  /** Energy at which the continuum ends, keV. */
  readonly energyKev: number;
  /** How much likelier that is than an end at the stated beam energy: square root of twice the logarithm of the likelihood ratio, standard errors. */
  readonly sigma: number;
}

/** The form of the continuum is that of theory from this share of the beam energy on, for absorption hardly matters there. */
const FROM_SHARE = 0.5;
/** Ends that are tried, over the beam energy. */
const LEAST_END = 0.55;
const MOST_END = 1.03;
const STEP = 0.0025;
/** Lines weaker than this in their family are lost in the continuum. */
const LEAST_WEIGHT = 0.01;
const CLEAR_FWHM = 1.5;
const FEWEST_CHANNELS = 40;
const FEWEST_COUNTS = 400;
/** Counts that are no continuum, as a share of the mean in the range: pulses piled up, cosmic rays. */
const STRAY_SHARE = 0.01;

/**
 * The most likely end of the continuum in a spectrum of counts (float64 [axis.size]) between half the beam energy and the end of the axis, away from the lines of `elements`.
 * Counts per channel are Poisson numbers about a (E1 / E - 1)^p x detector efficiency + b, with E1 the end, p as in `expectedContinuum`. Undefined where there are too few
 * channels or counts to tell.
 */
export function continuumEnd(
  spectrum: Float64Array,
  axis: CalibratedEnergyAxis,
  conditions: Conditions,
  elements: readonly string[],
): ContinuumEnd | undefined {
  const { beamEnergyKev, detector } = conditions;
  const channels = channelsAwayFromLines(axis, conditions, elements);
  const counts = channels.map((c) => spectrum[c]!);
  const total = counts.reduce((sum, value) => sum + value, 0);
  if (channels.length < FEWEST_CHANNELS || total < FEWEST_COUNTS) return undefined;
  const energies = channels.map((c) => energyOfChannel(axis, c));
  const efficiency = energies.map((energy) => detectorEfficiency(energy, detector));
  const stray = (STRAY_SHARE * total) / channels.length;
  const power = 0.00599 * beamEnergyKev + 1.05;
  const likelihood = (endKev: number): number => {
    const shape = energies.map((energy, i) => (energy < endKev ? efficiency[i]! * pow(endKev / energy - 1, power) : 0));
    const size = shape.reduce((sum, value) => sum + value, 0);
    const scale = (total * (1 - STRAY_SHARE)) / Math.max(size, Number.MIN_VALUE);
    return counts.reduce((sum, n, i) => {
      const expected = scale * shape[i]! + stray;
      return sum + n * log(expected) - expected;
    }, 0);
  };
  let best = { energyKev: beamEnergyKev, value: likelihood(beamEnergyKev) };
  const stated = best.value;
  for (let share = LEAST_END; share <= MOST_END; share += STEP) {
    const value = likelihood(share * beamEnergyKev);
    if (value > best.value) best = { energyKev: share * beamEnergyKev, value };
  }
  return { energyKev: best.energyKev, sigma: Math.sqrt(2 * Math.max(0, best.value - stated)) };
}

function channelsAwayFromLines(
  axis: CalibratedEnergyAxis,
  { beamEnergyKev, resolutionEv }: Conditions,
  elements: readonly string[],
): number[] {
  const lines = elements.flatMap((symbol) => linesOf(symbol)).filter(({ weight }) => weight >= LEAST_WEIGHT);
  const toKev = MOST_END * beamEnergyKev;
  return Array.from({ length: axis.size }, (_, c) => c).filter((c) => {
    const energyKev = energyOfChannel(axis, c);
    if (energyKev < FROM_SHARE * beamEnergyKev || energyKev > toKev) return false;
    return lines.every((line) => Math.abs(line.energyKev - energyKev) > CLEAR_FWHM * fwhmKev(line.energyKev, resolutionEv));
  });
}
