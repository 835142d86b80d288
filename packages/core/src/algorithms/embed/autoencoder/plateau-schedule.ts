export interface PlateauOptions {
  readonly learningRate: number;
  /** The rate is multiplied by it on a plateau. */
  readonly factor: number;
  /** Epochs in a row without improvement that are borne; the next one lowers the rate. */
  readonly patience: number;
  /** Smallest relative improvement that counts. */
  readonly threshold: number;
  readonly minLearningRate: number;
}

export interface PlateauSchedule {
  /** Rate for the next epoch. */
  readonly learningRate: number;
  /** Tells the loss of the epoch that is over. */
  tell(loss: number): void;
}

/** Changes smaller than this are not made, as in PyTorch. */
const SMALLEST_CHANGE = 1e-8;

/** Lowers the learning rate when the loss stops falling: PyTorch's `ReduceLROnPlateau` for minima, relative threshold, no cool-down. */
export function plateauSchedule(options: PlateauOptions): PlateauSchedule {
  let { learningRate } = options;
  let best = Number.POSITIVE_INFINITY;
  let without = 0;
  return {
    get learningRate() {
      return learningRate;
    },
    tell(loss) {
      if (loss < best * (1 - options.threshold)) {
        best = loss;
        without = 0;
      } else without += 1;
      if (without <= options.patience) return;
      without = 0;
      const lower = Math.max(learningRate * options.factor, options.minLearningRate);
      if (learningRate - lower > SMALLEST_CHANGE) learningRate = lower;
    },
  };
}
