import { ShapeError } from "../../../errors.js";
import type { Matrix } from "../../../kernels/matrix.js";
import { randomStream } from "../../../kernels/random.js";
import { partOf } from "../../../spectrum-image/context.js";
import type { Finding } from "../../../spectrum-image/spectrum-image.js";
import { type Embedding, type EmbeddingInput, latentOfAll, usedFeatures } from "../embedding.js";
import type { Architecture } from "./architecture.js";
import { type FeatureStatistics, featureStatistics } from "./feature-statistics.js";
import { chooseOutput } from "./output-choice.js";
import { allPixels, type Split, splitPixels } from "./split.js";
import { withTeam } from "./team.js";
import { encodePixels, type TrainedAutoencoder } from "./trained-model.js";
import { objectiveOf, type TrainingContext, type TrainingHistory, type TrainingOptions, trainNetwork } from "./training.js";
import { drawWeights, type Weights } from "./weights.js";

/** Features with their meaning, which a model must know to be used on another file. */
export interface NamedFeatures extends EmbeddingInput {
  /** Names of the columns, for example `Fe_Ka`. Default: `feature 0`, `feature 1`, ... */
  readonly featureNames?: readonly string[] | undefined;
  /** What was done to the features, in order, for example `z-score`. Default: nothing. */
  readonly treatment?: readonly string[] | undefined;
}

export interface AutoencoderResult extends Embedding {
  /** Float32 [rows]: root mean square of what the network did not give back, in the units of the features; NaN where the mask leaves a pixel out. */
  readonly reconstructionError: Float32Array;
  readonly model: TrainedAutoencoder;
  readonly training: TrainingHistory;
}

/** Trains an autoencoder of either kind on the pixels that the mask leaves, and lays these pixels out. */
export async function fitAutoencoder(
  kind: Architecture["kind"],
  input: NamedFeatures,
  options: TrainingOptions,
  context: TrainingContext,
): Promise<AutoencoderResult> {
  const used = usedFeatures(input);
  const { features } = used;
  const featureNames = namesOf(input);
  const { output, findings } = chooseOutput(features, options);
  const statistics = featureStatistics(features);
  const architecture: Architecture = {
    kind,
    features: features.columns,
    hiddenSizes: [...options.hiddenSizes],
    latentDimensions: options.nComponents,
    output,
  };
  const data = { features, spread: statistics.spread, ...splitOf(features.rows, options, context.seed) };
  const total = input.features.rows;
  const { weightDecay, epochs } = options;
  const demand = { objective: objectiveOf(options), weightDecay, pixels: epochs * features.rows };
  const { training, latent, reconstructionError, weights } = await withTeam(architecture, demand, context, async (team, lent) => {
    const { values } = drawn(team.network.weights, context.seed);
    const { onLayout } = lent;
    const layout: typeof onLayout = onLayout && ((look) => onLayout(() => latentOfAll(used, look(), total)));
    const history = await trainNetwork(team, data, options, { ...partOf(lent, 0, 0.95), onLayout: layout });
    return { training: history, ...(await encodePixels(team, features, partOf(lent, 0.95, 1))), weights: values.slice() };
  });
  const errors: Matrix<Float32Array> = { rows: features.rows, columns: 1, data: reconstructionError };
  return {
    latent: latentOfAll(used, latent, total),
    reconstructionError: latentOfAll(used, errors, total).data,
    model: {
      architecture,
      weights,
      featureNames,
      treatment: [...(input.treatment ?? [])],
      statistics,
      loss: options.loss,
    },
    training,
    findings: [...findings, ...findingsAbout(training, statistics, options)],
  };
}

function drawn(weights: Weights, seed: number): Weights {
  drawWeights(weights, randomStream(seed, "autoencoder-weights"));
  return weights;
}

/** Names of all columns. Throws {@link ShapeError} when there are more or fewer names than features. */
export function namesOf({ features, featureNames }: NamedFeatures): readonly string[] {
  const names = featureNames ?? Array.from({ length: features.columns }, (_, i) => `feature ${i}`);
  if (names.length === features.columns) return [...names];
  throw new ShapeError("There must be one name per feature.", {
    found: `${names.length} names`,
    expected: `${features.columns} names`,
  });
}

function splitOf(pixels: number, { task, evalFraction }: TrainingOptions, seed: number): Split {
  if (task === "train-all") return { train: allPixels(pixels), evaluation: undefined };
  return splitPixels(pixels, evalFraction, randomStream(seed, "autoencoder-split"));
}

function findingsAbout(training: TrainingHistory, { spread }: FeatureStatistics, { keep, epochs }: TrainingOptions): Finding[] {
  const { bestEpoch, stoppedEarly } = training;
  const run = training.trainLoss.length;
  const findings: Finding[] = [];
  if (spread.every((value) => value === 0)) {
    findings.push({
      severity: "warning",
      code: "no-variance",
      message: "All pixels have the same features, so they all lie at one point.",
    });
  }
  const stop = stoppedEarly
    ? `Training stopped after ${run} epochs of ${epochs} without a smaller loss`
    : `Training took ${run} epochs`;
  const kept = keep === "best" ? `the weights of epoch ${bestEpoch} were kept` : `the weights of epoch ${run} were kept`;
  findings.push({ severity: "info", code: "training", message: `${stop}; ${kept}.` });
  if (!stoppedEarly && bestEpoch === run) {
    findings.push({
      severity: "info",
      code: "still-improving",
      message: "The loss was still falling in the last epoch; more epochs may give a more faithful picture.",
    });
  }
  return findings;
}
