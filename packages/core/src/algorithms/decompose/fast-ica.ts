/**
 * Independent components of whitened samples by fixed-point iteration (Hyvärinen 1999, doi:10.1109/72.761722): rotations W for which Σ G(w z) is
 * extreme, G chosen to be large for samples that are far from Gaussian.
 */
import { symmetricEigen } from "../../kernels/linear-algebra/symmetric-eigen.js";
import { exp } from "../../kernels/math.js";
import { matrix } from "../../kernels/matrix.js";
import type { Whitened } from "./whitened.js";

export const contrasts = ["logcosh", "exp", "cube"] as const;
export type Contrast = (typeof contrasts)[number];

export interface FastIcaOptions {
  readonly fun: Contrast;
  /** Stop when no direction moves by more than this (1 - |cosine|). */
  readonly tol: number;
  readonly maxIter: number;
  /** Float64 [k x k]: rows to start from. */
  readonly start: ArrayLike<number>;
  readonly breath: () => Promise<void>;
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

export interface Separation {
  /** Float64 [k x k], orthogonal: row i gives source i of the whitened samples. */
  readonly rotation: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
}

const SAMPLES_PER_BREATH = 4096;

/** All components at once, kept apart by (W Wᵀ)^(-1/2) W after every step. */
export async function fastIcaParallel(z: Whitened, options: FastIcaOptions): Promise<Separation> {
  const { k } = z;
  let w = decorrelated(Float64Array.from(options.start), k);
  for (let iteration = 1; iteration <= options.maxIter; iteration++) {
    const next = decorrelated(await fixedPoint(z, w, k, options), k);
    let moved = 0;
    for (let i = 0; i < k; i++) moved = Math.max(moved, change(next, i * k, w, i * k, k));
    w = next;
    options.onProgress?.(iteration / options.maxIter);
    if (moved < options.tol) return { rotation: w, iterations: iteration, converged: true };
  }
  return { rotation: w, iterations: options.maxIter, converged: false };
}

/** One component after the other, each kept orthogonal to those before. `iterations` is the largest number that one needed. */
export async function fastIcaDeflation(z: Whitened, options: FastIcaOptions): Promise<Separation> {
  const { k } = z;
  const rotation = new Float64Array(k * k);
  let iterations = 0;
  let converged = true;
  for (let j = 0; j < k; j++) {
    let w = Float64Array.from({ length: k }, (_, i) => options.start[j * k + i]!);
    toUnitLength(w);
    let settled = false;
    for (let iteration = 1; iteration <= options.maxIter && !settled; iteration++) {
      const next = await fixedPoint(z, w, 1, options);
      orthogonaliseTo(next, rotation, j, k);
      toUnitLength(next);
      settled = change(next, 0, w, 0, k) < options.tol;
      w = next;
      iterations = Math.max(iterations, iteration);
    }
    converged &&= settled;
    rotation.set(w, j * k);
    options.onProgress?.((j + 1) / k);
  }
  return { rotation, iterations, converged };
}

/** E[z g(w z)] - E[g'(w z)] w for each of `count` rows of w. */
async function fixedPoint(
  { data, k, samples }: Whitened,
  w: Float64Array,
  count: number,
  { fun, breath }: FastIcaOptions,
): Promise<Float64Array<ArrayBuffer>> {
  const moments = new Float64Array(count * k);
  const slopes = new Float64Array(count);
  const value = new Float64Array(2);
  const derivatives = slopesOf[fun];
  for (let s = 0; s < samples; s++) {
    if (s % SAMPLES_PER_BREATH === 0) await breath();
    const at = s * k;
    for (let i = 0; i < count; i++) {
      let u = 0;
      for (let j = 0; j < k; j++) u += w[i * k + j]! * data[at + j]!;
      derivatives(u, value);
      slopes[i]! += value[1]!;
      for (let j = 0; j < k; j++) moments[i * k + j]! += value[0]! * data[at + j]!;
    }
  }
  for (let i = 0; i < count * k; i++) moments[i] = (moments[i]! - slopes[Math.floor(i / k)]! * w[i]!) / samples;
  return moments;
}

/** First and second derivative of each G. */
const slopesOf: Readonly<Record<Contrast, (u: number, out: Float64Array) => void>> = {
  logcosh(u, out) {
    const t = 1 - 2 / (exp(2 * u) + 1);
    out[0] = t;
    out[1] = 1 - t * t;
  },
  exp(u, out) {
    const e = exp((-u * u) / 2);
    out[0] = u * e;
    out[1] = (1 - u * u) * e;
  },
  cube(u, out) {
    out[0] = u * u * u;
    out[1] = 3 * u * u;
  },
};

/** (W Wᵀ)^(-1/2) W, W [k x k]. */
function decorrelated(w: Float64Array, k: number): Float64Array {
  const gram = matrix(k, k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) gram.data[i * k + j] = dot(w, i * k, w, j * k, k);
  }
  const { values, vectors } = symmetricEigen(gram);
  const out = new Float64Array(k * k);
  for (let e = 0; e < k; e++) {
    const scale = 1 / Math.sqrt(Math.max(values[e]!, Number.MIN_VALUE));
    const along = new Float64Array(k);
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) along[j]! += vectors.data[e * k + i]! * w[i * k + j]!;
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) out[i * k + j]! += scale * vectors.data[e * k + i]! * along[j]!;
  }
  return out;
}

/** Takes the first `count` rows of `rotation` out of w. */
function orthogonaliseTo(w: Float64Array, rotation: Float64Array, count: number, k: number): void {
  const shares = Float64Array.from({ length: count }, (_, i) => dot(rotation, i * k, w, 0, k));
  shares.forEach((share, i) => {
    for (let j = 0; j < k; j++) w[j]! -= share * rotation[i * k + j]!;
  });
}

function toUnitLength(w: Float64Array): void {
  const length = Math.sqrt(dot(w, 0, w, 0, w.length));
  for (let j = 0; j < w.length; j++) w[j]! /= length;
}

function change(a: Float64Array, atA: number, b: Float64Array, atB: number, k: number): number {
  return Math.abs(Math.abs(dot(a, atA, b, atB, k)) - 1);
}

function dot(a: Float64Array, atA: number, b: Float64Array, atB: number, k: number): number {
  let sum = 0;
  for (let j = 0; j < k; j++) sum += a[atA + j]! * b[atB + j]!;
  return sum;
}
