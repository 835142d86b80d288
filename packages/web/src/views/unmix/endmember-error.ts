/** How far counting noise may have moved an endmember: the band around its spectrum. */

/**
 * Standard error of each endmember in every channel, Float64 [endmembers][channels], of counting alone and for the abundances as they are (float32 [pixels x
 * endmembers]): those of the least-squares spectra for given abundances, variance_j = e_j G_jj with G the inverse of the abundances' matrix of products, for pixels
 * in which endmember j is what counts. An endmember that always comes with another has a large G_jj, so its band is wide. Which endmembers there are, and the
 * abundances themselves, carry errors that are not in it. NaN where the abundances do not tell an endmember from the others.
 */
export function endmemberErrors(endmembers: readonly Float64Array[], abundances: Float32Array): Float64Array[] {
  const inverse = diagonalOfInverse(productsOf(abundances, endmembers.length));
  return endmembers.map((spectrum, j) => spectrum.map((mean) => Math.sqrt(Math.max(0, mean) * (inverse[j] ?? Number.NaN))));
}

/** Sums of products of abundances, rows one after the other. */
function productsOf(abundances: Float32Array, count: number): Float64Array {
  const products = new Float64Array(count * count);
  for (let start = 0; start + count <= abundances.length; start += count) {
    for (let i = 0; i < count; i++) {
      const value = abundances[start + i]!;
      if (!(value > 0)) continue;
      for (let j = 0; j < count; j++) {
        const other = abundances[start + j]!;
        if (other > 0) products[i * count + j]! += value * other;
      }
    }
  }
  return products;
}

/** Of a symmetric positive matrix, by its Cholesky factor L: row sums of squares of the inverse of L, column by column. NaN throughout where it is singular. */
function diagonalOfInverse(matrix: Float64Array): Float64Array {
  const size = Math.round(Math.sqrt(matrix.length));
  const factor = new Float64Array(matrix.length);
  const diagonal = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * size + k]! * factor[j * size + k]!;
      if (i === j && !(sum > 1e-9 * matrix[i * size + i]!)) return diagonal.fill(Number.NaN);
      factor[i * size + j] = i === j ? Math.sqrt(sum) : sum / factor[j * size + j]!;
    }
  }
  for (let column = 0; column < size; column++) {
    const solved = new Float64Array(size);
    for (let i = column; i < size; i++) {
      let sum = i === column ? 1 : 0;
      for (let k = column; k < i; k++) sum -= factor[i * size + k]! * solved[k]!;
      solved[i] = sum / factor[i * size + i]!;
      diagonal[column]! += solved[i]! * solved[i]!;
    }
  }
  return diagonal;
}
