/**
 * The hierarchy without its small branches: a cluster lives on while points drop out of it in groups below the smallest size, and ends
 * where it falls apart into two or more that are large enough (Campello, Moulavi and Sander 2013, doi:10.1007/978-3-642-37456-2_14,
 * section 3). Levels are densities, lambda = 1 / length; infinite where points lie at the same place.
 */
import type { Hierarchy } from "./hierarchy.js";

/** Cluster 0 is the root, all points; parents come before their children. */
export interface CondensedTree {
  readonly clusters: number;
  /** Int32 [clusters]; -1 for the root. */
  readonly parent: Int32Array;
  /** Int32 [clusters]: points at birth. */
  readonly size: Int32Array;
  /** Float64 [clusters]: density at which it parts from its siblings; 0 for the root. */
  readonly birth: Float64Array;
  /** Float64 [clusters]: the largest density at which something leaves it: points, or the clusters into which it falls apart. */
  readonly death: Float64Array;
  /** Float64 [clusters]: sum over its points of how long they stay, in density: the excess of mass. */
  readonly stability: Float64Array;
  /** Int32 [points]: the last cluster that a point belongs to. */
  readonly lastCluster: Int32Array;
  /** Float64 [points]: the density at which it drops out of that cluster. */
  readonly lambda: Float64Array;
}

/** `minClusterSize` is at least 2. */
export function condensedTree(hierarchy: Hierarchy, minClusterSize: number): CondensedTree {
  const { points, nodes, size, childStart, child } = hierarchy;
  const found: FoundCluster[] = [{ parent: -1, size: points, birth: 0, death: 0, stability: 0 }];
  const lastCluster = new Int32Array(points);
  const lambda = new Float64Array(points);
  const open = [{ node: nodes - 1, cluster: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { cluster } = next;
    for (let node = next.node; node >= 0; ) {
      const density = 1 / hierarchy.length[node]!;
      let large = 0;
      let last = -1;
      let dropped = 0;
      for (let c = childStart[node]!; c < childStart[node + 1]!; c++) {
        const branch = child[c]!;
        if (size[branch]! >= minClusterSize) {
          large += 1;
          last = branch;
          continue;
        }
        dropPoints(hierarchy, branch, cluster, density, lastCluster, lambda);
        dropped += size[branch]!;
      }
      if (dropped > 0) leave(found[cluster]!, density, dropped);
      if (large > 1) partInto(hierarchy, node, minClusterSize, cluster, found, open);
      node = large === 1 ? last : -1;
    }
  }
  return { clusters: found.length, ...asColumns(found), lastCluster, lambda };
}

/** A cluster ends at a node: its large branches are clusters of their own, and are left open. */
function partInto(
  { length, size, childStart, child }: Hierarchy,
  node: number,
  minClusterSize: number,
  cluster: number,
  found: FoundCluster[],
  open: { node: number; cluster: number }[],
): void {
  const density = 1 / length[node]!;
  for (let c = childStart[node]!; c < childStart[node + 1]!; c++) {
    const branch = child[c]!;
    if (size[branch]! < minClusterSize) continue;
    leave(found[cluster]!, density, size[branch]!);
    open.push({ node: branch, cluster: found.length });
    found.push({ parent: cluster, size: size[branch]!, birth: density, death: 0, stability: 0 });
  }
}

interface FoundCluster {
  readonly parent: number;
  readonly size: number;
  readonly birth: number;
  death: number;
  stability: number;
}

function leave(cluster: FoundCluster, density: number, points: number): void {
  cluster.stability += (density - cluster.birth) * points;
  cluster.death = Math.max(cluster.death, density);
}

function dropPoints(
  { order, first, size }: Hierarchy,
  node: number,
  cluster: number,
  density: number,
  lastCluster: Int32Array,
  lambda: Float64Array,
): void {
  for (let i = first[node]!; i < first[node]! + size[node]!; i++) {
    lastCluster[order[i]!] = cluster;
    lambda[order[i]!] = density;
  }
}

function asColumns(found: readonly FoundCluster[]) {
  return {
    parent: Int32Array.from(found, ({ parent }) => parent),
    size: Int32Array.from(found, ({ size }) => size),
    birth: Float64Array.from(found, ({ birth }) => birth),
    death: Float64Array.from(found, ({ death }) => death),
    stability: Float64Array.from(found, ({ stability }) => stability),
  };
}
