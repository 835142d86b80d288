import type { Matrix } from "../../kernels/matrix.js";

/**
 * Joins points pair by pair, each time the two groups whose union adds least to the sum of squared distances to the centres, until `clusters` groups
 * are left (Ward 1963, doi:10.1080/01621459.1963.10500845), along chains of nearest neighbours: about 3 n² distances and no matrix of them
 * (Murtagh and Legendre 2014, doi:10.1007/s00357-014-9161-z). Returns int32 [rows]: group of each point, numbered by first appearance. `breath`
 * is awaited after each step of a chain; `onProgress` hears the fraction of joins done.
 */
export async function wardGroups(
  points: Matrix,
  clusters: number,
  breath: () => Promise<void>,
  onProgress?: (fraction: number) => void,
): Promise<Int32Array> {
  const joins = await allJoins(points, breath, onProgress);
  joins.sort((a, b) => a.cost - b.cost || a.order - b.order);
  const parent = Int32Array.from({ length: points.rows }, (_, i) => i);
  const rootOf = (i: number): number => {
    let root = i;
    while (parent[root] !== root) root = parent[root]!;
    parent[i] = root;
    return root;
  };
  for (const { one, other } of joins.slice(0, Math.max(0, points.rows - clusters))) {
    const [a, b] = [rootOf(one), rootOf(other)];
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  const number = new Map<number, number>();
  return Int32Array.from({ length: points.rows }, (_, i) => {
    const root = rootOf(i);
    const known = number.get(root) ?? number.size;
    number.set(root, known);
    return known;
  });
}

interface Join {
  /** A point of each of the two groups. */
  readonly one: number;
  readonly other: number;
  /** What the join adds to the sum of squares. */
  readonly cost: number;
  readonly order: number;
}

async function allJoins(points: Matrix, breath: () => Promise<void>, onProgress?: (fraction: number) => void): Promise<Join[]> {
  const { rows, columns } = points;
  const groups: Groups = { centres: points.data.slice(), sizes: new Float64Array(rows).fill(1), columns };
  const joins: Join[] = [];
  const chain: number[] = [];
  let first = 0;
  while (joins.length < rows - 1) {
    await breath();
    while (groups.sizes[first] === 0) first += 1;
    if (chain.length === 0) chain.push(first);
    const top = chain.at(-1)!;
    const before = chain.at(-2);
    const { nearest, cost } = nearestGroup(groups, top, before);
    if (nearest !== before) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    const [one, other] = [Math.min(top, nearest), Math.max(top, nearest)];
    joins.push({ one, other, cost, order: joins.length });
    merge(groups, one, other);
    onProgress?.(joins.length / (rows - 1));
  }
  return joins;
}

interface Groups {
  readonly centres: Float64Array;
  /** 0 where the group has gone into another. */
  readonly sizes: Float64Array;
  readonly columns: number;
}

/** The cheapest group to join with; of equals the one that came before in the chain, else the lowest. */
function nearestGroup({ centres, sizes, columns }: Groups, top: number, before: number | undefined) {
  let nearest = -1;
  let cost = Infinity;
  for (let i = 0; i < sizes.length; i++) {
    if (sizes[i] === 0 || i === top) continue;
    let distance = 0;
    for (let c = 0; c < columns; c++) {
      const difference = centres[i * columns + c]! - centres[top * columns + c]!;
      distance += difference * difference;
    }
    const own = ((sizes[i]! * sizes[top]!) / (sizes[i]! + sizes[top]!)) * distance;
    if (own < cost || (own === cost && i === before)) {
      nearest = i;
      cost = own;
    }
  }
  return { nearest, cost };
}

function merge({ centres, sizes, columns }: Groups, one: number, other: number): void {
  const size = sizes[one]! + sizes[other]!;
  for (let c = 0; c < columns; c++) {
    centres[one * columns + c] =
      (sizes[one]! * centres[one * columns + c]! + sizes[other]! * centres[other * columns + c]!) / size;
  }
  sizes[one] = size;
  sizes[other] = 0;
}
