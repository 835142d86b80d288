import { addDivergenceGradient, divergence } from "./divergence.js";
import type { Activations } from "./layers/layer.js";
import { addReconstructionGradient, type LossName, reconstructionLoss } from "./loss.js";
import type { Span } from "./member.js";
import type { Network } from "./network.js";

/** What training makes small: mean over pixels of (mean loss over features + weight x mean divergence over latent dimensions). */
export interface Objective {
  readonly loss: LossName;
  /** Weight of the divergence; without effect on a plain autoencoder. */
  readonly divergenceWeight: number;
}

/** Sum of the objective over the first `rows` pixels, which have gone through the network, in their order. */
export function objectiveSum(network: Network, rows: number, objective: Objective): number {
  const { output, latent, cloud, target } = network;
  const reconstruction = reconstructionLoss(objective.loss, output.values, target, rows * output.width) / output.width;
  if (cloud === undefined) return reconstruction;
  const { values } = cloud.logVariance;
  return reconstruction + (objective.divergenceWeight * divergence(latent.values, values, rows * latent.width)) / latent.width;
}

/** Sends these rows back: the gradients of all activations by what they contribute to the mean objective of a batch of `batch` pixels. */
export function sendBack(network: Network, rows: Span, batch: number, objective: Objective): void {
  const { output, latent, cloud, target } = network;
  network.clearGradients(rows);
  const factor = 1 / (batch * output.width);
  addReconstructionGradient(objective.loss, output.values, target, valuesOf(rows, output), factor, output.gradient);
  if (cloud !== undefined) {
    const perValue = objective.divergenceWeight / (batch * latent.width);
    addDivergenceGradient(latent, cloud.logVariance, valuesOf(rows, latent), perValue);
  }
  network.backward(rows);
}

function valuesOf({ from, to }: Span, { width }: Activations): Span {
  return { from: from * width, to: to * width };
}
