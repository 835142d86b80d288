import { DataCheckError, ShapeError } from "../../errors.js";
import { type Matrix, matrix } from "../../kernels/matrix.js";
import type { Finding } from "../../spectrum-image/spectrum-image.js";

/** Points to put into groups: rows are pixels, columns the dimensions of the latent (or of the features). */
export interface Points {
  readonly points: Matrix<Float32Array> | Matrix<Float64Array>;
  /** Uint8 [rows]; a pixel with 0 is left out and gets the label -1. */
  readonly mask?: Uint8Array | undefined;
}

/** What every clustering gives. Cluster 0 is the largest; ties are broken by where the cluster came from. */
export interface Clustering {
  /** Int32 [rows]: cluster of each point, -1 where it belongs to none. */
  readonly labels: Int32Array;
  readonly clusters: number;
  /** Float64 [clusters x dimensions]. */
  readonly centres: Matrix;
  readonly iterations: number;
  readonly converged: boolean;
  readonly findings: readonly Finding[];
}

/** The points that take part, as doubles, and the row from which each came. */
export interface UsedPoints {
  readonly n: number;
  readonly dimensions: number;
  /** Float64 [n x dimensions]. */
  readonly data: Float64Array;
  /** Row in the input of each used point; undefined when all are used. */
  readonly rows: Uint32Array | undefined;
}

/** Takes the points that the mask leaves. Throws {@link ShapeError} for a mask of another size, {@link DataCheckError} for NaN or Infinity. */
export function usedPoints({ points, mask }: Points): UsedPoints {
  const { rows: total, columns: dimensions } = points;
  if (mask !== undefined && mask.length !== total) {
    throw new ShapeError("The mask must have one value per point.", { found: String(mask.length), expected: String(total) });
  }
  const rows = mask === undefined ? undefined : rowsInside(mask);
  const n = rows?.length ?? total;
  const data = new Float64Array(n * dimensions);
  for (let i = 0; i < n; i++) {
    const from = (rows === undefined ? i : rows[i]!) * dimensions;
    for (let c = 0; c < dimensions; c++) {
      const value = points.data[from + c]!;
      if (!Number.isFinite(value)) {
        throw new DataCheckError("The points to cluster hold a value that is not a number.", {
          where: `point ${from / dimensions}, dimension ${c}`,
          found: String(value),
          expected: "finite numbers",
          remedy: "Look at the features: a constant feature or an empty pixel may have been divided by zero.",
        });
      }
      data[i * dimensions + c] = value;
    }
  }
  return { n, dimensions, data, rows };
}

/** The points column after column, float64 [dimensions x stride], the rest of each column 0; kernels take several points at once. */
export function columnsOf({ n, dimensions, data }: UsedPoints, stride: number): Float64Array {
  const columns = new Float64Array(dimensions * stride);
  for (let i = 0; i < n; i++) for (let c = 0; c < dimensions; c++) columns[c * stride + i] = data[i * dimensions + c]!;
  return columns;
}

/** Spreads labels of the used points over all rows; -1 where the mask leaves a point out. */
export function labelsOfAll(used: UsedPoints, labels: Int32Array, total: number): Int32Array {
  if (used.rows === undefined) return labels;
  const all = new Int32Array(total).fill(-1);
  for (let i = 0; i < used.n; i++) all[used.rows[i]!] = labels[i]!;
  return all;
}

/** Indices 0 ... k-1 in the order of falling `size`; ties by index. */
export function orderBySize(size: ArrayLike<number>): number[] {
  return Array.from({ length: size.length }, (_, j) => j).sort((a, b) => size[b]! - size[a]! || a - b);
}

/** Rows of a row-major array in another order, as a matrix. */
export function reorderedRows(data: Float64Array, columns: number, order: readonly number[]): Matrix {
  const out = matrix(order.length, columns);
  order.forEach((from, to) => {
    out.data.set(data.subarray(from * columns, (from + 1) * columns), to * columns);
  });
  return out;
}

function rowsInside(mask: Uint8Array): Uint32Array {
  let n = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) n += 1;
  const rows = new Uint32Array(n);
  let next = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) rows[next++] = i;
  return rows;
}
