import { ShapeError } from "../../errors.js";
import { type Matrix, matrix } from "../../kernels/matrix.js";

/**
 * How many pixels two labellings have in common: float64 [classes of a + 1 x classes of b + 1]; the last row and column count the
 * pixels that are unassigned (below 0) there. Only pixels where `mask` is not 0. Throws {@link ShapeError} for unequal lengths.
 */
export function contingency(a: Int32Array, b: Int32Array, mask?: Uint8Array): Matrix {
  if (a.length !== b.length || (mask !== undefined && mask.length !== a.length)) {
    throw new ShapeError("Two labellings must be of the same pixels.", {
      found: `${a.length} and ${b.length}${mask === undefined ? "" : `, mask ${mask.length}`} pixels`,
      expected: "equal numbers",
      remedy: "Score a result against the truth of the same image, binned alike.",
    });
  }
  const rows = classesOf(a) + 1;
  const columns = classesOf(b) + 1;
  const table = matrix(rows, columns);
  for (let p = 0; p < a.length; p++) {
    if (mask !== undefined && mask[p] === 0) continue;
    const row = a[p]! < 0 ? rows - 1 : a[p]!;
    const column = b[p]! < 0 ? columns - 1 : b[p]!;
    table.data[row * columns + column]! += 1;
  }
  return table;
}

/** Highest class id plus 1. */
export function classesOf(labels: Int32Array): number {
  let highest = -1;
  for (const label of labels) if (label > highest) highest = label;
  return highest + 1;
}
