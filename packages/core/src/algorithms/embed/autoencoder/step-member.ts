import { adam } from "./adam.js";
import { type Architecture, tensorShapes } from "./architecture.js";
import type { Arithmetic } from "./arithmetic.js";
import { type Objective, sendBack } from "./batch-gradients.js";
import { type Member, shareOf } from "./member.js";
import { buildNetwork, type Network } from "./network.js";
import type { StepOrder } from "./step-orders.js";
import { allocateWeights, spansOf } from "./weights.js";

/** What all members of a team must know alike. */
export interface TeamWork {
  readonly architecture: Architecture;
  /** Most pixels in the network at once. */
  readonly capacity: number;
  readonly objective: Objective;
  readonly weightDecay: number;
}

/** One thread with its view of the network. */
export interface StepMember {
  readonly network: Network;
  /** Does this member's part of an order. */
  carryOut(order: StepOrder): void;
}

/**
 * A member of a team. All ask the arithmetic for the same arrays in the same order, so that members with the same memory see one network. Rows depend on themselves alone, and
 * the gradient of a weight is summed by one member over all rows in their order, so the bits do not depend on how many members there are.
 */
export function stepMember(
  { architecture, capacity, objective, weightDecay }: TeamWork,
  arithmetic: Arithmetic,
  member: Member,
): StepMember {
  const weights = allocateWeights(tensorShapes(architecture), arithmetic);
  const network = buildNetwork(architecture, weights, capacity, arithmetic);
  const optimiser = adam(weights, weightDecay, arithmetic);
  const spans = spansOf(weights.shapes, member);
  return {
    network,
    carryOut(order) {
      const rows = shareOf(order.rows, member);
      switch (order.what) {
        case "there":
          return network.forward(rows);
        case "there-and-back":
          network.forward(rows);
          return sendBack(network, rows, order.batch, objective);
        case "gradients":
          if (order.isFirst) for (const { from, to } of spans) weights.gradient.fill(0, from, to);
          network.addGradients(order.rows, member);
          if (order.learningRate !== undefined) optimiser.step(order.learningRate, spans);
      }
    },
  };
}
