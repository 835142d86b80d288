/**
 * k nearest neighbours in a kd-tree by squared distance, for up to a leaf full of queries at a time: the points of a leaf (what `leafSearch` of nearest-neighbours/leaf-search.ts
 * gives, bit for bit) or points that are not in the tree (`foreignSearch` of foreign-search.ts). Exact, or with a bounded error (`boundedSearch` of bounded-search.ts).
 *
 * All queries go through the tree together: a node is left out when its box is too far from theirs. In a leaf that is not, the queries that may
 * have neighbours there are measured against its points four by eight. These measures and those of boxes are float32 and leave out only what is surely too far.
 *
 * An exact search keeps the k + 1 points that are nearest by these measures, as keys, and measures them at last as the reference does, in float64 and in its order of terms. Where the last
 * of them is not surely farther than the k-th, as with equal distances, the query is asked again; so is every query of a search with an error. Then what is not surely too far is measured in float64
 * at once. So rounding costs time and never a neighbour.
 */

import { beginKeys, insert, keepNear, settle } from "./parts/kept-neighbours";
import { boxBytes, COLUMN, LEAF_POINTS, Search, setLimit } from "./parts/search-memory";
import { LOSS, squaredDistance, UNDERFLOW } from "./parts/squared-distance";

/** Lots of queries that are not tried by keys after one of which most had to be asked again. */
const LOTS_WITHOUT: u32 = 15;

/** Answers the queries that are the points of one leaf. */
export function searchLeaf(search: Search, leaf: u32): void {
  const first = load<u32>(search.start + (<usize>leaf << 2));
  const bytes = boxBytes(search);
  search.own = first;
  search.queries = load<u32>(search.end + (<usize>leaf << 2)) - first;
  search.queryCoordinates = search.coordinates + ((<usize>first * search.dimensions) << 2);
  search.queryColumns = search.columns + <usize>(leaf - search.firstLeaf) * <usize>search.dimensions * COLUMN;
  search.queryLower = search.lower + <usize>leaf * bytes;
  search.queryUpper = search.upper + <usize>leaf * bytes;
  answer(search);
}

/** Answers queries that are not in the tree: `queries` of them at `queryCoordinates`, from which the columns and the box are made. */
export function searchForeign(search: Search): void {
  const bytes = <usize>search.dimensions << 2;
  for (let d: usize = 0; d < bytes; d += 4) {
    const column = search.queryColumns + (d << 5);
    let lower: f32 = Infinity;
    let upper: f32 = -Infinity;
    let from = search.queryCoordinates + d;
    for (let query: usize = 0; query < <usize>search.queries << 2; query += 4) {
      const value = load<f32>(from);
      store<f32>(column + query, value);
      lower = min<f32>(lower, value);
      upper = max<f32>(upper, value);
      from += bytes;
    }
    store<f32>(search.queryLower + d, lower);
    store<f32>(search.queryUpper + d, upper);
  }
  answer(search);
}

function answer(search: Search): void {
  search.loss = <f32>(LOSS * <f64>(search.dimensions + 8));
  const found = <usize>(search.queries * search.k);
  for (let i: usize = 0; i < found; i++) {
    store<f64>(search.foundDistance + (i << 3), Infinity);
    store<i32>(search.foundIndex + (i << 2), -1);
  }
  if (search.reach < 1 || search.withoutKeys > 0) {
    if (search.withoutKeys > 0) search.withoutKeys--;
    for (let i: u32 = 0; i < LEAF_POINTS; i++) setLimit(search, i, Infinity);
    begin(search, false);
    return;
  }
  beginKeys(search);
  begin(search, true);
  const open = settle(search);
  if (open == 0) return;
  if (open > search.queries - open) search.withoutKeys = LOTS_WITHOUT;
  begin(search, false);
}

/** Sends the queries through the tree. */
function begin(search: Search, isByKeys: bool): void {
  search.isByKeys = isByKeys ? 1 : 0;
  search.worst = Infinity;
  search.worstIndex = i32.MAX_VALUE;
  visit(search, 0, 0);
}

