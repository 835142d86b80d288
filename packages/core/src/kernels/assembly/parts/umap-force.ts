/** Points in the plane, the forces between them, and the random numbers that choose them: the inner part of `umap-layout.ts`. */

const WAY_BITS: i32 = 15;
const WAY_MASK: i32 = (1 << WAY_BITS) - 1;
const WAY_UNIT: f64 = 1.0 / 32768;
const FIRST_PLACE: i32 = (127 - 26) * 256;
const TABLE_ENTRIES: i32 = 46 * 256;
const LONGEST_STEP: f64 = 4;

@inline
export function scrambled(value: i32): i32 {
  let z = value ^ (value >>> 16);
  z *= 0x21f0aaad;
  z ^= z >>> 15;
  z *= 0x735a2d97;
  return z ^ (z >>> 15);
}

@inline
export function epochSeed(key: i32, vertex: i32, epoch: i32): i32 {
  const seed = scrambled(scrambled(key ^ ((vertex + 1) * <i32>0x9e3779b1)) + epoch);
  return select(seed, 1, seed);
}

@inline
export function nextRandom(state: i32): i32 {
  let next = state ^ (state << 13);
  next ^= next >>> 17;
  return next ^ (next << 5);
}

/** A vertex, every one equally likely. The reference multiplies in float64, which is exact up to 2^21 vertices. */
@inline
export function anyOf(vertices: u64, random: i32): u32 {
  return <u32>((<u64>(<u32>random) * vertices) >> 32);
}

@inline
export function coefficientAt(table: usize, squared: f64): f64 {
  const bits = reinterpret<i32>(<f32>squared);
  const place = (bits >> WAY_BITS) - FIRST_PLACE;
  if (<u32>place >= <u32>TABLE_ENTRIES) return load<f32>(table + ((place < 0 ? 0 : TABLE_ENTRIES) << 2));
  const entry = table + (place << 2);
  const here = <f64>load<f32>(entry);
  return here + <f64>(bits & WAY_MASK) * WAY_UNIT * (<f64>load<f32>(entry, 4) - here);
}

/** The step that a point at `place` takes by the force from the point at `other`. NaN stays NaN, as with Math.min and Math.max. */
@inline
export function stepFrom(place: v128, other: v128, table: usize, rate: v128): v128 {
  const difference = f64x2.sub(place, other);
  const square = f64x2.mul(difference, difference);
  const coefficient = coefficientAt(table, f64x2.extract_lane(square, 0) + f64x2.extract_lane(square, 1));
  const gradient = f64x2.mul(f64x2.splat(coefficient), difference);
  const clipped = f64x2.pmax(f64x2.pmin(gradient, f64x2.splat(LONGEST_STEP)), f64x2.splat(-LONGEST_STEP));
  return f64x2.mul(rate, clipped);
}

@inline
export function pointAt(points: usize, index: u32): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(points + (<usize>index << 3)));
}

@inline
export function put(address: usize, place: v128): void {
  v128.store64_lane(address, f32x4.demote_f64x2_zero(place), 0);
}
