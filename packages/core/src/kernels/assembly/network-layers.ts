/**
 * What an autoencoder does besides products of matrices: what `referenceArithmetic` of algorithms/embed/autoencoder/arithmetic.ts does, bit for bit. Values are float32;
 * sums run in float64, of every fourth value apart where the reference does so.
 */

@inline
function low(values: v128): v128 {
  return f64x2.promote_low_f32x4(values);
}

@inline
function high(values: v128): v128 {
  return f64x2.promote_low_f32x4(i64x2.shuffle(values, values, 1, 1));
}

/** Two pairs of float64 as four float32. */
@inline
function four(first: v128, second: v128): v128 {
  return i64x2.shuffle(f32x4.demote_f64x2_zero(first), f32x4.demote_f64x2_zero(second), 0, 2);
}

/** The sum of four sums, of two vectors, in the reference's order. */
@inline
function all(first: v128, second: v128): f64 {
  const pair = f64x2.add(first, second);
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}

/** output = input where it is positive, else slope x input. */
export function leakyForward(input: usize, output: usize, count: usize, slope: f64): void {
  const slopes = f64x2.splat(slope);
  const zero = f32x4.splat(0);
  const bytes = count << 2;
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) {
    const own = v128.load(input + i);
    const scaled = four(f64x2.mul(slopes, low(own)), f64x2.mul(slopes, high(own)));
    v128.store(output + i, v128.bitselect(own, scaled, f32x4.gt(own, zero)));
  }
  for (; i < bytes; i += 4) {
    const own = load<f32>(input + i);
    store<f32>(output + i, own > 0 ? own : <f32>(slope * <f64>own));
  }
}

/** inputGradient += outputGradient where the input is positive, else slope x it. */
export function leakyBackward(input: usize, outputGradient: usize, inputGradient: usize, count: usize, slope: f64): void {
  const slopes = f64x2.splat(slope);
  const zero = f32x4.splat(0);
  const bytes = count << 2;
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) {
    const gradient = v128.load(outputGradient + i);
    const old = v128.load(inputGradient + i);
    const first = f64x2.add(low(old), f64x2.mul(slopes, low(gradient)));
    const second = f64x2.add(high(old), f64x2.mul(slopes, high(gradient)));
    const isPositive = f32x4.gt(v128.load(input + i), zero);
    v128.store(inputGradient + i, v128.bitselect(f32x4.add(old, gradient), four(first, second), isPositive));
  }
  for (; i < bytes; i += 4) {
    const gradient = <f64>load<f32>(outputGradient + i);
    const step = load<f32>(input + i) > 0 ? gradient : slope * gradient;
    store<f32>(inputGradient + i, <f32>(<f64>load<f32>(inputGradient + i) + step));
  }
}

/** target[j] += sum over the rows of values[row, j], from the first to the last, in float64; for `columns` columns of rows of `width`. */
export function addColumnSums(target: usize, values: usize, rows: usize, width: usize, columns: usize): void {
  const next = width << 2;
  const bytes = columns << 2;
  const behind = values + rows * next;
  let j: usize = 0;
  for (; j + 16 <= bytes; j += 16) {
    let first = f64x2.splat(0);
    let second = first;
    for (let at = values + j; at < behind; at += next) {
      const own = v128.load(at);
      first = f64x2.add(first, low(own));
      second = f64x2.add(second, high(own));
    }
    const old = v128.load(target + j);
    v128.store(target + j, four(f64x2.add(low(old), first), f64x2.add(high(old), second)));
  }
  for (; j < bytes; j += 4) {
    let sum: f64 = 0;
    for (let at = values + j; at < behind; at += next) sum += <f64>load<f32>(at);
    store<f32>(target + j, <f32>(<f64>load<f32>(target + j) + sum));
  }
}

/** Mean of a row, of every fourth value apart. */
function meanOf(row: usize, width: usize): f64 {
  const bytes = width << 2;
  let first = f64x2.splat(0);
  let second = first;
  let j: usize = 0;
  for (; j + 16 <= bytes; j += 16) {
    const own = v128.load(row + j);
    first = f64x2.add(first, low(own));
    second = f64x2.add(second, high(own));
  }
  if (j < bytes) first = f64x2.add(first, f64x2.replace_lane(f64x2.splat(0), 0, <f64>load<f32>(row + j)));
  if (j + 4 < bytes) first = f64x2.add(first, f64x2.replace_lane(f64x2.splat(0), 1, <f64>load<f32>(row + j, 4)));
  if (j + 8 < bytes) second = f64x2.add(second, f64x2.replace_lane(f64x2.splat(0), 0, <f64>load<f32>(row + j, 8)));
  return all(first, second) / <f64>width;
}

