/** The networks: their size, how often their weights move, and how the last training went. */
import { countOf, formatCount, formatNumber, formatPercent } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../../worker/engine-protocol.js";
import { featuresOf } from "./embed-umap.js";
import { type Ground, pixelsOf } from "./ground.js";
import { levelsOf } from "./levels.js";
import type { MethodEntry, Tellers } from "./teller.js";
import { secondsWords } from "./words.js";

type Plain = MethodEntry<"embed", "autoencoder">;
type Variational = MethodEntry<"embed", "variational-autoencoder">;
type TrainingHistory = NonNullable<AnalysisSnapshot["training"]>;
type Network = Ground<Plain | Variational>;

const shared: Omit<Tellers<Plain>, never> = {
  hiddenSizes(value, ground) {
    const weights = weightsOf([featuresOf(ground), ...value, ground.entry.nComponents]);
    return `${countOf(2 * value.length + 2, "layer")} there and back, with about ${formatCount(weights)} weights for ${formatCount(trained(ground))} pixels to learn from.`;
  },
  nComponents: (value, ground) =>
    `${countOf(featuresOf(ground), "feature")} of a pixel are squeezed into ${formatCount(value)} and given back.`,
  output(value, { result, recipe, entry }) {
    const treated = recipe.steps.flatMap((entry) => (entry.step === "normalise" ? entry.steps : [])).at(-1);
    const isShares = treated === "softmax";
    if (value !== "auto") return rangeWords(value, result?.features?.data);
    return isShares
      ? "Softmax: the features of a pixel are shares of 1 here."
      : rangeWords(entry.loss === "bce" ? "sigmoid" : "linear", result?.features?.data);
  },
  loss(value, ground) {
    const last = lossWords(trainingOf(ground));
    const words = {
      mse: "Differences twice as large count 4 times",
      mae: "Differences twice as large count 2 times",
      bce: "Takes features as shares from 0 to 1",
    };
    return `${words[value]}${last === undefined ? "" : `; ${last}`}.`;
  },
  epochs(value, ground) {
    const batches = batchesOf(ground);
    const training = trainingOf(ground);
    const ran = training?.trainLoss.length;
    const words = `${formatCount(batches)} batches an epoch, ${formatCount(value * batches)} steps at the most`;
    return `${words}${ran === undefined ? "" : `; the last training ran ${countOf(ran, "epoch")}`}.${estimateWords(value, ground)}`;
  },
  batchSize(value, ground) {
    const batches = Math.ceil(trained(ground) / value);
    return `${countOf(batches, "step", "steps")} in each epoch of ${countOf(trained(ground), "pixel")}.`;
  },
  learningRate(value, ground) {
    const training = trainingOf(ground);
    const last = training?.learningRate.at(-1);
    const lowered = last === undefined ? "" : `; at the end of the last training it was ${formatNumber(last, 2)}`;
    return `${formatCount(batchesOf(ground))} moves in an epoch can take a weight ${formatNumber(value * batchesOf(ground), 2)} far${lowered}.`;
  },
  weightDecay: (value, ground) =>
    value === 0
      ? "The weights are drawn nowhere."
      : `Adds ${formatNumber(value)} of a weight to its gradient, ${formatCount(batchesOf(ground))} times an epoch.`,
  task(value, ground) {
    const all = pixelsOf(ground.basis);
    return value === "train-all"
      ? `All ${countOf(all, "pixel")} are trained on; none is left to check by.`
      : `${countOf(trained(ground), "pixel")} are trained on, ${formatCount(all - trained(ground))} are kept out.`;
  },
  evalFraction(value, ground) {
    const pixels = pixelsOf(ground.basis);
    return ground.entry.task === "train-all"
      ? "Without effect: no pixels are kept out."
      : `About ${formatCount(value * pixels)} of ${countOf(pixels, "pixel")}.`;
  },
  patience(value, ground) {
    const { epochs } = ground.entry;
    const training = trainingOf(ground);
    if (training !== undefined)
      return `The best epoch was ${formatCount(training.bestEpoch)} of ${formatCount(training.trainLoss.length)}; training ${training.stoppedEarly ? "ended early" : "did not end early"}.`;
    return value >= epochs
      ? `Never acts: there are ${countOf(epochs, "epoch")} in all.`
      : `Of ${countOf(epochs, "epoch")} in all.`;
  },
  keep(value, ground) {
    const training = trainingOf(ground);
    if (training === undefined)
      return value === "best"
        ? "Of the epoch with the smallest loss, of those that are run."
        : "Of the last epoch, be its loss the smallest or not.";
    const [best, last] = [training.bestEpoch, training.trainLoss.length];
    return value === "best"
      ? `Those of epoch ${formatCount(best)} of ${formatCount(last)}.`
      : `Those of epoch ${formatCount(last)}; epoch ${formatCount(best)} had the smallest loss.`;
  },
  noise: (value) =>
    value === 0 ? "Features are encoded as they are." : `A feature of spread 1 is encoded with noise of ${formatNumber(value)}.`,
  lrFactor(value, ground) {
    const { learningRate, minLearningRate } = ground.entry;
    const times = Math.floor(Math.log(learningRate / Math.max(minLearningRate, 1e-12)) / Math.log(1 / value));
    const floor = minLearningRate > 0 ? `; the smallest is reached after ${formatCount(Math.max(0, times))}` : "";
    return `From ${formatNumber(learningRate)} to ${formatNumber(learningRate * value)} the first time${floor}.`;
  },
  lrPatience(value, ground) {
    const { epochs } = ground.entry;
    return value >= epochs
      ? `Never acts: there are ${countOf(epochs, "epoch")} in all.`
      : `At the most ${formatCount(Math.floor(epochs / (value + 1)))} falls of the rate in ${countOf(epochs, "epoch")}.`;
  },
  lrThreshold(value, ground) {
    const training = trainingOf(ground);
    const losses = training?.evaluationLoss ?? training?.trainLoss;
    const last = losses?.at(-1);
    return last === undefined
      ? `A loss must fall by ${formatPercent(value)} to count.`
      : `The last loss, ${formatNumber(last)}, must fall by ${formatNumber(last * value, 2)}.`;
  },
  minLearningRate(value, ground) {
    const { learningRate } = ground.entry;
    return value === 0 ? "The rate may fall to nothing." : `${formatNumber(learningRate / value)} times below the first rate.`;
  },
};

