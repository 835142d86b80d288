import type { Matrix } from "../../../kernels/matrix.js";
import { breather, type WorkContext } from "../../../spectrum-image/context.js";
import type { Architecture } from "./architecture.js";
import type { FeatureStatistics } from "./feature-statistics.js";
import type { LossName } from "./loss.js";
import { type Team, withTeam } from "./team.js";

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

/** Sends all pixels through the network of a model. */
export async function encodeWith(
  { architecture, weights, loss }: TrainedAutoencoder,
  features: Matrix<Float32Array>,
  context: WorkContext,
): Promise<Encoding> {
  const demand = { objective: { loss, divergenceWeight: 0 }, weightDecay: 0, pixels: features.rows };
  return withTeam(architecture, demand, context, async (team, lent) => {
    team.network.weights.values.set(weights);
    return encodePixels(team, features, lent);
  });
}

export interface Encoding {
  /** Float32 [pixels x latent dimensions]; of a variational autoencoder the means. */
  readonly latent: Matrix<Float32Array>;
  /** Float32 [pixels]: root mean square of what the network did not give back, in the units of the features. */
  readonly reconstructionError: Float32Array;
}

/** Sends all pixels through the network of a team. */
export async function encodePixels(team: Team, features: Matrix<Float32Array>, context: WorkContext): Promise<Encoding> {
  const { capacity, presented, latent, output, cloud } = team.network;
  const { rows: pixels, columns, data } = features;
  const places = new Float32Array(pixels * latent.width);
  const reconstructionError = new Float32Array(pixels);
  const breath = breather(context);
  cloud?.noise.fill(0);
  for (let start = 0; start < pixels; start += capacity) {
    await breath();
    const rows = Math.min(capacity, pixels - start);
    presented.set(data.subarray(start * columns, (start + rows) * columns));
    await team.carryOut({ what: "there", rows });
    places.set(latent.values.subarray(0, rows * latent.width), start * latent.width);
    for (let row = 0; row < rows; row++) {
      reconstructionError[start + row] = rootMeanSquare(presented, output.values, row * columns, columns);
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
