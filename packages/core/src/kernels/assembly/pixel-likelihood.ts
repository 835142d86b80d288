/**
 * The Poisson likelihood of one pixel and its derivatives: what `referenceLikelihood` of algorithms/unmix/pixel-likelihood/reference-likelihood.ts does, bit for bit. Two
 * channels lie in one vector where models are summed, two endmembers where derivatives are.
 */
import { logPair, storeLogConstants } from "./parts/elementary";

/** Where things lie in memory; float64 unless said otherwise. */
@unmanaged
class Pixel {
  /** Endmembers, and the even number of values from one row of `spectra` to the next. */
  endmembers: u32;
  stride: u32;
  /** Filled channels of the pixel in hand, and the even number of values from one row of `models` to the next. */
  filled: u32;
  room: u32;
  /** [channels x stride] */
  spectra: usize;
  /** [endmembers]: sum of each. */
  totals: usize;
  /** Uint32 [room]: the filled channels. */
  channels: usize;
  /** [room]: their counts; a last odd one is followed by 0. */
  counts: usize;
  /** [room x stride] and [endmembers x room]: the endmembers in the filled channels, channel by channel and endmember by endmember. */
  rows: usize;
  columns: usize;
  /** [stride]: abundances. */
  point: usize;
  /** [stride] and [endmembers x stride], lower triangle. */
  gradient: usize;
  hessian: usize;
  constants: usize;
}

/** To be called once for a piece of memory. */
export function prepare(pixel: Pixel): void {
  storeLogConstants(pixel.constants);
}

/** Takes over the filled channels and their counts. */
export function take(pixel: Pixel): void {
  const filled = <usize>pixel.filled;
  const k = <usize>pixel.endmembers;
  const bytes = <usize>pixel.stride << 3;
  const columnBytes = <usize>pixel.room << 3;
  for (let i: usize = 0; i < filled; i++) {
    const from = pixel.spectra + <usize>load<u32>(pixel.channels + (i << 2)) * bytes;
    const to = pixel.rows + i * bytes;
    for (let j: usize = 0; j < bytes; j += 16) v128.store(to + j, v128.load(from + j));
    let column = pixel.columns + (i << 3);
    for (let j: usize = 0; j < k; j++) {
      store<f64>(column, load<f64>(from + (j << 3)));
      column += columnBytes;
    }
  }
  if ((filled & 1) == 0) return;
  store<f64>(pixel.counts + (filled << 3), 0);
  for (let j: usize = 0; j < k; j++) store<f64>(pixel.columns + j * columnBytes + (filled << 3), 1);
}

/** Models of channels i and i + 1. */
@inline
function modelPair(pixel: Pixel, i: usize): v128 {
  const point = pixel.point;
  const behind = point + (<usize>pixel.endmembers << 3);
  const columnBytes = <usize>pixel.room << 3;
  let column = pixel.columns + (i << 3);
  let model = f64x2.splat(0);
  for (let at = point; at < behind; at += 8) {
    model = f64x2.add(model, f64x2.mul(v128.load64_splat(at), v128.load(column)));
    column += columnBytes;
  }
  return model;
}

/** Sum of the model less counts times its logarithm; infinite where a filled channel is left without model. */
export function loss(pixel: Pixel): f64 {
  const filled = <usize>pixel.filled;
  const constants = pixel.constants;
  let sum: f64 = 0;
  for (let j: usize = 0; j < <usize>pixel.endmembers; j++) {
    sum += load<f64>(pixel.point + (j << 3)) * load<f64>(pixel.totals + (j << 3));
  }
  for (let i: usize = 0; i < filled; i += 2) {
    let model = modelPair(pixel, i);
    if (i + 1 == filled) model = f64x2.replace_lane(model, 1, 1);
    if (!i64x2.all_true(f64x2.gt(model, f64x2.splat(0)))) return Infinity;
    const terms = f64x2.mul(v128.load(pixel.counts + (i << 3)), logPair(model, constants));
    sum -= f64x2.extract_lane(terms, 0);
    if (i + 1 < filled) sum -= f64x2.extract_lane(terms, 1);
  }
  return sum;
}

@inline
function addOuter(pixel: Pixel, i: usize, first: f64, second: f64): void {
  const bytes = <usize>pixel.stride << 3;
  const row = pixel.rows + i * bytes;
  const slopes = f64x2.splat(first);
  for (let j: usize = 0; j < bytes; j += 16) {
    v128.store(pixel.gradient + j, f64x2.sub(v128.load(pixel.gradient + j), f64x2.mul(slopes, v128.load(row + j))));
  }
  let hessian = pixel.hessian;
  for (let j: usize = 0; j < <usize>pixel.endmembers << 3; j += 8) {
    const left = f64x2.splat(second * load<f64>(row + j));
    for (let l: usize = 0; l <= j; l += 16) {
      v128.store(hessian + l, f64x2.add(v128.load(hessian + l), f64x2.mul(left, v128.load(row + l))));
    }
    hessian += bytes;
  }
}

/** Gradient and lower triangle of the Hessian; what lies above the triangle is of no use. */
export function derivatives(pixel: Pixel): void {
  const filled = <usize>pixel.filled;
  const bytes = <usize>pixel.stride << 3;
  memory.fill(pixel.hessian, 0, <usize>pixel.endmembers * bytes);
  memory.copy(pixel.gradient, pixel.totals, <usize>pixel.endmembers << 3);
  for (let i: usize = 0; i < filled; i += 2) {
    const model = modelPair(pixel, i);
    const first = f64x2.div(v128.load(pixel.counts + (i << 3)), model);
    const second = f64x2.div(first, model);
    addOuter(pixel, i, f64x2.extract_lane(first, 0), f64x2.extract_lane(second, 0));
    if (i + 1 < filled) addOuter(pixel, i + 1, f64x2.extract_lane(first, 1), f64x2.extract_lane(second, 1));
  }
}

@inline
function addPull(pixel: Pixel, i: usize, ratio: f64): void {
  const bytes = <usize>pixel.stride << 3;
  const row = pixel.rows + i * bytes;
  const ratios = f64x2.splat(ratio);
  for (let j: usize = 0; j < bytes; j += 16) {
    v128.store(pixel.gradient + j, f64x2.add(v128.load(pixel.gradient + j), f64x2.mul(ratios, v128.load(row + j))));
  }
}

/** One step of expectation and maximisation; the gradient serves as scratch memory. */
export function expectationStep(pixel: Pixel): void {
  const filled = <usize>pixel.filled;
  memory.fill(pixel.gradient, 0, <usize>pixel.stride << 3);
  for (let i: usize = 0; i < filled; i += 2) {
    const ratio = f64x2.div(v128.load(pixel.counts + (i << 3)), modelPair(pixel, i));
    addPull(pixel, i, f64x2.extract_lane(ratio, 0));
    if (i + 1 < filled) addPull(pixel, i + 1, f64x2.extract_lane(ratio, 1));
  }
  for (let j: usize = 0; j < <usize>pixel.endmembers; j++) {
    const at = pixel.point + (j << 3);
    store<f64>(at, load<f64>(at) * (load<f64>(pixel.gradient + (j << 3)) / load<f64>(pixel.totals + (j << 3))));
  }
}