@inline
function squared(value: v128): v128 {
  return f64x2.mul(value, value);
}

@inline
function lone(value: f64, lane: i32): v128 {
  return lane == 0 ? f64x2.replace_lane(f64x2.splat(0), 0, value) : f64x2.replace_lane(f64x2.splat(0), 1, value);
}

function varianceOf(row: usize, width: usize, mean: f64): f64 {
  const bytes = width << 2;
  const means = f64x2.splat(mean);
  let first = f64x2.splat(0);
  let second = first;
  let j: usize = 0;
  for (; j + 16 <= bytes; j += 16) {
    const own = v128.load(row + j);
    first = f64x2.add(first, squared(f64x2.sub(low(own), means)));
    second = f64x2.add(second, squared(f64x2.sub(high(own), means)));
  }
  if (j < bytes) first = f64x2.add(first, lone(squareAt(row + j, mean), 0));
  if (j + 4 < bytes) first = f64x2.add(first, lone(squareAt(row + j + 4, mean), 1));
  if (j + 8 < bytes) second = f64x2.add(second, lone(squareAt(row + j + 8, mean), 0));
  return all(first, second) / <f64>width;
}

@inline
function squareAt(address: usize, mean: f64): f64 {
  const difference = <f64>load<f32>(address) - mean;
  return difference * difference;
}

/** Layer normalisation; keeps mean and inverse spread of each row, float64 [rows]. */
export function normForward(
  input: usize,
  output: usize,
  scale: usize,
  shift: usize,
  mean: usize,
  inverseSpread: usize,
  rows: usize,
  width: usize,
  epsilon: f64,
): void {
  const bytes = width << 2;
  for (let row: usize = 0; row < rows; row++) {
    const from = input + row * bytes;
    const to = output + row * bytes;
    const centre = meanOf(from, width);
    const inverse = 1 / sqrt(varianceOf(from, width, centre) + epsilon);
    store<f64>(mean + (row << 3), centre);
    store<f64>(inverseSpread + (row << 3), inverse);
    const centres = f64x2.splat(centre);
    const inverses = f64x2.splat(inverse);
    let j: usize = 0;
    for (; j + 16 <= bytes; j += 16) {
      const own = v128.load(from + j);
      const scales = v128.load(scale + j);
      const shifts = v128.load(shift + j);
      const first = f64x2.mul(f64x2.mul(f64x2.sub(low(own), centres), inverses), low(scales));
      const second = f64x2.mul(f64x2.mul(f64x2.sub(high(own), centres), inverses), high(scales));
      v128.store(to + j, four(f64x2.add(first, low(shifts)), f64x2.add(second, high(shifts))));
    }
    for (; j < bytes; j += 4) {
      const normalised = (<f64>load<f32>(from + j) - centre) * inverse;
      store<f32>(to + j, <f32>(normalised * <f64>load<f32>(scale + j) + <f64>load<f32>(shift + j)));
    }
  }
}

@inline
function addFour(address: usize, first: v128, second: v128): void {
  const old = v128.load(address);
  v128.store(address, four(f64x2.add(low(old), first), f64x2.add(high(old), second)));
}

@inline
function addOne(address: usize, value: f64): void {
  store<f32>(address, <f32>(<f64>load<f32>(address) + value));
}

