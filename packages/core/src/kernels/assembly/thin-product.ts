/**
 * Sparse rows times a thin dense matrix, and the transpose of the rows times another: what `referenceProducts` of algorithms/unmix/thin-products/reference-products.ts
 * does, bit for bit. Every sum runs over the entries in their order; two columns lie in one vector.
 *
 * Row r holds the entries `start[r]` to before `start[r + 1]`: uint16 channels and float64 values. Dense rows have `stride` values, an even number.
 */

@inline
function rowAt(matrix: usize, channel: usize, entry: u32, bytes: usize): usize {
  return matrix + <usize>load<u16>(channel + (<usize>entry << 1)) * bytes;
}

@inline
function plus(sum: v128, value: v128, address: usize): v128 {
  return f64x2.add(sum, f64x2.mul(value, v128.load(address)));
}

/** products [rows x stride] = X matrix. */
export function gather(rows: u32, start: usize, channel: usize, value: usize, matrix: usize, stride: u32, products: usize): void {
  const bytes = <usize>stride << 3;
  let column: usize = 0;
  for (; column + 128 <= bytes; column += 128) gatherEight(rows, start, channel, value, matrix + column, bytes, products + column);
  if (column + 64 <= bytes) {
    gatherFour(rows, start, channel, value, matrix + column, bytes, products + column);
    column += 64;
  }
  if (column + 48 <= bytes) {
    gatherThree(rows, start, channel, value, matrix + column, bytes, products + column);
    column += 48;
  }
  for (; column < bytes; column += 16) gatherOne(rows, start, channel, value, matrix + column, bytes, products + column);
}

function gatherEight(rows: u32, start: usize, channel: usize, value: usize, matrix: usize, bytes: usize, products: usize): void {
  let entry = load<u32>(start);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const behind = load<u32>(start + (row << 2), 4);
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let e = a;
    let f = a;
    let g = a;
    let h = a;
    for (; entry < behind; entry++) {
      const own = v128.load64_splat(value + (<usize>entry << 3));
      const at = rowAt(matrix, channel, entry, bytes);
      a = plus(a, own, at);
      b = plus(b, own, at + 16);
      c = plus(c, own, at + 32);
      d = plus(d, own, at + 48);
      e = plus(e, own, at + 64);
      f = plus(f, own, at + 80);
      g = plus(g, own, at + 96);
      h = plus(h, own, at + 112);
    }
    const to = products + row * bytes;
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
    v128.store(to, e, 64);
    v128.store(to, f, 80);
    v128.store(to, g, 96);
    v128.store(to, h, 112);
  }
}

function gatherFour(rows: u32, start: usize, channel: usize, value: usize, matrix: usize, bytes: usize, products: usize): void {
  let entry = load<u32>(start);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const behind = load<u32>(start + (row << 2), 4);
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (; entry < behind; entry++) {
      const own = v128.load64_splat(value + (<usize>entry << 3));
      const at = rowAt(matrix, channel, entry, bytes);
      a = plus(a, own, at);
      b = plus(b, own, at + 16);
      c = plus(c, own, at + 32);
      d = plus(d, own, at + 48);
    }
    const to = products + row * bytes;
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
  }
}

function gatherThree(rows: u32, start: usize, channel: usize, value: usize, matrix: usize, bytes: usize, products: usize): void {
  let entry = load<u32>(start);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const behind = load<u32>(start + (row << 2), 4);
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    for (; entry < behind; entry++) {
      const own = v128.load64_splat(value + (<usize>entry << 3));
      const at = rowAt(matrix, channel, entry, bytes);
      a = plus(a, own, at);
      b = plus(b, own, at + 16);
      c = plus(c, own, at + 32);
    }
    const to = products + row * bytes;
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
  }
}

function gatherOne(rows: u32, start: usize, channel: usize, value: usize, matrix: usize, bytes: usize, products: usize): void {
  let entry = load<u32>(start);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const behind = load<u32>(start + (row << 2), 4);
    let a = f64x2.splat(0);
    for (; entry < behind; entry++) {
      a = plus(a, v128.load64_splat(value + (<usize>entry << 3)), rowAt(matrix, channel, entry, bytes));
    }
    v128.store(products + row * bytes, a);
  }
}

