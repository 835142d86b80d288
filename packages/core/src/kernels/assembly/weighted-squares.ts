/** Weighted products of vectors with themselves: what `referenceSquares` of algorithms/find-phases/rows/square-programs.ts does, bit for bit. */

/**
 * Adds to the lower triangle of `matrix`, float64 [size x stride] with an even number of columns, the products of four vectors with themselves, each times its weight.
 * `vectors` is float64 [4 x stride], `weights` float64 [4]. What lies above the diagonal is left undefined.
 */
export function addSquares(size: u32, stride: u32, vectors: usize, weights: usize, matrix: usize): void {
  const bytes = <usize>stride << 3;
  const b = vectors + bytes;
  const c = b + bytes;
  const d = c + bytes;
  for (let j: usize = 0; j < <usize>size; j++) {
    const own = j << 3;
    const wa = f64x2.splat(load<f64>(weights) * load<f64>(vectors + own));
    const wb = f64x2.splat(load<f64>(weights, 8) * load<f64>(b + own));
    const wc = f64x2.splat(load<f64>(weights, 16) * load<f64>(c + own));
    const wd = f64x2.splat(load<f64>(weights, 24) * load<f64>(d + own));
    const row = matrix + j * bytes;
    for (let at: usize = 0; at <= own; at += 16) {
      const ab = f64x2.add(f64x2.mul(wa, v128.load(vectors + at)), f64x2.mul(wb, v128.load(b + at)));
      const cd = f64x2.add(f64x2.mul(wc, v128.load(c + at)), f64x2.mul(wd, v128.load(d + at)));
      v128.store(row + at, f64x2.add(v128.load(row + at), f64x2.add(ab, cd)));
    }
  }
}