/** Adds to the gradient of the input what the gradient of the output asks. */
export function normBackward(
  input: usize,
  inputGradient: usize,
  outputGradient: usize,
  scale: usize,
  mean: usize,
  inverseSpread: usize,
  rows: usize,
  width: usize,
): void {
  const bytes = width << 2;
  for (let row: usize = 0; row < rows; row++) {
    const from = input + row * bytes;
    const to = inputGradient + row * bytes;
    const given = outputGradient + row * bytes;
    const centre = load<f64>(mean + (row << 3));
    const inverse = load<f64>(inverseSpread + (row << 3));
    const centres = f64x2.splat(centre);
    const inverses = f64x2.splat(inverse);
    let sumFirst = f64x2.splat(0);
    let sumSecond = sumFirst;
    let alongFirst = sumFirst;
    let alongSecond = sumFirst;
    let j: usize = 0;
    for (; j + 16 <= bytes; j += 16) {
      const own = v128.load(from + j);
      const gradient = v128.load(given + j);
      const scales = v128.load(scale + j);
      const normalFirst = f64x2.mul(f64x2.sub(low(own), centres), inverses);
      const normalSecond = f64x2.mul(f64x2.sub(high(own), centres), inverses);
      const first = f64x2.mul(low(gradient), low(scales));
      const second = f64x2.mul(high(gradient), high(scales));
      sumFirst = f64x2.add(sumFirst, first);
      sumSecond = f64x2.add(sumSecond, second);
      alongFirst = f64x2.add(alongFirst, f64x2.mul(first, normalFirst));
      alongSecond = f64x2.add(alongSecond, f64x2.mul(second, normalSecond));
    }
    for (let t: i32 = 0; j < bytes; j += 4, t++) {
      const normalised = (<f64>load<f32>(from + j) - centre) * inverse;
      const gradient = <f64>load<f32>(given + j);
      const scaled = gradient * <f64>load<f32>(scale + j);
      if (t == 2) {
        sumSecond = f64x2.add(sumSecond, lone(scaled, 0));
        alongSecond = f64x2.add(alongSecond, lone(scaled * normalised, 0));
      } else {
        sumFirst = f64x2.add(sumFirst, lone(scaled, t));
        alongFirst = f64x2.add(alongFirst, lone(scaled * normalised, t));
      }
    }
    const meanGradient = all(sumFirst, sumSecond) / <f64>width;
    const along = all(alongFirst, alongSecond) / <f64>width;
    const means = f64x2.splat(meanGradient);
    const alongs = f64x2.splat(along);
    for (j = 0; j + 16 <= bytes; j += 16) {
      const own = v128.load(from + j);
      const gradient = v128.load(given + j);
      const scales = v128.load(scale + j);
      const normalFirst = f64x2.mul(f64x2.sub(low(own), centres), inverses);
      const normalSecond = f64x2.mul(f64x2.sub(high(own), centres), inverses);
      const first = f64x2.sub(f64x2.sub(f64x2.mul(low(gradient), low(scales)), means), f64x2.mul(normalFirst, alongs));
      const second = f64x2.sub(f64x2.sub(f64x2.mul(high(gradient), high(scales)), means), f64x2.mul(normalSecond, alongs));
      addFour(to + j, f64x2.mul(inverses, first), f64x2.mul(inverses, second));
    }
    for (; j < bytes; j += 4) {
      const normalised = (<f64>load<f32>(from + j) - centre) * inverse;
      const gradient = <f64>load<f32>(given + j) * <f64>load<f32>(scale + j);
      addOne(to + j, inverse * (gradient - meanGradient - normalised * along));
    }
  }
}

/** Four sums, rounded to float32, with what one row adds: its gradients times its normalised values. */
@inline
function withNormalised(sums: v128, values: v128, gradients: v128, centre: v128, inverse: v128): v128 {
  const first = f64x2.mul(low(gradients), f64x2.mul(f64x2.sub(low(values), centre), inverse));
  const second = f64x2.mul(high(gradients), f64x2.mul(f64x2.sub(high(values), centre), inverse));
  return four(f64x2.add(low(sums), first), f64x2.add(high(sums), second));
}

/** Adds 16 columns, row after row, in float32. */
function addRows(target: usize, from: usize, rows: usize, next: usize): void {
  let sums0 = v128.load(target);
  let sums1 = v128.load(target, 16);
  let sums2 = v128.load(target, 32);
  let sums3 = v128.load(target, 48);
  const behind = from + rows * next;
  for (let at = from; at < behind; at += next) {
    sums0 = f32x4.add(sums0, v128.load(at));
    sums1 = f32x4.add(sums1, v128.load(at, 16));
    sums2 = f32x4.add(sums2, v128.load(at, 32));
    sums3 = f32x4.add(sums3, v128.load(at, 48));
  }
  v128.store(target, sums0);
  v128.store(target, sums1, 16);
  v128.store(target, sums2, 32);
  v128.store(target, sums3, 48);
}

