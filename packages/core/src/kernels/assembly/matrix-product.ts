/**
 * target += A B in float32: what `addProduct` of algorithms/embed/autoencoder/matrix-product.ts does, bit for bit. Every element is summed over rising k, each
 * product and each sum rounded to float32; packing and tiles change the order in which elements are made and nothing else.
 *
 * A is packed into strips of 4 rows and B into strips of 8 columns, padded with 0, so that the inner loop reads both from first to last: 8 vectors of sums, 2 of
 * B and one value of A at a time.
 */

const ROWS: u32 = 4;
const COLUMNS: u32 = 8;

/** Copies strips of `width` rows, a multiple of 4; element (i, s) lies at address + 4 (i stride + s step). The last strip is padded with 0. */
function pack(from: usize, count: u32, k: u32, stride: usize, step: usize, width: u32, to: usize): void {
  let place = to;
  let first: u32 = 0;
  for (; first + width <= count; first += width) {
    const source = from + ((<usize>first * stride) << 2);
    if (stride == 1) packAlong(source, k, step, width, place);
    else if (step == 1) packAcross(source, k, stride, width, place);
    else packSome(source, k, stride, step, width, width, place);
    place += (<usize>k * width) << 2;
  }
  if (first < count) packSome(from + ((<usize>first * stride) << 2), k, stride, step, width, count - first, place);
}

/** A strip whose rows lie side by side. */
function packAlong(from: usize, k: u32, step: usize, width: u32, to: usize): void {
  let source = from;
  let place = to;
  for (let s: u32 = 0; s < k; s++) {
    v128.store(place, v128.load(source));
    if (width == COLUMNS) v128.store(place, v128.load(source, 16), 16);
    source += step << 2;
    place += <usize>width << 2;
  }
}

/** A strip whose rows lie one after the other: squares of 4 x 4 are turned. */
function packAcross(from: usize, k: u32, stride: usize, width: u32, to: usize): void {
  const row = stride << 2;
  const next = <usize>width << 2;
  const inFours = <usize>(k & ~3) << 2;
  for (let group: usize = 0; group < next; group += 16) {
    const source = from + (group >> 2) * row;
    let place = to + group;
    let s: usize = 0;
    for (; s < inFours; s += 16) {
      const a = v128.load(source + s);
      const b = v128.load(source + row + s);
      const c = v128.load(source + 2 * row + s);
      const d = v128.load(source + 3 * row + s);
      const abLow = i32x4.shuffle(a, b, 0, 4, 1, 5);
      const abHigh = i32x4.shuffle(a, b, 2, 6, 3, 7);
      const cdLow = i32x4.shuffle(c, d, 0, 4, 1, 5);
      const cdHigh = i32x4.shuffle(c, d, 2, 6, 3, 7);
      v128.store(place, i64x2.shuffle(abLow, cdLow, 0, 2));
      v128.store(place + next, i64x2.shuffle(abLow, cdLow, 1, 3));
      v128.store(place + 2 * next, i64x2.shuffle(abHigh, cdHigh, 0, 2));
      v128.store(place + 3 * next, i64x2.shuffle(abHigh, cdHigh, 1, 3));
      place += 4 * next;
    }
    for (; s < <usize>k << 2; s += 4) {
      for (let i: usize = 0; i < 4; i++) store<f32>(place + (i << 2), load<f32>(source + i * row + s));
      place += next;
    }
  }
}

/** A strip of which `used` rows are there. */
function packSome(from: usize, k: u32, stride: usize, step: usize, width: u32, used: u32, to: usize): void {
  let place = to;
  for (let s: u32 = 0; s < k; s++) {
    let source = from + ((<usize>s * step) << 2);
    for (let i: u32 = 0; i < used; i++) {
      store<f32>(place + (<usize>i << 2), load<f32>(source));
      source += stride << 2;
    }
    for (let i = used; i < width; i++) store<f32>(place + (<usize>i << 2), 0);
    place += <usize>width << 2;
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
