/** Counts per photon of the model for every measured family: from its standard, from the other standards, or one for all. */
import type { FamilyCounts } from "../../line-fit/fit-spectrum.js";
import { modelError } from "./model-error.js";
import { type Standard, sensitivityOf } from "./standard.js";

export interface UsedSensitivity {
  /** Counts per photon of the model and unit of dose. */
  readonly value: number;
  /** `standard`: the element's own; `other standards`: the mean of those, by the physics; `none`: standardless. */
  readonly from: "standard" | "other standards" | "none";
  /** Name of the standard. */
  readonly standard: string | undefined;
  /** Counts of the family from the standard per unit of dose, to which the k-ratio refers. */
  readonly standardCountsPerDose: number | undefined;
  /** Mass fraction of the element in the standard. */
  readonly standardFraction: number | undefined;
  /** Relative standard errors: of the standard (counts and composition), and of the model. */
  readonly standardError: number;
  /** Of the standard's counts alone. */
  readonly standardCountingError: number;
  readonly modelError: number;
}

/**
 * One entry per family. An element without a standard, where others have one, gets the mean of theirs: the detector's solid angle is the same for all, so that only the
 * physics between the lines is taken on trust, as without standards.
 */
export function sensitivitiesFor(
  families: readonly FamilyCounts[],
  standards: Readonly<Record<string, Standard>> | undefined,
): UsedSensitivity[] {
  const own = families.map(({ element, family, line }): UsedSensitivity | undefined => {
    const standard = standards?.[element];
    if (standard === undefined) return undefined;
    const { value, relativeError, countingError, countsPerDose } = sensitivityOf(standard, element, family);
    return {
      value,
      from: "standard",
      standard: standard.name,
      standardCountsPerDose: countsPerDose,
      standardFraction: standard.composition[element],
      standardError: relativeError,
      standardCountingError: countingError,
      modelError: modelError(line, true),
    };
  });
  const known = own.filter((one) => one !== undefined);
  const mean = known.length === 0 ? 1 : known.reduce((sum, { value }) => sum + value, 0) / known.length;
  return own.map(
    (one, i) =>
      one ?? {
        value: mean,
        from: known.length === 0 ? "none" : "other standards",
        standard: undefined,
        standardCountsPerDose: undefined,
        standardFraction: undefined,
        standardError: 0,
        standardCountingError: 0,
        modelError: modelError(families[i]!.line, false),
      },
  );
}
