/**
 * Elementary functions that give the same bits in every engine. The standard leaves the last bits of Math.exp, log, pow, sin
 * and cos to the engine, so nothing that decides a result may use them. These use only +, -, *, /, sqrt and bit patterns,
 * which IEEE 754 fixes. Accuracy: within 2 units in the last place of the true value over the range stated.
 */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const LOG2_E = Math.LOG2E;

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
/** Index of the word with sign and exponent: 1 on little-endian machines, which all supported ones are. */
const HIGH = 1;

function scaleByPowerOfTwo(x: number, exponent: number): number {
  if (exponent >= -1022 && exponent <= 1023) return x * powerOfTwo(exponent);
  const half = exponent >> 1;
  return x * powerOfTwo(half) * powerOfTwo(exponent - half);
}

function powerOfTwo(exponent: number): number {
  words[0] = 0;
  words[HIGH] = (exponent + 1023) << 20;
  return float[0]!;
}

/** e to the x. Overflows to Infinity above 709.78, underflows to 0 below -745.13. */
export function exp(x: number): number {
  if (x !== x) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  const k = Math.floor(x * LOG2_E + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1 / 6227020800;
  sum = sum * r + 1 / 479001600;
  sum = sum * r + 1 / 39916800;
  sum = sum * r + 1 / 3628800;
  sum = sum * r + 1 / 362880;
  sum = sum * r + 1 / 40320;
  sum = sum * r + 1 / 5040;
  sum = sum * r + 1 / 720;
  sum = sum * r + 1 / 120;
  sum = sum * r + 1 / 24;
  sum = sum * r + 1 / 6;
  sum = sum * r + 0.5;
  return scaleByPowerOfTwo(1 + (r + r * r * sum), k);
}

/** Natural logarithm. -Infinity at 0, NaN below 0. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return x;
  let exponent = 0;
  let value = x;
  if (value < 2.2250738585072014e-308) {
    value *= 18014398509481984;
    exponent = -54;
  }
  float[0] = value;
  exponent += (words[HIGH]! >>> 20) - 1023;
  words[HIGH] = (words[HIGH]! & 0xfffff) | 0x3ff00000;
  let m = float[0]!;
  if (m > Math.SQRT2) {
    m /= 2;
    exponent += 1;
  }
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let sum = 1 / 23;
  sum = sum * z + 1 / 21;
  sum = sum * z + 1 / 19;
  sum = sum * z + 1 / 17;
  sum = sum * z + 1 / 15;
  sum = sum * z + 1 / 13;
  sum = sum * z + 1 / 11;
  sum = sum * z + 1 / 9;
  sum = sum * z + 1 / 7;
  sum = sum * z + 1 / 5;
  sum = sum * z + 1 / 3;
  return exponent * LN2_HIGH + (2 * s + (2 * s * z * sum + exponent * LN2_LOW));
}

/** x to the y for x >= 0; NaN for x < 0. Relative error grows with |y ln x|, about 1e-16 times it. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (x === 0) return y > 0 ? 0 : Infinity;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === 0.5) return Math.sqrt(x);
  return exp(y * log(x));
}

/** Natural logarithm of 1 + x, accurate near 0. */
export function log1p(x: number): number {
  const u = 1 + x;
  if (u === 1) return x;
  return u === Infinity ? u : (log(u) * x) / (u - 1);
}

const HALF_PI_HIGH = 1.5707963267341256;
const HALF_PI_LOW = 6.077100506506192e-11;

/** Sine, for |x| up to 1e6. */
export function sin(x: number): number {
  return sineOfQuarter(x, 0);
}

/** Cosine, for |x| up to 1e6. */
export function cos(x: number): number {
  return sineOfQuarter(x, 1);
}

function sineOfQuarter(x: number, quarters: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  const k = Math.floor(x / (HALF_PI_HIGH + HALF_PI_LOW) + 0.5);
  const r = x - k * HALF_PI_HIGH - k * HALF_PI_LOW;
  switch ((((k + quarters) % 4) + 4) % 4) {
    case 0:
      return sineKernel(r);
    case 1:
      return cosineKernel(r);
    case 2:
      return -sineKernel(r);
    default:
      return -cosineKernel(r);
  }
}

function sineKernel(r: number): number {
  const z = r * r;
  let sum = 1 / 355687428096000;
  sum = sum * z - 1 / 1307674368000;
  sum = sum * z + 1 / 6227020800;
  sum = sum * z - 1 / 39916800;
  sum = sum * z + 1 / 362880;
  sum = sum * z - 1 / 5040;
  sum = sum * z + 1 / 120;
  sum = sum * z - 1 / 6;
  return r + r * z * sum;
}

function cosineKernel(r: number): number {
  const z = r * r;
  let sum = 1 / 20922789888000;
  sum = sum * z - 1 / 87178291200;
  sum = sum * z + 1 / 479001600;
  sum = sum * z - 1 / 3628800;
  sum = sum * z + 1 / 40320;
  sum = sum * z - 1 / 720;
  sum = sum * z + 1 / 24;
  return 1 - 0.5 * z + z * z * sum;
}
