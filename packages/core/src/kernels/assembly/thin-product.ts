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
  let entry = load<u32>(start);
  for (let row: usize = 0; row < <usize>rows; row++) {
    const behind = load<u32>(start + (row << 2), 4);
    const factor = factors + row * bytes;
    for (; entry < behind; entry++) {
      const own = v128.load64_splat(value + (<usize>entry << 3));
      const to = rowAt(sums, channel, entry, bytes);
      let column: usize = 0;
      for (; column + 64 <= bytes; column += 64) {
        v128.store(to + column, plus(v128.load(to + column), own, factor + column));
        v128.store(to + column, plus(v128.load(to + column, 16), own, factor + column + 16), 16);
        v128.store(to + column, plus(v128.load(to + column, 32), own, factor + column + 32), 32);
        v128.store(to + column, plus(v128.load(to + column, 48), own, factor + column + 48), 48);
      }
      for (; column < bytes; column += 16) v128.store(to + column, plus(v128.load(to + column), own, factor + column));
    }
  }
}
