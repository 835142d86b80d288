/**
 * target += A B in float32: what `addProduct` of algorithms/embed/autoencoder/matrix-product.ts does, bit for bit. Every element is summed over rising k, each
 * product and each sum rounded to float32; packing and tiles change the order in which elements are made and nothing else.
 *
 * A tile is 2 rows of 16 columns: 8 vectors of sums, 4 of B and 2 values of A at a time, which is what 16 registers hold; engines read all that one step needs before they
 * multiply, so a wider tile would be put aside and fetched again. B is packed 16 columns at a time, so that they lie side by side, near, for all rows of A; A
 * is packed in strips of 2 rows where its rows do not run through memory.
 */

const COLUMNS: u32 = 16;
/** Bytes of one step of a panel: 16 columns of B. */
const STEP: usize = 64;
/** Bytes of one step of a strip: 2 rows of A. */
const PAIR: usize = 8;

/** Copies `used` columns of B side by side, padded with 0 to 16; element (s, j) lies at from + 4 (s step + j column). */
function packPanel(from: usize, k: u32, step: usize, column: usize, used: u32, to: usize): void {
  if (used < COLUMNS) packSome(from, k, step, column, used, to);
  else if (column == 1) packAlong(from, k, step, to);
  else if (step == 1) packAcross(from, k, column, to);
  else packSome(from, k, step, column, COLUMNS, to);
}

/** Columns that lie side by side already. */
function packAlong(from: usize, k: u32, step: usize, to: usize): void {
  let source = from;
  const behind = to + <usize>k * STEP;
  for (let place = to; place < behind; place += STEP) {
    v128.store(place, v128.load(source));
    v128.store(place, v128.load(source, 16), 16);
    v128.store(place, v128.load(source, 32), 32);
    v128.store(place, v128.load(source, 48), 48);
    source += step << 2;
  }
}

/** Columns that lie one after the other: squares of 4 x 4 are turned. */
function packAcross(from: usize, k: u32, column: usize, to: usize): void {
  const next = column << 2;
  const bytes = <usize>k << 2;
  for (let group: usize = 0; group < STEP; group += 16) {
    const source = from + (group >> 2) * next;
    let place = to + group;
    let s: usize = 0;
    for (; s + 16 <= bytes; s += 16) {
      const a = v128.load(source + s);
      const b = v128.load(source + next + s);
      const c = v128.load(source + 2 * next + s);
      const d = v128.load(source + 3 * next + s);
      const abLow = i32x4.shuffle(a, b, 0, 4, 1, 5);
      const abHigh = i32x4.shuffle(a, b, 2, 6, 3, 7);
      const cdLow = i32x4.shuffle(c, d, 0, 4, 1, 5);
      const cdHigh = i32x4.shuffle(c, d, 2, 6, 3, 7);
      v128.store(place, i64x2.shuffle(abLow, cdLow, 0, 2));
      v128.store(place, i64x2.shuffle(abLow, cdLow, 1, 3), STEP);
      v128.store(place, i64x2.shuffle(abHigh, cdHigh, 0, 2), 2 * STEP);
      v128.store(place, i64x2.shuffle(abHigh, cdHigh, 1, 3), 3 * STEP);
      place += 4 * STEP;
    }
    for (; s < bytes; s += 4) {
      for (let i: usize = 0; i < 4; i++) store<f32>(place + (i << 2), load<f32>(source + i * next + s));
      place += STEP;
    }
  }
}

/** Columns that lie anyhow, of which `used` are there. */
function packSome(from: usize, k: u32, step: usize, column: usize, used: u32, to: usize): void {
  let first = from;
  const behind = to + <usize>k * STEP;
  for (let place = to; place < behind; place += STEP) {
    let source = first;
    for (let j: usize = 0; j < <usize>used; j++) {
      store<f32>(place + (j << 2), load<f32>(source));
      source += column << 2;
    }
    for (let j = <usize>used; j < <usize>COLUMNS; j++) store<f32>(place + (j << 2), 0);
    first += step << 2;
  }
}

/** Copies A in strips of 2 rows, whose values lie in turn; element (i, s) lies at from + 4 (i row + s step). Of an odd number of rows the last stands alone, twice. */
function packStrips(from: usize, m: u32, k: u32, row: usize, step: usize, to: usize): void {
  const strip = <usize>k * PAIR;
  let i: u32 = 0;
  if (row == 1) for (; i + 16 <= m; i += 16) packEightStrips(from + (<usize>i << 2), k, step, to + (i >> 1) * strip);
  for (; i < m; i += 2) {
    const second = i + 1 < m ? row << 2 : 0;
    let source = from + ((<usize>i * row) << 2);
    let place = to + (i >> 1) * strip;
    for (let s: u32 = 0; s < k; s++) {
      store<f32>(place, load<f32>(source));
      store<f32>(place, load<f32>(source + second), 4);
      source += step << 2;
      place += PAIR;
    }
  }
}

