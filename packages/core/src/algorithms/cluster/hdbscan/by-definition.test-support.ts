/** HDBSCAN by its definition, step by step over all levels and all pairs: slow, and without any of the code that it checks. */

export interface DefinedCluster {
  readonly parent: number;
  readonly points: readonly number[];
  readonly birth: number;
  /** Point and the density at which it drops out. */
  readonly leaves: { readonly point: number; readonly density: number }[];
  stability: number;
}

/** Mutual reachability of all pairs; `minSamples` counts the point itself. */
export function mutualReachability(points: readonly (readonly number[])[], minSamples: number): number[][] {
  const distance = points.map((p) => points.map((q) => Math.sqrt(p.reduce((sum, value, c) => sum + (value - q[c]!) ** 2, 0))));
  const core = distance.map((row) => row.toSorted((a, b) => a - b)[minSamples - 1]!);
  return distance.map((row, p) => row.map((value, q) => Math.max(value, core[p]!, core[q]!)));
}

/** Groups of points that are joined by steps shorter than `limit`. */
function parts(members: readonly number[], reach: readonly (readonly number[])[], limit: number): number[][] {
  const left = new Set(members);
  const found: number[][] = [];
  for (const first of members) {
    if (!left.delete(first)) continue;
    const part = [first];
    for (const point of part) {
      for (const other of left) {
        if (reach[point]![other]! >= limit) continue;
        left.delete(other);
        part.push(other);
      }
    }
    found.push(part);
  }
  return found;
}

/** The condensed tree; cluster 0 holds all points. */
export function clustersByDefinition(reach: readonly (readonly number[])[], minClusterSize: number): DefinedCluster[] {
  const everything = reach.map((_, i) => i);
  const levels = [...new Set(reach.flatMap((row, p) => row.filter((_, q) => q !== p)))].sort((a, b) => b - a);
  const clusters: DefinedCluster[] = [{ parent: -1, points: everything, birth: 0, leaves: [], stability: 0 }];
  for (let id = 0; id < clusters.length; id++) {
    const cluster = clusters[id]!;
    let alive: readonly number[] = cluster.points;
    for (const level of levels) {
      if (alive.length === 0) break;
      const density = 1 / level;
      const groups = parts(alive, reach, level);
      if (groups.length === 1) continue;
      const large = groups.filter((group) => group.length >= minClusterSize);
      for (const point of groups.filter((group) => group.length < minClusterSize).flat()) cluster.leaves.push({ point, density });
      cluster.stability += (density - cluster.birth) * (alive.length - (large.length === 1 ? large[0]!.length : 0));
      if (large.length > 1)
        for (const points of large) clusters.push({ parent: id, points, birth: density, leaves: [], stability: 0 });
      alive = large.length === 1 ? large[0]! : [];
    }
  }
  return clusters;
}
