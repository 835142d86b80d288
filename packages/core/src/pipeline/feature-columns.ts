import { type Matrix, matrixOf } from "../kernels/matrix.js";
import type { FeatureMaps } from "./analysis.js";

/** Everything that tells pixels apart: the maps of the lines, then the pictures. */
export interface FeatureColumns {
  readonly names: readonly string[];
  /** Float32 [pixels x names]. */
  readonly matrix: Matrix<Float32Array>;
  readonly treatment: readonly string[];
}

/** Lines and pictures side by side, for methods to which a feature is a number: embedding and clustering. */
export function featureColumns({ lines, data, treatment, images }: FeatureMaps): FeatureColumns {
  const rows = data.length / lines.length;
  if (images === undefined) return { names: lines, matrix: matrixOf(rows, lines.length, data), treatment };
  const names = [...lines, ...images.names];
  const all = new Float32Array(rows * names.length);
  for (let row = 0; row < rows; row++) {
    all.set(data.subarray(row * lines.length, (row + 1) * lines.length), row * names.length);
    const from = row * images.names.length;
    all.set(images.data.subarray(from, from + images.names.length), row * names.length + lines.length);
  }
  return { names, matrix: matrixOf(rows, names.length, all), treatment: [...treatment, ...images.treatment] };
}
