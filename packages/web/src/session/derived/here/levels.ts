/** Values of a map of counts in order, for questions of how many pixels lie below a limit: sorted once for each map. */
export interface Levels {
  /** Pixels with fewer counts. */
  below(counts: number): number;
  /** The value that a share of the pixels does not exceed. */
  at(share: number): number;
  /** Half of all counts lie in pixels with fewer: dark holes do not pull it down. */
  readonly typical: number;
  readonly mean: number;
}

const known = new WeakMap<Float32Array, Levels>();

export function levelsOf(map: Float32Array): Levels {
  const before = known.get(map);
  if (before !== undefined) return before;
  const sorted = map.slice().sort();
  const sum = sorted.reduce((all, value) => all + value, 0);
  const levels: Levels = {
    below: (counts) => firstFrom(sorted, counts),
    at: (share) => sorted[Math.round(share * (sorted.length - 1))] ?? 0,
    typical: typicalOf(sorted, sum),
    mean: sum / Math.max(1, sorted.length),
  };
  known.set(map, levels);
  return levels;
}

/** Index of the first value that is not below a limit. */
function firstFrom(sorted: Float32Array, limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function typicalOf(sorted: Float32Array, all: number): number {
  let sum = 0;
  for (const value of sorted) {
    sum += value;
    if (sum >= all / 2) return value;
  }
  return 0;
}
