import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cos, exp, log, log1p, pow, sin } from "./math.js";

/** Distance in units in the last place of `b`. */
function ulps(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  return Math.abs(a - b) / unitInLastPlace(b);
}

function unitInLastPlace(x: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(x));
  const next = new DataView(new ArrayBuffer(8));
  next.setBigUint64(0, view.getBigUint64(0) + 1n);
  return next.getFloat64(0) - Math.abs(x);
}

const PRECISION = 200n;
const ONE = 1n << PRECISION;

/** A double as a fixed-point number with 200 bits after the point, without error for the sizes used here. */
function fixed(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const mantissa = (bits & 0xfffffffffffffn) | (exponent === 0 ? 0n : 1n << 52n);
  const shift = BigInt(Math.max(exponent, 1) - 1075) + PRECISION;
  const size = shift >= 0n ? mantissa << shift : mantissa >> -shift;
  return x < 0 ? -size : size;
}

/** The nearest double to numerator / 2^200, up to one rounding. */
function double(value: bigint): number {
  const negative = value < 0n;
  let size = negative ? -value : value;
  let scale = -200;
  while (size >= 1n << 60n) {
    size >>= 1n;
    scale += 1;
  }
  const result = Number(size) * 2 ** scale;
  return negative ? -result : result;
}

/** e^x, sin x or cos x by Taylor's series in 200-bit arithmetic, for |x| up to 30. */
function series(x: number, firstTerm: 0 | 1, step: 1 | 2): number {
  const at = fixed(x);
  let term = firstTerm === 0 ? ONE : at;
  let sum = term;
  for (let n = firstTerm + step; n < 400; n += step) {
    for (let k = n - step + 1; k <= n; k++) term = (term * at) / ONE / BigInt(k);
    if (step === 2) term = -term;
    sum += term;
    if (term === 0n) break;
  }
  return double(sum);
}

const runs = { numRuns: 1000 };
const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe("exp", () => {
  it("is within 2 units in the last place of the true value", () => {
    fc.assert(
      fc.property(finite(-30, 30), (x) => void expect(ulps(exp(x), series(x, 0, 1))).toBeLessThanOrEqual(2)),
      { numRuns: 300 },
    );
  });

  it("agrees with the engine over its whole range", () => {
    fc.assert(
      fc.property(finite(-700, 709.7), (x) => void expect(ulps(exp(x), Math.exp(x))).toBeLessThanOrEqual(2)),
      runs,
    );
  });

  it("keeps to its limits", () => {
    expect([exp(0), exp(710), exp(-746), exp(Infinity), exp(-Infinity)]).toEqual([1, Infinity, 0, Infinity, 0]);
    expect(exp(Number.NaN)).toBeNaN();
    expect(exp(-745)).toBeGreaterThan(0);
    expect(Math.abs(exp(-740) / Math.exp(-740) - 1)).toBeLessThan(1e-2);
  });
});

describe("log", () => {
  it("agrees with the engine within 2 units in the last place, away from and near 1", () => {
    fc.assert(
      fc.property(finite(-700, 700), (x) => void expect(ulps(log(Math.exp(x)), Math.log(Math.exp(x)))).toBeLessThanOrEqual(2)),
      runs,
    );
    fc.assert(
      fc.property(finite(0.5, 2), (x) => void expect(ulps(log(x), Math.log(x))).toBeLessThanOrEqual(2)),
      runs,
    );
    fc.assert(
      fc.property(finite(5e-324, 1e-300), (x) => void expect(ulps(log(x), Math.log(x))).toBeLessThanOrEqual(2)),
      runs,
    );
  });

  it("turns exp round", () => {
    fc.assert(
      fc.property(finite(-20, 20), (x) => void expect(Math.abs(log(exp(x)) - x)).toBeLessThan(4e-15)),
      runs,
    );
  });

  it("keeps to its limits", () => {
    expect([log(1), log(0), log(Infinity)]).toEqual([0, -Infinity, Infinity]);
    expect(log(-1)).toBeNaN();
    expect(log(Number.NaN)).toBeNaN();
  });
});

describe("pow", () => {
  it("has a relative error that grows with |y ln x| only", () => {
    fc.assert(
      fc.property(finite(1e-6, 1e6), finite(-20, 20), (x, y) => {
        const expected = x ** y;
        expect(Math.abs(pow(x, y) / expected - 1)).toBeLessThan(2.3e-16 * (4 + 2 * Math.abs(y * Math.log(x))));
      }),
      runs,
    );
  });

  it("is exact where it can be", () => {
    expect([pow(3, 2), pow(2.25, 0.5), pow(7, 0), pow(7, 1), pow(0, 2), pow(0, -1)]).toEqual([9, 1.5, 1, 7, 0, Infinity]);
    expect(pow(-2, 3)).toBeNaN();
  });
});

describe("log1p", () => {
  it("agrees with the engine within 4 units in the last place, tiny arguments included", () => {
    fc.assert(
      fc.property(finite(-0.5, 5), (x) => void expect(ulps(log1p(x), Math.log1p(x))).toBeLessThanOrEqual(4)),
      runs,
    );
    fc.assert(
      fc.property(finite(-1e-9, 1e-9), (x) => void expect(ulps(log1p(x), Math.log1p(x))).toBeLessThanOrEqual(4)),
      runs,
    );
  });
});

describe("sin and cos", () => {
  it("are within 2 units in the last place of the true value, but next to a zero, where the error is below 1e-16", () => {
    fc.assert(
      fc.property(finite(-20, 20), (x) => {
        const [s, c] = [series(x, 1, 2), series(x, 0, 2)];
        expect(Math.min(ulps(sin(x), s), Math.abs(sin(x) - s) / 5e-17)).toBeLessThanOrEqual(2);
        expect(Math.min(ulps(cos(x), c), Math.abs(cos(x) - c) / 5e-17)).toBeLessThanOrEqual(2);
      }),
      { numRuns: 300 },
    );
  });

  it("stay near the engine's up to 1e6, and on the unit circle", () => {
    fc.assert(
      fc.property(finite(-1e6, 1e6), (x) => {
        expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThan(1e-9);
        expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThan(1e-9);
        expect(Math.abs(sin(x) * sin(x) + cos(x) * cos(x) - 1)).toBeLessThan(1e-15);
      }),
      runs,
    );
  });

  it("have no value at infinity", () => {
    expect(sin(Infinity)).toBeNaN();
    expect(cos(Number.NaN)).toBeNaN();
  });
});

describe("every engine", () => {
  it("gives these bits", () => {
    let hash = 0;
    const words = new Uint32Array(2);
    const value = new Float64Array(words.buffer);
    for (let i = 0; i < 20_000; i++) {
      const x = (i - 10_000) / 97;
      for (const result of [exp(x), log(Math.abs(x) + 1e-3), sin(x), cos(x), pow(Math.abs(x) + 0.1, 1.7), log1p(Math.abs(x))]) {
        value[0] = result;
        hash = (Math.imul(hash ^ words[0]!, 0x01000193) ^ words[1]!) >>> 0;
      }
    }
    expect(hash).toMatchInlineSnapshot(`3413275676`);
  });
});
