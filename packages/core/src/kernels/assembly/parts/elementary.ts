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

/** Natural logarithm of a finite number of at least 1; NaN stays NaN. */
export function logAboveOne(x: f64): f64 {
  if (!(x > 0)) return NaN;
  const bits = reinterpret<u64>(x);
  let exponent = <f64>(<i32>(bits >> 52) - 1023);
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
