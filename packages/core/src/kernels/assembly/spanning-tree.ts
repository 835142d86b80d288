/**
 * Rounds of a minimum spanning tree under mutual reachability by squared distance: what `referenceRounds` of
 * algorithms/cluster/hdbscan/spanning-tree/reference-rounds.ts does, bit for bit.
 *
 * Of the points of a leaf, four at a time are measured in float32, which leaves out only what is surely too far; what passes is measured as the reference does. Boxes are
 * measured two coordinates at a time, in the reference's order of terms, since their distances decide which node is looked at first.
 */
import { LOSS, squaredDistance, UNDERFLOW } from "./parts/squared-distance";

/** Bytes of a column of a leaf, which has room for 32 points. */
const COLUMN: usize = 128;
const ROUNDING: f64 = 1 - 1e-12;

/** Where things lie in memory; the arrays are those of `KdTree` and `RoundArrays`. */
@unmanaged
class Rounds {
  /** The longest of the best edges that a search may shorten. */
  limit: f64;
  dimensions: u32;
  firstLeaf: u32;
  nodes: u32;
  points: u32;
  k: u32;
  /** The leaf whose points ask, and how many of them. */
  asking: u32;
  count: u32;
  start: usize;
  end: usize;
  /** Float32 [nodes x dimensions made even], the rest 0. */
  lower: usize;
  upper: usize;
  coordinates: usize;
  /** Float32 [leaves x dimensions x 32]: the coordinates once more, column after column within each leaf. */
  columns: usize;
  active: usize;
  core: usize;
  leastCore: usize;
  neighbour: usize;
  joined: usize;
  parent: usize;
  component: usize;
  nodeComponent: usize;
  known: usize;
  bestLength: usize;
  bestFrom: usize;
  bestTo: usize;
  left: usize;
  from: usize;
  to: usize;
  length: usize;
}

@inline
function int(array: usize, index: u32): u32 {
  return load<u32>(array + (<usize>index << 2));
}

@inline
function setInt(array: usize, index: u32, value: u32): void {
  store<u32>(array + (<usize>index << 2), value);
}

@inline
function float(array: usize, index: u32): f64 {
  return load<f64>(array + (<usize>index << 3));
}

@inline
function setFloat(array: usize, index: u32, value: f64): void {
  store<f64>(array + (<usize>index << 3), value);
}

function rootOf(parent: usize, element: u32): u32 {
  let current = element;
  for (let above = int(parent, current); above != current; above = int(parent, current)) {
    const next = int(parent, above);
    setInt(parent, current, next);
    current = next;
  }
  return current;
}

/** Names the components, and offers them the neighbours that are known. */
export function beginRound(rounds: Rounds): void {
  nameComponents(rounds);
  offerNeighbours(rounds);
}

function nameComponents(rounds: Rounds): void {
  const component = rounds.component;
  const nodeComponent = rounds.nodeComponent;
  for (let place: u32 = 0; place < rounds.points; place++) {
    setInt(component, place, rootOf(rounds.parent, place));
    setFloat(rounds.bestLength, place, Infinity);
  }
  for (let node = <i32>rounds.nodes - 1; node >= 0; node--) {
    if (<u32>node < rounds.firstLeaf) {
      const left = int(nodeComponent, 2 * node + 1);
      setInt(nodeComponent, node, left == int(nodeComponent, 2 * node + 2) ? left : -1);
      continue;
    }
    const behind = int(rounds.end, node);
    const first = int(rounds.start, node);
    let common = int(component, first);
    for (let place = first + 1; place < behind; place++) if (int(component, place) != common) common = -1;
    setInt(nodeComponent, node, common);
  }
}

@inline
function improve(rounds: Rounds, root: u32, from: u32, to: u32, length: f64): void {
  if (length >= float(rounds.bestLength, root)) return;
  setFloat(rounds.bestLength, root, length);
  setInt(rounds.bestFrom, root, from);
  setInt(rounds.bestTo, root, to);
}

