import { log, log1p } from "../../../kernels/math.js";
import type { Span } from "./member.js";

export const lossNames = ["mse", "mae", "bce"] as const;
export type LossName = (typeof lossNames)[number];

/** How far one value of the output is from its target, and the derivative by the output. */
interface ValueLoss {
  of(output: number, target: number): number;
  slope(output: number, target: number): number;
}

/** PyTorch's limits, so that an output of exactly 0 or 1 costs much, but not infinitely much. */
const LOWEST_LOGARITHM = -100;
const SMALLEST_VARIANCE = 1e-12;

/** `mse`: squared difference; `mae`: absolute difference; `bce`: binary cross-entropy in nats, for outputs and targets from 0 to 1. */
const valueLosses: Record<LossName, ValueLoss> = {
  mse: {
    of: (output, target) => (output - target) * (output - target),
    slope: (output, target) => 2 * (output - target),
  },
  mae: {
    of: (output, target) => Math.abs(output - target),
    slope: (output, target) => Math.sign(output - target),
  },
  bce: {
    of: (output, target) =>
      -target * Math.max(log(output), LOWEST_LOGARITHM) - (1 - target) * Math.max(log1p(-output), LOWEST_LOGARITHM),
    slope: (output, target) => (output - target) / Math.max((1 - output) * output, SMALLEST_VARIANCE),
  },
};

/** Sum of the loss over the first `count` values, in float64 in their order. */
export function reconstructionLoss(name: LossName, output: Float32Array, target: Float32Array, count: number): number {
  const { of } = valueLosses[name];
  let sum = 0;
  for (let i = 0; i < count; i++) sum += of(output[i]!, target[i]!);
  return sum;
}

/** Adds the derivative of `factor` times that sum by each output of a span to `gradient`. */
export function addReconstructionGradient(
  name: LossName,
  output: Float32Array,
  target: Float32Array,
  { from, to }: Span,
  factor: number,
  gradient: Float32Array,
): void {
  const { slope } = valueLosses[name];
  for (let i = from; i < to; i++) gradient[i]! += factor * slope(output[i]!, target[i]!);
}
