/**
 * Independent components of whitened samples by joint diagonalisation of their fourth-order cumulants: JADE (Cardoso and Souloumiac 1993,
 * doi:10.1049/ip-f-2.1993.0054, for real data). No random start and no choice of contrast; the work grows with the fourth power of the components.
 */
import type { Separation } from "./fast-ica.js";
import { quarterAngle } from "./quarter-angle.js";
import type { Whitened } from "./whitened.js";

export interface JadeOptions {
  /** Most sweeps over all pairs. */
  readonly maxIter: number;
  readonly breath: () => Promise<void>;
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

const SMALLEST_SINE = 1e-9;
const SAMPLES_PER_BREATH = 256;

/** The rotation that makes all k (k + 1) / 2 cumulant matrices as diagonal as possible, by Jacobi rotations. */
export async function jade(z: Whitened, { maxIter, breath, onProgress }: JadeOptions): Promise<Separation> {
  const { k } = z;
  const matrices = await cumulantMatrices(z, breath);
  onProgress?.(0.9);
  const rotation = new Float64Array(k * k);
  for (let i = 0; i < k; i++) rotation[i * k + i] = 1;
  for (let sweep = 1; sweep <= maxIter; sweep++) {
    let largest = 0;
    for (let p = 0; p < k - 1; p++) {
      for (let q = p + 1; q < k; q++) {
        const [cosine, sine] = bestTurn(matrices, p, q, k);
        largest = Math.max(largest, Math.abs(sine));
        if (Math.abs(sine) <= SMALLEST_SINE) continue;
        turnRows(rotation, p, q, k, cosine, sine);
        for (const one of matrices) {
          turnRows(one, p, q, k, cosine, sine);
          turnColumns(one, p, q, k, cosine, sine);
        }
      }
      await breath();
    }
    if (largest <= SMALLEST_SINE) return { rotation, iterations: sweep, converged: true };
  }
  return { rotation, iterations: maxIter, converged: false };
}

/**
 * Q_ab [i, j] = E[z_a z_b z_i z_j] - δ_ab δ_ij - δ_ai δ_bj - δ_aj δ_bi for a >= b; those with a > b stand for two and are taken sqrt(2) times.
 */
export async function cumulantMatrices({ data, k, samples }: Whitened, breath: () => Promise<void>): Promise<Float64Array[]> {
  const pairs = Array.from({ length: k }, (_, a) => Array.from({ length: a + 1 }, (_, b) => [a, b] as const)).flat();
  const moments = pairs.map(() => new Float64Array(k * k));
  const products = new Float64Array(k * k);
  for (let s = 0; s < samples; s++) {
    if (s % SAMPLES_PER_BREATH === 0) await breath();
    for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) products[i * k + j] = data[s * k + i]! * data[s * k + j]!;
    for (let m = 0; m < pairs.length; m++) {
      const [a, b] = pairs[m]!;
      const weight = products[a * k + b]!;
      const own = moments[m]!;
      for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) own[i * k + j]! += weight * products[i * k + j]!;
    }
  }
  return moments.map((own, m) => {
    const [a, b] = pairs[m]!;
    const cumulant = new Float64Array(k * k);
    for (let i = 0; i < k; i++) {
      for (let j = 0; j <= i; j++) {
        const gaussian = is(a, b) * is(i, j) + is(a, i) * is(b, j) + is(a, j) * is(b, i);
        const value = (a === b ? 1 : Math.SQRT2) * (own[i * k + j]! / samples - gaussian);
        cumulant[i * k + j] = value;
        cumulant[j * k + i] = value;
      }
    }
    return cumulant;
  });
}

function is(a: number, b: number): 0 | 1 {
  return a === b ? 1 : 0;
}

/** Cosine and sine of the turn of axes p and q that makes their common off-diagonal elements smallest. */
function bestTurn(matrices: readonly Float64Array[], p: number, q: number, k: number): readonly [cosine: number, sine: number] {
  let [squares, products, offSquares] = [0, 0, 0];
  for (const one of matrices) {
    const difference = one[p * k + p]! - one[q * k + q]!;
    const off = 2 * one[p * k + q]!;
    squares += difference * difference;
    products += difference * off;
    offSquares += off * off;
  }
  return quarterAngle(squares - offSquares, 2 * products);
}

function turnRows(one: Float64Array, p: number, q: number, k: number, cosine: number, sine: number): void {
  for (let j = 0; j < k; j++) {
    const [x, y] = [one[p * k + j]!, one[q * k + j]!];
    one[p * k + j] = cosine * x + sine * y;
    one[q * k + j] = cosine * y - sine * x;
  }
}

function turnColumns(one: Float64Array, p: number, q: number, k: number, cosine: number, sine: number): void {
  for (let i = 0; i < k; i++) {
    const [x, y] = [one[i * k + p]!, one[i * k + q]!];
    one[i * k + p] = cosine * x + sine * y;
    one[i * k + q] = cosine * y - sine * x;
  }
}
