/**
 * What networks compute with: by a kernel where the host has one (`kernel-arithmetic.ts`), or in plain TypeScript with the same bits. Values are float32. Sums over a
 * row run in float64, every fourth value apart: (s0 + s2) + (s1 + s3).
 */
import { type AddProduct, addProduct } from "./matrix-product.js";
import type { Span } from "./member.js";

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
  /** target[j] += Σ over the first `rows` rows of values[row, j], from the first to the last, in float64; for the columns j of a span. */
  addColumnSums(target: Float32Array, values: Float32Array, rows: number, columns: Span): void;
  /** The values of a span: as they are where positive, else times {@link SLOPE}. */
  leakyForward(input: Float32Array, output: Float32Array, span: Span): void;
  leakyBackward(input: WithGradient, outputGradient: Float32Array, span: Span): void;
  /** Each row of a span to mean 0 and variance 1, times scale plus shift. */
  normForward(
    input: Float32Array,
    output: Float32Array,
    scale: Float32Array,
    shift: Float32Array,
    kept: RowMoments,
    rows: Span,
  ): void;
  /** Adds to the gradient of the input what the gradient of the output asks, for the rows of a span. */
  normBackward(input: WithGradient, outputGradient: Float32Array, scale: Float32Array, kept: RowMoments, rows: Span): void;
  /** Adds to the gradients of scale and shift, for the columns of a span, what the first `rows` rows ask, one row after the other. */
  addNormSums(
    input: Float32Array,
    outputGradient: Float32Array,
    scaleGradient: Float32Array,
    shiftGradient: Float32Array,
    kept: RowMoments,
    rows: number,
    columns: Span,
  ): void;
  /** One step against the gradient, of the weights of a span. */
  adamStep(weights: WithGradient, moments: AdamMoments, step: AdamStep, span: Span): void;
}

const { fround } = Math;

/** In plain TypeScript. */
export const referenceArithmetic: Arithmetic = {
  floats: (length) => new Float32Array(length),
  doubles: (length) => new Float64Array(length),
  addProduct,
  addColumnSums(target, values, rows, { from, to }) {
    const width = target.length;
    for (let j = from; j < to; j++) {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += values[row * width + j]!;
      target[j]! += sum;
    }
  },
  leakyForward(input, output, { from, to }) {
    for (let i = from; i < to; i++) output[i] = input[i]! > 0 ? input[i]! : SLOPE * input[i]!;
  },
  leakyBackward({ values, gradient }, outputGradient, { from, to }) {
    for (let i = from; i < to; i++) gradient[i]! += values[i]! > 0 ? outputGradient[i]! : SLOPE * outputGradient[i]!;
  },
  normForward(input, output, scale, shift, { mean, inverseSpread }, rows) {
    const width = scale.length;
    for (let row = rows.from; row < rows.to; row++) {
      const from = row * width;
      const centre = sumOfRow(width, (j) => input[from + j]!) / width;
      const variance = sumOfRow(width, (j) => (input[from + j]! - centre) * (input[from + j]! - centre)) / width;
      const inverse = 1 / Math.sqrt(variance + EPSILON);
      for (let j = 0; j < width; j++) output[from + j] = (input[from + j]! - centre) * inverse * scale[j]! + shift[j]!;
      mean[row] = centre;
      inverseSpread[row] = inverse;
    }
  },
  normBackward(input, outputGradient, scale, { mean, inverseSpread }, rows) {
    const width = scale.length;
    for (let row = rows.from; row < rows.to; row++) {
      const from = row * width;
      const centre = mean[row]!;
      const inverse = inverseSpread[row]!;
      const normalised = (j: number): number => (input.values[from + j]! - centre) * inverse;
      const scaled = (j: number): number => outputGradient[from + j]! * scale[j]!;
      const meanGradient = sumOfRow(width, scaled) / width;
      const alongValue = sumOfRow(width, (j) => scaled(j) * normalised(j)) / width;
      for (let j = 0; j < width; j++) {
        input.gradient[from + j]! += inverse * (scaled(j) - meanGradient - normalised(j) * alongValue);
      }
    }
  },
  addNormSums(input, outputGradient, scaleGradient, shiftGradient, { mean, inverseSpread }, rows, { from, to }) {
    const width = scaleGradient.length;
    for (let row = 0; row < rows; row++) {
      for (let j = from; j < to; j++) {
        const at = row * width + j;
        scaleGradient[j]! += outputGradient[at]! * ((input[at]! - mean[row]!) * inverseSpread[row]!);
        shiftGradient[j]! += outputGradient[at]!;
      }
    }
  },
  adamStep({ values, gradient }, { mean, square }, { stride, spread, weightDecay }, { from, to }) {
    const [rate, inverse, decay] = [fround(stride), fround(spread), fround(weightDecay)];
    for (let i = from; i < to; i++) {
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
