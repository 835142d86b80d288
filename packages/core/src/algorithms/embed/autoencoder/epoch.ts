import type { Matrix } from "../../../kernels/matrix.js";
import { type RandomStream, randomStream } from "../../../kernels/random.js";
import { breather, type SeededContext } from "../../../spectrum-image/context.js";
import { type Objective, objectiveSum } from "./batch-gradients.js";
import type { Network } from "./network.js";
import type { Team } from "./team.js";

export interface EpochData {
  /** [pixels x features] */
  readonly features: Matrix<Float32Array>;
  /** Pixels to train on. */
  readonly train: Int32Array;
  /** Float64 [features]: standard deviation of each, of which `noise` is a multiple. */
  readonly spread: Float64Array;
}

export interface EpochOptions {
  readonly objective: Objective;
  readonly batchSize: number;
  /** Standard deviations of each feature; 0 for none. */
  readonly noise: number;
}

export interface EpochRunner {
  /** One pass over the shuffled training pixels. Returns the mean objective, each batch taken before its own step. */
  train(learningRate: number, onShare?: (share: number) => void): Promise<number>;
  /** Mean objective of these pixels: without noise, and at the mean of the cloud. */
  evaluate(pixels: Int32Array): Promise<number>;
}

/**
 * What happens within an epoch. A batch is worked off in pieces of the network's capacity, between which it can be stopped; their gradients are added
 * in their order. Shuffling, noise and sampling have a random stream each. What a team shares, this thread presents and sums up.
 */
export function epochRunner(team: Team, data: EpochData, options: EpochOptions, context: SeededContext): EpochRunner {
  const { network } = team;
  const { capacity, cloud } = network;
  const { features, train: pixels } = data;
  const { objective, batchSize } = options;
  const shuffling = randomStream(context.seed, "autoencoder-batches");
  const disturb = disturbance(network, data.spread, options.noise, context.seed);
  const order = pixels.slice();
  const breath = breather(context);

  async function batchStep(from: number, to: number, learningRate: number): Promise<number> {
    let sum = 0;
    for (let start = from; start < to; start += capacity) {
      await breath();
      const rows = Math.min(capacity, to - start);
      present(network, features, order, start, rows);
      disturb(rows);
      await team.carryOut({ what: "there-and-back", rows, batch: to - from });
      sum += objectiveSum(network, rows, objective);
      const rate = start + rows === to ? learningRate : undefined;
      await team.carryOut({ what: "gradients", rows, isFirst: start === from, learningRate: rate });
    }
    return sum;
  }

  return {
    async train(learningRate, onShare) {
      shuffling.shuffle(order);
      let sum = 0;
      for (let from = 0; from < order.length; from += batchSize) {
        const to = Math.min(order.length, from + batchSize);
        sum += await batchStep(from, to, learningRate);
        onShare?.(to / order.length);
      }
      return sum / order.length;
    },
    async evaluate(chosen) {
      let sum = 0;
      cloud?.noise.fill(0);
      for (let start = 0; start < chosen.length; start += capacity) {
        await breath();
        const rows = Math.min(capacity, chosen.length - start);
        present(network, features, chosen, start, rows);
        await team.carryOut({ what: "there", rows });
        sum += objectiveSum(network, rows, objective);
      }
      return sum / chosen.length;
    },
  };
}

/** Puts the features of `rows` pixels down for the network, as what goes in and as what should come out. */
function present(
  { presented, target }: Network,
  { columns, data }: Matrix<Float32Array>,
  order: Int32Array,
  start: number,
  rows: number,
): void {
  for (let row = 0; row < rows; row++) {
    const from = order[start + row]! * columns;
    target.set(data.subarray(from, from + columns), row * columns);
  }
  presented.set(target.subarray(0, rows * columns));
}

/** What is random in a pixel that is trained on: noise on its features, and its place in the cloud of a variational autoencoder. */
function disturbance(
  { presented, input, cloud, latent }: Network,
  spread: Float64Array,
  noise: number,
  seed: number,
): (rows: number) => void {
  const noising = randomStream(seed, "autoencoder-noise");
  const sampling = randomStream(seed, "autoencoder-sampling");
  return (rows) => {
    if (noise > 0) addNoise(presented, rows * input.width, spread, noise, noising);
    if (cloud === undefined) return;
    for (let i = 0; i < rows * latent.width; i++) cloud.noise[i] = sampling.normal();
  };
}

function addNoise(values: Float32Array, count: number, spread: Float64Array, noise: number, random: RandomStream): void {
  for (let i = 0; i < count; i++) values[i]! += noise * spread[i % spread.length]! * random.normal();
}