/** sums [channels x stride] += transpose of X times factors [rows x stride]. */
export function scatter(rows: u32, start: usize, channel: usize, value: usize, factors: usize, stride: u32, sums: usize): void {
  const bytes = <usize>stride << 3;
  let column: usize = 0;
  for (; column + 128 <= bytes; column += 128) scatterEight(rows, start, channel, value, factors + column, bytes, sums + column);
  if (column + 64 <= bytes) {
    scatterFour(rows, start, channel, value, factors + column, bytes, sums + column);
    column += 64;
  }
  if (column + 48 <= bytes) {
    scatterThree(rows, start, channel, value, factors + column, bytes, sums + column);
    column += 48;
  }
  for (; column < bytes; column += 16) scatterOne(rows, start, channel, value, factors + column, bytes, sums + column);
}

@inline
function add(to: usize, value: v128, factor: v128): void {
  v128.store(to, f64x2.add(v128.load(to), f64x2.mul(value, factor)));
}

function scatterEight(rows: u32, start: usize, channel: usize, value: usize, factors: usize, bytes: usize, sums: usize): void {
  let entry = load<u32>(start);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const behind = load<u32>(start + (row << 2), 4);
    const factor = factors + row * bytes;
    const a = v128.load(factor);
    const b = v128.load(factor, 16);
    const c = v128.load(factor, 32);
    const d = v128.load(factor, 48);
    const e = v128.load(factor, 64);
    const f = v128.load(factor, 80);
    const g = v128.load(factor, 96);
    const h = v128.load(factor, 112);
    for (; entry < behind; entry++) {
      const own = v128.load64_splat(value + (<usize>entry << 3));
      const to = rowAt(sums, channel, entry, bytes);
      add(to, own, a);
      add(to + 16, own, b);
      add(to + 32, own, c);
      add(to + 48, own, d);
      add(to + 64, own, e);
      add(to + 80, own, f);
      add(to + 96, own, g);
      add(to + 112, own, h);
    }
  }
}

function scatterFour(rows: u32, start: usize, channel: usize, value: usize, factors: usize, bytes: usize, sums: usize): void {
  let entry = load<u32>(start);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const behind = load<u32>(start + (row << 2), 4);
    const factor = factors + row * bytes;
    const a = v128.load(factor);
    const b = v128.load(factor, 16);
    const c = v128.load(factor, 32);
    const d = v128.load(factor, 48);
    for (; entry < behind; entry++) {
      const own = v128.load64_splat(value + (<usize>entry << 3));
      const to = rowAt(sums, channel, entry, bytes);
      add(to, own, a);
      add(to + 16, own, b);
      add(to + 32, own, c);
      add(to + 48, own, d);
    }
  }
}

function scatterThree(rows: u32, start: usize, channel: usize, value: usize, factors: usize, bytes: usize, sums: usize): void {
  let entry = load<u32>(start);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const behind = load<u32>(start + (row << 2), 4);
    const factor = factors + row * bytes;
    const a = v128.load(factor);
    const b = v128.load(factor, 16);
    const c = v128.load(factor, 32);
    for (; entry < behind; entry++) {
      const own = v128.load64_splat(value + (<usize>entry << 3));
      const to = rowAt(sums, channel, entry, bytes);
      add(to, own, a);
      add(to + 16, own, b);
      add(to + 32, own, c);
    }
  }
}

function scatterOne(rows: u32, start: usize, channel: usize, value: usize, factors: usize, bytes: usize, sums: usize): void {
  let entry = load<u32>(start);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const behind = load<u32>(start + (row << 2), 4);
    const a = v128.load(factors + row * bytes);
    for (; entry < behind; entry++) {
      add(rowAt(sums, channel, entry, bytes), v128.load64_splat(value + (<usize>entry << 3)), a);
    }
  }
}

/** Two values, `bytes` apart, in one vector. */
@inline
function pairAt(address: usize, bytes: usize): v128 {
  return v128.load64_lane(address + bytes, v128.load64_zero(address), 1);
}

@inline
function storePair(address: usize, bytes: usize, pair: v128): void {
  v128.store64_lane(address, pair, 0);
  v128.store64_lane(address + bytes, pair, 1);
}

