/** The first stage of a quick search: queries that lie together look at the points of the leaves around them. */
import { COLUMN, columnsOf, further, Graph, int, sumOf } from "./graph-memory";
import { distanceOf, empty, insert, keyOf } from "./neighbour-keys";
import { clear, filledWord, pop, push, WORDS } from "./node-buckets";

/** Scratch of a member: limits of 32 queries, those listed, eight distances, and the buckets of nodes. */
const LISTED: usize = 128;
const LANES: usize = 384;
const BUCKETS: usize = 416;

/** Offers the points of the leaves around their centre to the queries in hand. */
export function lookAround(graph: Graph, count: u32): void {
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
