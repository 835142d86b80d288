/**
 * A tree of summaries of points, grown point by point: each leaf entry stands for a tight group, each inner entry for all groups below it.
 * Zhang, Ramakrishnan and Livny 1996, doi:10.1145/233269.233324. The spread of a group is kept as the sum of squared distances to its
 * centre, which loses nothing by subtraction (Lang and Schubert 2020, doi:10.1007/978-3-030-60936-8_22).
 */
import { type Matrix, matrix } from "../../kernels/matrix.js";

export interface FeatureTree {
  /** Takes the point at `offset` of `data` into the nearest group, or begins a new group where that would become too wide. */
  insert(data: Float64Array, offset: number): void;
  /** Number of groups so far. */
  readonly groups: number;
  /** Centres of the groups: float64 [groups x dimensions], leaf after leaf. */
  centres(): Matrix;
}

interface Entry {
  n: number;
  /** Float64 [dimensions]: sum of the points. */
  readonly sum: Float64Array;
  /** Float64 [dimensions]. */
  readonly centre: Float64Array;
  /** Sum of squared distances of the points to their centre. */
  scatter: number;
  /** Undefined in a leaf. */
  readonly child: Node | undefined;
}

interface Node {
  entries: Entry[];
}

/**
 * @param threshold Largest root mean square distance of a group's points to their centre.
 * @param branchingFactor Most entries of a node; one more and it is split along its two farthest entries.
 */
export function featureTree(dimensions: number, threshold: number, branchingFactor: number): FeatureTree {
  let root: Node = { entries: [] };
  let groups = 0;
  const limit = threshold * threshold;

  /** Adds to the node or below; true when the node has become too large. */
  function insertInto(node: Node, point: Entry): boolean {
    const nearest = nearestEntry(node, point.centre);
    if (nearest?.child === undefined) {
      if (nearest !== undefined && joinedScatter(nearest, point) <= limit * (nearest.n + point.n)) join(nearest, point);
      else {
        node.entries.push({ ...point, sum: point.sum.slice(), centre: point.centre.slice() });
        groups += 1;
      }
      return node.entries.length > branchingFactor;
    }
    const { child } = nearest;
    if (!insertInto(child, point)) {
      join(nearest, point);
      return false;
    }
    const [first, second] = split(child, dimensions);
    node.entries[node.entries.indexOf(nearest)] = first;
    node.entries.push(second);
    return node.entries.length > branchingFactor;
  }

  return {
    insert(data, offset) {
      const centre = data.subarray(offset, offset + dimensions);
      if (!insertInto(root, { n: 1, sum: centre, centre, scatter: 0, child: undefined })) return;
      root = { entries: split(root, dimensions) };
    },
    get groups() {
      return groups;
    },
    centres() {
      const out = matrix(groups, dimensions);
      let next = 0;
      const visit = (node: Node): void => {
        for (const { centre, child } of node.entries) {
          if (child !== undefined) visit(child);
          else {
            out.data.set(centre, next);
            next += dimensions;
          }
        }
      };
      visit(root);
      return out;
    },
  };
}

function nearestEntry({ entries }: Node, centre: Float64Array): Entry | undefined {
  let best: Entry | undefined;
  let smallest = Infinity;
  for (const entry of entries) {
    const distance = squaredDistance(entry.centre, centre);
    if (distance < smallest) {
      smallest = distance;
      best = entry;
    }
  }
  return best;
}

function joinedScatter(a: Entry, b: Entry): number {
  return a.scatter + b.scatter + ((a.n * b.n) / (a.n + b.n)) * squaredDistance(a.centre, b.centre);
}

/** Adds the points of `from` to `to`, in place. */
function join(to: Entry, from: Entry): void {
  to.scatter = to.n === 0 ? from.scatter : joinedScatter(to, from);
  to.n += from.n;
  for (let c = 0; c < to.sum.length; c++) {
    to.sum[c]! += from.sum[c]!;
    to.centre[c] = to.sum[c]! / to.n;
  }
}

/** Two entries over two new nodes: each old entry goes to the nearer of the two that lie farthest apart. */
function split(node: Node, dimensions: number): [Entry, Entry] {
  const { entries } = node;
  let [one, other, largest] = [0, 0, -1];
  for (let a = 0; a < entries.length; a++) {
    for (let b = a + 1; b < entries.length; b++) {
      const distance = squaredDistance(entries[a]!.centre, entries[b]!.centre);
      if (distance > largest) [one, other, largest] = [a, b, distance];
    }
  }
  const halves: [Entry, Entry] = [emptyEntry(dimensions), emptyEntry(dimensions)];
  entries.forEach((entry, i) => {
    const toOne = squaredDistance(entry.centre, entries[one]!.centre);
    const half = halves[i === one || toOne < squaredDistance(entry.centre, entries[other]!.centre) ? 0 : 1];
    half.child!.entries.push(entry);
    join(half, entry);
  });
  return halves;
}

function emptyEntry(dimensions: number): Entry {
  return { n: 0, sum: new Float64Array(dimensions), centre: new Float64Array(dimensions), scatter: 0, child: { entries: [] } };
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < a.length; c++) {
    const difference = a[c]! - b[c]!;
    sum += difference * difference;
  }
  return sum;
}
