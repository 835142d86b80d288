/**
 * The fuzzy simplicial set of the points, as far as UMAP uses it: a weighted graph. Each point has its own view of how strongly its
 * neighbours belong to it; the two views of a pair are joined by a fuzzy set operation
 * (McInnes, Healy and Melville 2018, arXiv:1802.03426, algorithm 2 and section 3.1).
 */
import { exp } from "../../../kernels/math.js";
import type { Neighbours } from "../../../kernels/nearest-neighbours/nearest-neighbours.js";
import { breather, type WorkContext } from "../../../spectrum-image/context.js";
import { type NeighbourhoodScales, neighbourhoodScales } from "./neighbourhood-scales.js";

/** A symmetric sparse matrix without diagonal: row i holds the entries `rowStart[i]` to `rowStart[i + 1]`, columns rising, weights in (0, 1]. */
export interface FuzzyGraph {
  readonly vertices: number;
  /** Int32 [vertices + 1] */
  readonly rowStart: Int32Array;
  /** Int32 [entries]: every edge appears twice, once from each end. */
  readonly column: Int32Array;
  /** Float32 [entries] */
  readonly weight: Float32Array;
}

const ROWS_PER_BREATH = 1024;

/**
 * @param neighbours The nNeighbors - 1 nearest others of each row.
 * @param setOpMixRatio 1: union w + v - w v of the two views; 0: intersection w v; a mixture between.
 * @param localConnectivity Number of neighbours that are connected in full, at least 1 (fractions allowed).
 */
export async function fuzzyGraph(
  neighbours: Neighbours,
  setOpMixRatio: number,
  localConnectivity: number,
  context: WorkContext = {},
): Promise<FuzzyGraph> {
  const scales = await neighbourhoodScales(neighbours, localConnectivity, context);
  const views = await ownViews(neighbours, scales, context);
  const pause = breather(context);
  const others = transposed(views);
  await pause();
  const graph = joined(views, others, setOpMixRatio);
  await pause();
  return graph;
}

/** The graph without edges weaker than `least`. */
export function withoutWeakEdges(graph: FuzzyGraph, least: number): FuzzyGraph {
  const { vertices, rowStart, column, weight } = graph;
  const keptStart = new Int32Array(vertices + 1);
  const keptColumn = new Int32Array(column.length);
  const keptWeight = new Float32Array(column.length);
  let kept = 0;
  for (let row = 0; row < vertices; row++) {
    for (let e = rowStart[row]!; e < rowStart[row + 1]!; e++) {
      if (weight[e]! < least) continue;
      keptColumn[kept] = column[e]!;
      keptWeight[kept] = weight[e]!;
      kept += 1;
    }
    keptStart[row + 1] = kept;
  }
  return { vertices, rowStart: keptStart, column: keptColumn.slice(0, kept), weight: keptWeight.slice(0, kept) };
}

/** The largest weight; 0 for a graph without edges. */
export function largestWeight({ weight }: FuzzyGraph): number {
  let largest = 0;
  for (let e = 0; e < weight.length; e++) if (weight[e]! > largest) largest = weight[e]!;
  return largest;
}

/** Directed memberships: row i holds how strongly each neighbour belongs to i. */
async function ownViews(
  { rows, k, indices, distances }: Neighbours,
  { rho, sigma }: NeighbourhoodScales,
  context: WorkContext,
): Promise<FuzzyGraph> {
  const pause = breather(context);
  const rowStart = Int32Array.from({ length: rows + 1 }, (_, row) => row * k);
  const column = new Int32Array(rows * k);
  const weight = new Float32Array(rows * k);
  for (let row = 0; row < rows; row++) {
    const first = row * k;
    for (let j = first; j < first + k; j++) {
      const beyond = Math.fround(Math.fround(distances[j]!) - rho[row]!);
      const membership = beyond <= 0 || sigma[row] === 0 ? 1 : exp(-beyond / sigma[row]!);
      insert(column, weight, first, j, indices[j]!, membership);
    }
    if (row % ROWS_PER_BREATH === 0) await pause();
  }
  return { vertices: rows, rowStart, column, weight };
}

/** Puts an entry among those from `first` to before `behind`, whose columns rise, so that they still do. */
function insert(
  column: Int32Array,
  weight: Float32Array,
  first: number,
  behind: number,
  newColumn: number,
  newWeight: number,
): void {
  let place = behind;
  for (; place > first && column[place - 1]! > newColumn; place--) {
    column[place] = column[place - 1]!;
    weight[place] = weight[place - 1]!;
  }
  column[place] = newColumn;
  weight[place] = newWeight;
}

function transposed({ vertices, rowStart, column, weight }: FuzzyGraph): FuzzyGraph {
  const start = new Int32Array(vertices + 1);
  for (let e = 0; e < column.length; e++) start[column[e]! + 1]! += 1;
  for (let row = 0; row < vertices; row++) start[row + 1]! += start[row]!;
  const next = start.slice();
  const from = new Int32Array(column.length);
  const value = new Float32Array(column.length);
  for (let row = 0; row < vertices; row++) {
    for (let e = rowStart[row]!; e < rowStart[row + 1]!; e++) {
      const place = next[column[e]!]!++;
      from[place] = row;
      value[place] = weight[e]!;
    }
  }
  return { vertices, rowStart: start, column: from, weight: value };
}

/** Merges the rows of the two directed graphs; a pair that only one of them holds has weight 0 in the other. */
function joined(one: FuzzyGraph, other: FuzzyGraph, mix: number): FuzzyGraph {
  const { vertices } = one;
  const rowStart = new Int32Array(vertices + 1);
  const column = new Int32Array(one.column.length + other.column.length);
  const weight = new Float32Array(column.length);
  let place = 0;
  for (let row = 0; row < vertices; row++) {
    let e = one.rowStart[row]!;
    let f = other.rowStart[row]!;
    const lastE = one.rowStart[row + 1]!;
    const lastF = other.rowStart[row + 1]!;
    while (e < lastE || f < lastF) {
      const fromOne = e < lastE ? one.column[e]! : vertices;
      const fromOther = f < lastF ? other.column[f]! : vertices;
      const to = Math.min(fromOne, fromOther);
      const w = fromOne === to ? one.weight[e++]! : 0;
      const v = fromOther === to ? other.weight[f++]! : 0;
      const both = w * v;
      weight[place] = mix * (w + v - both) + (1 - mix) * both;
      if (weight[place] === 0) continue;
      column[place] = to;
      place += 1;
    }
    rowStart[row + 1] = place;
  }
  return { vertices, rowStart, column: column.slice(0, place), weight: weight.slice(0, place) };
}
