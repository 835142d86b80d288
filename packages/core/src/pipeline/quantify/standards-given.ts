/** Standards as a recipe gives them, fitted and sorted by the elements that they serve. */
import { fitStandard } from "../../algorithms/quantify/xpp/fit-standard.js";
import type { QuantifiedSpectrum } from "../../algorithms/quantify/xpp/quantify-fit.js";
import type { Standard } from "../../algorithms/quantify/xpp/standard.js";
import { ParameterError } from "../../errors.js";
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import type { Finding } from "../../spectrum-image/spectrum-image.js";
import type { MassFractions } from "../../xray/attenuation.js";
import { massFractions, parseFormula } from "../../xray/formula.js";
import { type BulkConditions, coatingOf } from "./bulk-conditions.js";
import type { StandardFacts } from "./bulk-quantification.js";
import type { GivenStandard } from "./xpp-parameters.js";

export interface UsableStandards {
  /** By element. */
  readonly byElement: Readonly<Record<string, Standard>>;
  /** In the order given, with the dose in nA s; undefined where it is not known. */
  readonly all: readonly { readonly standard: Standard; readonly doseNas: number | undefined }[];
  /** False where a beam current is not known: intensities are then compared by live time alone, and fractions normalised. */
  readonly areDosesKnown: boolean;
  readonly findings: readonly Finding[];
}

/** How far the mass fractions of a standard may be from 1 together. */
const SUM_RANGE = [0.9, 1.05] as const;
/** Beam energies that differ by more than this are another measurement, keV. */
const SAME_ENERGY_KEV = 0.1;

/** Throws {@link ParameterError} for a standard without a live time, or whose composition does not sum to about 1. */
export function usableStandards(given: readonly GivenStandard[], { conditions, doseNas }: BulkConditions): UsableStandards {
  const areDosesKnown = doseNas !== undefined && given.every((one) => one.beamCurrentNa !== undefined);
  const findings: Finding[] = [];
  const all = given.map((one) => {
    const liveTimeS = needed(one.liveTimeS, one.name);
    const own = {
      ...conditions,
      beamEnergyKev: one.beamEnergyKev ?? conditions.beamEnergyKev,
      takeOffAngleDeg: one.takeOffAngleDeg ?? conditions.takeOffAngleDeg,
    };
    if (Math.abs(own.beamEnergyKev - conditions.beamEnergyKev) > SAME_ENERGY_KEV) {
      const message = `The standard ${one.name} was measured at ${own.beamEnergyKev} keV, the sample at ${conditions.beamEnergyKev} keV; the physics bridges the difference.`;
      findings.push({ severity: "warning", code: "other-beam-energy", message });
    }
    const standard = fitStandard({
      name: one.name,
      spectrum: Float64Array.from(one.counts),
      axis: axisOf(one),
      conditions: own,
      composition: compositionOf(one),
      coating: coatingOf(one.coating),
      relativeError: one.relativeError,
      dose: liveTimeS * (areDosesKnown ? one.beamCurrentNa! : 1),
    });
    return { standard, doseNas: one.beamCurrentNa === undefined ? undefined : liveTimeS * one.beamCurrentNa };
  });
  if (given.length > 0 && !areDosesKnown) {
    const message =
      "A beam current or the live time of the sample is not known, so that intensities of sample and standards cannot be compared: fractions are normalised to 100 %, and there is no raw total.";
    findings.push({ severity: "warning", code: "no-dose", message });
  }
  return { byElement: byElement(given, all), all, areDosesKnown, findings };
}

/** The standards as they were used, for the result. */
export function standardFacts(
  { all, byElement: used }: UsableStandards,
  spectra: readonly (QuantifiedSpectrum | undefined)[],
): StandardFacts[] {
  const measured = spectra.flatMap((one) => one?.elements ?? []);
  return all.map(({ standard, doseNas }) => {
    const { name, composition, conditions, fit } = standard;
    const served = Object.keys(used).filter((element) => used[element] === standard);
    return {
      name,
      composition,
      beamEnergyKev: conditions.beamEnergyKev,
      takeOffAngleDeg: conditions.takeOffAngleDeg,
      doseNas,
      reducedChiSquare: fit.reducedChiSquare,
      elements: served.flatMap((element) => {
        const family = measured.find((one) => one.element === element && one.standard === name)?.family;
        const counted = fit.families.find((one) => one.element === element && one.family === family);
        if (counted === undefined) return [];
        return [
          { element, line: counted.line.name, counts: counted.counts, countsError: Math.sqrt(Math.max(0, counted.variance)) },
        ];
      }),
    };
  });
}

function byElement(given: readonly GivenStandard[], all: UsableStandards["all"]): Readonly<Record<string, Standard>> {
  const found: Record<string, Standard> = {};
  given.forEach((one, i) => {
    const { standard } = all[i]!;
    for (const element of one.elements) {
      if (!(standard.composition[element]! > 0)) {
        throw new ParameterError(`The standard ${one.name} does not hold ${element}.`, {
          where: "quantify",
          field: "standards.elements",
          expected: `one of ${Object.keys(standard.composition).join(", ")}`,
        });
      }
      found[element] ??= standard;
    }
  });
  // Standards without a list of elements serve what is left, in their order.
  given.forEach((one, i) => {
    if (one.elements.length > 0) return;
    for (const element of Object.keys(all[i]!.standard.composition)) found[element] ??= all[i]!.standard;
  });
  return found;
}

function needed(liveTimeS: number | undefined, name: string): number {
  if (liveTimeS !== undefined) return liveTimeS;
  throw new ParameterError(`The live time of the standard ${name} is not known.`, {
    where: "quantify",
    field: "standards.liveTimeS",
    remedy: "Give liveTimeS with the standard.",
  });
}

function compositionOf({ name, formula, massFractions: given }: GivenStandard): MassFractions {
  if (formula !== undefined) return massFractions(parseFormula(formula));
  const present = Object.entries(given ?? {}).filter(([, value]) => value > 0);
  const sum = present.reduce((total, [, value]) => total + value, 0);
  if (sum >= SUM_RANGE[0] && sum <= SUM_RANGE[1]) return Object.fromEntries(present);
  throw new ParameterError(`The mass fractions of the standard ${name} are not a whole.`, {
    where: "quantify",
    field: "standards.massFractions",
    found: `a sum of ${sum.toFixed(3)}`,
    expected: `a sum between ${SUM_RANGE.join(" and ")}`,
  });
}

function axisOf({ counts, energyOffsetKev, energyScaleKev }: GivenStandard): CalibratedEnergyAxis {
  return { name: "energy", size: counts.length, offset: energyOffsetKev, scale: energyScaleKev, units: "keV" };
}
