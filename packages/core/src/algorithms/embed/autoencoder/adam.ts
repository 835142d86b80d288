import { type Arithmetic, referenceArithmetic, type WithGradient } from "./arithmetic.js";
import { allOf, type Span } from "./member.js";

const MEAN_DECAY = 0.9;
const SQUARE_DECAY = 0.999;

export interface Adam {
  /** One step against the gradient, of the weights of these spans; the same ones in every step. */
  step(learningRate: number, spans?: readonly Span[]): void;
}

/**
 * Adam with bias correction (Kingma and Ba 2015, doi:10.48550/arXiv.1412.6980), decays 0.9 and 0.999, ε 1e-8. `weightDecay` is the L2 penalty: that
 * share of each weight is added to its gradient, as PyTorch's `Adam` does. All in float32 but for the corrections, as there.
 */
export function adam(weights: WithGradient, weightDecay: number, arithmetic: Arithmetic = referenceArithmetic): Adam {
  const { length } = weights.values;
  const moments = { mean: arithmetic.floats(length), square: arithmetic.floats(length) };
  let meanBias = 1;
  let squareBias = 1;
  return {
    step(learningRate, spans = [allOf(length)]) {
      meanBias *= MEAN_DECAY;
      squareBias *= SQUARE_DECAY;
      const [stride, spread] = [learningRate / (1 - meanBias), 1 / Math.sqrt(1 - squareBias)];
      for (const span of spans) arithmetic.adamStep(weights, moments, { stride, spread, weightDecay }, span);
    },
  };
}
