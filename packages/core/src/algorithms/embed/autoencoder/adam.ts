const MEAN_DECAY = 0.9;
const SQUARE_DECAY = 0.999;
const EPSILON = 1e-8;

export interface Adam {
  /** One step against the gradient. */
  step(learningRate: number): void;
}

/**
 * Adam with bias correction (Kingma and Ba 2015, doi:10.48550/arXiv.1412.6980), decays 0.9 and 0.999, ε 1e-8. `weightDecay` is the L2 penalty: that
 * share of each weight is added to its gradient, as PyTorch's `Adam` does. Averages are kept in float32.
 */
export function adam(values: Float32Array, gradient: Float32Array, weightDecay: number): Adam {
  const mean = new Float32Array(values.length);
  const square = new Float32Array(values.length);
  let meanBias = 1;
  let squareBias = 1;
  return {
    step(learningRate) {
      meanBias *= MEAN_DECAY;
      squareBias *= SQUARE_DECAY;
      const stride = learningRate / (1 - meanBias);
      const spread = Math.sqrt(1 - squareBias);
      for (let i = 0; i < values.length; i++) {
        const g = gradient[i]! + weightDecay * values[i]!;
        const m = MEAN_DECAY * mean[i]! + (1 - MEAN_DECAY) * g;
        const s = SQUARE_DECAY * square[i]! + (1 - SQUARE_DECAY) * g * g;
        mean[i] = m;
        square[i] = s;
        values[i]! -= (stride * m) / (Math.sqrt(s) / spread + EPSILON);
      }
    },
  };
}
