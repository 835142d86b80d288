import type { CondensedTree } from "./condensed-tree.js";

export interface PointLabels {
  /** Int32 [points]: place of the point's cluster in `clusters`, -1 for noise. */
  readonly labels: Int32Array;
  /** Float64 [points]: 0 to 1; 0 for noise. */
  readonly strengths: Float64Array;
  /** Kept clusters of the condensed tree that hold points, in the order of their first points. */
  readonly clusters: readonly number[];
}

/**
 * Gives each point the kept cluster within which it drops out of the tree. Where the root is the one cluster, points belong to it that stay
 * until it ends, or, with an `epsilon`, until the density 1 / epsilon. Strength: the density at which a point drops out, over the
 * largest at which anything leaves the cluster.
 */
export function labelPoints(tree: CondensedTree, selected: Uint8Array, epsilon: number): PointLabels {
  const { parent, death, lastCluster, lambda } = tree;
  const keptAbove = new Int32Array(tree.clusters);
  for (let cluster = 0; cluster < tree.clusters; cluster++) {
    keptAbove[cluster] = selected[cluster] === 1 ? cluster : cluster > 0 ? keptAbove[parent[cluster]!]! : -1;
  }
  const leastInRoot = epsilon > 0 ? 1 / epsilon : death[0]!;
  const clusters: number[] = [];
  const place = new Int32Array(tree.clusters).fill(-1);
  const labels = new Int32Array(lambda.length).fill(-1);
  const strengths = new Float64Array(lambda.length);
  for (let point = 0; point < lambda.length; point++) {
    const cluster = keptAbove[lastCluster[point]!]!;
    if (cluster < 0 || (cluster === 0 && lambda[point]! < leastInRoot)) continue;
    if (place[cluster]! < 0) place[cluster] = clusters.push(cluster) - 1;
    labels[point] = place[cluster]!;
    strengths[point] = strengthOf(lambda[point]!, death[cluster]!);
  }
  return { labels, strengths, clusters };
}

function strengthOf(lambda: number, death: number): number {
  if (death === 0 || lambda === Infinity) return 1;
  return Math.min(lambda, death) / death;
}
