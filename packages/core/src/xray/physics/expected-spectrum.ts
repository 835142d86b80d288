import { exp, pow, sin } from "../../kernels/math.js";
import { type CalibratedEnergyAxis, energyOfChannel } from "../../spectrum-image/axis.js";
import { type MassFractions, massAttenuationOf } from "../attenuation.js";
import { type DetectorModel, detectorEfficiency, sigmaKev } from "../detector.js";
import { edgesOf } from "../edges.js";
import { elementNamed } from "../elements.js";
import { linesOf, type XrayLine } from "../lines.js";
import { type DepthDistribution, depthDistribution, emitted, type Material, materialOf } from "./depth-distribution.js";
import { ionisationCrossSectionCm2, overvoltageExponent } from "./ionisation.js";

/** How a spectrum is measured. */
export interface Conditions {
  readonly beamEnergyKev: number;
  /** Between the surface and the direction to the detector. */
  readonly takeOffAngleDeg: number;
  /** Full width at half maximum at Mn Ka. */
  readonly resolutionEv: number;
  readonly detector: DetectorModel;
}

const AVOGADRO = 6.02214076e23;
/** Below this energy nothing is computed: the tables of attenuation end, and no detector counts reliably. */
const LOWEST_KEV = 0.1;

/** Photons of one line that are counted, per electron and per full sphere of solid angle. */
export interface LineYield {
  readonly line: XrayLine;
  readonly photons: number;
}

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

/** The characteristic lines of a sample, as counted; see {@link expectedSpectrum}. */
export function lineYields(massFractions: MassFractions, conditions: Conditions): LineYield[] {
  const { beamEnergyKev, detector } = conditions;
  const material = materialOf(massFractions);
  const yields: LineYield[] = [];
  for (const [symbol, fraction] of Object.entries(massFractions)) {
    const { atomicWeight, number } = elementNamed(symbol);
    const depth = new Map<string, DepthDistribution>();
    const edges = new Map(edgesOf(symbol).map((edge) => [edge.level, edge]));
    for (const line of linesOf(symbol)) {
      if (line.edgeKev >= beamEnergyKev || line.energyKev < LOWEST_KEV) continue;
      const edge = edges.get(line.level)!;
      const exponent = overvoltageExponent(line.level, number);
      const distribution = depth.get(line.level) ?? depthDistribution(material, line.edgeKev, beamEnergyKev, exponent);
      depth.set(line.level, distribution);
      const vacancies = ionisationCrossSectionCm2(line.level, number, line.edgeKev, beamEnergyKev) * edge.costerKronigGain;
      const photonsPerVacancy = edge.fluorescenceYield * line.share * (line.family === "L" ? shareOfLYield(number) : 1);
      const made = ((AVOGADRO * fraction) / atomicWeight) * vacancies * photonsPerVacancy;
      const out = emitted(distribution, chiOf(massFractions, line.energyKev, conditions));
      yields.push({ line, photons: made * out * detectorEfficiency(line.energyKev, detector) });
    }
  }
  return yields;
}

/**
 * The L lines of 3d metals come out far weaker than tables say, for their levels are half empty and absorb at the line's own energy:
 * a third for iron (measured at 15 keV), taken for potassium to iron, rising to the whole for zinc.
 */
function shareOfLYield(atomicNumber: number): number {
  if (atomicNumber < 19 || atomicNumber >= 30) return 1;
  return atomicNumber <= 26 ? 1 / 3 : 1 / 3 + (2 / 3) * ((atomicNumber - 26) / 4);
}

/** The depth distribution of the continuum is that of a K level at its energy. */
const CONTINUUM_EXPONENT = 0.86;

/** Number that brings the continuum's form to photons per keV; from the measured glass K412, see phantom/README.md. */
const CONTINUUM_PER_KEV = 2.4e-6;

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
