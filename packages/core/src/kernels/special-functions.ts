/**
 * Logarithm of the gamma function and its derivative, for positive arguments: shifted upwards by their recurrences to where Stirling's
 * series holds to the last bits. Only +, -, *, /, `log` of math.ts: the same bits in every engine.
 * Abramowitz and Stegun 1964, Handbook of Mathematical Functions, 6.1.40, 6.1.15, 6.3.18 and 6.3.5.
 */
import { log } from "./math.js";

const HALF_LOG_2PI = 0.9189385332046728;
/** From here on the series below, cut after their last term, are exact to less than 1e-16. */
const FAR = 16;

/** ln Γ(x) for x > 0; Infinity at 0, NaN below. Error below 1e-13, relative where |ln Γ(x)| > 1 and absolute elsewhere. */
export function logGamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Infinity : Number.NaN;
  if (x === Infinity) return x;
  let product = 1;
  let far = x;
  while (far < FAR) {
    product *= far;
    far += 1;
  }
  const z = 1 / (far * far);
  let series = -691 / 360_360;
  series = series * z + 1 / 1188;
  series = series * z - 1 / 1680;
  series = series * z + 1 / 1260;
  series = series * z - 1 / 360;
  series = series * z + 1 / 12;
  return (far - 0.5) * log(far) - far + HALF_LOG_2PI + series / far - log(product);
}

/** ψ(x) = d/dx ln Γ(x) for x > 0; -Infinity at 0, NaN below. Error below 1e-13, relative where |ψ(x)| > 1 and absolute elsewhere. */
export function digamma(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return x;
  let shift = 0;
  let far = x;
  while (far < FAR) {
    shift += 1 / far;
    far += 1;
  }
  const z = 1 / (far * far);
  let series = -691 / 32_760;
  series = series * z + 1 / 132;
  series = series * z - 1 / 240;
  series = series * z + 1 / 252;
  series = series * z - 1 / 120;
  series = series * z + 1 / 12;
  return log(far) - 0.5 / far - series * z - shift;
}

/** ln B(a, b) = ln Γ(a) + ln Γ(b) - ln Γ(a + b), for positive a and b. */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}
