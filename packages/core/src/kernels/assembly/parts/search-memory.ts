/** The memory of a search for nearest neighbours: what `leaf-kernel.ts` and `foreign-kernel.ts` lay out. */

/** Points of a leaf, at most; `columns` has room for so many of each. */
export const LEAF_POINTS: u32 = 32;
/** Bytes of a column of a leaf. */
export const COLUMN: usize = 128;

/** Where things lie in memory; the arrays are those of `KdTree`. */
@unmanaged
export class Search {
  dimensions: u32;
  firstLeaf: u32;
  start: usize;
  end: usize;
  /** Float32 [nodes x padded dimensions], a multiple of four, the rest 0. */
  lower: usize;
  upper: usize;
  /** More than float32 loses in a distance, as a share of it. */
  loss: f32;
  lowestIndex: usize;
  order: usize;
  coordinates: usize;
  /** Float32 [leaves x dimensions x LEAF_POINTS]: the coordinates once more, column after column within each leaf. */
  columns: usize;
  /** The limit of each query, float32 [32]; the queries that are measured, uint32 [32]; eight distances, float32; keys, float64 [32 x `keyWidth`]. */
  scratch: usize;
  k: u32;
  /** Position of the first query in the tree, where the queries lie in it; else the number of points. */
  own: u32;
  /** From so far, squared, a box holds no neighbours of any query; and the highest index among the last neighbours. */
  worst: f32;
  worstIndex: i32;
  /** Int32 and float64 [LEAF_POINTS x k]: neighbours of the points of the leaf, in their order. */
  foundIndex: usize;
  foundDistance: usize;
  /** A box is left out from this part of the squared distance of a last neighbour on: 1 / (1 + error)^2, 1 for an exact search. */
  reach: f32;
  queries: u32;
  /** Float32 [queries x dimensions], and the same column after column, [dimensions x LEAF_POINTS]. */
  queryCoordinates: usize;
  queryColumns: usize;
  /** Float32 [padded dimensions]: the box around the queries. */
  queryLower: usize;
  queryUpper: usize;
  /** Whether keys are kept, in the search in hand; and how many lots of queries do without, since keys did not settle the last one. */
  isByKeys: u32;
  withoutKeys: u32;
}

/** Bytes of the scratch memory before the distances and the keys. */
export const LANES: usize = 256;
export const KEYS: usize = 288;

/** Bytes of a row of a box, padded. */
@inline
export function boxBytes(search: Search): usize {
  return <usize>((search.dimensions + 3) & ~3) << 2;
}

@inline
export function setLimit(search: Search, query: u32, limit: f32): void {
  store<f32>(search.scratch + (<usize>query << 2), limit);
}

/** Less than every key: fills up a row of k + 1 keys to an even number. */
export const BEFORE_ALL: f64 = -1;

/** Bytes of the keys of a query: k + 1, or one more. */
@inline
export function keyBytes(search: Search): usize {
  return <usize>((search.k + 2) & ~1) << 3;
}

@inline
export function keysOf(search: Search, query: u32): usize {
  return search.scratch + KEYS + <usize>query * keyBytes(search);
}