/** Squared distance between the box of a node and that of the queries; not more than it is. */
function boxDistance(search: Search, node: u32): f32 {
  const bytes = boxBytes(search);
  const lower = search.lower + <usize>node * bytes;
  const upper = search.upper + <usize>node * bytes;
  let sums = f32x4.splat(0);
  for (let d: usize = 0; d < bytes; d += 16) {
    const below = f32x4.sub(v128.load(lower + d), v128.load(search.queryUpper + d));
    const above = f32x4.sub(v128.load(search.queryLower + d), v128.load(upper + d));
    const gap = f32x4.pmax(f32x4.pmax(below, above), f32x4.splat(0));
    sums = f32x4.add(sums, f32x4.mul(gap, gap));
  }
  const sum =
    f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1) + (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
  return max<f32>(sum - sum * search.loss - <f32>UNDERFLOW, 0);
}

function visit(search: Search, node: u32, distance: f32): void {
  if (distance > search.worst) return;
  if (distance == search.worst && load<i32>(search.lowestIndex + (<usize>node << 2)) > search.worstIndex) return;
  if (node >= search.firstLeaf) {
    scan(search, node);
    return;
  }
  const left = 2 * node + 1;
  const right = left + 1;
  const toLeft = boxDistance(search, left);
  const toRight = boxDistance(search, right);
  if (toLeft <= toRight) {
    visit(search, left, toLeft);
    visit(search, right, toRight);
  } else {
    visit(search, right, toRight);
    visit(search, left, toLeft);
  }
}

/** Lists the queries that may have neighbours in a leaf, by their distances from its box; at least four, the last one repeated. Returns how many they are. */
function listQueries(search: Search, leaf: u32): u32 {
  const d = <usize>search.dimensions;
  const bytes = boxBytes(search);
  const queries = search.queries;
  const reach = f32x4.splat(search.reach);
  const lower = search.lower + <usize>leaf * bytes;
  const upper = search.upper + <usize>leaf * bytes;
  const listed = search.scratch + COLUMN;
  let count: usize = 0;
  for (let four: u32 = 0; four < queries; four += 4) {
    let sums = f32x4.splat(0);
    let column = search.queryColumns + (<usize>four << 2);
    for (let c: usize = 0; c < d << 2; c += 4) {
      const own = v128.load(column);
      const outside = f32x4.pmax(f32x4.sub(v128.load32_splat(lower + c), own), f32x4.sub(own, v128.load32_splat(upper + c)));
      const gap = f32x4.pmax(outside, f32x4.splat(0));
      sums = f32x4.add(sums, f32x4.mul(gap, gap));
      column += COLUMN;
    }
    const limits = f32x4.mul(v128.load(search.scratch + (<usize>four << 2)), reach);
    let near = i32x4.bitmask(f32x4.le(sums, limits)) & ((1 << min<i32>(4, queries - four)) - 1);
    while (near != 0) {
      store<u32>(listed + (count << 2), four + ctz(near));
      count++;
      near &= near - 1;
    }
  }
  if (count == 0) return 0;
  const last = load<u32>(listed + ((count - 1) << 2));
  for (let i = count; (i & 3) != 0; i++) store<u32>(listed + (i << 2), last);
  return <u32>count;
}

function scan(search: Search, leaf: u32): void {
  const count = listQueries(search, leaf);
  if (count == 0) return;
  const points = load<u32>(search.end + (<usize>leaf << 2)) - load<u32>(search.start + (<usize>leaf << 2));
  for (let i: u32 = 0; i < count; i += 4) measure(search, leaf, i, min<u32>(4, count - i), points);
  if (search.isByKeys) lookAtLimits(search);
  else lookAtLast(search);
}

function lookAtLimits(search: Search): void {
  let worst = v128.load(search.scratch);
  for (let i: usize = 16; i < COLUMN; i += 16) worst = f32x4.pmax(worst, v128.load(search.scratch + i));
  const two = f32x4.pmax(worst, i64x2.shuffle(worst, worst, 1, 0));
  search.worst = max<f32>(f32x4.extract_lane(two, 0), f32x4.extract_lane(two, 1));
  search.worstIndex = -1;
}

function lookAtLast(search: Search): void {
  let worst: f64 = 0;
  let worstIndex: i32 = -1;
  for (let query: u32 = 0; query < search.queries; query++) {
    const last = <usize>((query + 1) * search.k - 1);
    worst = max<f64>(worst, load<f64>(search.foundDistance + (last << 3)));
    worstIndex = max<i32>(worstIndex, load<i32>(search.foundIndex + (last << 2)));
  }
  search.worst = atLeast(worst) * search.reach;
  search.worstIndex = worst == Infinity ? i32.MAX_VALUE : worstIndex;
}