/** The slope where it counts: at a value of 0, only one that falls. */
@inline
function openSlope(slope: v128, value: v128): v128 {
  const falling = f64x2.min(f64x2.splat(0), slope);
  return f64x2.abs(v128.bitselect(falling, slope, f64x2.eq(value, f64x2.splat(0))));
}

/**
 * One coordinate step for each of the k values of the rows `values` [rows x stride], which has room for a multiple of four rows: what `descend` of
 * algorithms/unmix/thin-products/row-descent.ts does, four rows side by side. `products` [rows x stride] are those of the rows with the columns, `gram` [k x k] those of the
 * columns with each other. Leaves the values in the place of the products, adds their own products to `rowGram` [k x stride], upper triangle, and returns `slopes` plus the
 * sizes of the slopes, row after row. `lanes` has room for 4 (k + 1) values.
 */
export function descendRows(
  rows: u32,
  k: u32,
  stride: u32,
  values: usize,
  products: usize,
  gram: usize,
  rowGram: usize,
  lanes: usize,
  slopes: f64,
): f64 {
  const bytes = <usize>stride << 3;
  const behindLanes = lanes + (<usize>k << 5);
  let sum = slopes;
  for (let row: u32 = 0; row < rows; row += 4) {
    const own = values + <usize>row * bytes;
    const product = products + <usize>row * bytes;
    for (let l: usize = 0; l < <usize>k; l++) {
      v128.store(lanes + (l << 5), pairAt(own + (l << 3), bytes));
      v128.store(lanes + (l << 5), pairAt(own + (l << 3) + 2 * bytes, bytes), 16);
    }
    let sizesA = f64x2.splat(0);
    let sizesB = sizesA;
    let cell = gram;
    for (let j: usize = 0; j < <usize>k; j++) {
      let slopeA = f64x2.neg(pairAt(product + (j << 3), bytes));
      let slopeB = f64x2.neg(pairAt(product + (j << 3) + 2 * bytes, bytes));
      const curvature = v128.load64_splat(cell + (j << 3));
      for (let lane = lanes; lane < behindLanes; lane += 32) {
        const common = v128.load64_splat(cell);
        slopeA = f64x2.add(slopeA, f64x2.mul(common, v128.load(lane)));
        slopeB = f64x2.add(slopeB, f64x2.mul(common, v128.load(lane, 16)));
        cell += 8;
      }
      const at = lanes + (j << 5);
      const a = v128.load(at);
      const b = v128.load(at, 16);
      sizesA = f64x2.add(sizesA, openSlope(slopeA, a));
      sizesB = f64x2.add(sizesB, openSlope(slopeB, b));
      if (f64x2.extract_lane(curvature, 0) == 0) continue;
      v128.store(at, f64x2.max(f64x2.sub(a, f64x2.div(slopeA, curvature)), f64x2.splat(0)));
      v128.store(at, f64x2.max(f64x2.sub(b, f64x2.div(slopeB, curvature)), f64x2.splat(0)), 16);
    }
    v128.store(behindLanes, sizesA);
    v128.store(behindLanes, sizesB, 16);
    const count = <usize>min<u32>(4, rows - row);
    for (let r: usize = 0; r < count; r++) sum += load<f64>(behindLanes + (r << 3));
    for (let l: usize = 0; l < <usize>k; l++) {
      storePair(product + (l << 3), bytes, v128.load(lanes + (l << 5)));
      storePair(product + (l << 3) + 2 * bytes, bytes, v128.load(lanes + (l << 5), 16));
    }
    for (let r: usize = 0; r < count; r++) addToGram(k, bytes, product + r * bytes, rowGram);
  }
  return sum;
}

/** Adds the products of the values of one row, from each to those behind it. */
function addToGram(k: u32, bytes: usize, row: usize, rowGram: usize): void {
  for (let j: usize = 0; j < <usize>k; j++) {
    const left = v128.load64_splat(row + (j << 3));
    const to = rowGram + j * bytes;
    for (let l = (j & ~1) << 3; l < bytes; l += 16) add(to + l, left, v128.load(row + l));
  }
}
