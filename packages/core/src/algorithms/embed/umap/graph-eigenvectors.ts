/**
 * Smooth functions on a connected graph: eigenvectors of the normalised adjacency matrix A = D^(-1/2) W D^(-1/2) with the largest
 * eigenvalues below the trivial 1, which are those of the normalised Laplacian I - A with the smallest above 0.
 * Small graphs are solved in full; others by subspace iteration with Chebyshev filters
 * (Zhou, Saad, Tiago and Chelikowsky 2006, doi:10.1016/j.jcp.2006.03.017) from a seeded start.
 */

import { symmetricEigen } from "../../../kernels/linear-algebra/symmetric-eigen.js";
import { dot } from "../../../kernels/linear-algebra/vectors.js";
import { log } from "../../../kernels/math.js";
import { type Matrix, matrix } from "../../../kernels/matrix.js";
import type { RandomStream } from "../../../kernels/random.js";
import { breather, type WorkContext } from "../../../spectrum-image/context.js";
import type { FuzzyGraph } from "./fuzzy-graph.js";
import { type Block, type ChebyshevFilter, quickestGraphProduct, type SparseSquare } from "./graph-product.js";

export interface GraphEigenvectors {
  /** Float64 [wanted]: eigenvalues of A, largest first. */
  readonly values: Float64Array;
  /** Float64 [vertices x wanted]: unit columns, the entry of largest size positive. */
  readonly vectors: Matrix;
  /** Whether all residuals fell below the tolerance. A start for a layout may do without. */
  readonly converged: boolean;
}

export interface EigenvectorLimits {
  /** Largest residual |A x - lambda x| of a unit vector. */
  readonly tolerance: number;
  /** Most products of A with the block of vectors. */
  readonly mostProducts: number;
}

const DENSE_VERTICES = 128;
const FILTER_DEGREE = 40;
/** No filter amplifies more than this, so that the lesser vectors of a block survive beside the greatest. */
const MOST_AMPLIFICATION = 1e8;

/** `graph` must be connected and have more than `wanted` + 1 vertices. */
export async function graphEigenvectors(
  graph: FuzzyGraph,
  wanted: number,
  random: RandomStream,
  limits: EigenvectorLimits,
  context: WorkContext,
): Promise<GraphEigenvectors> {
  const adjacency = normalisedAdjacency(graph);
  if (graph.vertices <= DENSE_VERTICES) return denseEigenvectors(adjacency, wanted);
  const width = Math.max(2 * wanted, wanted + 4);
  const graphProduct = await quickestGraphProduct(adjacency, width, context);
  const pause = breather(context);
  const empty = () => Array.from({ length: width }, () => new Float64Array(graph.vertices));
  const block = empty().map((vector) => vector.map(() => random.normal()));
  const product = empty();
  for (let products = 1; ; products++) {
    orthonormalise(block, adjacency.trivial, random);
    graphProduct.multiply(block, product);
    const { values, residuals } = rayleighRitz(block, product);
    const converged = residuals.subarray(0, wanted).every((residual) => residual <= limits.tolerance);
    context.onProgress?.(Math.min(products / limits.mostProducts, 1));
    if (converged || products >= limits.mostProducts) {
      return { values: values.slice(0, wanted), vectors: asColumns(block.slice(0, wanted)), converged };
    }
    const filter = chebyshevFilter(values[0]!, values[width - 1]!);
    await graphProduct.filter(block, product, filter, pause);
    products += filter.degree - 1;
  }
}

interface NormalisedAdjacency extends SparseSquare {
  /** Float64 [vertices]: the unit eigenvector of eigenvalue 1, square roots of the degrees. */
  readonly trivial: Float64Array;
}

function normalisedAdjacency({ vertices, rowStart, column, weight }: FuzzyGraph): NormalisedAdjacency {
  const root = new Float64Array(vertices);
  let total = 0;
  for (let row = 0; row < vertices; row++) {
    let degree = 0;
    for (let e = rowStart[row]!; e < rowStart[row + 1]!; e++) degree += weight[e]!;
    root[row] = Math.sqrt(degree);
    total += degree;
  }
  const value = new Float64Array(column.length);
  for (let row = 0; row < vertices; row++) {
    for (let e = rowStart[row]!; e < rowStart[row + 1]!; e++) value[e] = weight[e]! / (root[row]! * root[column[e]!]!);
  }
  const length = Math.sqrt(total);
  return { vertices, rowStart, column, value, trivial: root.map((entry) => entry / length) };
}

