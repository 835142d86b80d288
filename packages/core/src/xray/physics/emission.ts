/** The characteristic X-rays of a flat, thick, homogeneous sample: made by electrons, made by other lines, absorbed on the way out. */
import { exp, sin } from "../../kernels/math.js";
import { type MassFractions, massAttenuationOf } from "../attenuation.js";
import { detectorEfficiency, type Layer } from "../detector.js";
import { type Edge, edgesOf } from "../edges.js";
import { elementNamed } from "../elements.js";
import { linesOf, type XrayLine } from "../lines.js";
import { type DepthDistribution, depthDistribution, emitted, type Material, materialOf } from "./depth-distribution.js";
import type { Conditions } from "./expected-spectrum.js";
import { type FluorescenceSource, fluorescenceSource, levelAttenuation } from "./fluorescence.js";
import { ionisationCrossSectionCm2, overvoltageExponent } from "./ionisation.js";
import { yieldFactor } from "./k-yield.js";

const AVOGADRO = 6.02214076e23;
/** Below this energy nothing is computed: the tables of attenuation end, and no detector counts reliably. */
export const LOWEST_KEV = 0.1;

/** One line as a sample makes it, per electron and per full sphere of solid angle. */
export interface LineEmission {
  readonly line: XrayLine;
  readonly edge: Edge;
  /** Photons made per unit of the depth distribution's area. */
  readonly made: number;
  readonly depth: DepthDistribution;
  /** Mass attenuation of the sample at the line's energy, cm2/g. */
  readonly attenuation: number;
  /** Photons that electrons make and the sample lets out. */
  readonly primary: number;
}

/** The lines that electrons excite directly. Lines below 0.1 keV or of levels that the beam does not reach are left out. */
export function lineEmissions(massFractions: MassFractions, conditions: Conditions): LineEmission[] {
  const material = materialOf(massFractions);
  return Object.entries(massFractions).flatMap(([symbol, fraction]) =>
    emissionsOf(symbol, fraction, material, massFractions, conditions),
  );
}

function emissionsOf(
  symbol: string,
  fraction: number,
  material: Material,
  massFractions: MassFractions,
  { beamEnergyKev, takeOffAngleDeg }: Conditions,
): LineEmission[] {
  const { atomicWeight, number } = elementNamed(symbol);
  const sine = sin((takeOffAngleDeg * Math.PI) / 180);
  const levels = new Map<string, { edge: Edge; depth: DepthDistribution; vacancies: number }>();
  const found: LineEmission[] = [];
  for (const line of linesOf(symbol)) {
    const { level, edgeKev, energyKev } = line;
    if (edgeKev >= beamEnergyKev || energyKev < LOWEST_KEV) continue;
    const known = levels.get(level) ?? levelOf(symbol, number, line, material, beamEnergyKev);
    levels.set(level, known);
    const { edge, depth, vacancies } = known;
    const made = ((AVOGADRO * fraction) / atomicWeight) * vacancies * photonsPerVacancy(line, edge, number);
    const attenuation = massAttenuationOf(massFractions, energyKev);
    found.push({ line, edge, made, depth, attenuation, primary: made * emitted(depth, attenuation / sine) });
  }
  return found;
}

function levelOf(symbol: string, number: number, { level, edgeKev }: XrayLine, material: Material, beamEnergyKev: number) {
  const edge = edgesOf(symbol).find((one) => one.level === level)!;
  return {
    edge,
    depth: depthDistribution(material, edgeKev, beamEnergyKev, overvoltageExponent(level, number)),
    vacancies: ionisationCrossSectionCm2(level, number, edgeKev, beamEnergyKev) * edge.costerKronigGain,
  };
}

function photonsPerVacancy(line: XrayLine, edge: Edge, atomicNumber: number): number {
  const known = edge.fluorescenceYield * yieldFactor(line.element, line.family);
  return known * line.share * (line.family === "L" ? shareOfLYield(atomicNumber) : 1);
}

/**
 * The L lines of 3d metals come out far weaker than tables say, for their levels are half empty and absorb at the line's own energy:
 * a third for iron (measured at 15 keV), taken for potassium to iron, rising to the whole for zinc.
 */
