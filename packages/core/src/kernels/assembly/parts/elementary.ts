/**
 * exp and log of kernels/math.ts, bit for bit, for the ranges that kernels need. Constants lie in memory, from where an instruction takes one for both lanes;
 * written into the code, each use would build its vector anew.
 */

const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const LOG2_E: f64 = 1.4426950408889634;
const SQRT2: f64 = 1.4142135623730951;

/** Float64 values that `storeExpConstants` writes. */
export const EXP_CONSTANTS: u32 = 15;

/** Writes what {@link expPair} needs: {@link EXP_CONSTANTS} values of float64. */
export function storeExpConstants(to: usize): void {
  store<f64>(to, LOG2_E);
  store<f64>(to, LN2_HIGH, 8);
  store<f64>(to, LN2_LOW, 16);
  store<f64>(to, 1.0 / 6227020800.0, 24);
  store<f64>(to, 1.0 / 479001600.0, 32);
  store<f64>(to, 1.0 / 39916800.0, 40);
  store<f64>(to, 1.0 / 3628800.0, 48);
  store<f64>(to, 1.0 / 362880.0, 56);
  store<f64>(to, 1.0 / 40320.0, 64);
  store<f64>(to, 1.0 / 5040.0, 72);
  store<f64>(to, 1.0 / 720.0, 80);
  store<f64>(to, 1.0 / 120.0, 88);
  store<f64>(to, 1.0 / 24.0, 96);
  store<f64>(to, 1.0 / 6.0, 104);
  store<f64>(to, 0.5, 112);
}

@inline
function timesPlus(sum: v128, r: v128, constants: usize, offset: usize): v128 {
  return f64x2.add(f64x2.mul(sum, r), v128.load64_splat(constants + offset));
}

/** e to the x for two values from -700 to 700; NaN stays NaN. */
@inline
export function expPair(x: v128, constants: usize): v128 {
  const half = v128.load64_splat(constants, 112);
  const k = f64x2.floor(f64x2.add(f64x2.mul(x, v128.load64_splat(constants)), half));
  const high = f64x2.mul(k, v128.load64_splat(constants, 8));
  const r = f64x2.sub(f64x2.sub(x, high), f64x2.mul(k, v128.load64_splat(constants, 16)));
  let sum = timesPlus(v128.load64_splat(constants, 24), r, constants, 32);
  sum = timesPlus(sum, r, constants, 40);
  sum = timesPlus(sum, r, constants, 48);
  sum = timesPlus(sum, r, constants, 56);
  sum = timesPlus(sum, r, constants, 64);
  sum = timesPlus(sum, r, constants, 72);
  sum = timesPlus(sum, r, constants, 80);
  sum = timesPlus(sum, r, constants, 88);
  sum = timesPlus(sum, r, constants, 96);
  sum = timesPlus(sum, r, constants, 104);
  sum = f64x2.add(f64x2.mul(sum, r), half);
  const whole = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k));
  const power = i64x2.shl(i64x2.add(whole, i64x2.splat(1023)), 52);
  return f64x2.mul(f64x2.add(f64x2.splat(1), f64x2.add(r, f64x2.mul(f64x2.mul(r, r), sum))), power);
}

/** Smallest number with all its bits. */
const LEAST_NORMAL: f64 = 2.2250738585072014e-308;