/** Adds to the gradients of `columns` scales and shifts, in rows of `width`, what the rows ask, one after the other; 16 columns side by side, since each waits for its last sum. */
export function addNormSums(
  input: usize,
  outputGradient: usize,
  scaleGradient: usize,
  shiftGradient: usize,
  mean: usize,
  inverseSpread: usize,
  rows: usize,
  width: usize,
  columns: usize,
): void {
  const next = width << 2;
  const bytes = columns << 2;
  let j: usize = 0;
  for (; j + 64 <= bytes; j += 64) {
    let scales0 = v128.load(scaleGradient + j);
    let scales1 = v128.load(scaleGradient + j, 16);
    let scales2 = v128.load(scaleGradient + j, 32);
    let scales3 = v128.load(scaleGradient + j, 48);
    let value = input + j;
    let gradient = outputGradient + j;
    for (let row: usize = 0; row < rows; row++) {
      const centre = v128.load64_splat(mean + (row << 3));
      const inverse = v128.load64_splat(inverseSpread + (row << 3));
      scales0 = withNormalised(scales0, v128.load(value), v128.load(gradient), centre, inverse);
      scales1 = withNormalised(scales1, v128.load(value, 16), v128.load(gradient, 16), centre, inverse);
      scales2 = withNormalised(scales2, v128.load(value, 32), v128.load(gradient, 32), centre, inverse);
      scales3 = withNormalised(scales3, v128.load(value, 48), v128.load(gradient, 48), centre, inverse);
      value += next;
      gradient += next;
    }
    v128.store(scaleGradient + j, scales0);
    v128.store(scaleGradient + j, scales1, 16);
    v128.store(scaleGradient + j, scales2, 32);
    v128.store(scaleGradient + j, scales3, 48);
    addRows(shiftGradient + j, outputGradient + j, rows, next);
  }
  for (; j < bytes; j += 4) {
    for (let row: usize = 0; row < rows; row++) {
      const normalised = (<f64>load<f32>(input + row * next + j) - load<f64>(mean + (row << 3))) * load<f64>(inverseSpread + (row << 3));
      const gradient = <f64>load<f32>(outputGradient + row * next + j);
      addOne(scaleGradient + j, gradient * normalised);
      addOne(shiftGradient + j, gradient);
    }
  }
}

const MEAN_DECAY: f32 = 0.9;
const MEAN_REST: f32 = 0.1;
const SQUARE_DECAY: f32 = 0.999;
const SQUARE_REST: f32 = 0.001;
const EPSILON: f32 = 1e-8;

/** One step of Adam, in float32. `stride` is the learning rate without bias, `spread` the inverse of the bias of the roots. */
export function adamStep(values: usize, gradient: usize, mean: usize, square: usize, count: usize, stride: f32, spread: f32, weightDecay: f32): void {
  const strides = f32x4.splat(stride);
  const spreads = f32x4.splat(spread);
  const decays = f32x4.splat(weightDecay);
  const meanDecay = f32x4.splat(MEAN_DECAY);
  const meanRest = f32x4.splat(MEAN_REST);
  const squareDecay = f32x4.splat(SQUARE_DECAY);
  const squareRest = f32x4.splat(SQUARE_REST);
  const epsilon = f32x4.splat(EPSILON);
  const bytes = count << 2;
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) {
    const old = v128.load(values + i);
    const g = f32x4.add(v128.load(gradient + i), f32x4.mul(decays, old));
    const m = f32x4.add(f32x4.mul(meanDecay, v128.load(mean + i)), f32x4.mul(meanRest, g));
    const s = f32x4.add(f32x4.mul(squareDecay, v128.load(square + i)), f32x4.mul(f32x4.mul(squareRest, g), g));
    v128.store(mean + i, m);
    v128.store(square + i, s);
    const root = f32x4.add(f32x4.mul(f32x4.sqrt(s), spreads), epsilon);
    v128.store(values + i, f32x4.sub(old, f32x4.div(f32x4.mul(strides, m), root)));
  }
  for (; i < bytes; i += 4) {
    const old = load<f32>(values + i);
    const g = load<f32>(gradient + i) + weightDecay * old;
    const m = MEAN_DECAY * load<f32>(mean + i) + MEAN_REST * g;
    const s = SQUARE_DECAY * load<f32>(square + i) + SQUARE_REST * g * g;
    store<f32>(mean + i, m);
    store<f32>(square + i, s);
    store<f32>(values + i, old - (stride * m) / (sqrt<f32>(s) * spread + EPSILON));
  }
}
