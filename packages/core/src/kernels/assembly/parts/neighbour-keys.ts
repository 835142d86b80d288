/**
 * Keys of neighbours: a squared distance, float32, above a position, read as one float64. Distances are not negative, so that keys are ordered as their distances, and equal distances
 * by position.
 */

/** The position of no neighbour. */
export const NONE: u32 = 0x7fffffff;

@inline
export function keyOf(distance: f32, position: u32): f64 {
  return reinterpret<f64>((<u64>reinterpret<u32>(distance) << 32) | <u64>position);
}

@inline
export function distanceOf(key: f64): f32 {
  return reinterpret<f32>(<u32>(reinterpret<u64>(key) >> 32));
}

@inline
export function positionOf(key: f64): u32 {
  return <u32>reinterpret<u64>(key);
}

/** Puts a key into a sorted row of an even number, `bytes` long; the last one drops out. Each place takes the larger of the one before it and the smaller of its own and the key. */
@inline
export function insert(row: usize, bytes: usize, key: f64): void {
  const keys = f64x2.splat(key);
  for (let j = bytes - 16; j > 0; j -= 16) {
    v128.store(row + j, f64x2.pmax(v128.load(row + j - 8), f64x2.pmin(v128.load(row + j), keys)));
  }
  const first = v128.load(row);
  const smaller = f64x2.pmin(first, keys);
  const before = i64x2.shuffle(keys, first, 0, 2);
  v128.store(row, i64x2.shuffle(smaller, f64x2.pmax(before, smaller), 0, 3));
}

/** Fills a row with keys of no neighbour. */
@inline
export function empty(row: usize, bytes: usize): void {
  const none = keyOf(Infinity, NONE);
  for (let j: usize = 0; j < bytes; j += 8) store<f64>(row + j, none);
}

/** Whether a row of keys holds a position. */
@inline
export function holds(row: usize, bytes: usize, position: u32): bool {
  const wanted = i32x4.splat(position);
  let any = i32x4.splat(0);
  for (let j: usize = 0; j < bytes; j += 16) any = v128.or(any, i32x4.eq(v128.load(row + j), wanted));
  return (i32x4.bitmask(any) & 5) != 0;
}
