/**
 * What networks compute with: by a kernel where the host has one (`kernel-arithmetic.ts`), or in plain TypeScript with the same bits. Values are float32. Sums over a
 * row run in float64, every fourth value apart: (s0 + s2) + (s1 + s3).
 */
import { type AddProduct, addProduct } from "./matrix-product.js";

/** SIGMA's slope below zero. */
export const SLOPE = 0.02;
/** Added to the variance of a layer normalisation, as in PyTorch. */
export const EPSILON = 1e-5;

/** Values with the derivative of the loss by each. */
export interface WithGradient {
  readonly values: Float32Array;
  readonly gradient: Float32Array;
}

/** Mean and inverse spread of each row, kept from forwards to backwards. */
export interface RowMoments {
  /** Float64 [rows] */
  readonly mean: Float64Array;
  readonly inverseSpread: Float64Array;
}

/** What Adam remembers of each weight: averages of the gradient and of its square. */
export interface AdamMoments {
  readonly mean: Float32Array;
  readonly square: Float32Array;
}

export interface AdamStep {
  /** Learning rate over the bias of the mean. */
  readonly stride: number;
  /** 1 / root of the bias of the square. */
  readonly spread: number;
  readonly weightDecay: number;
}

export interface Arithmetic {
  /** Zeros where this arithmetic is quickest; it takes no others. */
  floats(length: number): Float32Array;
  doubles(length: number): Float64Array;
  readonly addProduct: AddProduct;
  /** target[j] += Σ over rows of values[row, j], from the first row to the last, in float64. */
  addColumnSums(target: Float32Array, values: Float32Array, rows: number, width: number): void;
  /** The first `count` values: as they are where positive, else times {@link SLOPE}. */
  leakyForward(input: Float32Array, output: Float32Array, count: number): void;
  leakyBackward(input: WithGradient, outputGradient: Float32Array, count: number): void;
  /** Each row to mean 0 and variance 1, times scale plus shift. */
  normForward(
    input: Float32Array,
    output: Float32Array,
    scale: Float32Array,
    shift: Float32Array,
    kept: RowMoments,
    rows: number,
  ): void;
  normBackward(
    input: WithGradient,
    outputGradient: Float32Array,
    scale: WithGradient,
    shiftGradient: Float32Array,
    kept: RowMoments,
    rows: number,
  ): void;
  /** One step against the gradient. */
  adamStep(weights: WithGradient, moments: AdamMoments, step: AdamStep): void;
}

const { fround } = Math;

/** In plain TypeScript. */
export const referenceArithmetic: Arithmetic = {
  floats: (length) => new Float32Array(length),
  doubles: (length) => new Float64Array(length),
  addProduct,
  addColumnSums(target, values, rows, width) {
    for (let j = 0; j < width; j++) {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += values[row * width + j]!;
      target[j]! += sum;
    }
  },
  leakyForward(input, output, count) {
    for (let i = 0; i < count; i++) output[i] = input[i]! > 0 ? input[i]! : SLOPE * input[i]!;
  },
  leakyBackward({ values, gradient }, outputGradient, count) {
    for (let i = 0; i < count; i++) gradient[i]! += values[i]! > 0 ? outputGradient[i]! : SLOPE * outputGradient[i]!;
  },
  normForward(input, output, scale, shift, { mean, inverseSpread }, rows) {
    const width = scale.length;
    for (let row = 0; row < rows; row++) {
      const from = row * width;
      const centre = sumOfRow(width, (j) => input[from + j]!) / width;
      const variance = sumOfRow(width, (j) => (input[from + j]! - centre) * (input[from + j]! - centre)) / width;
      const inverse = 1 / Math.sqrt(variance + EPSILON);
      for (let j = 0; j < width; j++) output[from + j] = (input[from + j]! - centre) * inverse * scale[j]! + shift[j]!;
      mean[row] = centre;
      inverseSpread[row] = inverse;
    }
  },
  normBackward(input, outputGradient, scale, shiftGradient, { mean, inverseSpread }, rows) {
    const width = shiftGradient.length;
    for (let row = 0; row < rows; row++) {
      const from = row * width;
      const centre = mean[row]!;
      const inverse = inverseSpread[row]!;
      const normalised = (j: number): number => (input.values[from + j]! - centre) * inverse;
      const scaled = (j: number): number => outputGradient[from + j]! * scale.values[j]!;
      for (let j = 0; j < width; j++) {
        scale.gradient[j]! += outputGradient[from + j]! * normalised(j);
        shiftGradient[j]! += outputGradient[from + j]!;
      }
      const meanGradient = sumOfRow(width, scaled) / width;
      const alongValue = sumOfRow(width, (j) => scaled(j) * normalised(j)) / width;
      for (let j = 0; j < width; j++) {
        input.gradient[from + j]! += inverse * (scaled(j) - meanGradient - normalised(j) * alongValue);
      }
    }
  },
  adamStep({ values, gradient }, { mean, square }, { stride, spread, weightDecay }) {
    const [rate, inverse, decay] = [fround(stride), fround(spread), fround(weightDecay)];
    for (let i = 0; i < values.length; i++) {
      const old = values[i]!;
      const g = fround(gradient[i]! + fround(decay * old));
      const m = fround(fround(MEAN_DECAY * mean[i]!) + fround(MEAN_REST * g));
      const s = fround(fround(SQUARE_DECAY * square[i]!) + fround(fround(SQUARE_REST * g) * g));
      mean[i] = m;
      square[i] = s;
      const root = fround(fround(fround(Math.sqrt(s)) * inverse) + ADAM_EPSILON);
      values[i] = old - fround(fround(rate * m) / root);
    }
  },
};

const MEAN_DECAY = fround(0.9);
const MEAN_REST = fround(0.1);
const SQUARE_DECAY = fround(0.999);
const SQUARE_REST = fround(0.001);
const ADAM_EPSILON = fround(1e-8);

/** Four sums at once, of every fourth value. */
function sumOfRow(width: number, valueAt: (j: number) => number): number {
  const sums = [0, 0, 0, 0];
  for (let j = 0; j < width; j++) sums[j & 3]! += valueAt(j);
  return sums[0]! + sums[2]! + (sums[1]! + sums[3]!);
}
