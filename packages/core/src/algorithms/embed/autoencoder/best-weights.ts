/** Watches the loss, keeps the weights of the best epoch, and says when it is no use to go on. */
export interface BestWeights {
  /** Epoch with the smallest loss, from 1; 0 before the first. */
  readonly epoch: number;
  readonly loss: number;
  /** Tells the loss of the epoch that is over, whose weights are in place. Returns false when patience has run out. */
  tell(epoch: number, loss: number): boolean;
  /** Puts the best weights back in place. */
  restore(): void;
}

/** Patience counts epochs without a loss below the best so far, in a row. */
export function bestWeights(values: Float32Array, patience: number): BestWeights {
  const kept = values.slice();
  let epoch = 0;
  let loss = Number.POSITIVE_INFINITY;
  return {
    get epoch() {
      return epoch;
    },
    get loss() {
      return loss;
    },
    tell(now, found) {
      if (!(found < loss)) return now - epoch < patience;
      epoch = now;
      loss = found;
      kept.set(values);
      return true;
    },
    restore() {
      values.set(kept);
    },
  };
}