function denseEigenvectors({ vertices, rowStart, column, value }: NormalisedAdjacency, wanted: number): GraphEigenvectors {
  const dense = matrix(vertices, vertices);
  for (let row = 0; row < vertices; row++) {
    for (let e = rowStart[row]!; e < rowStart[row + 1]!; e++) dense.data[row * vertices + column[e]!] = value[e]!;
  }
  const { values, vectors } = symmetricEigen(dense);
  const leading = Array.from({ length: wanted }, (_, i) => vectors.data.subarray((i + 1) * vertices, (i + 2) * vertices));
  return { values: values.slice(1, wanted + 1), vectors: asColumns(leading), converged: true };
}

/** Gram and Schmidt, twice for each vector, against the trivial one and those before; one that vanishes is drawn anew. */
function orthonormalise(block: Block, trivial: Float64Array, random: RandomStream): void {
  block.forEach((vector, c) => {
    for (let pass = 0; pass < 2; pass++) {
      const before = Math.sqrt(dot(vector, vector));
      removePart(vector, trivial);
      for (let other = 0; other < c; other++) removePart(vector, block[other]!);
      const length = Math.sqrt(dot(vector, vector));
      const vanished = length <= 1e-12 * before;
      for (let i = 0; i < vector.length; i++) vector[i] = vanished ? random.normal() : vector[i]! / length;
      if (vanished) pass = -1;
    }
  });
}

/** Takes from `vector` what lies along the unit vector `direction`. */
function removePart(vector: Float64Array, direction: Float64Array): void {
  const along = dot(vector, direction);
  for (let i = 0; i < vector.length; i++) vector[i]! -= along * direction[i]!;
}

/** Turns an orthonormal block and its product with A so that its vectors are the best approximations of eigenvectors, largest first. */
function rayleighRitz(block: Block, product: Block): { values: Float64Array; residuals: Float64Array } {
  const width = block.length;
  const projected = matrix(width, width);
  for (let c = 0; c < width; c++) for (let d = 0; d <= c; d++) projected.data[c * width + d] = dot(block[c]!, product[d]!);
  const { values, vectors } = symmetricEigen(projected);
  turn(block, vectors);
  turn(product, vectors);
  return { values, residuals: values.map((value, c) => residualOf(value, block[c]!, product[c]!)) };
}

function residualOf(value: number, vector: Float64Array, product: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) {
    const residual = product[i]! - value * vector[i]!;
    sum += residual * residual;
  }
  return Math.sqrt(sum);
}

/** Replaces the vectors by their combinations with the rows of `combinations`. */
function turn(block: Block, combinations: Matrix): void {
  const width = block.length;
  const old = new Float64Array(width);
  for (let i = 0; i < block[0]!.length; i++) {
    for (let c = 0; c < width; c++) old[c] = block[c]![i]!;
    for (let c = 0; c < width; c++) {
      let sum = 0;
      for (let d = 0; d < width; d++) sum += combinations.data[c * width + d]! * old[d]!;
      block[c]![i] = sum;
    }
  }
}

/** The polynomial that stays within 1 on the unwanted eigenvalues, -1 to `cut`, and grows fastest above. */
function chebyshevFilter(largest: number, cut: number): ChebyshevFilter {
  const centre = (cut - 1) / 2;
  const halfWidth = Math.max((cut + 1) / 2, 0.05);
  const reach = Math.max((largest - centre) / halfWidth, 1);
  const growth = log(reach + Math.sqrt(reach * reach - 1));
  const degree = Math.min(FILTER_DEGREE, Math.floor(log(MOST_AMPLIFICATION) / Math.max(growth, 1e-3)));
  return { centre, halfWidth, degree: Math.max(degree, 2) };
}

/** One column per vector; signs such that the entry of largest size (the first of equals) is positive. */
function asColumns(vectors: readonly Float64Array[]): Matrix {
  const rows = vectors[0]?.length ?? 0;
  const columns = matrix(rows, vectors.length);
  vectors.forEach((vector, c) => {
    let largest = 0;
    for (let row = 1; row < rows; row++) if (Math.abs(vector[row]!) > Math.abs(vector[largest]!)) largest = row;
    const sign = vector[largest]! < 0 ? -1 : 1;
    for (let row = 0; row < rows; row++) columns.data[row * vectors.length + c] = sign * vector[row]!;
  });
  return columns;
}
