/**
 * Where in the sample the electrons ionise, and how much of the X-rays made there come out: the model XPP of J.-L. Pouchou and
 * F. Pichoir, in K. F. J. Heinrich and D. E. Newbury (eds), Electron Probe Quantitation, Plenum 1991, 31-75,
 * doi:10.1007/978-1-4899-2617-3_4. The depth distribution is
 *
 *     phi(rho z) = A exp(-a rho z) + (B rho z + phi(0) - A) exp(-b rho z)
 *
 * with a = b (1 + epsilon), from its area, mean depth, surface value and initial slope.
 */
import { exp, log, pow } from "../../kernels/math.js";
import type { MassFractions } from "../attenuation.js";
import { elementNamed } from "../elements.js";

/** What the model needs to know of a material. */
export interface Material {
  /** Sum of C Z / A, mol/g. */
  readonly electronsPerGram: number;
  /** Mean ionisation potential, keV. */
  readonly meanIonisationKev: number;
  /** (Sum of C sqrt(Z)) squared. */
  readonly zBar: number;
  /** Backscattering coefficient, 0 to 1. */
  readonly backscatter: number;
}

/** Coefficients of the depth distribution of one level in one material. Depth is rho z in g/cm2. */
export interface DepthDistribution {
  /** Its area: ionisations relative to those in a free layer of 1 g/cm2. */
  readonly area: number;
  /** Mean depth, g/cm2. */
  readonly meanDepth: number;
  readonly surface: number;
  readonly a: number;
  readonly b: number;
  readonly A: number;
  readonly B: number;
}

/** Averages of a composition that the model needs. */
export function materialOf(massFractions: MassFractions): Material {
  let m = 0;
  let logJ = 0;
  let rootZ = 0;
  let meanZ = 0;
  for (const [symbol, fraction] of Object.entries(massFractions)) {
    const { number: z, atomicWeight } = elementNamed(symbol);
    const share = (fraction * z) / atomicWeight;
    m += share;
    logJ += share * log(0.001 * z * (10.04 + 8.25 * exp(-z / 11.22)));
    rootZ += fraction * Math.sqrt(z);
    meanZ += fraction * z;
  }
  const zBar = rootZ * rootZ;
  // The coefficient is a fit to elements in the same mean Z.
  const backscatter = 0.00175 * zBar + 0.37 * (1 - exp(-0.015 * pow(zBar, 1.3)));
  return { electronsPerGram: m, meanIonisationKev: exp(logJ / m), zBar: Math.min(zBar, meanZ), backscatter };
}

/** Overvoltages nearer to 1 than this are set to it: the model has no limit at 1. */
export const LEAST_OVERVOLTAGE = 1.02;

/**
 * Depth distribution of a level with the given edge in a material. `exponent` is that of the level's ionisation cross-section,
 * ln U / U^exponent: 0.86 + 0.12 exp(-(Z/5)^2) for K, 0.82 for L, 0.78 for M.
 */
export function depthDistribution(
  material: Material,
  edgeKev: number,
  beamEnergyKev: number,
  exponent: number,
): DepthDistribution {
  return distributionOf(depthParts(material, edgeKev, beamEnergyKev, exponent));
}

/** What the distribution is made of; each is smooth in ln(beam energy / edge), the distribution itself has kinks. */
export interface DepthParts {
  readonly area: number;
  readonly surface: number;
  /** Area over mean depth, as long as that is more than `surface`. */
  readonly ratio: number;
  /** Initial slope times the mean depth squared over the area, as long as the distribution allows for it. */
  readonly steepness: number;
}

/** The parts of {@link depthDistribution}, with its arguments. */
export function depthParts(material: Material, edgeKev: number, beamEnergyKev: number, exponent: number): DepthParts {
  const u = Math.max(beamEnergyKev / edgeKev, LEAST_OVERVOLTAGE);
  const { zBar, backscatter } = material;
  const r = 2 - 2.3 * backscatter;
  const x = 1 + 1.3 * log(zBar);
  const y = 0.2 + zBar / 200;
  return {
    area: backscatterLoss(u, backscatter) * generatedArea(material, edgeKev, u, exponent),
    surface: 1 + 3.3 * (1 - pow(u, -r)) * pow(backscatter, 1.2),
    ratio: 1 + (x * log(1 + y * (1 - pow(u, -0.42)))) / log(1 + y),
    steepness: steepnessOf(zBar, u),
  };
}

/** The distribution with the given parts. */
export function distributionOf({ area, surface, ratio, steepness }: DepthParts): DepthDistribution {
  const meanDepth = area / Math.max(ratio, surface);
  const b = (Math.SQRT2 * (1 + Math.sqrt(Math.max(0, 1 - (meanDepth * surface) / area)))) / meanDepth;
  const limit = 0.9 * b * meanDepth * meanDepth * (b - (2 * surface) / area);
  const slope = (Math.min(steepness, limit) * area) / (meanDepth * meanDepth);
  const a = (slope + b * (2 * surface - b * area)) / (b * area * (2 - b * meanDepth) - surface);
  let epsilon = (a - b) / b;
  if (!(Math.abs(epsilon) > 1e-6)) epsilon = 1e-6;
  const B = (b * b * area * (1 + epsilon) - slope - surface * b * (2 + epsilon)) / epsilon;
  const A = ((B / b + surface - b * area) * (1 + epsilon)) / epsilon;
  return { area, meanDepth, surface, a: b * (1 + epsilon), b, A, B };
}

/**
 * Ionisations whose X-rays leave the sample, in the units of the area: Laplace transform of the depth distribution at
 * chi = (mass attenuation) / sin(take-off angle), cm2/g. Equals the area at chi = 0.
 */
export function emitted({ a, b, A, B, surface }: DepthDistribution, chi: number): number {
  return A / (a + chi) + (surface - A) / (b + chi) + B / ((b + chi) * (b + chi));
}

/** Integral of the cross-section over the path of an electron that is not backscattered, over its value at the start, g/cm2. */
function generatedArea(material: Material, edgeKev: number, u: number, exponent: number): number {
  const { electronsPerGram, meanIonisationKev: j } = material;
  const v = (u * edgeKev) / j;
  const factors = [6.6e-6, 1.12e-5 * (1.35 - 0.45 * j * j), 2.2e-6 / j];
  const powers = [0.78, 0.1, -(0.5 - 0.25 * j)];
  let sum = 0;
  for (let k = 0; k < 3; k++) {
    const t = 1 + powers[k]! - exponent;
    const uT = pow(u, t);
    sum += (factors[k]! * pow(v / u, powers[k]!) * (t * uT * log(u) - uT + 1)) / (t * t);
  }
  const inverseStopping = (u / (v * electronsPerGram)) * sum;
  return (inverseStopping * edgeKev * edgeKev * pow(u, exponent)) / log(u);
}

/** Share of the ionisations that remain when backscattered electrons are gone. */
function backscatterLoss(u: number, eta: number): number {
  const meanEnergy = 0.595 + eta / 3.7 + pow(eta, 4.55);
  const q = (2 * meanEnergy - 1) / (1 - meanEnergy);
  const j = 1 + u * (log(u) - 1);
  const g = (u - 1 - (1 - pow(u, -(1 + q))) / (1 + q)) / ((2 + q) * j);
  return 1 - eta * meanEnergy * (1 - g);
}

function steepnessOf(zBar: number, u: number): number {
  const g = 0.22 * log(4 * zBar) * (1 - 2 * exp((-zBar * (u - 1)) / 15));
  const h = 1 - (10 * (1 - 1 / (1 + u / 10))) / (zBar * zBar);
  return g * h * h * h * h;
}
