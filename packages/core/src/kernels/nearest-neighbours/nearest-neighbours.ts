import { ParameterError } from "../../errors.js";
import type { WorkContext } from "../../spectrum-image/context.js";
import type { Matrix } from "../matrix.js";
import type { NeighbourMetric } from "./distance.js";
import { kdTree } from "./kd-tree.js";
import { intoTable, type NeighbourTable } from "./leaf-search.js";
import { searchAll } from "./search-all.js";
import { unitRows } from "./unit-rows.js";

/** The k nearest other rows of every row. */
export interface Neighbours {
  readonly rows: number;
  readonly k: number;
  /** Int32 [rows x k]: nearest first, ties by index; never the row itself. */
  readonly indices: Int32Array;
  /** Float64 [rows x k], rising along each row, in the units of the metric. */
  readonly distances: Float64Array;
}

/**
 * Exact k nearest neighbours of every row among the other rows, by a kd-tree: about n log n for the 2 to 20 columns that feature maps
 * have, and no slower than comparing all pairs where there are many more. Rows at equal distances are ordered by index.
 *
 * With an `error` above 0 and 6 columns or more, neighbours may be missed: each is at most 1 + error times as far as the true one of its rank, and far fewer points are
 * looked at. With the metric manhattan, or fewer columns, the search is exact in any case. `quickNeighbours` is for many rows, and guarantees nothing.
 *
 * @param k From 1 to rows - 1.
 * @throws ParameterError when k is outside its range; ShapeError for an empty matrix; DataCheckError for values that are not finite.
 */
export async function nearestNeighbours(
  points: Matrix<Float32Array>,
  k: number,
  metric: NeighbourMetric = "euclidean",
  context: WorkContext = {},
  error = 0,
): Promise<Neighbours> {
  checkNeighbourCount(points.rows, k);
  const tree = await kdTree(metric === "cosine" ? unitRows(points) : points, context);
  const table: NeighbourTable = {
    indices: new Int32Array(points.rows * k),
    distances: new Float64Array(points.rows * k),
  };
  await searchAll(tree, k, metric === "manhattan" ? "absolute" : "squared", intoTable(tree, k, table), context, error);
  fromSums(table.distances, metric);
  return { rows: points.rows, k, ...table };
}

/** Throws {@link ParameterError} unless every row can have k neighbours. */
export function checkNeighbourCount(rows: number, k: number): void {
  if (Number.isInteger(k) && k >= 1 && k < rows) return;
  throw new ParameterError("The number of neighbours does not fit the data.", {
    field: "k",
    found: `${k} neighbours for ${rows} rows`,
    expected: `an integer from 1 to ${Math.max(rows - 1, 1)}`,
    remedy: "Ask for fewer neighbours or leave fewer pixels out.",
  });
}

/** Turns sums over the coordinates into distances, in place. The squared chord between two unit vectors is twice their cosine distance. */
export function fromSums(sums: Float64Array, metric: NeighbourMetric): void {
  if (metric === "euclidean") for (let i = 0; i < sums.length; i++) sums[i] = Math.sqrt(sums[i]!);
  else if (metric === "cosine") for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! / 2;
}
