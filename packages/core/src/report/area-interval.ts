import type { Analysis } from "../pipeline/analysis.js";

type Membership = NonNullable<Analysis["membership"]>;

/** Of memberships that were asked before: each takes a pass over all pixels and classes. */
const known = new WeakMap<Membership, Float64Array>();

/**
 * Half the 95 % interval of the area by labels of each class, as a share of all pixels, float64 [classes] in the order of the classes: 1.96 sqrt(sum p (1 - p)) / n, the spread of the number
 * of pixels in a class when each pixel belongs to it with its probability p and pixels are independent. Undefined where no memberships are known for the classes as they are.
 */
export function areaIntervals({
  classes,
  membership,
}: Pick<Analysis, "classes"> & Partial<Pick<Analysis, "membership">>): Float64Array | undefined {
  if (membership === undefined || membership.classes !== classes.length) return undefined;
  const before = known.get(membership);
  if (before !== undefined) return before;
  const intervals = intervalsOf(membership);
  known.set(membership, intervals);
  return intervals;
}

function intervalsOf({ classes, data }: Membership): Float64Array {
  const variance = new Float64Array(classes);
  for (let i = 0; i < data.length; i++) variance[i % classes]! += data[i]! * (1 - data[i]!);
  const pixels = data.length / classes;
  return variance.map((value) => (1.96 * Math.sqrt(value)) / pixels);
}