function shareOfLYield(atomicNumber: number): number {
  if (atomicNumber < 19 || atomicNumber >= 30) return 1;
  return atomicNumber <= 26 ? 1 / 3 : 1 / 3 + (2 / 3) * ((atomicNumber - 26) / 4);
}

/** Lines that make less than this share of all photons excite nothing that could be seen. */
const LEAST_EXCITER = 0.003;

/** Photons of each line that other lines of the sample make, in the order of `emissions`; see `fluorescence.ts`. Continuum fluorescence is left out. */
export function fluorescedPhotons(
  emissions: readonly LineEmission[],
  massFractions: MassFractions,
  takeOffAngleDeg: number,
): Float64Array {
  return excitedPhotons(excitersAmong(emissions), emissions, massFractions, takeOffAngleDeg);
}

interface Exciter {
  readonly energyKev: number;
  readonly made: number;
  /** Mass attenuation of the sample at the line's energy, cm2/g. */
  readonly attenuation: number;
  readonly source: FluorescenceSource;
}

function excitersAmong(emissions: readonly LineEmission[]): Exciter[] {
  const total = emissions.reduce((sum, { made, depth }) => sum + made * depth.area, 0);
  return emissions
    .filter(({ made, depth }) => made * depth.area > LEAST_EXCITER * total)
    .map(({ line, made, depth, attenuation }) => {
      return { energyKev: line.energyKev, made, attenuation, source: fluorescenceSource(depth, attenuation) };
    });
}

function excitedPhotons(
  exciters: readonly Exciter[],
  excited: readonly LineEmission[],
  massFractions: MassFractions,
  takeOffAngleDeg: number,
): Float64Array {
  const sine = sin((takeOffAngleDeg * Math.PI) / 180);
  return Float64Array.from(excited, ({ line, edge, attenuation: own }) => {
    const { element, level } = line;
    let sum = 0;
    for (const { energyKev, made, attenuation, source } of exciters) {
      if (energyKev <= edge.energyKev) continue;
      const inLevel = levelAttenuation(element, level, energyKev);
      sum += ((made * inLevel) / attenuation) * source(own / sine);
    }
    return sum * massFractions[element]! * photonsPerVacancy(line, edge, elementNamed(element).number);
  });
}

/** Photons of one line that are counted, per electron and per full sphere of solid angle. */
export interface LineCount {
  readonly line: XrayLine;
  readonly photons: number;
}

/** The lines of a sample as counted, fluorescence included, through an optional coating. Errors as `massAttenuation`. */
export function countedLines(massFractions: MassFractions, conditions: Conditions, coating?: Layer): LineCount[] {
  const emissions = lineEmissions(massFractions, conditions);
  const secondary = fluorescedPhotons(emissions, massFractions, conditions.takeOffAngleDeg);
  return emissions.map(({ line, primary }, i) => {
    const through = coating === undefined ? 1 : transmission(coating, line.energyKev, conditions.takeOffAngleDeg);
    return { line, photons: (primary + secondary[i]!) * through * detectorEfficiency(line.energyKev, conditions.detector) };
  });
}

/**
 * For any element, its lines as a trace of it in `host` would give them, per mass fraction of 1: what hardly changes the sample it is in. The host is
 * worked out once for all elements. Errors as `massAttenuation`.
 */
export function traceLines(host: MassFractions, conditions: Conditions): (element: string) => LineCount[] {
  const material = materialOf(host);
  const exciters = excitersAmong(lineEmissions(host, conditions));
  return (element) => {
    const own = emissionsOf(element, 1, material, host, conditions);
    const secondary = excitedPhotons(exciters, own, { [element]: 1 }, conditions.takeOffAngleDeg);
    return own.map(({ line, primary }, i) => {
      return { line, photons: (primary + secondary[i]!) * detectorEfficiency(line.energyKev, conditions.detector) };
    });
  };
}

/** Share of photons that a layer on the sample lets out towards the detector. */
export function transmission({ massFractions, densityGcm3, thicknessUm }: Layer, energyKev: number, angleDeg: number): number {
  const path = (densityGcm3 * thicknessUm * 1e-4) / sin((angleDeg * Math.PI) / 180);
  return exp(-massAttenuationOf(massFractions, energyKev) * path);
}