function offerNeighbours(rounds: Rounds): void {
  const k = rounds.k;
  const component = rounds.component;
  const core = rounds.core;
  for (let from: u32 = 0; from < rounds.points; from++) {
    const joined = int(rounds.joined, from);
    if (joined == k) continue;
    const own = int(component, from);
    const least = float(rounds.known, from);
    let best = float(rounds.bestLength, own);
    if (least >= best) continue;
    const neighbours = rounds.neighbour + ((<usize>from * k) << 2);
    let first = joined;
    while (first < k && int(component, int(neighbours, first)) == own) first++;
    setInt(rounds.joined, from, first);
    for (let j = first; j < k && least < best; j++) {
      const to = int(neighbours, j);
      const other = int(component, to);
      if (other == own) continue;
      const length = max<f64>(float(core, from), float(core, to));
      if (length < best) {
        improve(rounds, own, from, to, length);
        best = length;
      }
      improve(rounds, other, from, to, length);
    }
  }
}

/** Looks for shorter edges from the points of a leaf. */
export function searchLeaf(rounds: Rounds, leaf: u32): void {
  listActive(rounds, leaf);
  const count = rounds.count;
  if (count == 0) return;
  rounds.asking = leaf;
  visit(rounds, 0);
  for (let i: u32 = 0; i < count; i++) {
    const place = int(rounds.active, i);
    const best = float(rounds.bestLength, int(rounds.component, place));
    setFloat(rounds.known, place, max<f64>(float(rounds.known, place), best));
  }
}

function listActive(rounds: Rounds, leaf: u32): void {
  const behind = int(rounds.end, leaf);
  let count: u32 = 0;
  let limit: f64 = 0;
  for (let place = int(rounds.start, leaf); place < behind; place++) {
    const best = float(rounds.bestLength, int(rounds.component, place));
    if (float(rounds.known, place) >= best) continue;
    setInt(rounds.active, count, place);
    count++;
    limit = max<f64>(limit, best);
  }
  rounds.count = count;
  rounds.limit = limit;
}

function visit(rounds: Rounds, node: u32): void {
  if (node >= rounds.firstLeaf) {
    scan(rounds, node);
    return;
  }
  const left = 2 * node + 1;
  const right = left + 1;
  const toLeft = boxDistance(rounds, left);
  const toRight = boxDistance(rounds, right);
  const isLeftFirst = toLeft <= toRight;
  const near = isLeftFirst ? left : right;
  const far = isLeftFirst ? right : left;
  if (mayShorten(rounds, near, isLeftFirst ? toLeft : toRight)) visit(rounds, near);
  if (mayShorten(rounds, far, isLeftFirst ? toRight : toLeft)) visit(rounds, far);
}

/** Whether a node at this distance from the leaf that asks may hold the end of a shorter edge. */
@inline
function mayShorten(rounds: Rounds, node: u32, distance: f64): bool {
  const limit = rounds.limit;
  if (distance * ROUNDING >= limit || float(rounds.leastCore, node) >= limit) return false;
  const common = int(rounds.nodeComponent, node);
  return <i32>common < 0 || common != int(rounds.nodeComponent, rounds.asking);
}

@inline
function twoOf(address: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(address));
}

/** How far two coordinates lie outside, squared; `a` below `b`, or `c` below `d`. */
@inline
function gapOf(a: v128, b: v128, c: v128, d: v128): v128 {
  const gap = f64x2.pmax(f64x2.pmax(f64x2.sub(b, a), f64x2.sub(d, c)), f64x2.splat(0));
  return f64x2.mul(gap, gap);
}

