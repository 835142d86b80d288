/** The transpose of a square matrix of k x k, row-major. */
export function transposed(m: Float64Array, k: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(m, (_, at) => m[(at % k) * k + Math.floor(at / k)]!);
}
