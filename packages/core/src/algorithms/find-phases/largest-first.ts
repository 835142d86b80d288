/** Labels renumbered from the largest class to the smallest, as those of a finished search are: equal ones stay in their order. Ids below 0 stay; classes without pixels go. */
export function largestFirst(labels: Int32Array): Int32Array {
  const pixels = new Map<number, number>();
  for (const label of labels) if (label >= 0) pixels.set(label, (pixels.get(label) ?? 0) + 1);
  const order = [...pixels.keys()].sort((a, b) => pixels.get(b)! - pixels.get(a)! || a - b);
  const placeOf = new Map(order.map((id, place) => [id, place]));
  return labels.map((label) => placeOf.get(label) ?? label);
}
