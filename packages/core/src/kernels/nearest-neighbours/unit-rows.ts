import type { Matrix } from "../matrix.js";

/**
 * The rows scaled to length 1, on which squared Euclidean distance is twice the cosine distance. A row of zeros has no direction: all
 * such rows get one column more, in which they are 1, so that they are at cosine distance 1 from every other row and at 0 from each other.
 */
export function unitRows({ rows, columns, data }: Matrix<Float32Array>): Matrix<Float32Array> {
  const lengths = Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += data[row * columns + c]! * data[row * columns + c]!;
    return Math.sqrt(sum);
  });
  const wider = lengths.includes(0) ? columns + 1 : columns;
  const scaled = new Float32Array(rows * wider);
  for (let row = 0; row < rows; row++) {
    const length = lengths[row]!;
    if (length === 0) scaled[row * wider + columns] = 1;
    else for (let c = 0; c < columns; c++) scaled[row * wider + c] = data[row * columns + c]! / length;
  }
  return { rows, columns: wider, data: scaled };
}
