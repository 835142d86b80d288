import { ShapeError } from "../errors.js";

/** A dense matrix, row-major; rows are pixels (or samples) unless a comment says otherwise. */
export interface Matrix<Data extends Float32Array | Float64Array = Float64Array> {
  readonly rows: number;
  readonly columns: number;
  readonly data: Data;
}

/** A float64 matrix over the given data, or of zeros. Throws {@link ShapeError} when the length is not rows x columns. */
export function matrix(rows: number, columns: number, data = new Float64Array(rows * columns)): Matrix {
  return matrixOf(rows, columns, data);
}

/** A matrix over the given data, of whichever precision. Throws {@link ShapeError} when the length is not rows x columns. */
export function matrixOf<Data extends Float32Array | Float64Array>(rows: number, columns: number, data: Data): Matrix<Data> {
  if (data.length !== rows * columns) {
    throw new ShapeError("The data do not fill the matrix.", { found: String(data.length), expected: `${rows} x ${columns}` });
  }
  return { rows, columns, data };
}
