import { addDivergenceGradient, divergence } from "./divergence.js";
import { addReconstructionGradient, type LossName, reconstructionLoss } from "./loss.js";
import type { Network } from "./network.js";

/** What training makes small: mean over pixels of (mean loss over features + weight x mean divergence over latent dimensions). */
export interface Objective {
  readonly loss: LossName;
  /** Weight of the divergence; without effect on a plain autoencoder. */
  readonly divergenceWeight: number;
}

/**
 * Sum of the objective over the `rows` pixels that the network has just done forwards. `target`, float32 [capacity x features], is what they should
 * have come out as.
 */
export function objectiveSum(network: Network, target: Float32Array, rows: number, objective: Objective): number {
  const { output, latent, cloud } = network;
  const reconstruction = reconstructionLoss(objective.loss, output.values, target, rows * output.width) / output.width;
  if (cloud === undefined) return reconstruction;
  const { values } = cloud.logVariance;
  return reconstruction + (objective.divergenceWeight * divergence(latent.values, values, rows * latent.width)) / latent.width;
}

/** Adds to the gradients of the weights what these `rows` pixels of a batch of `batch` pixels contribute to the mean objective. */
export function addGradients(network: Network, target: Float32Array, rows: number, batch: number, objective: Objective): void {
  const { output, latent, cloud } = network;
  network.clearGradients();
  const factor = 1 / (batch * output.width);
  addReconstructionGradient(objective.loss, output.values, target, rows * output.width, factor, output.gradient);
  if (cloud !== undefined) {
    const perValue = objective.divergenceWeight / (batch * latent.width);
    addDivergenceGradient(latent, cloud.logVariance, rows * latent.width, perValue);
  }
  network.backward(rows);
}
