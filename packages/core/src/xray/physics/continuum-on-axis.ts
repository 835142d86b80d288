/**
 * The continuum of `expectedContinuum` for many compositions on one energy axis, twenty times as fast. What depends on axis and conditions alone is
 * computed once; the depth distribution, which is smooth in ln(beam energy / energy) but for kinks that are put in afterwards, is computed at nodes.
 */
import { exp, log, pow, sin } from "../../kernels/math.js";
import { type CalibratedEnergyAxis, energyOfChannel } from "../../spectrum-image/axis.js";
import { type MassFractions, massAttenuation } from "../attenuation.js";
import { detectorEfficiency } from "../detector.js";
import {
  type DepthParts,
  depthParts,
  distributionOf,
  emitted,
  LEAST_OVERVOLTAGE,
  type Material,
  materialOf,
} from "./depth-distribution.js";
import { LOWEST_KEV } from "./emission.js";
import { CONTINUUM_EXPONENT, CONTINUUM_PER_KEV, type Conditions } from "./expected-spectrum.js";

/** Expected counts per channel, float64 [axis.size], of a sample with these mass fractions. */
export type ContinuumOnAxis = (massFractions: MassFractions) => Float64Array;

const NODES = 72;
/** Values per node: those of {@link DepthParts}. */
const PARTS = 4;

/** Continua by axis, and by what decides them in words; axes are not changed once they are made. */
const known = new WeakMap<CalibratedEnergyAxis, Map<string, ContinuumOnAxis>>();
/** Of one axis; more are forgotten. */
const MOST_KNOWN = 8;

/**
 * `expectedContinuum` for the given axis and conditions, within 3e-5 of it (1e-3 in the last 2 % below the beam energy, where the model of the depth
 * distribution is not defined and its value at 2 % is taken). Errors as `massAttenuation`.
 */
export function continuumOnAxis(axis: CalibratedEnergyAxis, conditions: Conditions): ContinuumOnAxis {
  const { beamEnergyKev, takeOffAngleDeg, detector } = conditions;
  const key = JSON.stringify([beamEnergyKev, takeOffAngleDeg, detector]);
  const ofAxis = known.get(axis) ?? new Map<string, ContinuumOnAxis>();
  known.set(axis, ofAxis);
  const found = ofAxis.get(key);
  if (found !== undefined) return found;
  if (ofAxis.size >= MOST_KNOWN) ofAxis.clear();
  const made = prepared(axis, conditions);
  ofAxis.set(key, made);
  return made;
}

interface Channels {
  /** The first and the one after the last that have a continuum. */
  readonly from: number;
  readonly to: number;
  readonly energiesKev: Float64Array;
  /** What does not depend on the composition. */
  readonly base: Float64Array;
  /** Where each channel lies among the nodes: index of the first of four, and their weights. */
  readonly place: Uint8Array;
  readonly weights: Float64Array;
}

function prepared(axis: CalibratedEnergyAxis, conditions: Conditions): ContinuumOnAxis {
  const { beamEnergyKev, takeOffAngleDeg } = conditions;
  const power = 0.00599 * beamEnergyKev + 1.05;
  const perSine = 1 / sin((takeOffAngleDeg * Math.PI) / 180);
  const channels = channelsOf(axis, conditions, power);
  const { from, to, base } = channels;
  const ofElement = new Map<string, Float64Array>();
  const attenuationOf = (symbol: string): Float64Array => {
    const values = ofElement.get(symbol) ?? attenuationOnChannels(symbol, channels);
    ofElement.set(symbol, values);
    return values;
  };
  return (massFractions) => {
    const material = materialOf(massFractions);
    const chi = new Float64Array(axis.size);
    for (const [symbol, fraction] of Object.entries(massFractions)) {
      const values = attenuationOf(symbol);
      for (let c = from; c < to; c++) chi[c]! += fraction * perSine * values[c]!;
    }
    const nodes = nodesOf(material, beamEnergyKev);
    const level = pow(material.zBar, power);
    const spectrum = new Float64Array(axis.size);
    for (let c = from; c < to; c++) {
      const depth = distributionOf(partsAt(nodes, channels, c));
      spectrum[c] = (level * base[c]! * emitted(depth, chi[c]!)) / depth.area;
    }
    return spectrum;
  };
}

