/**
 * target += A B in float32: what `addProduct` of algorithms/embed/autoencoder/matrix-product.ts does, bit for bit. Every element is summed over rising k, each
 * product and each sum rounded to float32; packing and tiles change the order in which elements are made and nothing else.
 *
 * A is packed into strips of 4 rows and B into strips of 8 columns, padded with 0, so that the inner loop reads both from first to last: 8 vectors of sums, 2 of
 * B and one value of A at a time.
 */

const ROWS: u32 = 4;
const COLUMNS: u32 = 8;

/** Copies strips of `width` rows, element (i, step) at address + 4 (i stride + step step), padded with 0. */
function pack(from: usize, count: u32, k: u32, stride: usize, step: usize, width: u32, to: usize): void {
  let place = to;
  for (let first: u32 = 0; first < count; first += width) {
    const used = min<u32>(width, count - first);
    for (let s: u32 = 0; s < k; s++) {
      let source = from + (<usize>first * stride + <usize>s * step << 2);
      for (let i: u32 = 0; i < used; i++) {
        store<f32>(place + (<usize>i << 2), load<f32>(source));
        source += stride << 2;
      }
      for (let i = used; i < width; i++) store<f32>(place + (<usize>i << 2), 0);
      place += <usize>width << 2;
    }
  }
}

@inline
function addTo(address: usize, sums: v128): void {
  v128.store(address, f32x4.add(v128.load(address), sums));
}

/** Adds the first values of a row of sums to the target. */
function addSome(address: usize, low: v128, high: v128, count: u32, scratch: usize): void {
  v128.store(scratch, low);
  v128.store(scratch, high, 16);
  for (let i: usize = 0; i < <usize>count; i++) {
    store<f32>(address + (i << 2), load<f32>(address + (i << 2)) + load<f32>(scratch + (i << 2)));
  }
}

/** One tile of the target: 4 rows of 8 columns, of which `rows` and `columns` are wanted. */
function addTile(target: usize, n: usize, k: u32, strip: usize, panel: usize, rows: u32, columns: u32, scratch: usize): void {
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  let a = strip;
  let b = panel;
  const behind = strip + (<usize>k << 4);
  for (; a < behind; a += 16) {
    const low = v128.load(b);
    const high = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    s00 = f32x4.add(s00, f32x4.mul(a0, low));
    s01 = f32x4.add(s01, f32x4.mul(a0, high));
    const a1 = v128.load32_splat(a, 4);
    s10 = f32x4.add(s10, f32x4.mul(a1, low));
    s11 = f32x4.add(s11, f32x4.mul(a1, high));
    const a2 = v128.load32_splat(a, 8);
    s20 = f32x4.add(s20, f32x4.mul(a2, low));
    s21 = f32x4.add(s21, f32x4.mul(a2, high));
    const a3 = v128.load32_splat(a, 12);
    s30 = f32x4.add(s30, f32x4.mul(a3, low));
    s31 = f32x4.add(s31, f32x4.mul(a3, high));
    b += 32;
  }
  const row = n << 2;
  if (columns == COLUMNS && rows == ROWS) {
    addTo(target, s00);
    addTo(target + 16, s01);
    addTo(target + row, s10);
    addTo(target + row + 16, s11);
    addTo(target + 2 * row, s20);
    addTo(target + 2 * row + 16, s21);
    addTo(target + 3 * row, s30);
    addTo(target + 3 * row + 16, s31);
    return;
  }
  addSome(target, s00, s01, columns, scratch);
  if (rows > 1) addSome(target + row, s10, s11, columns, scratch);
  if (rows > 2) addSome(target + 2 * row, s20, s21, columns, scratch);
  if (rows > 3) addSome(target + 3 * row, s30, s31, columns, scratch);
}

/**
 * target [m x n] += A [m x k] B [k x n]. Element (i, s) of A lies at a + 4 (i aRow + s aStep), element (s, j) of B at b + 4 (s bStep + j bColumn). `packedA` and
 * `packedB` have room for the strips, `scratch` for 8 values.
 */
export function addProduct(
  target: usize,
  m: u32,
  n: u32,
  k: u32,
  a: usize,
  aRow: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  bColumn: usize,
  packedA: usize,
  packedB: usize,
  scratch: usize,
): void {
  pack(a, m, k, aRow, aStep, ROWS, packedA);
  pack(b, n, k, bColumn, bStep, COLUMNS, packedB);
  for (let j: u32 = 0; j < n; j += COLUMNS) {
    const panel = packedB + (<usize>j * k << 2);
    for (let i: u32 = 0; i < m; i += ROWS) {
      const place = target + (<usize>(i * n + j) << 2);
      addTile(place, n, k, packedA + (<usize>i * k << 2), panel, min(ROWS, m - i), min(COLUMNS, n - j), scratch);
    }
  }
}
