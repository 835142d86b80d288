/**
 * Non-negative least squares on the normal equations: the x >= 0 that makes ½ xᵀ G x - hᵀ x smallest, G = AᵀA, h = Aᵀb. One G serves
 * all pixels, so a pixel costs only small triangular systems.
 * Lawson and Hanson 1974, Solving Least Squares Problems, chapter 23; Bro and de Jong 1997, doi:10.1002/(SICI)1099-128X(199709/10)11:5<393::AID-CEM483>3.0.CO;2-L.
 */
import { choleskyFactor, choleskySolve } from "../../kernels/linear-algebra/cholesky.js";

export interface NonNegativeSolver {
  /**
   * Solves for one right-hand side `h` (length n) into `x` (length n). With `sum` given, x is also made to sum to it (> 0): shares of a whole.
   */
  solve(h: Float64Array, x: Float64Array, sum?: number): void;
}

/** A pivot below this share of its diagonal element means that the column is a mixture of those already taken. */
const DEPENDENT = 1e-13;

/** A solver for one symmetric, positive semidefinite matrix (n x n, row-major). Dependent columns share nothing: the first keeps all. */
export function nonNegativeSolver(gram: Float64Array, n: number): NonNegativeSolver {
  const active = new ActiveSet(gram, n);
  return { solve: (h, x, sum) => active.solve(h, x, sum) };
}

/** The columns that are allowed to be positive, and the least squares solution on them. */
class ActiveSet {
  private readonly gram: Float64Array;
  private readonly n: number;
  private readonly passive: number[] = [];
  private readonly factor: Float64Array;
  /** Solution on the passive set, in its order. */
  private readonly trial: Float64Array;
  private readonly ones: Float64Array;

  constructor(gram: Float64Array, n: number) {
    this.gram = gram;
    this.n = n;
    this.factor = new Float64Array(n * n);
    this.trial = new Float64Array(n);
    this.ones = new Float64Array(n);
  }

  solve(h: Float64Array, x: Float64Array, sum: number | undefined): void {
    const { gram, n, passive } = this;
    passive.length = 0;
    x.fill(0);
    const refused = new Set<number>();
    let multiplier = 0;
    if (sum !== undefined) {
      const first = bestSingle(gram, n, h, sum);
      passive.push(first);
      x[first] = sum;
      multiplier = h[first]! - gram[first * n + first]! * sum;
    }
    const tolerance = this.rounding(h, x, multiplier);
    for (let round = 0; round < 3 * n + 10; round++) {
      const next = steepest(gram, n, h, x, multiplier, passive, refused, tolerance);
      if (next === -1) return;
      passive.push(next);
      const found = this.stepInside(h, x, sum);
      if (found !== undefined) multiplier = found;
      // A column that depends on the others, or leaves at once, moved nothing. Taking it again would not end.
      if (found === undefined || x[next] === 0) refused.add(next);
      else refused.clear();
    }
  }

  /** Slopes below this are rounding errors. */
  private rounding(h: Float64Array, x: Float64Array, multiplier: number): number {
    let scale = 0;
    for (let i = 0; i < this.n; i++) scale = Math.max(scale, this.gram[i * this.n + i]!);
    return 1e-14 * this.n * Math.max(scale * largest(x), largest(h), Math.abs(multiplier));
  }

  /** Steps from x to the solution on the passive set, dropping what would turn negative; the multiplier of the sum, or undefined if dependent. */
  private stepInside(h: Float64Array, x: Float64Array, sum: number | undefined): number | undefined {
    const { passive, trial } = this;
    for (;;) {
      const multiplier = this.solvePassive(h, sum);
      if (multiplier === undefined) {
        x[passive.pop()!] = 0;
        return undefined;
      }
      const { blocking, share } = this.firstToReachZero(x);
      if (blocking === -1) {
        for (let a = 0; a < passive.length; a++) x[passive[a]!] = trial[a]!;
        return multiplier;
      }
      for (let a = 0; a < passive.length; a++) x[passive[a]!]! += share * (trial[a]! - x[passive[a]!]!);
      x[passive[blocking]!] = 0;
      this.dropZeros(x);
    }
  }

  /** Position in the passive set of what first reaches 0 on the way from x to the trial solution, and the share of the way; -1 if nothing does. */
  private firstToReachZero(x: Float64Array): { blocking: number; share: number } {
    let share = 1;
    let blocking = -1;
    for (let a = 0; a < this.passive.length; a++) {
      const end = this.trial[a]!;
      if (end > 0) continue;
      const start = x[this.passive[a]!]!;
      const limit = start > 0 ? start / (start - end) : 0;
      if (limit < share || blocking === -1) {
        share = Math.min(share, limit);
        blocking = a;
      }
    }
    return { blocking, share };
  }

