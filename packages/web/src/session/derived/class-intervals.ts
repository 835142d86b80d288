import { areaIntervals } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

const known = new WeakMap<object, Float64Array>();

/**
 * Half the 95 % interval of the area of each class, as a fraction of the map, in the order of the classes; undefined where memberships are not known.
 * Computed once for each membership: it takes a pass over all pixels and classes.
 */
export function classIntervals({ membership, classes }: AnalysisSnapshot): Float64Array | undefined {
  if (membership === undefined || membership.classes !== classes.length) return undefined;
  const before = known.get(membership);
  if (before !== undefined) return before;
  const intervals = areaIntervals(membership.data, membership.classes);
  known.set(membership, intervals);
  return intervals;
}
