/** Points in the plane, the forces between them, and the random numbers that choose them, four at a time: the inner part of `umap-layout.ts`. */

const LONGEST_STEP: f32 = 4;
/** Exponent and 8 bits of the fraction, as the distance in bytes of an entry of float32 from the first. */
const ENTRY_MASK: i32 = 0xffff << 2;

@inline
function scrambled(value: v128): v128 {
  let z = v128.xor(value, i32x4.shr_u(value, 16));
  z = i32x4.mul(z, i32x4.splat(0x21f0aaad));
  z = v128.xor(z, i32x4.shr_u(z, 15));
  z = i32x4.mul(z, i32x4.splat(0x735a2d97));
  return v128.xor(z, i32x4.shr_u(z, 15));
}

@inline
export function seedsOf(key: i32, things: v128, time: i32): v128 {
  const own = i32x4.mul(i32x4.add(things, i32x4.splat(1)), i32x4.splat(<i32>0x9e3779b1));
  const seed = scrambled(i32x4.add(scrambled(v128.xor(i32x4.splat(key), own)), i32x4.splat(time)));
  return v128.bitselect(i32x4.splat(1), seed, i32x4.eq(seed, i32x4.splat(0)));
}

@inline
export function nextRandom(state: v128): v128 {
  let next = v128.xor(state, i32x4.shl(state, 13));
  next = v128.xor(next, i32x4.shr_u(next, 17));
  return v128.xor(next, i32x4.shl(next, 5));
}

/** The entries of a table for four squared distances. Of a NaN the sign does not count, so that no entry lies outside the table. */
@inline
export function coefficients(table: v128, squared: v128): v128 {
  const entry = v128.and(i32x4.shr_u(squared, 13), i32x4.splat(ENTRY_MASK));
  const at = i32x4.add(entry, table);
  const one = v128.load32_zero(<usize>i32x4.extract_lane(at, 0));
  const two = v128.load32_zero(<usize>i32x4.extract_lane(at, 1));
  const three = v128.load32_zero(<usize>i32x4.extract_lane(at, 2));
  const four = v128.load32_zero(<usize>i32x4.extract_lane(at, 3));
  return v128.shuffle<i64>(v128.shuffle<i32>(one, two, 0, 4, 1, 5), v128.shuffle<i32>(three, four, 0, 4, 1, 5), 0, 2);
}

@inline
export function squaredLength(x: v128, y: v128): v128 {
  return f32x4.add(f32x4.mul(x, x), f32x4.mul(y, y));
}

/** The pushes of one edge, together, along one dimension. NaN stays NaN, as with Math.min and Math.max. */
@inline
export function clipped(push: v128): v128 {
  return f32x4.pmax(f32x4.pmin(push, f32x4.splat(LONGEST_STEP)), f32x4.splat(-LONGEST_STEP));
}

/** Two points, x and y of the one and of the other. */
@inline
export function pairAt(points: usize, one: u32, other: u32): v128 {
  return pairOf(points + (<usize>one << 3), points + (<usize>other << 3));
}

/** Two points by their addresses. */
@inline
export function pairOf(one: usize, other: usize): v128 {
  return v128.load64_lane(other, v128.load64_zero(one), 1);
}

/** All x of two pairs of points. */
@inline
export function acrossOf(one: v128, other: v128): v128 {
  return v128.shuffle<f32>(one, other, 0, 2, 4, 6);
}

/** All y of two pairs of points. */
@inline
export function downOf(one: v128, other: v128): v128 {
  return v128.shuffle<f32>(one, other, 1, 3, 5, 7);
}