@inline
function boxDistance(rounds: Rounds, node: u32): f64 {
  const bytes = <usize>((rounds.dimensions + 1) & ~1) << 2;
  const lower = rounds.lower + <usize>node * bytes;
  const upper = rounds.upper + <usize>node * bytes;
  const askingLower = rounds.lower + <usize>rounds.asking * bytes;
  const askingUpper = rounds.upper + <usize>rounds.asking * bytes;
  let sums = f64x2.splat(0);
  for (let d: usize = 0; d < bytes; d += 8) {
    sums = f64x2.add(sums, gapOf(twoOf(askingUpper + d), twoOf(lower + d), twoOf(upper + d), twoOf(askingLower + d)));
  }
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

function scan(rounds: Rounds, leaf: u32): void {
  const common = int(rounds.nodeComponent, leaf);
  const leastCore = float(rounds.leastCore, leaf);
  let limit: f64 = 0;
  for (let i: u32 = 0; i < rounds.count; i++) {
    const place = int(rounds.active, i);
    const root = int(rounds.component, place);
    const least = float(rounds.known, place);
    const best = float(rounds.bestLength, root);
    if (least >= best) continue;
    if (common != root && leastCore < best && pointDistance(rounds, place, leaf) * ROUNDING < best) {
      measure(rounds, place, root, leaf);
    }
    const shorter = float(rounds.bestLength, root);
    if (least < shorter) limit = max<f64>(limit, shorter);
  }
  rounds.limit = limit;
}

/** Squared distance between a point and the box of a node, the terms in the order of the columns. */
@inline
function pointDistance(rounds: Rounds, place: u32, node: u32): f64 {
  const own = rounds.coordinates + ((<usize>place * rounds.dimensions) << 2);
  const bytes = <usize>rounds.dimensions << 2;
  const padded = (bytes + 4) & ~7;
  const lower = rounds.lower + <usize>node * padded;
  const upper = rounds.upper + <usize>node * padded;
  let sum: f64 = 0;
  for (let d: usize = 0; d < bytes; d += 8) {
    const value = twoOf(own + d);
    const squares = gapOf(value, twoOf(lower + d), twoOf(upper + d), value);
    sum += f64x2.extract_lane(squares, 0);
    if (d + 4 < bytes) sum += f64x2.extract_lane(squares, 1);
  }
  return sum;
}

/** More than a squared distance that is no longer than `best` may come to in float32. */
@inline
function widened(best: f64, dimensions: u32): v128 {
  return f32x4.splat(<f32>(best * (1 + LOSS * <f64>(dimensions + 8)) + UNDERFLOW));
}

function measure(rounds: Rounds, place: u32, root: u32, leaf: u32): void {
  const dimensions = rounds.dimensions;
  const bytes = <usize>dimensions << 2;
  const own = rounds.coordinates + <usize>place * bytes;
  const columns = rounds.columns + <usize>(leaf - rounds.firstLeaf) * <usize>dimensions * COLUMN;
  const first = int(rounds.start, leaf);
  const points = int(rounds.end, leaf) - first;
  const ownCore = float(rounds.core, place);
  const roots = i32x4.splat(root);
  let best = float(rounds.bestLength, root);
  let limit = widened(best, dimensions);
  for (let point: u32 = 0; point < points; point += 4) {
    const outside = i32x4.ne(v128.load(rounds.component + (<usize>(first + point) << 2)), roots);
    if (!v128.any_true(outside)) continue;
    let column = columns + (<usize>point << 2);
    let sum = f32x4.splat(0);
    for (let d: usize = 0; d < bytes; d += 4) {
      const difference = f32x4.sub(v128.load(column), v128.load32_splat(own + d));
      sum = f32x4.add(sum, f32x4.mul(difference, difference));
      column += COLUMN;
    }
    let near = i32x4.bitmask(v128.and(outside, f32x4.le(sum, limit))) & ((1 << min<i32>(4, points - point)) - 1);
    while (near != 0) {
      const other = first + point + ctz(near);
      near &= near - 1;
      const otherCore = float(rounds.core, other);
      if (otherCore >= best) continue;
      const distance = squaredDistance(own, rounds.coordinates + <usize>other * bytes, dimensions);
      const length = max<f64>(max<f64>(distance, ownCore), otherCore);
      if (length >= best) continue;
      improve(rounds, root, place, other, length);
      improve(rounds, int(rounds.component, other), place, other, length);
      best = length;
      limit = widened(best, dimensions);
    }
  }
}

/** Adds the best edges in the order of the roots; returns how many components are left. */
export function addEdges(rounds: Rounds): u32 {
  const parent = rounds.parent;
  let components = int(rounds.left, 0);
  for (let root: u32 = 0; root < rounds.points; root++) {
    if (int(rounds.component, root) != root) continue;
    const a = rootOf(parent, int(rounds.bestFrom, root));
    const b = rootOf(parent, int(rounds.bestTo, root));
    if (a == b) continue;
    setInt(parent, max(a, b), min(a, b));
    const edge = rounds.points - components;
    setInt(rounds.from, edge, int(rounds.bestFrom, root));
    setInt(rounds.to, edge, int(rounds.bestTo, root));
    setFloat(rounds.length, edge, float(rounds.bestLength, root));
    components--;
  }
  setInt(rounds.left, 0, components);
  return components;
}
