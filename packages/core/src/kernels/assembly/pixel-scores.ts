/**
 * Sparse pixels seen along some axes, and rows of them added up: what `referenceScores` of algorithms/find-phases/rows/score-programs.ts does, bit for bit.
 */

/**
 * Scores of a row of pixels, float32 [pixels x stride]: the sum over the entries of their count times the line of their bin in `table`, float64 [bins x stride] with an even
 * number of columns. Entries of pixel x are start[x] to before start[x + 1], with uint8 bins and counts of 16 bits.
 */
export function projectWhole(pixels: u32, start: usize, bin: usize, count: usize, table: usize, stride: u32, scores: usize): void {
  project<u16>(pixels, start, bin, count, table, <usize>stride, scores);
}

/** The same with counts of float32. */
export function projectReal(pixels: u32, start: usize, bin: usize, count: usize, table: usize, stride: u32, scores: usize): void {
  project<f32>(pixels, start, bin, count, table, <usize>stride, scores);
}

@inline
function project<Count>(pixels: u32, start: usize, bin: usize, count: usize, table: usize, stride: usize, scores: usize): void {
  let axis: usize = 0;
  for (; axis + 8 <= stride; axis += 8) projectEight<Count>(pixels, start, bin, count, table, stride, axis, scores);
  for (; axis < stride; axis += 2) projectTwo<Count>(pixels, start, bin, count, table, stride, axis, scores);
}

function projectEight<Count>(
  pixels: u32,
  start: usize,
  bin: usize,
  count: usize,
  table: usize,
  stride: usize,
  axis: usize,
  scores: usize,
): void {
  const first = table + (axis << 3);
  let entry = <usize>load<u32>(start);
  let to = scores + (axis << 2);
  for (let x: usize = 0; x < <usize>pixels; x++) {
    const behind = <usize>load<u32>(start + (x << 2), 4);
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (; entry < behind; entry++) {
      const value = f64x2.splat(<f64>load<Count>(count + entry * sizeof<Count>()));
      const line = first + <usize>load<u8>(bin + entry) * (stride << 3);
      a = plus(a, value, line);
      b = plus(b, value, line + 16);
      c = plus(c, value, line + 32);
      d = plus(d, value, line + 48);
    }
    put(to, a);
    put(to + 8, b);
    put(to + 16, c);
    put(to + 24, d);
    to += stride << 2;
  }
}

function projectTwo<Count>(
  pixels: u32,
  start: usize,
  bin: usize,
  count: usize,
  table: usize,
  stride: usize,
  axis: usize,
  scores: usize,
): void {
  const first = table + (axis << 3);
  let entry = <usize>load<u32>(start);
  let to = scores + (axis << 2);
  for (let x: usize = 0; x < <usize>pixels; x++) {
    const behind = <usize>load<u32>(start + (x << 2), 4);
    let sum = f64x2.splat(0);
    for (; entry < behind; entry++) {
      const value = f64x2.splat(<f64>load<Count>(count + entry * sizeof<Count>()));
      sum = plus(sum, value, first + <usize>load<u8>(bin + entry) * (stride << 3));
    }
    put(to, sum);
    to += stride << 2;
  }
}

@inline
function plus(sum: v128, value: v128, address: usize): v128 {
  return f64x2.add(sum, f64x2.mul(value, v128.load(address)));
}

@inline
function put(address: usize, pair: v128): void {
  v128.store64_lane(address, f32x4.demote_f64x2_zero(pair), 0);
}

/** Adds `length` values of float32, an even number, times a weight of float64; every sum is rounded to float32. */
export function addScaled(length: u32, weight: f64, from: usize, to: usize): void {
  const weights = f64x2.splat(weight);
  const behind = from + (<usize>length << 2);
  for (; from < behind; from += 8) {
    const own = f64x2.promote_low_f32x4(v128.load64_zero(to));
    put(to, f64x2.add(own, f64x2.mul(weights, f64x2.promote_low_f32x4(v128.load64_zero(from)))));
    to += 8;
  }
}
