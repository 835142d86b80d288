/** Spectra of known composition from the physics, fluorescence and coating in them, with counting noise. */
import { randomStream } from "../../kernels/random.js";
import { countsFromDense } from "../../spectrum-image/counts.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { type Layer, polymerWindowDetector, sigmaKev } from "../../xray/detector.js";
import { massFractions, parseFormula } from "../../xray/formula.js";
import { countedLines } from "../../xray/physics/emission.js";
import { addGaussian, type Conditions, expectedContinuum } from "../../xray/physics/expected-spectrum.js";
import { kBetaOverAlpha } from "../../xray/physics/k-beta.js";

export const axis = { name: "energy", size: 800, offset: 0, scale: 0.02, units: "keV" } as const;
export const conditions: Conditions = {
  beamEnergyKev: 15,
  takeOffAngleDeg: 35,
  resolutionEv: 130,
  detector: polymerWindowDetector,
};

/** Counts per unit of photons: what the solid angle of a detector would be, so that a second at 1 nA gives some 10,000 counts. */
const SOLID_ANGLE = 3e7;

export interface Simulated {
  readonly formula?: string;
  readonly massFractions?: Readonly<Record<string, number>>;
  readonly liveTimeS: number;
  readonly beamCurrentNa: number;
  readonly coating?: Layer;
  readonly at?: Partial<Conditions>;
}

/** Expected counts of a flat sample. */
export function expectedCounts({
  formula,
  massFractions: given,
  liveTimeS,
  beamCurrentNa,
  coating,
  at,
}: Simulated): Float64Array {
  const composition = given ?? massFractions(parseFormula(formula!));
  const own = { ...conditions, ...at };
  const spectrum = expectedContinuum(composition, own, axis);
  const lines = countedLines(composition, own, coating);
  for (const { line, photons } of lines) {
    addGaussian(
      spectrum,
      axis,
      line.energyKev,
      sigmaKev(line.energyKev, own.resolutionEv),
      photons * shareAsMeasured(line.name, lines),
    );
  }
  return spectrum.map((value) => value * SOLID_ANGLE * liveTimeS * beamCurrentNa);
}

/** The fit knows the measured Kb of Mg to Ar: the simulation has them, too, at the same sum. */
function shareAsMeasured(name: string, lines: ReturnType<typeof countedLines>): number {
  const element = name.split("_")[0]!;
  const ratio = kBetaOverAlpha(element);
  if (ratio === undefined || !/_K[ab]$/.test(name)) return 1;
  const own = lines.filter(({ line }) => line.element === element && line.family === "K");
  const total = own.reduce((sum, { photons }) => sum + photons, 0);
  const mine = own.find(({ line }) => line.name === name)!.photons;
  return ((name.endsWith("_Kb") ? ratio : 1) / (1 + ratio)) * (total / mine);
}

export function noisy(expected: Float64Array, seed: number): Float64Array {
  const random = randomStream(seed, "quantify-test");
  return expected.map((value) => random.poisson(value));
}

/** A standard as recipes have it. */
export function standardOf(name: string, sample: Simulated, more: object = {}) {
  return {
    name,
    ...(sample.formula === undefined ? { massFractions: sample.massFractions } : { formula: sample.formula }),
    energyOffsetKev: axis.offset,
    energyScaleKev: axis.scale,
    counts: [...noisy(expectedCounts(sample), name.length)],
    liveTimeS: sample.liveTimeS,
    beamCurrentNa: sample.beamCurrentNa,
    ...more,
  };
}

/** An image whose columns are samples; live time and current are those of the whole image, shared out evenly over its pixels. */
export function imageOf(
  samples: readonly Simulated[],
  height: number,
  { liveTimeS, beamCurrentNa }: { liveTimeS?: number | undefined; beamCurrentNa?: number | undefined },
): SpectrumImage {
  const width = samples.length;
  const values = new Float64Array(height * width * axis.size);
  for (let y = 0; y < height; y++) {
    samples.forEach((sample, x) => {
      values.set(noisy(expectedCounts(sample), 100 + y * width + x), (y * width + x) * axis.size);
    });
  }
  const navigation = (name: string, size: number) => ({ name, size, offset: 0, scale: 1, units: "um" }) as const;
  return {
    title: "simulated",
    counts: countsFromDense([height, width], axis.size, values, "counts"),
    navigationAxes: [navigation("y", height), navigation("x", width)],
    energyAxis: axis,
    images: [],
    metadata: {
      instrument: "SEM",
      beamEnergyKev: conditions.beamEnergyKev,
      beamCurrentNa,
      detector: { resolutionEv: conditions.resolutionEv, elevationAngleDeg: conditions.takeOffAngleDeg, liveTimeS },
      elements: [],
    },
    originalMetadata: {},
    loadReport: { findings: [] },
  };
}
