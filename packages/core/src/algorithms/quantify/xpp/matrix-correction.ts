/**
 * From intensities to a composition: C_i = C_i I_i / (S_i Y_i(C)), repeated until it stands still. Y_i(C) are the photons that a sample of composition C
 * gives (XPP with absorption and characteristic fluorescence), S_i the counts per such photon: from a standard, or one number for all lines.
 * Pouchou and Pichoir 1991, doi:10.1007/978-1-4899-2617-3_4.
 */
import { DataCheckError } from "../../../errors.js";
import type { MassFractions } from "../../../xray/attenuation.js";
import type { Layer } from "../../../xray/detector.js";
import type { LineFamily } from "../../../xray/lines.js";
import type { Valences } from "../../../xray/oxides.js";
import { countedLines } from "../../../xray/physics/emission.js";
import type { Conditions } from "../../../xray/physics/expected-spectrum.js";
import { type TiedElement, withUnmeasured } from "./unmeasured-elements.js";

/** One element as it was measured. */
export interface MeasuredFamily {
  readonly element: string;
  readonly family: LineFamily;
  /** Counts of all lines of the family. */
  readonly counts: number;
  /** Counts per photon of the model; the same for all lines where there are no standards. */
  readonly sensitivity: number;
}

export interface Sample {
  readonly conditions: Conditions;
  readonly coating?: Layer | undefined;
  /** `measured`: by its own line; `stoichiometry`: what the other elements' oxides hold; `none`: not looked at. */
  readonly oxygen: "measured" | "stoichiometry" | "none";
  readonly valences?: Valences | undefined;
  /** Elements that are not measured but go with others, such as carbon in carbonates. */
  readonly tied?: readonly TiedElement[] | undefined;
  /** Element that is not measured and makes up what the others leave to 1. Only where nothing is normalised. */
  readonly difference?: string | undefined;
  /** True without standards or doses: the fractions are made to sum to 1 at each round. */
  readonly normalise: boolean;
}

/** The first guess at an element of which nothing was seen; it must not be 0, for 0 stays 0. */
const LEAST = 1e-9;
const CLOSE = 1e-7;
const MOST_ROUNDS = 200;

/**
 * Mass fractions that would give the counts; their sum is the raw total, 1 where `normalise`. Counts below 0 count as 0. Throws {@link DataCheckError} when nothing was
 * measured or the rounds do not settle.
 */
export function compositionFrom(measured: readonly MeasuredFamily[], sample: Sample): MassFractions {
  let composition = started(measured, sample);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = improved(composition, measured, sample);
    const change = Object.keys(next).reduce((most, symbol) => Math.max(most, Math.abs(next[symbol]! - composition[symbol]!)), 0);
    composition = next;
    if (change < CLOSE) return composition;
  }
  throw new DataCheckError("The matrix correction does not settle.", {
    where: "quantify",
    found: `${MOST_ROUNDS} rounds`,
    remedy: "Look at the net intensities: one of them may belong to another element.",
  });
}

/** Photons of each measured family from a sample of a composition that sums to 1, in the order given. */
export function familyPhotons(
  families: readonly Pick<MeasuredFamily, "element" | "family">[],
  composition: MassFractions,
  { conditions, coating }: Pick<Sample, "conditions" | "coating">,
): Float64Array {
  const lines = countedLines(composition, conditions, coating);
  return Float64Array.from(families, ({ element, family }) => {
    let sum = 0;
    for (const { line, photons } of lines) if (line.element === element && line.family === family) sum += photons;
    return sum;
  });
}

function started(measured: readonly MeasuredFamily[], sample: Sample): MassFractions {
  const amounts = measured.map(({ counts, sensitivity }) => Math.max(0, counts / sensitivity));
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  if (!(total > 0)) {
    throw new DataCheckError("There is nothing to quantify: no line has counts.", { where: "quantify" });
  }
  return whole(
    measured.map(({ element }) => element),
    amounts.map((amount) => Math.max(LEAST, amount / total)),
    sample,
  );
}

function improved(composition: MassFractions, measured: readonly MeasuredFamily[], sample: Sample): MassFractions {
  const total = Object.values(composition).reduce((sum, value) => sum + value, 0);
  const relative = Object.fromEntries(Object.entries(composition).map(([symbol, value]) => [symbol, value / total]));
  const photons = familyPhotons(measured, relative, sample);
  const amounts = measured.map(({ element, counts, sensitivity }, i) => {
    const perFraction = photons[i]! / relative[element]!;
    return Math.max(LEAST, counts / (sensitivity * perFraction));
  });
  return whole(
    measured.map(({ element }) => element),
    amounts,
    sample,
  );
}

function whole(elements: readonly string[], amounts: readonly number[], sample: Sample): MassFractions {
  const measured = Object.fromEntries(elements.map((element, i) => [element, amounts[i]!]));
  const found = withUnmeasured(measured, sample);
  if (!sample.normalise) return found;
  const total = Object.values(found).reduce((sum, value) => sum + value, 0);
  return Object.fromEntries(Object.entries(found).map(([symbol, value]) => [symbol, value / total]));
}
