/** Which clusters of the condensed tree are kept: no kept cluster lies within another. */
import type { CondensedTree } from "./condensed-tree.js";

export const selectionMethods = ["eom", "leaf"] as const;

export interface Selection {
  readonly method: (typeof selectionMethods)[number];
  /** Clusters that part at a length below this stay together (Malzer and Baum 2020, doi:10.1109/MFI49285.2020.9235263); 0 for none. */
  readonly epsilon: number;
  /** Points; larger clusters give way to their parts (`eom` only). Infinity for no limit. */
  readonly maxClusterSize: number;
  /** Whether the root, all points, may be the one cluster. */
  readonly allowSingleCluster: boolean;
}

/** Uint8 [clusters]: 1 for the clusters that are kept. */
export function selectClusters(tree: CondensedTree, selection: Selection): Uint8Array {
  const chosen = selection.method === "eom" ? byExcessOfMass(tree, selection) : leaves(tree);
  if (!selection.allowSingleCluster) chosen[0] = 0;
  return selection.epsilon > 0 ? withoutLateSplits(tree, chosen, selection) : chosen;
}

/** From the leaves up: a cluster is kept if it is at least as stable as the clusters kept below it are together. */
function byExcessOfMass(tree: CondensedTree, { maxClusterSize, allowSingleCluster }: Selection): Uint8Array {
  const { clusters, parent, size, stability } = tree;
  const below = new Float64Array(clusters);
  const chosen = new Uint8Array(clusters);
  for (let cluster = clusters - 1; cluster >= 0; cluster--) {
    const may = (cluster > 0 || allowSingleCluster) && size[cluster]! <= maxClusterSize;
    const keep = may && below[cluster]! <= stability[cluster]!;
    chosen[cluster] = keep ? 1 : 0;
    if (cluster > 0) below[parent[cluster]!]! += keep ? stability[cluster]! : below[cluster]!;
  }
  return outermost(tree, chosen);
}

function leaves({ clusters, parent }: CondensedTree): Uint8Array {
  const chosen = new Uint8Array(clusters).fill(1);
  for (let cluster = 1; cluster < clusters; cluster++) chosen[parent[cluster]!] = 0;
  return chosen;
}

/** Replaces each cluster that parted from its siblings below `epsilon` by the first cluster above it that parted farther out. */
function withoutLateSplits(tree: CondensedTree, chosen: Uint8Array, { epsilon, allowSingleCluster }: Selection): Uint8Array {
  const { parent, birth } = tree;
  const raised = new Uint8Array(chosen.length);
  chosen.forEach((kept, cluster) => {
    if (kept === 0) return;
    let current = cluster;
    while (current > 0 && 1 / birth[current]! < epsilon) {
      if (parent[current] === 0 && !allowSingleCluster) break;
      current = parent[current]!;
    }
    raised[current] = 1;
  });
  return outermost(tree, raised);
}

/** Drops what lies within another chosen cluster. */
function outermost({ clusters, parent }: CondensedTree, chosen: Uint8Array): Uint8Array {
  const covered = new Uint8Array(clusters);
  for (let cluster = 1; cluster < clusters; cluster++) {
    if (chosen[parent[cluster]!] === 1 || covered[parent[cluster]!] === 1) covered[cluster] = 1;
  }
  return chosen.map((kept, cluster) => (covered[cluster] === 1 ? 0 : kept));
}
