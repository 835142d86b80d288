/**
 * A sparse matrix times a block of vectors: what the reference of algorithms/embed/umap/graph-product.ts does, bit for bit. The vectors lie side by side, an even number of
 * them, so that all values that an entry of the matrix needs are in one or two lines of the cache: blocks are float64 [rows x width]. Rows `first` to before `behind` are done.
 */

/** products = A x. */
export function multiply(first: u32, behind: u32, rowStart: usize, column: usize, value: usize, width: u32, block: usize, products: usize): void {
  const bytes = <usize>width << 3;
  let at: usize = 0;
  for (; at + 48 <= bytes; at += 48) sixColumns(first, behind, rowStart, column, value, bytes, block + at, products + at, 0, 0, 0);
  for (; at < bytes; at += 16) twoColumns(first, behind, rowStart, column, value, bytes, block + at, products + at, 0, 0, 0);
}

/** next = scale (A x - centre x) - previous: the Chebyshev polynomial that follows those in `previous` and `block`. It may be written over the previous one. */
export function nextDegree(
  first: u32, behind: u32,
  rowStart: usize,
  column: usize,
  value: usize,
  width: u32,
  block: usize,
  next: usize,
  previous: usize,
  scale: f64,
  centre: f64,
): void {
  const bytes = <usize>width << 3;
  let at: usize = 0;
  for (; at + 48 <= bytes; at += 48) {
    sixColumns(first, behind, rowStart, column, value, bytes, block + at, next + at, previous + at, scale, centre);
  }
  for (; at < bytes; at += 16) twoColumns(first, behind, rowStart, column, value, bytes, block + at, next + at, previous + at, scale, centre);
}

function sixColumns(
  first: u32, behind: u32,
  rowStart: usize,
  column: usize,
  value: usize,
  bytes: usize,
  block: usize,
  products: usize,
  previous: usize,
  scale: f64,
  centre: f64,
): void {
  let entry = <usize>load<u32>(rowStart + (<usize>first << 2));
  for (let row = <usize>first; row < <usize>behind; row++) {
    const behindRow = <usize>load<u32>(rowStart + (row << 2), 4);
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    for (; entry < behindRow; entry++) {
      const place = block + <usize>load<u32>(column + (entry << 2)) * bytes;
      const own = v128.load64_splat(value + (entry << 3));
      a = f64x2.add(a, f64x2.mul(own, v128.load(place)));
      b = f64x2.add(b, f64x2.mul(own, v128.load(place, 16)));
      c = f64x2.add(c, f64x2.mul(own, v128.load(place, 32)));
    }
    const offset = row * bytes;
    if (previous != 0) {
      a = followed(a, block + offset, previous + offset, scale, centre);
      b = followed(b, block + offset + 16, previous + offset + 16, scale, centre);
      c = followed(c, block + offset + 32, previous + offset + 32, scale, centre);
    }
    v128.store(products + offset, a);
    v128.store(products + offset, b, 16);
    v128.store(products + offset, c, 32);
  }
}

function twoColumns(
  first: u32, behind: u32,
  rowStart: usize,
  column: usize,
  value: usize,
  bytes: usize,
  block: usize,
  products: usize,
  previous: usize,
  scale: f64,
  centre: f64,
): void {
  let entry = <usize>load<u32>(rowStart + (<usize>first << 2));
  for (let row = <usize>first; row < <usize>behind; row++) {
    const behindRow = <usize>load<u32>(rowStart + (row << 2), 4);
    let sums = f64x2.splat(0);
    for (; entry < behindRow; entry++) {
      const place = block + <usize>load<u32>(column + (entry << 2)) * bytes;
      sums = f64x2.add(sums, f64x2.mul(v128.load64_splat(value + (entry << 3)), v128.load(place)));
    }
    const offset = row * bytes;
    if (previous != 0) sums = followed(sums, block + offset, previous + offset, scale, centre);
    v128.store(products + offset, sums);
  }
}

@inline
function followed(product: v128, current: usize, previous: usize, scale: f64, centre: f64): v128 {
  const rest = f64x2.sub(product, f64x2.mul(f64x2.splat(centre), v128.load(current)));
  return f64x2.sub(f64x2.mul(f64x2.splat(scale), rest), v128.load(previous));
}
