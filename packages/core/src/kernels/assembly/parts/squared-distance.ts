/** Squared distances as `summedDistance` of nearest-neighbours/distance.ts adds them up, and what float32 loses beside them. */

/** More than float32 loses in sums of squares, per term; and more than it loses where squares underflow. */
export const LOSS: f64 = 2.4e-7;
export const UNDERFLOW: f64 = 1e-36;

/** Between two runs of float32 coordinates, in the reference's order of terms: fours of columns, then one by one. */
export function squaredDistance(p: usize, q: usize, dimensions: u32): f64 {
  const inFours = <usize>(dimensions & ~3) << 2;
  let sum: f64 = 0;
  let d: usize = 0;
  for (; d < inFours; d += 16) {
    const a = v128.load(p + d);
    const b = v128.load(q + d);
    const low = f64x2.sub(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(b));
    const highA = f64x2.promote_low_f32x4(i64x2.shuffle(a, a, 1, 1));
    const high = f64x2.sub(highA, f64x2.promote_low_f32x4(i64x2.shuffle(b, b, 1, 1)));
    const lowSquares = f64x2.mul(low, low);
    const highSquares = f64x2.mul(high, high);
    const pairs = f64x2.add(i64x2.shuffle(lowSquares, highSquares, 0, 2), i64x2.shuffle(lowSquares, highSquares, 1, 3));
    sum += f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1);
  }
  for (; d < <usize>dimensions << 2; d += 4) {
    const t = <f64>load<f32>(p + d) - <f64>load<f32>(q + d);
    sum += t * t;
  }
  return sum;
}