function channelsOf(axis: CalibratedEnergyAxis, { beamEnergyKev, detector }: Conditions, power: number): Channels {
  const { size } = axis;
  const energiesKev = Float64Array.from({ length: size }, (_, c) => energyOfChannel(axis, c));
  const from = energiesKev.findIndex((energyKev) => energyKev >= LOWEST_KEV && energyKev < beamEnergyKev);
  const above = energiesKev.findIndex((energyKev) => energyKev >= beamEnergyKev);
  const to = from === -1 ? 0 : above === -1 ? size : above;
  const base = new Float64Array(size);
  const place = new Uint8Array(size);
  const weights = new Float64Array(size * 4);
  const step = stepOf(beamEnergyKev);
  for (let c = Math.max(0, from); c < to; c++) {
    const energyKev = energiesKev[c]!;
    const ratio = beamEnergyKev / energyKev;
    base[c] = CONTINUUM_PER_KEV * pow(ratio - 1, power) * detectorEfficiency(energyKev, detector) * axis.scale;
    const x = log(Math.max(LEAST_OVERVOLTAGE, ratio) / LEAST_OVERVOLTAGE) / step;
    const first = Math.max(0, Math.min(NODES - 4, Math.floor(x) - 1));
    place[c] = first;
    weights.set(cubicWeights(x - first), c * 4);
  }
  return { from: Math.max(0, from), to, energiesKev, base, place, weights };
}

/** Between nodes, in ln(beam energy / energy). */
function stepOf(beamEnergyKev: number): number {
  return log(Math.max(2, beamEnergyKev / LOWEST_KEV) / LEAST_OVERVOLTAGE) / (NODES - 1);
}

/** Lagrange's weights of values at 0, 1, 2, 3 for their cubic at x. */
function cubicWeights(x: number): number[] {
  const [a, b, c, d] = [x, x - 1, x - 2, x - 3] as const;
  return [(b * c * d) / -6, (a * c * d) / 2, (a * b * d) / -2, (a * b * c) / 6];
}

function attenuationOnChannels(symbol: string, { from, to, energiesKev }: Channels): Float64Array {
  const values = new Float64Array(energiesKev.length);
  for (let c = from; c < to; c++) values[c] = massAttenuation(symbol, energiesKev[c]!);
  return values;
}

/** Float64 [nodes][area over the edge's square, surface, ratio, steepness]: the area itself rises too steeply to be followed. */
function nodesOf(material: Material, beamEnergyKev: number): Float64Array {
  const step = stepOf(beamEnergyKev);
  const nodes = new Float64Array(NODES * PARTS);
  for (let k = 0; k < NODES; k++) {
    const edgeKev = beamEnergyKev / (LEAST_OVERVOLTAGE * exp(k * step));
    const { area, surface, ratio, steepness } = depthParts(material, edgeKev, beamEnergyKev, CONTINUUM_EXPONENT);
    nodes.set([area / (edgeKev * edgeKev), surface, ratio, steepness], k * PARTS);
  }
  return nodes;
}

function partsAt(nodes: Float64Array, { place, weights, energiesKev }: Channels, c: number): DepthParts {
  const start = place[c]! * PARTS;
  const [w0, w1, w2, w3] = [weights[4 * c]!, weights[4 * c + 1]!, weights[4 * c + 2]!, weights[4 * c + 3]!];
  const at = (part: number): number =>
    w0 * nodes[start + part]! +
    w1 * nodes[start + PARTS + part]! +
    w2 * nodes[start + 2 * PARTS + part]! +
    w3 * nodes[start + 3 * PARTS + part]!;
  const energyKev = energiesKev[c]!;
  return { area: at(0) * energyKev * energyKev, surface: at(1), ratio: at(2), steepness: at(3) };
}
