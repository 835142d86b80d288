import type { Matrix } from "../../kernels/matrix.js";

/**
 * One-to-one assignment of rows to columns with the largest sum of weights: the Hungarian method by shortest augmenting paths with
 * potentials (R. Jonker and A. Volgenant 1987, doi:10.1007/BF02278710). Any shape, O(rows^2 x columns). Weights must be finite. Among
 * equally good assignments the choice is fixed by the order of rows and columns.
 *
 * @returns int32 [rows]: column of each row, -1 for rows left over when there are fewer columns
 */
export function largestAssignment(weights: Matrix): Int32Array {
  const { rows, columns, data } = weights;
  if (rows <= columns) return assignRows(rows, columns, (row, column) => -data[row * columns + column]!);
  const rowOfColumn = assignRows(columns, rows, (column, row) => -data[row * columns + column]!);
  const result = new Int32Array(rows).fill(-1);
  for (let column = 0; column < columns; column++) result[rowOfColumn[column]!] = column;
  return result;
}

/** Cheapest assignment of every row to a column of its own; rows <= columns. Arrays are 1-based, with 0 as the place to start from. */
function assignRows(rows: number, columns: number, cost: (row: number, column: number) => number): Int32Array {
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row;
    const { end, before } = shortestPath(rowPotential, columnPotential, rowOf, cost);
    for (let column = end; column !== 0; column = before[column]!) rowOf[column] = rowOf[before[column]!]!;
  }
  const columnOf = new Int32Array(rows);
  for (let column = 1; column <= columns; column++) if (rowOf[column] !== 0) columnOf[rowOf[column]! - 1] = column - 1;
  return columnOf;
}

/** Cheapest path from the new row (in `rowOf[0]`) to a free column; updates the potentials on its way. */
function shortestPath(
  rowPotential: Float64Array,
  columnPotential: Float64Array,
  rowOf: Int32Array,
  cost: (row: number, column: number) => number,
): { end: number; before: Int32Array } {
  const columns = columnPotential.length - 1;
  const distance = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
  const before = new Int32Array(columns + 1);
  const done = new Uint8Array(columns + 1);
  let current = 0;
  while (rowOf[current] !== 0) {
    done[current] = 1;
    const row = rowOf[current]!;
    let step = Number.POSITIVE_INFINITY;
    let next = 0;
    for (let column = 1; column <= columns; column++) {
      if (done[column] === 1) continue;
      const reduced = cost(row - 1, column - 1) - rowPotential[row]! - columnPotential[column]!;
      if (reduced < distance[column]!) {
        distance[column] = reduced;
        before[column] = current;
      }
      if (distance[column]! < step) {
        step = distance[column]!;
        next = column;
      }
    }
    for (let column = 0; column <= columns; column++) {
      if (done[column] === 1) {
        rowPotential[rowOf[column]!]! += step;
        columnPotential[column]! -= step;
      } else {
        distance[column]! -= step;
      }
    }
    current = next;
  }
  return { end: current, before };
}
