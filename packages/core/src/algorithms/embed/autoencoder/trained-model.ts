import type { Matrix } from "../../../kernels/matrix.js";
import { breather, type WorkContext } from "../../../spectrum-image/context.js";
import { type Architecture, tensorShapes, weightCount } from "./architecture.js";
import type { FeatureStatistics } from "./feature-statistics.js";
import { quickestArithmetic } from "./kernel-arithmetic.js";
import type { LossName } from "./loss.js";
import { buildNetwork, type Network } from "./network.js";
import { allocateWeights } from "./weights.js";

/** A trained network with what must be known to use it on other pixels. */
export interface TrainedAutoencoder {
  readonly architecture: Architecture;
  /** Float32 [weights]: the tensors of the architecture, one after the other. */
  readonly weights: Float32Array;
  /** Names of the features, in the order of the columns. */
  readonly featureNames: readonly string[];
  /** What was done to the features before, in order. */
  readonly treatment: readonly string[];
  readonly statistics: FeatureStatistics;
  readonly loss: LossName;
}

/** A network in working order, with the model's weights. */
export async function networkOf({ architecture, weights }: TrainedAutoencoder): Promise<Network> {
  const network = await quickNetwork(architecture);
  network.weights.values.set(weights);
  return network;
}

/** A network whose weights are 0, with the quickest arithmetic that the host has. */
export async function quickNetwork(architecture: Architecture): Promise<Network> {
  const shapes = tensorShapes(architecture);
  const capacity = capacityFor(weightCount(shapes));
  const arithmetic = await quickestArithmetic(architecture, capacity);
  return buildNetwork(architecture, allocateWeights(shapes, arithmetic), capacity, arithmetic);
}

const MOST_PIXELS = 64;
const MOST_PRODUCTS = 1 << 25;

/** How many pixels go through a network at once: 64, fewer for large networks, so that no piece of work is long. A function of the network alone. */
export function capacityFor(weights: number): number {
  let pixels = MOST_PIXELS;
  while (pixels > 1 && pixels * weights > MOST_PRODUCTS) pixels /= 2;
  return pixels;
}

export interface Encoding {
  /** Float32 [pixels x latent dimensions]; of a variational autoencoder the means. */
  readonly latent: Matrix<Float32Array>;
  /** Float32 [pixels]: root mean square of what the network did not give back, in the units of the features. */
  readonly reconstructionError: Float32Array;
}

/** Sends all pixels through the network. */
export async function encodePixels(network: Network, features: Matrix<Float32Array>, context: WorkContext): Promise<Encoding> {
  const { capacity, input, latent, output, cloud } = network;
  const { rows: pixels, columns, data } = features;
  const places = new Float32Array(pixels * latent.width);
  const reconstructionError = new Float32Array(pixels);
  const breath = breather(context);
  cloud?.noise.fill(0);
  for (let start = 0; start < pixels; start += capacity) {
    await breath();
    const rows = Math.min(capacity, pixels - start);
    input.values.set(data.subarray(start * columns, (start + rows) * columns));
    network.forward(rows);
    places.set(latent.values.subarray(0, rows * latent.width), start * latent.width);
    for (let row = 0; row < rows; row++) {
      reconstructionError[start + row] = rootMeanSquare(input.values, output.values, row * columns, columns);
    }
    context.onProgress?.((start + rows) / pixels);
  }
  return { latent: { rows: pixels, columns: latent.width, data: places }, reconstructionError };
}

function rootMeanSquare(a: Float32Array, b: Float32Array, from: number, width: number): number {
  let sum = 0;
  for (let i = from; i < from + width; i++) {
    const difference = a[i]! - b[i]!;
    sum += difference * difference;
  }
  return Math.sqrt(sum / width);
}
