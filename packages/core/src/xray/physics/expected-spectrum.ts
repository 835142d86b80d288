import { exp, pow, sin } from "../../kernels/math.js";
import { type CalibratedEnergyAxis, energyOfChannel } from "../../spectrum-image/axis.js";
import { type MassFractions, massAttenuationOf } from "../attenuation.js";
import { type DetectorModel, detectorEfficiency, sigmaKev } from "../detector.js";
import { depthDistribution, emitted, type Material, materialOf } from "./depth-distribution.js";
import { type LineCount, LOWEST_KEV, lineEmissions } from "./emission.js";

/** How a spectrum is measured. */
export interface Conditions {
  readonly beamEnergyKev: number;
  /** Between the surface and the direction to the detector. */
  readonly takeOffAngleDeg: number;
  /** Full width at half maximum at Mn Ka. */
  readonly resolutionEv: number;
  readonly detector: DetectorModel;
}

/** Photons of one line that are counted, per electron and per full sphere of solid angle. */
export type LineYield = LineCount;

/**
 * Expected counts per channel of a flat, thick, homogeneous sample, per electron and per full sphere of solid angle: characteristic
 * lines (ionisation, Coster-Kronig transfer, fluorescence, absorption in the sample) and continuum, through the detector's
 * efficiency, with Gaussian lines of its resolution. Without secondary fluorescence, escape and pile-up.
 *
 * @returns float64 [axis.size]
 */
export function expectedSpectrum(massFractions: MassFractions, conditions: Conditions, axis: CalibratedEnergyAxis): Float64Array {
  const spectrum = expectedContinuum(massFractions, conditions, axis);
  for (const { line, photons } of lineYields(massFractions, conditions)) {
    addGaussian(spectrum, axis, line.energyKev, sigmaKev(line.energyKev, conditions.resolutionEv), photons);
  }
  return spectrum;
}

/** The lines that electrons excite directly, as counted; see {@link expectedSpectrum}. With secondary fluorescence: `countedLines`. */
export function lineYields(massFractions: MassFractions, conditions: Conditions): LineYield[] {
  return lineEmissions(massFractions, conditions).map(({ line, primary }) => ({
    line,
    photons: primary * detectorEfficiency(line.energyKev, conditions.detector),
  }));
}

/** The depth distribution of the continuum is that of a K level at its energy. */
export const CONTINUUM_EXPONENT = 0.86;

/** Number that brings the continuum's form to photons per keV; from the measured glass K412, see phantom/README.md. */
export const CONTINUUM_PER_KEV = 2.4e-6;

/**
 * Continuum: Z ((E0 - E) / E) to the power 0.00599 E0 + 1.05 (J. A. Small, S. D. Leigh, D. E. Newbury, R. L. Myklebust, J. Appl. Phys.
 * 61 (1987) 459, doi:10.1063/1.338245), absorbed as a line of a level at its energy would be.
 */
export function expectedContinuum(
  massFractions: MassFractions,
  conditions: Conditions,
  axis: CalibratedEnergyAxis,
): Float64Array {
  const { beamEnergyKev, detector } = conditions;
  const material = materialOf(massFractions);
  const power = 0.00599 * beamEnergyKev + 1.05;
  const spectrum = new Float64Array(axis.size);
  for (let channel = 0; channel < axis.size; channel++) {
    const energyKev = energyOfChannel(axis, channel);
    if (energyKev < LOWEST_KEV || energyKev >= beamEnergyKev) continue;
    const generated = pow((material.zBar * (beamEnergyKev - energyKev)) / energyKev, power);
    const escaping = escapingShare(material, massFractions, energyKev, conditions);
    spectrum[channel] = CONTINUUM_PER_KEV * generated * escaping * detectorEfficiency(energyKev, detector) * axis.scale;
  }
  return spectrum;
}

/** Mass attenuation of a material at each channel of the axis, cm2/g; 0 below 0.1 keV. */
export function attenuationOnAxis(massFractions: MassFractions, axis: CalibratedEnergyAxis): Float64Array {
  const values = new Float64Array(axis.size);
  for (let channel = 0; channel < axis.size; channel++) {
    const energyKev = energyOfChannel(axis, channel);
    if (energyKev >= LOWEST_KEV) values[channel] = massAttenuationOf(massFractions, energyKev);
  }
  return values;
}

/** Adds a Gaussian of the given area; each channel gets the area between its borders, by Simpson's rule. */
export function addGaussian(
  spectrum: Float64Array,
  axis: CalibratedEnergyAxis,
  centreKev: number,
  sigma: number,
  area: number,
): void {
  const from = Math.max(0, Math.floor((centreKev - 6 * sigma - axis.offset) / axis.scale));
  const to = Math.min(axis.size - 1, Math.ceil((centreKev + 6 * sigma - axis.offset) / axis.scale));
  const density = (energyKev: number) => {
    const t = (energyKev - centreKev) / sigma;
    return exp(-0.5 * t * t) / (sigma * 2.5066282746310002);
  };
  const half = axis.scale / 2;
  for (let channel = from; channel <= to; channel++) {
    const middle = energyOfChannel(axis, channel);
    const mean = (density(middle - half) + 4 * density(middle) + density(middle + half)) / 6;
    spectrum[channel]! += area * mean * axis.scale;
  }
}

function escapingShare(material: Material, massFractions: MassFractions, energyKev: number, conditions: Conditions): number {
  const distribution = depthDistribution(material, energyKev, conditions.beamEnergyKev, CONTINUUM_EXPONENT);
  return emitted(distribution, chiOf(massFractions, energyKev, conditions)) / distribution.area;
}

function chiOf(massFractions: MassFractions, energyKev: number, { takeOffAngleDeg }: Conditions): number {
  return massAttenuationOf(massFractions, energyKev) / sin((takeOffAngleDeg * Math.PI) / 180);
}