export const autoencoder: Tellers<Plain> = shared;

export const variationalAutoencoder: Tellers<Variational> = {
  ...(shared as unknown as Tellers<Variational>),
  kldWeight(value, ground) {
    const last = lossWords(trainingOf(ground));
    return value === 0
      ? "The cloud may have any shape."
      : `Counts ${formatNumber(value)} times beside the difference${last === undefined ? "" : `; ${last}`}.`;
  },
};

function trainingOf({ result }: Network): TrainingHistory | undefined {
  return result?.latent?.autoencoder?.training;
}

/** Pixels that are trained on. */
function trained({ basis, entry }: Network): number {
  const all = pixelsOf(basis);
  return entry.task === "train-all" ? all : all - Math.round(entry.evalFraction * all);
}

function batchesOf(ground: Network): number {
  return Math.ceil(trained(ground) / ground.entry.batchSize);
}

/** Of a network there and back, biases included. */
function weightsOf(sizes: readonly number[]): number {
  const there = sizes.slice(1).reduce((sum, size, i) => sum + (sizes[i]! + 1) * size, 0);
  const back = sizes.slice(1).reduce((sum, size, i) => sum + (size + 1) * sizes[i]!, 0);
  return there + back;
}

/** What the last training took, drawn out to so many epochs; nothing where none was measured. */
function estimateWords(epochs: number, ground: Network): string {
  const { measured, result } = ground;
  const ran = result?.latent?.autoencoder?.training.trainLoss.length;
  if (measured === undefined || measured.entry.step !== "embed" || !("epochs" in measured.entry)) return "";
  const each = measured.seconds / (ran ?? measured.entry.epochs);
  return ` About ${secondsWords(each * epochs)} here, if none is saved.`;
}

function lossWords(training: TrainingHistory | undefined): string | undefined {
  const losses = training?.evaluationLoss ?? training?.trainLoss;
  if (losses === undefined || losses.length === 0) return undefined;
  return `the loss fell from ${formatNumber(losses[0]!)} to ${formatNumber(Math.min(...losses))}`;
}

function rangeWords(output: "linear" | "softmax" | "sigmoid", data: Float32Array | undefined): string {
  const can = { linear: "any number", softmax: "shares of 1", sigmoid: "0 to 1" }[output];
  if (data === undefined) return `${can.charAt(0).toUpperCase()}${can.slice(1)} can be given back.`;
  const levels = levelsOf(data);
  return `${can.charAt(0).toUpperCase()}${can.slice(1)} can be given back; the features go from ${formatNumber(levels.at(0))} to ${formatNumber(levels.at(1))}.`;
}
