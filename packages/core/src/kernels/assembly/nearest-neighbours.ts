/**
 * Exact k nearest neighbours of the points of one leaf of a kd-tree by squared distance: what `leafSearch` of nearest-neighbours/leaf-search.ts gives, bit
 * for bit.
 *
 * Distances to four points at a time are bounded in float32 first. Only a point that the bound lets pass is measured as the reference does, in float64 and in
 * its order of terms; so rounding in the bound costs time and never a neighbour.
 */

/** Points of a leaf, at most; `columns` has room for so many of each. */
const LEAF_POINTS: u32 = 32;
/** Bounds of boxes are sums in another order than distances: rounding must not leave out a point that is exactly at the bound. */
const ROUNDING: f64 = 1 - 1e-12;
/** More than float32 loses in sums of squares, per term; and more than it loses where squares underflow. */
const LOSS: f64 = 2.4e-7;
const UNDERFLOW: f64 = 1e-36;

/** Where things lie in memory; the arrays are those of `KdTree`. */
@unmanaged
class Search {
  dimensions: u32;
  firstLeaf: u32;
  start: usize;
  end: usize;
  lower: usize;
  upper: usize;
  axis: usize;
  lowestIndex: usize;
  order: usize;
  coordinates: usize;
  /** Float32 [leaves x dimensions x LEAF_POINTS]: the coordinates once more, column after column within each leaf. */
  columns: usize;
  /** Float64 [dimensions]: distance from the query to the box in hand, along each axis. */
  offset: usize;
  k: u32;
  /** Float64 [k] and int32 [k]: the best so far of the query in hand. */
  bestDistance: usize;
  bestIndex: usize;
  query: u32;
  /** Int32 and float64 [LEAF_POINTS x k]: neighbours of the points of the leaf, in their order. */
  foundIndex: usize;
  foundDistance: usize;
}

/** Answers the queries of one leaf. */
export function searchLeaf(search: Search, leaf: u32): void {
  const first = load<u32>(search.start + (<usize>leaf << 2));
  const behind = load<u32>(search.end + (<usize>leaf << 2));
  const k = search.k;
  for (let query = first; query < behind; query++) {
    search.query = query;
    search.bestDistance = search.foundDistance + ((<usize>(query - first) * k) << 3);
    search.bestIndex = search.foundIndex + ((<usize>(query - first) * k) << 2);
    for (let i: u32 = 0; i < k; i++) {
      store<f64>(search.bestDistance + (<usize>i << 3), Infinity);
      store<i32>(search.bestIndex + (<usize>i << 2), -1);
    }
    visit(search, 0, 0);
  }
}

function visit(search: Search, node: u32, bound: f64): void {
  if (node >= search.firstLeaf) {
    scan(search, node);
    return;
  }
  const dimensions = search.dimensions;
  const axis = load<u32>(search.axis + (<usize>node << 2));
  const left = 2 * node + 1;
  const right = left + 1;
  const value = <f64>load<f32>(search.coordinates + (<usize>(search.query * dimensions + axis) << 2));
  const toLeft = value - <f64>load<f32>(search.upper + (<usize>(left * dimensions + axis) << 2));
  const toRight = <f64>load<f32>(search.lower + (<usize>(right * dimensions + axis) << 2)) - value;
  const isLeftFirst = toLeft <= toRight;
  visit(search, isLeftFirst ? left : right, bound);
  const offset = search.offset + (<usize>axis << 3);
  const old = load<f64>(offset);
  const gap = max<f64>(old, isLeftFirst ? toRight : toLeft);
  const farBound = bound - old * old + gap * gap;
  const far = isLeftFirst ? right : left;
  const last = <usize>(search.k - 1);
  const worst = load<f64>(search.bestDistance + (last << 3));
  const surelyAt = farBound * ROUNDING;
  if (surelyAt > worst) return;
  if (surelyAt == worst && load<i32>(search.lowestIndex + (<usize>far << 2)) > load<i32>(search.bestIndex + (last << 2))) return;
  store<f64>(offset, gap);
  visit(search, far, farBound);
  store<f64>(offset, old);
}

@inline
function limitOf(worst: f64, dimensions: u32): v128 {
  return f32x4.splat(<f32>(worst * (1 + LOSS * <f64>(dimensions + 8)) + UNDERFLOW));
}

function scan(search: Search, leaf: u32): void {
  const dimensions = search.dimensions;
  const first = load<u32>(search.start + (<usize>leaf << 2));
  const points = load<u32>(search.end + (<usize>leaf << 2)) - first;
  const query = search.coordinates + (<usize>(search.query * dimensions) << 2);
  const columns = search.columns + ((<usize>(leaf - search.firstLeaf) * dimensions * LEAF_POINTS) << 2);
  const worst = search.bestDistance + (<usize>(search.k - 1) << 3);
  let limit = limitOf(load<f64>(worst), dimensions);
  for (let four: u32 = 0; four < points; four += 4) {
    let sums = f32x4.splat(0);
    let column = columns + (<usize>four << 2);
    for (let d: u32 = 0; d < dimensions; d++) {
      const difference = f32x4.sub(v128.load(column), v128.load32_splat(query + (<usize>d << 2)));
      sums = f32x4.add(sums, f32x4.mul(difference, difference));
      column += <usize>LEAF_POINTS << 2;
    }
    let near = i32x4.bitmask(f32x4.le(sums, limit)) & ((1 << min<i32>(4, points - four)) - 1);
    while (near != 0) {
      const position = first + four + ctz(near);
      near &= near - 1;
      if (position == search.query) continue;
      const distance = squaredDistance(search.coordinates + (<usize>(position * dimensions) << 2), query, dimensions);
      if (distance > load<f64>(worst)) continue;
      insert(search, distance, load<i32>(search.order + (<usize>position << 2)));
      limit = limitOf(load<f64>(worst), dimensions);
    }
  }
}

@inline
function difference(p: usize, q: usize, d: u32): f64 {
  return <f64>load<f32>(p + (<usize>d << 2)) - <f64>load<f32>(q + (<usize>d << 2));
}

/** In the reference's order of terms: fours of columns, then one by one. */
function squaredDistance(p: usize, q: usize, dimensions: u32): f64 {
  const inFours = dimensions & ~3;
  let sum: f64 = 0;
  let d: u32 = 0;
  for (; d < inFours; d += 4) {
    const t0 = difference(p, q, d);
    const t1 = difference(p, q, d + 1);
    const t2 = difference(p, q, d + 2);
    const t3 = difference(p, q, d + 3);
    sum += t0 * t0 + t1 * t1 + (t2 * t2 + t3 * t3);
  }
  for (; d < dimensions; d++) {
    const t = difference(p, q, d);
    sum += t * t;
  }
  return sum;
}

/** Puts a candidate no farther than the last into its place; the last one drops out. */
function insert(search: Search, candidate: f64, id: i32): void {
  const distances = search.bestDistance;
  const indices = search.bestIndex;
  let place = <usize>(search.k - 1);
  const lastIndex = load<i32>(indices + (place << 2));
  if (candidate == load<f64>(distances + (place << 3)) && lastIndex >= 0 && id > lastIndex) return;
  while (place > 0) {
    const before = load<f64>(distances + ((place - 1) << 3));
    const indexBefore = load<i32>(indices + ((place - 1) << 2));
    if (before < candidate || (before == candidate && indexBefore < id)) break;
    store<f64>(distances + (place << 3), before);
    store<i32>(indices + (place << 2), indexBefore);
    place -= 1;
  }
  store<f64>(distances + (place << 3), candidate);
  store<i32>(indices + (place << 2), id);
}