  private dropZeros(x: Float64Array): void {
    for (let a = this.passive.length - 1; a >= 0; a--) {
      const j = this.passive[a]!;
      if (x[j]! > 0) continue;
      x[j] = 0;
      this.passive.splice(a, 1);
    }
  }

  /** Fills `trial`; returns the multiplier of the sum (0 without), or undefined when the columns are dependent. */
  private solvePassive(h: Float64Array, sum: number | undefined): number | undefined {
    const { gram, n, passive, factor, trial, ones } = this;
    const m = passive.length;
    for (let a = 0; a < m; a++) for (let b = 0; b <= a; b++) factor[a * m + b] = gram[passive[a]! * n + passive[b]!]!;
    if (!choleskyFactor(factor, m, factor, DEPENDENT)) return undefined;
    for (let a = 0; a < m; a++) trial[a] = h[passive[a]!]!;
    choleskySolve(factor, m, trial);
    if (sum === undefined) return 0;
    ones.fill(1, 0, m);
    choleskySolve(factor, m, ones);
    let total = 0;
    let inverse = 0;
    for (let a = 0; a < m; a++) {
      total += trial[a]!;
      inverse += ones[a]!;
    }
    const multiplier = (total - sum) / inverse;
    for (let a = 0; a < m; a++) trial[a]! -= multiplier * ones[a]!;
    return multiplier;
  }
}

/** Column outside the passive set along which the loss falls most, or -1. */
function steepest(
  gram: Float64Array,
  n: number,
  h: Float64Array,
  x: Float64Array,
  multiplier: number,
  passive: readonly number[],
  refused: ReadonlySet<number>,
  tolerance: number,
): number {
  let best = -1;
  let bestSlope = tolerance;
  for (let j = 0; j < n; j++) {
    if (refused.has(j) || passive.includes(j)) continue;
    let slope = h[j]! - multiplier;
    for (let k = 0; k < n; k++) slope -= gram[j * n + k]! * x[k]!;
    if (slope > bestSlope) {
      bestSlope = slope;
      best = j;
    }
  }
  return best;
}

/** The one column that, alone and scaled to the sum, fits best. */
function bestSingle(gram: Float64Array, n: number, h: Float64Array, sum: number): number {
  let best = 0;
  let smallest = Infinity;
  for (let j = 0; j < n; j++) {
    const loss = 0.5 * gram[j * n + j]! * sum * sum - h[j]! * sum;
    if (loss < smallest) {
      smallest = loss;
      best = j;
    }
  }
  return best;
}

function largest(values: Float64Array): number {
  let result = 0;
  for (let i = 0; i < values.length; i++) result = Math.max(result, Math.abs(values[i]!));
  return result;
}

/**
 * The x >= 0 for which A x comes nearest to b in least squares, with one step of refinement from the residual of A itself, so
 * that well-conditioned problems are solved to about 1e-12. `columns` are the columns of A.
 */
export function nonNegativeLeastSquares(columns: readonly Float64Array[], b: ArrayLike<number>): Float64Array {
  const n = columns.length;
  const gram = gramMatrix(columns);
  const x = new Float64Array(n);
  nonNegativeSolver(gram, n).solve(
    Float64Array.from(columns, (column) => dot(column, b)),
    x,
  );
  return refined(columns, gram, b, x);
}

/** G = AᵀA of columns, row-major; `weight` multiplies each row where given. */
export function gramMatrix(columns: readonly Float64Array[], weight?: Float64Array): Float64Array {
  const n = columns.length;
  const gram = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const left = columns[i]!;
    const weighted = weight === undefined ? left : left.map((value, c) => value * weight[c]!);
    for (let j = 0; j <= i; j++) {
      const value = dot(weighted, columns[j]!);
      gram[i * n + j] = value;
      gram[j * n + i] = value;
    }
  }
  return gram;
}

function refined(columns: readonly Float64Array[], gram: Float64Array, b: ArrayLike<number>, x: Float64Array): Float64Array {
  const n = columns.length;
  const inside = columns.map((_, j) => j).filter((j) => x[j]! > 0);
  const m = inside.length;
  const residual = Float64Array.from(b);
  for (const j of inside) for (let c = 0; c < residual.length; c++) residual[c]! -= columns[j]![c]! * x[j]!;
  const small = Float64Array.from({ length: m * m }, (_, cell) => gram[inside[Math.floor(cell / m)]! * n + inside[cell % m]!]!);
  const step = Float64Array.from(inside, (j) => dot(columns[j]!, residual));
  if (!choleskyFactor(small, m, small)) return x;
  choleskySolve(small, m, step);
  const better = Float64Array.from(x);
  inside.forEach((j, a) => {
    better[j] = Math.max(0, x[j]! + step[a]!);
  });
  return better;
}

function dot(a: Float64Array, b: ArrayLike<number>): number {
  let sum = 0;
  for (let c = 0; c < a.length; c++) sum += a[c]! * b[c]!;
  return sum;
}
