import { describe, expect, it } from "vitest";
import { kernelMemory } from "../../../kernels/kernel-memory.js";
import { randomStream } from "../../../kernels/random.js";
import type { Architecture } from "./architecture.js";
import { type Arithmetic, referenceArithmetic } from "./arithmetic.js";
import { objectiveSum } from "./batch-gradients.js";
import { arithmeticIn, kernelArithmetic, quickestArithmetic } from "./kernel-arithmetic.js";
import { ALONE, type Member } from "./member.js";
import { networkPlan, networkPrograms, roomFor } from "./network-memory.js";
import { type StepMember, stepMember } from "./step-member.js";
import type { StepOrder } from "./step-orders.js";
import { drawWeights } from "./weights.js";

const CAPACITY = 16;
const objective = { loss: "mse", divergenceWeight: 0.1 } as const;

const architectures: readonly Architecture[] = [
  { kind: "autoencoder", features: 12, hiddenSizes: [32, 16], latentDimensions: 2, output: "linear" },
  { kind: "autoencoder", features: 5, hiddenSizes: [7, 6, 5, 3, 1], latentDimensions: 3, output: "softmax" },
  { kind: "variational-autoencoder", features: 1, hiddenSizes: [11], latentDimensions: 1, output: "sigmoid" },
];

function memberOf(architecture: Architecture, arithmetic: Arithmetic, member: Member): StepMember {
  return stepMember({ architecture, capacity: CAPACITY, objective, weightDecay: 0.01 }, arithmetic, member);
}

/** Members that see one network, in memory that threads can share. They take their parts one after the other here, the last one first. */
async function membersOf(architecture: Architecture, count: number): Promise<StepMember[]> {
  const [programs, room] = [(await networkPrograms(false))!, roomFor(architecture, CAPACITY)];
  const placed = kernelMemory(networkPlan(room, count), false)!;
  const all = Array.from({ length: count }, (_, number) => ({ number, of: count }));
  return Promise.all(
    all.map(async (member) => memberOf(architecture, await arithmeticIn(placed, room, programs, member), member)),
  );
}

/** Three steps of training, the batch in two pieces; everything that can differ. */
function trained(members: readonly StepMember[], { features }: Architecture, rows: number) {
  const { network } = members[0]!;
  drawWeights(network.weights, randomStream(5, "weights"));
  const random = randomStream(3, "network");
  const losses: number[] = [];
  const together = (order: StepOrder): void => {
    for (const member of members.toReversed()) member.carryOut(order);
  };
  for (let step = 0; step < 6; step++) {
    const isFirst = step % 2 === 0;
    network.presented.set(Float32Array.from({ length: CAPACITY * features }, () => random.normal()));
    network.target.set(Float32Array.from({ length: CAPACITY * features }, () => random.normal()));
    network.cloud?.noise.set(network.cloud.noise.map(() => random.normal()));
    together({ what: "there-and-back", rows, batch: 2 * rows });
    losses.push(objectiveSum(network, rows, objective));
    together({ what: "gradients", rows, isFirst, learningRate: isFirst ? undefined : 1e-3 });
  }
  together({ what: "there", rows });
  const { weights, latent, output } = network;
  return {
    losses,
    weights: weights.values.slice(),
    gradient: weights.gradient.slice(),
    latent: latent.values.slice(),
    output: output.values.slice(),
  };
}

const byReference = (architecture: Architecture, rows: number) =>
  trained([memberOf(architecture, referenceArithmetic, ALONE)], architecture, rows);

describe.each(architectures)("arithmetic of networks: $kind, $hiddenSizes", (architecture) => {
  it.each([16, 13, 1])("gives by kernels the bits of plain TypeScript, %d pixels", async (rows) => {
    const quick = await quickestArithmetic(architecture, CAPACITY);
    expect(quick).not.toBe(referenceArithmetic);
    const expected = byReference(architecture, rows);
    expect(trained([memberOf(architecture, quick, ALONE)], architecture, rows)).toEqual(expected);
    expect(new Set(expected.losses).size).toBe(expected.losses.length);
  });

  it.each([2, 3, 4])("gives the same bits when %d members share a network", async (count) => {
    for (const rows of [16, 13, 1]) {
      expect(trained(await membersOf(architecture, count), architecture, rows)).toEqual(byReference(architecture, rows));
    }
  });

  it("has room for a whole network, and where it has not gives the same bits", async () => {
    const roomy = await quickestArithmetic(architecture, CAPACITY);
    trained([memberOf(architecture, roomy, ALONE)], architecture, 16);
    expect(roomy.floats(1).buffer).toBe(roomy.doubles(1).buffer);
    const narrow = (await kernelArithmetic({ bytes: 2000, packed: 100 }))!;
    expect(trained([memberOf(architecture, narrow, ALONE)], architecture, 16)).toEqual(byReference(architecture, 16));
  });
});
