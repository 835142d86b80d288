/**
 * Quick nearest neighbours, most of them the true ones: the stages of nearest-neighbours/quick/reference-graph.ts, bit for bit.
 *
 * Neighbours are kept as keys: a squared distance, float32, above a position in the tree, read as one float64. Distances are not negative, so that keys are ordered as their distances,
 * and equal distances by position; a row of keys is sorted, and takes another by minima and maxima without a branch.
 */
import { distanceOf, empty, holds, insert, keyOf, NONE, positionOf } from "./parts/neighbour-keys";
import { clear, filledWord, pop, push, WORDS } from "./parts/node-buckets";
import { squaredDistance } from "./parts/squared-distance";

/** Bytes of a column of a leaf, which has room for 32 points. */
const COLUMN: usize = 128;
/** Scratch of a member: limits of 32 queries, those listed, eight distances, and the buckets of nodes. */
const LISTED: usize = 128;
const LANES: usize = 384;
const BUCKETS: usize = 416;
/** Set in an id that was there a round ago. */
const OLD: u32 = 0x80000000;
/** No point of a tree has this position, or one of the 31 behind it. */
const FOREIGN: u32 = 0x80000000;
/** Of the table of positions that were seen. */
const SEEN_BYTES: usize = 4096;

/** Where things lie in memory; the arrays are those of `graphPlan`. */
@unmanaged
class Graph {
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
function int(array: usize, index: u32): u32 {
  return load<u32>(array + (<usize>index << 2));
}

/** Finds a first neighbourhood for the points of a leaf, among the points of the leaves around it. */
export function beginLeaf(graph: Graph, leaf: u32): void {
  const first = int(graph.start, leaf);
  const count = int(graph.end, leaf) - first;
  graph.queryColumns = columnsOf(graph, leaf);
  graph.queryRows = graph.coordinates + ((<usize>first * graph.padded) << 2);
  graph.queryKeys = graph.keys + ((<usize>first * graph.kept) << 3);
  graph.firstQuery = first;
  lookAround(graph, count);
  for (let i: u32 = 0; i < count; i++) writeIds(graph, first + i);
}

/** Finds neighbours for the queries in hand, which are not points of the tree: among the points of the leaves around them, then `rounds` times among the neighbours of these. */
export function searchForeign(graph: Graph, count: u32, rounds: u32): void {
  lookAround(graph, count);
  const bytes = <usize>graph.kept << 3;
  for (let i: u32 = 0; i < count; i++) {
    const row = graph.queryKeys + <usize>i * bytes;
    const own = graph.queryRows + ((<usize>i * graph.padded) << 2);
    forget(graph.seen);
    for (let at = row; at < row + bytes; at += 8) note(graph.seen, graph.candidates, load<u32>(at), 1);
    store<u32>(graph.expanded, FOREIGN);
    for (let round: u32 = 0; round < rounds; round++) offerAll(graph, row, own, FOREIGN, listAround(graph, row));
    finish(graph, row, graph.found + ((<usize>i * graph.kept) << 2), own);
  }
}

/** Lists the neighbours of those neighbours of a query that are new since the last time: those that are left from then stand in their old order. */
function listAround(graph: Graph, row: usize): usize {
  const bytes = <usize>graph.kept << 2;
  let before = graph.expanded;
  let end = graph.candidates;
  for (let j: usize = 0; j < bytes; j += 4) {
    const middle = load<u32>(row + (j << 1));
    if (middle == NONE) break;
    if (load<u32>(before) == middle) before += 4;
    else end = noteNeighbours(graph, end, middle, 0);
  }
  for (let j: usize = 0; j < bytes; j += 4) store<u32>(graph.expanded + j, load<u32>(row + (j << 1)));
  return end;
}

/** Offers the points of the leaves around their centre to the queries in hand. */
function lookAround(graph: Graph, count: u32): void {
  empty(graph.queryKeys, (<usize>count * graph.kept) << 3);
  for (let i: usize = 0; i < COLUMN; i += 4) store<f32>(graph.scratch + i, Infinity);
  findCentre(graph, count);
  const buckets = graph.scratch + BUCKETS;
  clear(buckets);
  push(buckets, 0, 0);
  let leaves: u32 = 0;
  let word: usize = 0;
  while (leaves < graph.mostLeaves) {
    word = filledWord(buckets, word);
    if (word == WORDS) break;
    const node = pop(buckets, word);
    if (node >= graph.firstLeaf) {
      scan(graph, count, node);
      leaves++;
      continue;
    }
    const left = 2 * node + 1;
    push(buckets, left, boxDistance(graph, left));
    push(buckets, left + 1, boxDistance(graph, left + 1));
  }
}

/** Address of the columns of a leaf. */
@inline
function columnsOf(graph: Graph, leaf: u32): usize {
  return graph.columns + <usize>(leaf - graph.firstLeaf) * <usize>graph.dimensions * COLUMN;
}

/** Takes the positions out of a row of keys. */
function writeIds(graph: Graph, place: u32): void {
  const row = graph.keys + ((<usize>place * graph.kept) << 3);
  const ids = graph.nextIds + ((<usize>place * graph.kept) << 2);
  for (let j: usize = 0; j < <usize>graph.kept; j++) store<u32>(ids + (j << 2), positionOf(load<f64>(row + (j << 3))));
}

function findCentre(graph: Graph, count: u32): void {
  let column = graph.queryColumns;
  for (let d: u32 = 0; d < graph.dimensions; d++) {
    let sum: f32 = 0;
    for (let i: u32 = 0; i < count; i++) sum += load<f32>(column + (<usize>i << 2));
    store<f32>(graph.centre + (<usize>d << 2), sum / <f32>count);
    column += COLUMN;
  }
}

/** How far two coordinates lie outside an interval, or 0. */
@inline
function gapOf(lower: v128, upper: v128, value: v128): v128 {
  return f32x4.pmax(f32x4.pmax(f32x4.sub(lower, value), f32x4.sub(value, upper)), f32x4.splat(0));
}

@inline
function sumOf(four: v128): f32 {
  const two = f32x4.add(four, i64x2.shuffle(four, four, 1, 0));
  return f32x4.extract_lane(two, 0) + f32x4.extract_lane(two, 1);
}

/** Squared distance between the centre of the queries in hand and the box of a node. */
function boxDistance(graph: Graph, node: u32): f32 {
  const bytes = <usize>graph.padded << 2;
  const lower = graph.lower + <usize>node * bytes;
  const upper = graph.upper + <usize>node * bytes;
  let sums = f32x4.splat(0);
  for (let d: usize = 0; d < bytes; d += 16) {
    const gap = gapOf(v128.load(lower + d), v128.load(upper + d), v128.load(graph.centre + d));
    sums = f32x4.add(sums, f32x4.mul(gap, gap));
  }
  return sumOf(sums);
}

/** Lists the queries that a leaf is near enough to; at least four, the last one repeated. Returns how many they are. */
function listQueries(graph: Graph, count: u32, leaf: u32): u32 {
  const bytes = <usize>graph.padded << 2;
  const used = <usize>graph.dimensions << 2;
  const lower = graph.lower + <usize>leaf * bytes;
  const upper = graph.upper + <usize>leaf * bytes;
  const reach = f32x4.splat(graph.reach);
  const listed = graph.scratch + LISTED;
  let many: usize = 0;
  for (let four: u32 = 0; four < count; four += 4) {
    let sums = f32x4.splat(0);
    let column = graph.queryColumns + (<usize>four << 2);
    for (let d: usize = 0; d < used; d += 4) {
      const gap = gapOf(v128.load32_splat(lower + d), v128.load32_splat(upper + d), v128.load(column));
      sums = f32x4.add(sums, f32x4.mul(gap, gap));
      column += COLUMN;
    }
    const limits = f32x4.mul(v128.load(graph.scratch + (<usize>four << 2)), reach);
    let near = i32x4.bitmask(f32x4.le(sums, limits)) & ((1 << min<i32>(4, count - four)) - 1);
    while (near != 0) {
      store<u32>(listed + (many << 2), four + ctz(near));
      many++;
      near &= near - 1;
    }
  }
  if (many == 0) return 0;
  const last = load<u32>(listed + ((many - 1) << 2));
  for (let i = many; (i & 3) != 0; i++) store<u32>(listed + (i << 2), last);
  return <u32>many;
}

function scan(graph: Graph, count: u32, leaf: u32): void {
  const many = listQueries(graph, count, leaf);
  for (let i: u32 = 0; i < many; i += 4) measure(graph, leaf, i, min<u32>(4, many - i));
}

/** A sum of squared differences, taken one dimension further. */
@inline
function further(sum: v128, points: v128, query: v128): v128 {
  const difference = f32x4.sub(points, query);
  return f32x4.add(sum, f32x4.mul(difference, difference));
}

/** Address of the coordinates of a listed query. */
@inline
function queryAt(graph: Graph, i: u32): usize {
  return graph.queryRows + ((<usize>int(graph.scratch + LISTED, i) * graph.padded) << 2);
}

/** Measures the listed queries i to i + 3, of which `queries` count, against the points of a leaf, eight at a time. */
function measure(graph: Graph, leaf: u32, i: u32, queries: u32): void {
  const bytes = <usize>graph.dimensions << 2;
  const columns = columnsOf(graph, leaf);
  const begin = int(graph.start, leaf);
  const points = int(graph.end, leaf) - begin;
  const queryA = queryAt(graph, i);
  const queryB = queryAt(graph, i + 1);
  const queryC = queryAt(graph, i + 2);
  const queryD = queryAt(graph, i + 3);
  for (let point: u32 = 0; point < points; point += 8) {
    let column = columns + (<usize>point << 2);
    let a0 = f32x4.splat(0);
    let a1 = a0;
    let b0 = a0;
    let b1 = a0;
    let c0 = a0;
    let c1 = a0;
    let d0 = a0;
    let d1 = a0;
    for (let d: usize = 0; d < bytes; d += 4) {
      const low = v128.load(column);
      const high = v128.load(column, 16);
      const a = v128.load32_splat(queryA + d);
      a0 = further(a0, low, a);
      a1 = further(a1, high, a);
      const b = v128.load32_splat(queryB + d);
      b0 = further(b0, low, b);
      b1 = further(b1, high, b);
      const c = v128.load32_splat(queryC + d);
      c0 = further(c0, low, c);
      c1 = further(c1, high, c);
      const e = v128.load32_splat(queryD + d);
      d0 = further(d0, low, e);
      d1 = further(d1, high, e);
      column += COLUMN;
    }
    const valid = (1 << min<i32>(8, points - point)) - 1;
    accept(graph, i, begin + point, a0, a1, valid);
    if (queries > 1) accept(graph, i + 1, begin + point, b0, b1, valid);
    if (queries > 2) accept(graph, i + 2, begin + point, c0, c1, valid);
    if (queries > 3) accept(graph, i + 3, begin + point, d0, d1, valid);
  }
}

/** Keeps which of eight points are nearer to a listed query than its last neighbour. */
@inline
function accept(graph: Graph, i: u32, position: u32, low: v128, high: v128, valid: i32): void {
  const query = int(graph.scratch + LISTED, i);
  const limit = v128.load32_splat(graph.scratch + (<usize>query << 2));
  const lowNear = f32x4.lt(low, limit);
  const highNear = f32x4.lt(high, limit);
  if (!v128.any_true(v128.or(lowNear, highNear))) return;
  const near = (i32x4.bitmask(lowNear) | (i32x4.bitmask(highNear) << 4)) & valid;
  if (near != 0) acceptNear(graph, query, position, near, low, high);
}

function acceptNear(graph: Graph, query: u32, position: u32, passing: i32, low: v128, high: v128): void {
  const lanes = graph.scratch + LANES;
  v128.store(lanes, low);
  v128.store(lanes, high, 16);
  const bytes = <usize>graph.kept << 3;
  const row = graph.queryKeys + <usize>query * bytes;
  const place = graph.firstQuery + query;
  let near = passing;
  while (near != 0) {
    const lane = ctz(near);
    near &= near - 1;
    if (position + lane != place) insert(row, bytes, keyOf(load<f32>(lanes + (<usize>lane << 2)), position + lane));
  }
  store<f32>(graph.scratch + (<usize>query << 2), distanceOf(load<f64>(row + bytes - 8)));
}

/** Notes at each of the points `first` to `behind` the shortest edges that lead to it from points that are not among its own neighbours. */
export function turnBack(graph: Graph, first: u32, behind: u32): void {
  const bytes = <usize>graph.kept << 3;
  const backBytes = <usize>graph.backKept << 3;
  empty(graph.back + <usize>first * backBytes, <usize>(behind - first) * backBytes);
  for (let place: u32 = 0; place < graph.points; place++) {
    const row = graph.keys + <usize>place * bytes;
    for (let j: usize = 0; j < bytes; j += 8) {
      const key = load<f64>(row + j);
      const other = positionOf(key);
      if (other < first || other >= behind) continue;
      const turned = keyOf(distanceOf(key), place);
      const back = graph.back + <usize>other * backBytes;
      if (turned >= load<f64>(back + backBytes - 8)) continue;
      if (!holds(graph.keys + <usize>other * bytes, bytes, place)) insert(back, backBytes, turned);
    }
  }
}

/** Looks at the neighbours of the neighbours of the points of a leaf, in both directions of the edges; what two old edges lead to was looked at a round ago. */
export function improveLeaf(graph: Graph, leaf: u32): void {
  const behind = int(graph.end, leaf);
  for (let place = int(graph.start, leaf); place < behind; place++) {
    improve(graph, place);
    writeIds(graph, place);
    markOld(graph, place);
  }
}

function improve(graph: Graph, place: u32): void {
  const row = graph.keys + ((<usize>place * graph.kept) << 3);
  const bytes = <usize>graph.kept << 3;
  const ids = graph.ids + ((<usize>place * graph.kept) << 2);
  const back = graph.back + ((<usize>place * graph.backKept) << 3);
  const noted = turnedBack(graph, back);
  forget(graph.seen);
  let end = note(graph.seen, graph.candidates, place, 1);
  for (let at = row; at < row + bytes; at += 8) end = note(graph.seen, end, load<u32>(at), 1);
  end = graph.candidates;
  for (let at = back; at < noted; at += 8) end = note(graph.seen, end, load<u32>(at), 1);
  for (let j: usize = 0; j < bytes >> 1; j += 4) {
    const middle = load<u32>(ids + j);
    end = noteNeighbours(graph, end, middle & ~OLD, middle & OLD);
  }
  for (let at = back; at < noted; at += 8) end = noteNeighbours(graph, end, load<u32>(at), 0);
  offerAll(graph, row, graph.coordinates + ((<usize>place * graph.padded) << 2), place, end);
}

/** End of the edges that lead to a point. */
@inline
function turnedBack(graph: Graph, back: usize): usize {
  const behind = back + (<usize>graph.backKept << 3);
  let at = back;
  while (at < behind && load<u32>(at) != NONE) at += 8;
  return at;
}

/** Empties the table of positions that were seen. */
@inline
function forget(seen: usize): void {
  const nothing = i32x4.splat(-1);
  for (let at = seen; at < seen + SEEN_BYTES; at += 16) v128.store(at, nothing);
}

/** Lists a position unless it was seen before or does not count; what falls on the same place of the table is forgotten, and may be listed again. Returns the end of the list. */
@inline
function note(seen: usize, end: usize, position: u32, counts: u32): usize {
  const at = seen + ((<usize>position << 2) & (SEEN_BYTES - 1));
  const isNew = <u32>(load<u32>(at) != position) & counts;
  store<u32>(at, counts ? position : load<u32>(at));
  store<u32>(end, position);
  return end + (<usize>isNew << 2);
}

/** Lists the neighbours of a point; `isOld` is `OLD` where the edge to it is old, so that other old edges do not count. */
@inline
function noteNeighbours(graph: Graph, list: usize, middle: u32, isOld: u32): usize {
  const ids = graph.ids + ((<usize>middle * graph.kept) << 2);
  let end = list;
  for (let j: usize = 0; j < <usize>graph.kept << 2; j += 4) {
    const other = load<u32>(ids + j);
    end = note(graph.seen, end, other & ~OLD, 1 ^ ((isOld & other) >> 31));
  }
  return end;
}

/** Takes those of the listed points among the neighbours of another, whose coordinates are at `own`, that are near enough and not there yet. */
function offerAll(graph: Graph, row: usize, own: usize, place: u32, end: usize): void {
  const bytes = <usize>graph.kept << 3;
  const stride = <usize>graph.padded << 2;
  let limit = distanceOf(load<f64>(row + bytes - 8));
  for (let listed = graph.candidates; listed < end; listed += 4) {
    const other = load<u32>(listed);
    const at = graph.coordinates + <usize>other * stride;
    let sums = f32x4.splat(0);
    for (let d: usize = 0; d < stride; d += 16) sums = further(sums, v128.load(at + d), v128.load(own + d));
    const distance = sumOf(sums);
    if (distance >= limit || other == place || holds(row, bytes, other)) continue;
    insert(row, bytes, keyOf(distance, other));
    limit = distanceOf(load<f64>(row + bytes - 8));
  }
}

/** Marks the neighbours that were there before: those that are left stand in their old order, since only the last ones drop out. */
function markOld(graph: Graph, place: u32): void {
  const bytes = <usize>graph.kept << 2;
  const ids = graph.nextIds + <usize>place * bytes;
  let before = graph.ids + <usize>place * bytes;
  for (let j: usize = 0; j < bytes; j += 4) {
    const id = load<u32>(ids + j);
    if ((load<u32>(before) & ~OLD) != id) continue;
    store<u32>(ids + j, id | OLD);
    before += 4;
  }
}

/** Measures the neighbours of the points of a leaf as the exact search does, and puts them in its order: distances where the keys were, indices of points in place of positions. */
export function finishLeaf(graph: Graph, leaf: u32): void {
  const behind = int(graph.end, leaf);
  const kept = <usize>graph.kept;
  for (let place = int(graph.start, leaf); place < behind; place++) {
    const own = graph.coordinates + ((<usize>place * graph.padded) << 2);
    finish(graph, graph.keys + ((<usize>place * kept) << 3), graph.nextIds + ((<usize>place * kept) << 2), own);
  }
}

/** One row of keys, and the indices that belong to it; coordinates of the point at `own`. */
function finish(graph: Graph, distances: usize, indices: usize, own: usize): void {
  const kept = <usize>graph.kept;
  const stride = <usize>graph.padded << 2;
  for (let j: usize = 0; j < kept; j++) {
    const position = positionOf(load<f64>(distances + (j << 3)));
    const distance = squaredDistance(own, graph.coordinates + <usize>position * stride, graph.dimensions);
    const index = <i32>int(graph.order, position);
    let to = j;
    for (; to > 0; to--) {
      const before = load<f64>(distances + ((to - 1) << 3));
      const indexBefore = load<i32>(indices + ((to - 1) << 2));
      if (before < distance || (before == distance && indexBefore < index)) break;
      store<f64>(distances + (to << 3), before);
      store<i32>(indices + (to << 2), indexBefore);
    }
    store<f64>(distances + (to << 3), distance);
    store<i32>(indices + (to << 2), index);
  }
}
