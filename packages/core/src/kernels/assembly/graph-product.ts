/**
 * A sparse matrix times two vectors: what `multiplyTwo` of algorithms/embed/umap/graph-product.ts does, bit for bit. The vectors are laid side by side first, so that one
 * entry of the matrix needs one vector of two values, and one line of the cache.
 */

/** Products of the rows of a matrix with the vectors x and y, float64; `pairs` has room for both. */
export function multiplyTwo(
  rows: u32,
  rowStart: usize,
  column: usize,
  value: usize,
  x: usize,
  y: usize,
  pairs: usize,
  productX: usize,
  productY: usize,
): void {
  for (let i: usize = 0; i < <usize>rows; i++) {
    store<f64>(pairs + (i << 4), load<f64>(x + (i << 3)));
    store<f64>(pairs + (i << 4), load<f64>(y + (i << 3)), 8);
  }
  let entry = load<u32>(rowStart);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const behind = load<u32>(rowStart + (row << 2), 4);
    let sums = f64x2.splat(0);
    for (; entry < behind; entry++) {
      const place = pairs + (<usize>load<u32>(column + (<usize>entry << 2)) << 4);
      sums = f64x2.add(sums, f64x2.mul(v128.load64_splat(value + (<usize>entry << 3)), v128.load(place)));
    }
    store<f64>(productX + (row << 3), f64x2.extract_lane(sums, 0));
    store<f64>(productY + (row << 3), f64x2.extract_lane(sums, 1));
  }
}
