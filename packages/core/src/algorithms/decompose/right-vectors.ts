/**
 * Largest singular values and right singular vectors of a weighted sparse matrix. Small matrices: exactly, by Jacobi rotations. Others: by random
 * subspace iteration that keeps every block of the iteration (Halko, Martinsson and Tropp 2011, doi:10.1137/090771806; the kept blocks as in
 * Halko, Martinsson, Shkolnisky and Tygert 2011, doi:10.1137/100804139), one pass over the sparse rows per block.
 */
import { symmetricEigen } from "../../kernels/linear-algebra/symmetric-eigen.js";
import { thinSvd } from "../../kernels/linear-algebra/thin-svd.js";
import { matrix } from "../../kernels/matrix.js";
import type { RandomStream } from "../../kernels/random.js";
import { type Basis, crossProducts, orthonormalised, takeOut, timesSmall } from "./orthonormal-basis.js";
import { denseMatrix, gramTimes, type WeightedMatrix } from "./weighted-matrix.js";

export interface RightVectors {
  /** Float64 [k], falling; k is what was asked for, or the rank where that is less. */
  readonly values: Float64Array;
  /** Float64 [columns x k], row-major: orthonormal columns. */
  readonly vectors: Float64Array;
  readonly exact: boolean;
}

export interface SearchOptions {
  readonly stream: RandomStream;
  readonly breath: () => Promise<void>;
  readonly onProgress?: ((fraction: number) => void) | undefined;
  /** `auto`: exact where that is quick. */
  readonly solver?: "auto" | "exact" | "randomised" | undefined;
}

const OVERSAMPLING = 10;
/** Blocks of the iteration: enough for about this many vectors in all, but in these limits. */
const BASIS_VECTORS = 200;
const FEWEST_BLOCKS = 4;
const MOST_BLOCKS = 8;
/** Exact up to this many multiplications per sweep: (smaller side)² x larger side. */
const EXACT_WORK = 5e6;
/** Singular values not above this share of the first are 0 in double precision: they come as roots of eigenvalues. */
const RANK_TOLERANCE = 3e-8;

/** The `k` largest, fewer where the rank is lower. */
export async function rightVectors(z: WeightedMatrix, k: number, options: SearchOptions): Promise<RightVectors> {
  const [small, large] = [Math.min(z.usedRows, z.columns), Math.max(z.usedRows, z.columns)];
  const wanted = Math.min(k, small);
  const { solver = "auto" } = options;
  const exact = solver === "exact" || (solver === "auto" && small * small * large <= EXACT_WORK);
  return exact ? exactly(z, wanted, options.breath) : randomised(z, wanted, options);
}

async function exactly(z: WeightedMatrix, k: number, breath: () => Promise<void>): Promise<RightVectors> {
  const { usedRows: n, columns: m } = z;
  const dense = await denseMatrix(z, breath);
  if (n <= m) {
    const { singularValues, v } = thinSvd(matrix(n, m, dense));
    return withinRank(singularValues, k, true, (c, j) => v.data[j * m + c]!, m);
  }
  const turned = matrix(m, n);
  for (let p = 0; p < n; p++) for (let c = 0; c < m; c++) turned.data[c * n + p] = dense[p * m + c]!;
  const { singularValues, u } = thinSvd(turned);
  return withinRank(singularValues, k, true, (c, j) => u.data[c * m + j]!, m);
}

async function randomised(z: WeightedMatrix, k: number, { stream, breath, onProgress }: SearchOptions): Promise<RightVectors> {
  const m = z.columns;
  const width = Math.min(k + OVERSAMPLING, m);
  const rounds = Math.min(MOST_BLOCKS, Math.max(FEWEST_BLOCKS, Math.ceil(BASIS_VECTORS / width)));
  const start = Float64Array.from({ length: m * width }, (_, at) => z.filled[Math.floor(at / width)]! * stream.normal());
  const blocks: Basis[] = [];
  const images: Float64Array[] = [];
  let next = orthonormalised(start, width, 0);
  for (let round = 0; next.width > 0 && round < rounds; round++) {
    const image = await gramTimes(z, next.data, next.width, breath);
    blocks.push(next);
    images.push(image);
    onProgress?.((round + 1) / rounds);
    if (round + 1 < rounds) next = freshDirections(image, next.width, blocks);
    await breath();
  }
  return ritz(blocks, images, k, m);
}

/**
 * What the images hold beyond the blocks that are there. Directions lost in rounding are dropped; taking the blocks out a second time makes up for
 * what rounding left of them (Parlett 1998, The Symmetric Eigenvalue Problem, section 6.9: twice is enough).
 */
function freshDirections(image: Float64Array, width: number, blocks: readonly Basis[]): Basis {
  const rest = Float64Array.from(image);
  let size = 0;
  for (let i = 0; i < image.length; i++) size += image[i]! * image[i]!;
  for (const block of blocks) takeOut(block.data, block.width, rest, width);
  const fresh = orthonormalised(rest, width, 1e-22 * size);
  if (fresh.width > 0) for (const block of blocks) takeOut(block.data, block.width, fresh.data, fresh.width);
  return fresh;
}

/** Best approximations from the span of all blocks: eigenvectors of Kᵀ (ZᵀZ) K. */
function ritz(blocks: readonly Basis[], images: readonly Float64Array[], k: number, columns: number): RightVectors {
  const starts: number[] = [];
  let size = 0;
  for (const { width } of blocks) {
    starts.push(size);
    size += width;
  }
  const projected = matrix(size, size);
  blocks.forEach((left, i) => {
    blocks.forEach((right, j) => {
      if (i > j) return;
      const products = crossProducts(left.data, left.width, images[j]!, right.width);
      for (let a = 0; a < left.width; a++) {
        for (let b = 0; b < right.width; b++)
          projected.data[(starts[j]! + b) * size + starts[i]! + a] = products[a * right.width + b]!;
      }
    });
  });
  const { values, vectors } = symmetricEigen(projected);
  const singular = values.map((value) => Math.sqrt(Math.max(value, 0)));
  const count = Math.min(k, size);
  const found = new Float64Array(columns * count);
  blocks.forEach(({ data, width }, block) => {
    const turn = new Float64Array(width * count);
    for (let a = 0; a < width; a++)
      for (let j = 0; j < count; j++) turn[a * count + j] = vectors.data[j * size + starts[block]! + a]!;
    const part = timesSmall(data, width, turn, count);
    for (let i = 0; i < found.length; i++) found[i]! += part[i]!;
  });
  return withinRank(singular, count, false, (c, j) => found[c * count + j]!, columns);
}

function withinRank(
  singular: Float64Array,
  k: number,
  exact: boolean,
  entry: (column: number, j: number) => number,
  columns: number,
): RightVectors {
  let rank = 0;
  while (rank < k && singular[rank]! > RANK_TOLERANCE * singular[0]!) rank += 1;
  const vectors = new Float64Array(columns * rank);
  for (let c = 0; c < columns; c++) for (let j = 0; j < rank; j++) vectors[c * rank + j] = entry(c, j);
  return { values: singular.slice(0, rank), vectors, exact };
}