/** Natural logarithm of a positive, finite number; NaN for NaN. */
export function logOf(x: f64): f64 {
  if (!(x > 0)) return NaN;
  let exponent: f64 = 0;
  let value = x;
  if (value < LEAST_NORMAL) {
    value *= 18014398509481984;
    exponent = -54;
  }
  const bits = reinterpret<u64>(value);
  exponent += <f64>(<i32>(bits >> 52) - 1023);
  let m = reinterpret<f64>((bits & 0xfffffffffffff) | 0x3ff0000000000000);
  if (m > SQRT2) {
    m /= 2;
    exponent += 1;
  }
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let sum: f64 = 1.0 / 23.0;
  sum = sum * z + 1.0 / 21.0;
  sum = sum * z + 1.0 / 19.0;
  sum = sum * z + 1.0 / 17.0;
  sum = sum * z + 1.0 / 15.0;
  sum = sum * z + 1.0 / 13.0;
  sum = sum * z + 1.0 / 11.0;
  sum = sum * z + 1.0 / 9.0;
  sum = sum * z + 1.0 / 7.0;
  sum = sum * z + 1.0 / 5.0;
  sum = sum * z + 1.0 / 3.0;
  return exponent * LN2_HIGH + (2 * s + (2 * s * z * sum + exponent * LN2_LOW));
}

/** Writes what {@link logPair} needs: 15 values of float64. */
export function storeLogConstants(to: usize): void {
  store<f64>(to, 1.0 / 23.0);
  store<f64>(to, 1.0 / 21.0, 8);
  store<f64>(to, 1.0 / 19.0, 16);
  store<f64>(to, 1.0 / 17.0, 24);
  store<f64>(to, 1.0 / 15.0, 32);
  store<f64>(to, 1.0 / 13.0, 40);
  store<f64>(to, 1.0 / 11.0, 48);
  store<f64>(to, 1.0 / 9.0, 56);
  store<f64>(to, 1.0 / 7.0, 64);
  store<f64>(to, 1.0 / 5.0, 72);
  store<f64>(to, 1.0 / 3.0, 80);
  store<f64>(to, LN2_HIGH, 88);
  store<f64>(to, LN2_LOW, 96);
  store<f64>(to, SQRT2, 104);
  store<f64>(to, LEAST_NORMAL, 112);
}

/** Natural logarithms of two positive, finite numbers. */
@inline
export function logPair(x: v128, constants: usize): v128 {
  const least = v128.load64_splat(constants, 112);
  if (v128.any_true(f64x2.lt(x, least))) {
    return f64x2.replace_lane(f64x2.splat(logOf(f64x2.extract_lane(x, 0))), 1, logOf(f64x2.extract_lane(x, 1)));
  }
  const fraction = v128.or(v128.and(x, i64x2.splat(0xfffffffffffff)), i64x2.splat(0x3ff0000000000000));
  const isLarge = f64x2.gt(fraction, v128.load64_splat(constants, 104));
  const m = v128.bitselect(f64x2.mul(fraction, f64x2.splat(0.5)), fraction, isLarge);
  // A lane of a comparison that holds is -1 as an integer.
  const whole = i64x2.sub(i64x2.sub(i64x2.shr_u(x, 52), i64x2.splat(1023)), isLarge);
  const exponent = f64x2.convert_low_i32x4_s(i32x4.shuffle(whole, whole, 0, 2, 0, 2));
  const one = f64x2.splat(1);
  const s = f64x2.div(f64x2.sub(m, one), f64x2.add(m, one));
  const z = f64x2.mul(s, s);
  let sum = timesPlus(v128.load64_splat(constants), z, constants, 8);
  sum = timesPlus(sum, z, constants, 16);
  sum = timesPlus(sum, z, constants, 24);
  sum = timesPlus(sum, z, constants, 32);
  sum = timesPlus(sum, z, constants, 40);
  sum = timesPlus(sum, z, constants, 48);
  sum = timesPlus(sum, z, constants, 56);
  sum = timesPlus(sum, z, constants, 64);
  sum = timesPlus(sum, z, constants, 72);
  sum = timesPlus(sum, z, constants, 80);
  const double = f64x2.add(s, s);
  const low = f64x2.mul(exponent, v128.load64_splat(constants, 96));
  const rest = f64x2.add(f64x2.mul(f64x2.mul(double, z), sum), low);
  return f64x2.add(f64x2.mul(exponent, v128.load64_splat(constants, 88)), f64x2.add(double, rest));
}
