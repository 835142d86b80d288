/**
 * Quick nearest neighbours, most of them the true ones: the stages of nearest-neighbours/quick/reference-graph.ts, bit for bit.
 *
 * Neighbours are kept as keys: a squared distance, float32, above a position in the tree, read as one float64. Distances are not negative, so that keys are ordered as their distances,
 * and equal distances by position; a row of keys is sorted, and takes another by minima and maxima without a branch.
 */
import { columnsOf, further, Graph, int, sumOf } from "./parts/graph-memory";
import { lookAround } from "./parts/leaves-around";
import { distanceOf, empty, holds, insert, keyOf, NONE, positionOf } from "./parts/neighbour-keys";
import { squaredDistance } from "./parts/squared-distance";

/** Set in an id that was there a round ago. */
const OLD: u32 = 0x80000000;
/** No point of a tree has this position, or one of the 31 behind it. */
const FOREIGN: u32 = 0x80000000;
/** Of the table of positions that were seen. */
const SEEN_BYTES: usize = 4096;

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

/** Takes the positions out of a row of keys. */
function writeIds(graph: Graph, place: u32): void {
  const row = graph.keys + ((<usize>place * graph.kept) << 3);
  const ids = graph.nextIds + ((<usize>place * graph.kept) << 2);
  for (let j: usize = 0; j < <usize>graph.kept; j++) store<u32>(ids + (j << 2), positionOf(load<f64>(row + (j << 3))));
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
