import { DataCheckError } from "../../../errors.js";
import type { Matrix } from "../../../kernels/matrix.js";
import type { SeededContext } from "../../../spectrum-image/context.js";
import type { Watcher } from "../../../spectrum-image/watcher.js";
import type { Objective } from "./batch-gradients.js";
import { bestWeights } from "./best-weights.js";
import { type EpochData, epochRunner } from "./epoch.js";
import type { AutoencoderParameters } from "./parameters.js";
import { plateauSchedule } from "./plateau-schedule.js";
import type { Team } from "./team.js";
import { encodePixels } from "./trained-model.js";

/** How training went, epoch by epoch. */
export interface TrainingHistory {
  /** Float64 [epochs]: mean loss of the pixels trained on, taken while the weights still moved, noise included. */
  readonly trainLoss: Float64Array;
  /** Float64 [epochs]: mean loss of the pixels kept out, after the epoch; undefined with `train-all`. */
  readonly evaluationLoss: Float64Array | undefined;
  /** Float64 [epochs]: learning rate of the epoch. */
  readonly learningRate: Float64Array;
  /** Epoch with the smallest loss, from 1: by evaluation loss where there is one, else by training loss. */
  readonly bestEpoch: number;
  /** True when patience ran out before the epochs did. */
  readonly stoppedEarly: boolean;
}

export interface TrainingData extends EpochData {
  /** Pixels that are kept out and tell when to stop. */
  readonly evaluation: Int32Array | undefined;
}

/** What training may be given besides: who looks at its curves after every epoch, and who at the places of the pixels, now and then. */
export interface TrainingContext extends SeededContext {
  readonly onTraining?: Watcher<TrainingHistory> | undefined;
  /** Float32 [pixels x latent dimensions], of some epochs: see {@link isLaidOut}. */
  readonly onLayout?: Watcher<Matrix<Float32Array>> | undefined;
}

export type TrainingOptions = AutoencoderParameters & { readonly kldWeight: number };

/**
 * Trains the network of a team in place: per epoch a pass over the training pixels, the evaluation, the learning rate, and the decision whether to go on.
 * Afterwards the weights are those of the best epoch, unless `keep` is `last`.
 *
 * Throws {@link DataCheckError} when the loss is no longer a finite number.
 */
export async function trainNetwork(
  team: Team,
  data: TrainingData,
  options: TrainingOptions,
  context: TrainingContext,
): Promise<TrainingHistory> {
  const { epochs, batchSize, noise } = options;
  const runner = epochRunner(team, data, { objective: objectiveOf(options), batchSize, noise }, context);
  const best = bestWeights(team.network.weights.values, options.patience);
  const schedule = scheduleOf(options);
  const curves: Curves = { train: [], evaluation: [], rates: [] };
  for (let epoch = 1, going = true; going && epoch <= epochs; epoch++) {
    curves.rates.push(schedule.learningRate);
    const onShare = (share: number): void => context.onProgress?.((epoch - 1 + 0.9 * share) / epochs);
    const train = await runner.train(schedule.learningRate, onShare);
    const evaluation = data.evaluation === undefined ? undefined : await runner.evaluate(data.evaluation);
    requireFinite([train, evaluation ?? train], epoch, options.learningRate);
    curves.train.push(train);
    if (evaluation !== undefined) curves.evaluation.push(evaluation);
    schedule.tell(evaluation ?? train);
    going = best.tell(epoch, evaluation ?? train);
    context.onTraining?.(() => historyOf(curves, best.epoch, epochs));
    if (context.onLayout !== undefined && going && isLaidOut(epoch, epochs)) {
      const { latent } = await encodePixels(team, data.features, { ...context, onProgress: undefined });
      context.onLayout(() => latent);
    }
    context.onProgress?.(epoch / epochs, progressText(epoch, epochs, train, evaluation));
  }
  if (options.keep === "best") best.restore();
  return historyOf(curves, best.epoch, epochs);
}

/** A pass that only lays out costs a third of an epoch. */
const FEWEST_EPOCHS_BETWEEN = 5;
const MOST_LAYOUTS = 12;

/** Whether the pixels are laid out after an epoch for those who look on: the first, then every fifth, of many epochs a twelfth of them; not the last, after which they are laid out anyway. */
export function isLaidOut(epoch: number, epochs: number): boolean {
  return epoch < epochs && (epoch === 1 || epoch % Math.max(FEWEST_EPOCHS_BETWEEN, Math.ceil(epochs / MOST_LAYOUTS)) === 0);
}

/** What these options make small. */
export function objectiveOf({ loss, kldWeight }: TrainingOptions): Objective {
  return { loss, divergenceWeight: kldWeight };
}

interface Curves {
  readonly train: number[];
  readonly evaluation: number[];
  readonly rates: number[];
}

function historyOf({ train, evaluation, rates }: Curves, bestEpoch: number, epochs: number): TrainingHistory {
  return {
    trainLoss: Float64Array.from(train),
    evaluationLoss: evaluation.length === 0 ? undefined : Float64Array.from(evaluation),
    learningRate: Float64Array.from(rates),
    bestEpoch,
    stoppedEarly: train.length < epochs,
  };
}

function scheduleOf({ learningRate, lrFactor, lrPatience, lrThreshold, minLearningRate }: TrainingOptions) {
  return plateauSchedule({ learningRate, factor: lrFactor, patience: lrPatience, threshold: lrThreshold, minLearningRate });
}

function requireFinite(losses: readonly number[], epoch: number, learningRate: number): void {
  const wrong = losses.find((loss) => !Number.isFinite(loss));
  if (wrong === undefined) return;
  throw new DataCheckError("The training came apart: the loss is no longer a finite number.", {
    where: `epoch ${epoch}`,
    found: String(wrong),
    remedy: `Take a smaller learning rate than ${learningRate}, or scale the features.`,
  });
}

function progressText(epoch: number, epochs: number, train: number, evaluation: number | undefined): string {
  const text = `epoch ${epoch} of ${epochs}, loss ${train.toPrecision(4)}`;
  return evaluation === undefined ? text : `${text}, on pixels kept out ${evaluation.toPrecision(4)}`;
}