/** Sixteen rows that lie side by side: what one step needs of them is read at once. */
function packEightStrips(from: usize, k: u32, step: usize, to: usize): void {
  const strip = <usize>k * PAIR;
  let source = from;
  const behind = to + strip;
  for (let place = to; place < behind; place += PAIR) {
    for (let group: usize = 0; group < 4; group++) {
      const four = v128.load(source + (group << 4));
      const pair = place + 2 * group * strip;
      v128.store64_lane(pair, four, 0);
      v128.store64_lane(pair + strip, four, 1);
    }
    source += step << 2;
  }
}

@inline
function addTo(address: usize, sums: v128): void {
  v128.store(address, f32x4.add(v128.load(address), sums));
}

/** Adds the first `columns` of a row of 16 sums to the target. */
function addRow(target: usize, columns: u32, s0: v128, s1: v128, s2: v128, s3: v128, scratch: usize): void {
  v128.store(scratch, s0);
  v128.store(scratch, s1, 16);
  v128.store(scratch, s2, 32);
  v128.store(scratch, s3, 48);
  const bytes = <usize>columns << 2;
  let j: usize = 0;
  for (; j + 16 <= bytes; j += 16) addTo(target + j, v128.load(scratch + j));
  for (; j < bytes; j += 4) store<f32>(target + j, load<f32>(target + j) + load<f32>(scratch + j));
}

/**
 * One tile of the target, of which `rows` (1 or 2) and `columns` (1 to 16) are wanted. Values of the first row of A lie `aStep` bytes apart from `strip` on, those
 * of the second `aRow` bytes behind them.
 */
function addTile(
  target: usize,
  targetRow: usize,
  strip: usize,
  aRow: usize,
  aStep: usize,
  panel: usize,
  k: u32,
  rows: u32,
  columns: u32,
  scratch: usize,
): void {
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s02 = s00;
  let s03 = s00;
  let s10 = s00;
  let s11 = s00;
  let s12 = s00;
  let s13 = s00;
  let first = strip;
  let second = strip + aRow;
  const behind = panel + <usize>k * STEP;
  for (let b = panel; b < behind; b += STEP) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32);
    const b3 = v128.load(b, 48);
    const a0 = v128.load32_splat(first);
    s00 = f32x4.add(s00, f32x4.mul(a0, b0));
    s01 = f32x4.add(s01, f32x4.mul(a0, b1));
    s02 = f32x4.add(s02, f32x4.mul(a0, b2));
    s03 = f32x4.add(s03, f32x4.mul(a0, b3));
    const a1 = v128.load32_splat(second);
    s10 = f32x4.add(s10, f32x4.mul(a1, b0));
    s11 = f32x4.add(s11, f32x4.mul(a1, b1));
    s12 = f32x4.add(s12, f32x4.mul(a1, b2));
    s13 = f32x4.add(s13, f32x4.mul(a1, b3));
    first += aStep;
    second += aStep;
  }
  if (columns == COLUMNS && rows == 2) {
    addTo(target, s00);
    addTo(target + 16, s01);
    addTo(target + 32, s02);
    addTo(target + 48, s03);
    addTo(target + targetRow, s10);
    addTo(target + targetRow + 16, s11);
    addTo(target + targetRow + 32, s12);
    addTo(target + targetRow + 48, s13);
    return;
  }
  addRow(target, columns, s00, s01, s02, s03, scratch);
  if (rows == 2) addRow(target + targetRow, columns, s10, s11, s12, s13, scratch);
}

/**
 * target [m x n] += A [m x k] B [k x n]. Element (i, s) of A lies at a + 4 (i aRow + s aStep), element (s, j) of B at b + 4 (s bStep + j bColumn). `packedA` has room for
 * (m + 1) k values where aStep is not 1, `packedB` for 16 k, `scratch` for 16.
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
  const isPacked = aStep != 1;
  if (isPacked) packStrips(a, m, k, aRow, aStep, packedA);
  const strips = isPacked ? packedA : a;
  const nextStrip = isPacked ? <usize>k * PAIR : aRow << 3;
  const row = isPacked ? 4 : aRow << 2;
  const step = isPacked ? PAIR : 4;
  for (let j: u32 = 0; j < n; j += COLUMNS) {
    const columns = min(COLUMNS, n - j);
    packPanel(b + ((<usize>j * bColumn) << 2), k, bStep, bColumn, columns, packedB);
    for (let i: u32 = 0; i < m; i += 2) {
      const rows = min<u32>(2, m - i);
      const place = target + (<usize>(i * n + j) << 2);
      const strip = strips + (i >> 1) * nextStrip;
      addTile(place, n << 2, strip, rows == 2 ? row : 0, step, packedB, k, rows, columns, scratch);
    }
  }
}
