/** What a quick search works on, as `setWords` of nearest-neighbours/quick/kernel-graph.ts lays it out, and what its parts share. */

/** Bytes of a column of a leaf, which has room for 32 points. */
export const COLUMN: usize = 128;

/** Where things lie in memory; the arrays are those of `graphPlan`. */
@unmanaged
export class Graph {
  dimensions: u32;
  /** A multiple of four. */
  padded: u32;
  points: u32;
  firstLeaf: u32;
  start: usize;
  end: usize;
  order: usize;
  /** Float32 [nodes x padded], the rest 0. */
  lower: usize;
  upper: usize;
  /** Float32 [leaves x dimensions x 32]: column after column within each leaf. */
  columns: usize;
  /** Float32 [points x padded], in the order of the tree. */
  coordinates: usize;
  /** Neighbours that are kept, an even number; and edges that lead to a point. */
  kept: u32;
  backKept: u32;
  /** Float64 [points x kept], and int32: the positions once more, of the last round and of this one. */
  keys: usize;
  ids: usize;
  nextIds: usize;
  /** Float64 [points x backKept]. */
  back: usize;
  mostLeaves: u32;
  /** A leaf is looked at within this part of the squared distance of a last neighbour. */
  reach: f32;
  scratch: usize;
  /** Float32 [padded]. */
  centre: usize;
  /** Int32 [SEEN_BYTES / 4]: positions that a point was offered, each at the place of its last bits. */
  seen: usize;
  /** Int32: what a point is to be offered. */
  candidates: usize;
  /** The queries in hand, up to 32: float32 [dimensions x 32], column after column; float32 [queries x padded]; float64 [queries x kept]. */
  queryColumns: usize;
  queryRows: usize;
  queryKeys: usize;
  /** Position of the first of them; `FOREIGN` where they are not points of the tree. */
  firstQuery: u32;
  /** Int32 [queries x kept]: what is found for queries that are not points of the tree. */
  found: usize;
  /** Int32 [kept]: positions whose neighbours such a query was offered last. */
  expanded: usize;
}

@inline
export function int(array: usize, index: u32): u32 {
  return load<u32>(array + (<usize>index << 2));
}

/** Address of the columns of a leaf. */
@inline
export function columnsOf(graph: Graph, leaf: u32): usize {
  return graph.columns + <usize>(leaf - graph.firstLeaf) * <usize>graph.dimensions * COLUMN;
}

/** A sum of squared differences, taken one dimension further. */
@inline
export function further(sum: v128, points: v128, query: v128): v128 {
  const difference = f32x4.sub(points, query);
  return f32x4.add(sum, f32x4.mul(difference, difference));
}

/** Sum of four numbers, those two apart first. */
@inline
export function sumOf(four: v128): f32 {
  const two = f32x4.add(four, i64x2.shuffle(four, four, 1, 0));
  return f32x4.extract_lane(two, 0) + f32x4.extract_lane(two, 1);
}

