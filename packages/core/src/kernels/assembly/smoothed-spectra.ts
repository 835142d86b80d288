/**
 * Smoothed spectra of a row of pixels and what shares of known spectra leave of them: what `referenceRows` of algorithms/find-phases/rows/row-programs.ts does, bit for
 * bit, four pixels side by side. A row is float32 [bins x stride], the pixels of a bin next to each other.
 */

/**
 * Adds the entries of the wanted pixels of a row, each spread along x: pixel x goes to columns x ... x + width of the kernel - 1. `taps` vectors of four weights; entries
 * of pixel x are start[x] to before start[x + 1], with uint8 bins and counts of 16 bits; `wanted` is uint8 [pixels].
 */
export function spreadWhole(
  pixels: u32,
  start: usize,
  bin: usize,
  count: usize,
  wanted: usize,
  weights: usize,
  taps: u32,
  stride: u32,
  row: usize,
): void {
  spread<u16>(pixels, start, bin, count, wanted, weights, taps, stride, row);
}

/** The same with counts of float32. */
export function spreadReal(
  pixels: u32,
  start: usize,
  bin: usize,
  count: usize,
  wanted: usize,
  weights: usize,
  taps: u32,
  stride: u32,
  row: usize,
): void {
  spread<f32>(pixels, start, bin, count, wanted, weights, taps, stride, row);
}

@inline
function spread<Count>(
  pixels: u32,
  start: usize,
  bin: usize,
  count: usize,
  wanted: usize,
  weights: usize,
  taps: u32,
  stride: u32,
  row: usize,
): void {
  const behindWeights = weights + (<usize>taps << 4);
  for (let x: usize = 0; x < <usize>pixels; x++) {
    if (load<u8>(wanted + x) == 0) continue;
    const behind = <usize>load<u32>(start + (x << 2), 4);
    const column = row + (x << 2);
    for (let entry = <usize>load<u32>(start + (x << 2)); entry < behind; entry++) {
      let place = column + (<usize>load<u8>(bin + entry) * <usize>stride << 2);
      const value = f32x4.splat(<f32>load<Count>(count + entry * sizeof<Count>()));
      for (let weight = weights; weight < behindWeights; weight += 16) {
        v128.store(place, f32x4.add(v128.load(place), f32x4.mul(value, v128.load(weight))));
        place += 16;
      }
    }
  }
}

/**
 * The sum of `rows` rows, each times its weight, in their order, in the columns that are marked: `marks` has a byte for four columns, and 16 columns with a mark among
 * them are added up together. `addresses` are those of the rows, [bins x stride] as the sum.
 */
export function addRows(rows: u32, addresses: usize, weights: usize, bins: u32, stride: u32, marks: usize, sum: usize): void {
  const lineBytes = <usize>stride << 2;
  for (let line: usize = 0; line < <usize>bins * lineBytes; line += lineBytes) {
    for (let column: usize = 0; column < lineBytes; column += 64) {
      if (load<u32>(marks + (column >> 4)) == 0) continue;
      addColumns(rows, addresses, weights, line + column, sum);
    }
  }
}

@inline
function addColumns(rows: u32, addresses: usize, weights: usize, at: usize, sum: usize): void {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let i: usize = 0; i < <usize>rows; i++) {
    const weight = v128.load32_splat(weights + (i << 2));
    const from = <usize>load<u32>(addresses + (i << 2)) + at;
    a = f32x4.add(a, f32x4.mul(weight, v128.load(from)));
    b = f32x4.add(b, f32x4.mul(weight, v128.load(from, 16)));
    c = f32x4.add(c, f32x4.mul(weight, v128.load(from, 32)));
    d = f32x4.add(d, f32x4.mul(weight, v128.load(from, 48)));
  }
  v128.store(sum + at, a);
  v128.store(sum + at, b, 16);
  v128.store(sum + at, c, 32);
  v128.store(sum + at, d, 48);
}

/**
 * Of every group of four pixels that is marked: chi-square distance from the spectrum that the shares make, and the sums over bins of r, r^2 and r / (p + floor)
 * with r = p / (p + floor). `table` is float32 [bins x components], `shares` [components x stride], `sums` [4 x stride]. Components that have no share in a group are left
 * out: the places of the others are written to `members`, int32 [2 x components].
 */
export function misfits(
  bins: u32,
  components: u32,
  stride: u32,
  spectra: usize,
  scale: usize,
  table: usize,
  shares: usize,
  marks: usize,
  floor: f32,
  sums: usize,
  members: usize,
): void {
  const floors = f32x4.splat(floor);
  const step = <usize>stride << 2;
  const behindTable = table + (<usize>bins * <usize>components << 2);
  for (let group: usize = 0; group << 2 < <usize>stride; group++) {
    if (load<u8>(marks + group) == 0) continue;
    const column = group << 4;
    const scales = v128.load(scale + column);
    let chi = f32x4.splat(0);
    let ratios = chi;
    let squares = chi;
    let spreads = chi;
    let spectrum = spectra + column;
    const behindMembers = membersOf(components, shares + column, step, members);
    for (let line = table; line < behindTable; line += <usize>components << 2) {
      let p = f32x4.splat(0);
      let share = shares + column;
      for (let member = members; member < behindMembers; member += 8) {
        const value = v128.load32_splat(line + <usize>load<u32>(member));
        p = f32x4.add(p, f32x4.mul(value, v128.load(<usize>load<u32>(member, 4))));
      }
      const inverse = f32x4.div(f32x4.splat(1), f32x4.add(p, floors));
      const difference = f32x4.sub(f32x4.mul(v128.load(spectrum), scales), p);
      const ratio = f32x4.mul(p, inverse);
      chi = f32x4.add(chi, f32x4.mul(f32x4.mul(difference, difference), inverse));
      ratios = f32x4.add(ratios, ratio);
      squares = f32x4.add(squares, f32x4.mul(ratio, ratio));
      spreads = f32x4.add(spreads, f32x4.mul(ratio, inverse));
      spectrum += step;
    }
    v128.store(sums + column, chi);
    v128.store(sums + column + step, ratios);
    v128.store(sums + column + 2 * step, squares);
    v128.store(sums + column + 3 * step, spreads);
  }
}

/** Writes down the components that have a share in one of four columns: their place in a line of the table and the address of the shares. Gives what lies behind. */
@inline
function membersOf(components: u32, shares: usize, step: usize, members: usize): usize {
  for (let c: usize = 0; c < <usize>components; c++) {
    if (v128.any_true(v128.load(shares))) {
      store<u32>(members, <u32>(c << 2));
      store<u32>(members, <u32>shares, 4);
      members += 8;
    }
    shares += step;
  }
  return members;
}