/** The least float32 that is not smaller, or one a little larger; 0 stays 0. */
@inline
function atLeast(value: f64): f32 {
  const near = <f32>value;
  return <f64>near < value ? <f32>(value * (1 + LOSS) + UNDERFLOW) : near;
}

/** A sum of squared differences, taken one dimension further. */
@inline
function further(sum: v128, points: v128, query: v128): v128 {
  const difference = f32x4.sub(points, query);
  return f32x4.add(sum, f32x4.mul(difference, difference));
}

/** Address of the coordinates of a listed query. */
@inline
function queryAt(search: Search, i: u32): usize {
  const query = load<u32>(search.scratch + COLUMN + (<usize>i << 2));
  return search.queryCoordinates + ((<usize>query * search.dimensions) << 2);
}

/** Measures the listed queries i to i + 3, of which `queries` count, against the points of a leaf: eight points at a time, and at last four. */
function measure(search: Search, leaf: u32, i: u32, queries: u32, points: u32): void {
  const bytes = <usize>search.dimensions << 2;
  const columns = search.columns + <usize>(leaf - search.firstLeaf) * <usize>search.dimensions * COLUMN;
  const queryA = queryAt(search, i);
  const queryB = queryAt(search, i + 1);
  const queryC = queryAt(search, i + 2);
  const queryD = queryAt(search, i + 3);
  let point: u32 = 0;
  for (; point + 4 < points; point += 8) {
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
    accept(search, leaf, i, point, a0, a1, valid);
    if (queries > 1) accept(search, leaf, i + 1, point, b0, b1, valid);
    if (queries > 2) accept(search, leaf, i + 2, point, c0, c1, valid);
    if (queries > 3) accept(search, leaf, i + 3, point, d0, d1, valid);
  }
  if (point >= points) return;
  let column = columns + (<usize>point << 2);
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let e = a;
  for (let d: usize = 0; d < bytes; d += 4) {
    const four = v128.load(column);
    a = further(a, four, v128.load32_splat(queryA + d));
    b = further(b, four, v128.load32_splat(queryB + d));
    c = further(c, four, v128.load32_splat(queryC + d));
    e = further(e, four, v128.load32_splat(queryD + d));
    column += COLUMN;
  }
  const none = f32x4.splat(Infinity);
  const valid = (1 << min<i32>(4, points - point)) - 1;
  accept(search, leaf, i, point, a, none, valid);
  if (queries > 1) accept(search, leaf, i + 1, point, b, none, valid);
  if (queries > 2) accept(search, leaf, i + 2, point, c, none, valid);
  if (queries > 3) accept(search, leaf, i + 3, point, e, none, valid);
}

/** Keeps which of eight points are near enough to a listed query. */
@inline
function accept(search: Search, leaf: u32, i: u32, point: u32, low: v128, high: v128, valid: i32): void {
  const query = load<u32>(search.scratch + COLUMN + (<usize>i << 2));
  const limit = v128.load32_splat(search.scratch + (<usize>query << 2));
  const isNear = v128.or(f32x4.le(low, limit), f32x4.le(high, limit));
  if (!v128.any_true(isNear)) return;
  const near = (i32x4.bitmask(f32x4.le(low, limit)) | (i32x4.bitmask(f32x4.le(high, limit)) << 4)) & valid;
  if (near == 0) return;
  if (search.isByKeys) keepNear(search, leaf, query, point, near, low, high);
  else acceptNear(search, leaf, query, point, near);
}

function acceptNear(search: Search, leaf: u32, query: u32, point: u32, passing: i32): void {
  const dimensions = search.dimensions;
  const first = load<u32>(search.start + (<usize>leaf << 2)) + point;
  const own = search.queryCoordinates + ((<usize>query * dimensions) << 2);
  const last = <usize>((query + 1) * search.k - 1);
  let near = passing;
  while (near != 0) {
    const position = first + ctz(near);
    near &= near - 1;
    if (position == search.own + query) continue;
    const distance = squaredDistance(search.coordinates + ((<usize>position * dimensions) << 2), own, dimensions);
    if (distance > load<f64>(search.foundDistance + (last << 3))) continue;
    insert(search, query, distance, load<i32>(search.order + (<usize>position << 2)));
  }
  const worst = load<f64>(search.foundDistance + (last << 3));
  store<f32>(search.scratch + (<usize>query << 2), <f32>(worst * (1 + LOSS * <f64>(dimensions + 8)) + UNDERFLOW));
}
