/** Modal results: area and weight per cent. */
import type { Analysis } from "../pipeline/analysis.js";

export interface ModalShare {
  readonly id: number;
  readonly areaFraction: number;
  readonly densityGcm3: number | undefined;
  /** Share of the mass of all classes of known density, 0 to 1; undefined without a density. */
  readonly weightFraction: number | undefined;
}

/**
 * Weight fractions from area fractions and densities: area is volume (Delesse 1848), times density is mass. Classes of unknown density take no part, and the weights of the others
 * sum to 1; so does a class that an analysis left without a name.
 */
export function modalShares({ classes, identities }: Pick<Analysis, "classes" | "identities">): ModalShare[] {
  const densities = new Map(identities?.map(({ id, densityGcm3 }) => [id, densityGcm3]));
  const masses = classes.map(({ id, areaFraction }) => areaFraction * (densities.get(id) ?? 0));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return classes.map(({ id, areaFraction }, i) => {
    const densityGcm3 = densities.get(id);
    return { id, areaFraction, densityGcm3, weightFraction: densityGcm3 === undefined ? undefined : masses[i]! / total };
  });
}
