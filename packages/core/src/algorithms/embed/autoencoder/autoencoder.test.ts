import { describe, expect, it } from "vitest";
import { AbortedError, DataCheckError, ParameterError, ShapeError } from "../../../errors.js";
import type { Matrix } from "../../../kernels/matrix.js";
import { randomStream } from "../../../kernels/random.js";
import { parseParameters } from "../../parameters.js";
import { autoencoder, variationalAutoencoder } from "./autoencoder.js";
import { chooseOutput } from "./output-choice.js";
import { splitPixels } from "./split.js";
import { isLaidOut, type TrainingContext } from "./training.js";

const small = { hiddenSizes: [16, 8], epochs: 20, batchSize: 16, learningRate: 5e-3 };
const defaults = (given: object = {}) => parseParameters(autoencoder, { ...small, ...given });

/** Three groups of pixels in five features, as z-scores might be. */
function groups(pixels = 240): { features: Matrix<Float32Array>; group: Int32Array } {
  const random = randomStream(1, "groups");
  const group = Int32Array.from({ length: pixels }, (_, i) => i % 3);
  const centres = [
    [2, -1, 0, 1, -2],
    [-1, 2, 1, -1, 0],
    [0, 0, -2, 1, 2],
  ];
  const data = Float32Array.from(
    { length: pixels * 5 },
    (_, i) => centres[group[Math.floor(i / 5)]!]![i % 5]! + 0.2 * random.normal(),
  );
  return { features: { rows: pixels, columns: 5, data }, group };
}

/** Mean distance between pixels of different groups over that within groups. */
function separation({ data }: Matrix<Float32Array>, group: Int32Array): number {
  const sums = { within: 0, between: 0, pairs: [0, 0] as [number, number] };
  for (let a = 0; a < 60; a++) {
    for (let b = 0; b < a; b++) {
      const distance = Math.hypot(data[2 * a]! - data[2 * b]!, data[2 * a + 1]! - data[2 * b + 1]!);
      if (group[a] === group[b]) sums.within += distance;
      else sums.between += distance;
      sums.pairs[group[a] === group[b] ? 0 : 1] += 1;
    }
  }
  return sums.between / sums.pairs[1] / (sums.within / sums.pairs[0]);
}

describe("autoencoder", () => {
  it("learns to give z-scores back, and keeps groups apart", async () => {
    const { features, group } = groups();
    const { latent, training, reconstructionError, model } = await autoencoder.run({ features }, defaults(), { seed: 1 });
    expect(model.architecture.output).toBe("linear");
    expect(training.trainLoss.at(-1)).toBeLessThan(0.25 * training.trainLoss[0]!);
    expect(training.evaluationLoss).toHaveLength(20);
    expect(separation(latent, group)).toBeGreaterThan(3);
    const squares = reconstructionError.map((value) => value * value);
    expect(squares.reduce((sum, value) => sum + value, 0) / 240).toBeLessThan(0.3);
  });

  it("shows where the pixels lie while it trains, also those that are kept out, and gives the same bytes whoever looks", async () => {
    const { features, group } = groups();
    const mask = new Uint8Array(240).fill(1, 30);
    const layouts: Matrix<Float32Array>[] = [];
    const epochs: number[] = [];
    let epoch = 0;
    for (const method of [autoencoder, variationalAutoencoder]) {
      const given = parseParameters(method, { ...small, noise: 0.1 });
      const unseen = await method.run({ features, mask }, given as never, { seed: 1 });
      const watching: TrainingContext = {
        seed: 1,
        onTraining(look) {
          epoch = look().trainLoss.length;
        },
        onLayout(look) {
          layouts.push(look());
          epochs.push(epoch);
        },
      };
      const seen = await method.run({ features, mask }, given as never, watching);
      expect(seen.latent).toEqual(unseen.latent);
      expect(seen.model.weights).toEqual(unseen.model.weights);
      expect(seen.training).toEqual(unseen.training);
    }
    expect(epochs).toEqual([1, 5, 10, 15, 1, 5, 10, 15]);
    for (const { rows, columns, data } of layouts) {
      expect([rows, columns]).toEqual([240, 2]);
      expect(data.findIndex(Number.isFinite)).toBe(60);
      expect(data.subarray(60).every(Number.isFinite)).toBe(true);
    }
    const tail = ({ data }: Matrix<Float32Array>) => ({ rows: 210, columns: 2, data: data.subarray(60) });
    const [first, , , last] = layouts.map((layout) => separation(tail(layout), group.subarray(30)));
    expect(last).toBeGreaterThan(first!);
  });

  it.each([
    [20, [1, 5, 10, 15]],
    [3, [1]],
    [240, [1, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220]],
  ])("lays out a few of %d epochs", (epochs, shown) => {
    const all = Array.from({ length: epochs }, (_, i) => i + 1);
    expect(all.filter((epoch) => isLaidOut(epoch, epochs))).toEqual(shown);
  });

  it("with SIGMA's softmax cannot give z-scores back, and says so", async () => {
    const { features } = groups();
    const linear = await autoencoder.run({ features }, defaults(), { seed: 1 });
    const { training, findings } = await autoencoder.run({ features }, defaults({ output: "softmax" }), { seed: 1 });
    expect(training.trainLoss.at(-1)).toBeGreaterThan(3 * linear.training.trainLoss.at(-1)!);
    expect(findings.map(({ code }) => code)).toContain("output-misfit");
  });

  it("leaves masked pixels out, of training too", async () => {
    const { features } = groups(60);
    const mask = new Uint8Array(60).fill(1).fill(0, 30);
    const half = { rows: 30, columns: 5, data: features.data.slice(0, 150) };
    const masked = await autoencoder.run({ features, mask }, defaults({ epochs: 2 }), { seed: 1 });
    const alone = await autoencoder.run({ features: half }, defaults({ epochs: 2 }), { seed: 1 });
    expect(masked.latent.data.subarray(0, 60)).toEqual(alone.latent.data);
    expect(masked.latent.data.subarray(60).every(Number.isNaN)).toBe(true);
    expect(masked.reconstructionError.subarray(30).every(Number.isNaN)).toBe(true);
  });

  it("gives other results with another seed, the same with the same", async () => {
    const { features } = groups(60);
    const run = async (seed: number) => (await autoencoder.run({ features }, defaults({ epochs: 2 }), { seed })).latent.data;
    expect(await run(1)).toEqual(await run(1));
    expect(await run(1)).not.toEqual(await run(2));
  });

  it("keeps the weights of the best epoch, and stops when patience runs out", async () => {
    const { features } = groups(30);
    const restless = { learningRate: 0.2, epochs: 60, patience: 4, lrPatience: 1000, batchSize: 8 };
    const best = await autoencoder.run({ features }, defaults(restless), { seed: 2 });
    const { evaluationLoss, bestEpoch, stoppedEarly } = best.training;
    const epochs = evaluationLoss!.length;
    expect(stoppedEarly).toBe(true);
    expect(epochs).toBe(bestEpoch + 4);
    expect(bestEpoch).toBe(evaluationLoss!.indexOf(Math.min(...evaluationLoss!)) + 1);
    const short = await autoencoder.run({ features }, defaults({ ...restless, epochs: bestEpoch, keep: "last" }), { seed: 2 });
    const last = await autoencoder.run({ features }, defaults({ ...restless, keep: "last" }), { seed: 2 });
    expect(best.model.weights).toEqual(short.model.weights);
    expect(best.model.weights).not.toEqual(last.model.weights);
    expect(best.findings.map(({ message }) => message).join(" ")).toMatch(`after ${epochs} epochs of 60`);
  });

  it("lowers the learning rate on a plateau", async () => {
    const { features } = groups(30);
    const { training } = await autoencoder.run(
      { features },
      defaults({ learningRate: 1e-6, lrPatience: 2, lrThreshold: 0.5, epochs: 7, minLearningRate: 3e-7 }),
      { seed: 1 },
    );
    expect(Array.from(training.learningRate)).toEqual([1e-6, 1e-6, 1e-6, 1e-6, 5e-7, 5e-7, 5e-7]);
  });

  it("trained on noise learns to remove it: the target is clean", async () => {
    const { features } = groups();
    const noisy = await autoencoder.run({ features }, defaults({ noise: 0.5, epochs: 40 }), { seed: 1 });
    const { trainLoss, evaluationLoss } = noisy.training;
    const spread = noisy.model.statistics.spread.reduce((sum, value) => sum + value, 0) / 5;
    expect(trainLoss.at(-1)).toBeGreaterThan(evaluationLoss!.at(-1)!);
    expect(trainLoss.at(-1)).toBeLessThan(0.5 * (0.5 * spread) ** 2 + 0.3);
    const clean = await autoencoder.run({ features }, defaults({ epochs: 40 }), { seed: 1 });
    expect(noisy.model.weights).not.toEqual(clean.model.weights);
  });

  it("trains on all pixels when asked to, and on the only one there is", async () => {
    const { features } = groups(30);
    const all = await autoencoder.run({ features }, defaults({ task: "train-all", epochs: 3 }), { seed: 1 });
    expect(all.training.evaluationLoss).toBeUndefined();
    expect(all.training.trainLoss).toHaveLength(3);
    const one = { rows: 1, columns: 5, data: features.data.slice(0, 5) };
    const { latent, findings } = await autoencoder.run({ features: one }, defaults({ epochs: 2 }), { seed: 1 });
    expect(latent.data.every(Number.isFinite)).toBe(true);
    expect(findings.map(({ code }) => code)).toContain("no-variance");
  });

  it("says what is wrong: names, diverging training, cross-entropy of z-scores, stopping", async () => {
    const { features } = groups(60);
    const run = (given: object, input = {}, context = {}) =>
      autoencoder.run({ features, ...input }, defaults(given), { seed: 1, ...context });
    await expect(run({}, { featureNames: ["Fe_Ka"] })).rejects.toThrow(ShapeError);
    await expect(run({ loss: "bce" })).rejects.toThrow(/Binary cross-entropy needs features from 0 to 1/);
    const huge = { features: { ...features, data: features.data.map(() => 3.3e38) } };
    await expect(run({ hiddenSizes: [512] }, huge)).rejects.toThrow(DataCheckError);
    await expect(run({ hiddenSizes: [512] }, huge)).rejects.toThrow(/epoch 1.*no longer a finite number/);
    const stop = new AbortController();
    const onProgress = (fraction: number) => fraction > 0.2 && stop.abort();
    await expect(run({}, {}, { signal: stop.signal, onProgress })).rejects.toThrow(AbortedError);
  });

  it("stops within a second in the middle of an epoch of one huge batch", async () => {
    const features = { rows: 20_000, columns: 10, data: new Float32Array(200_000).fill(0.1) };
    const stop = new AbortController();
    const given = parseParameters(autoencoder, { batchSize: 20_000 });
    const running = autoencoder.run({ features }, given, { seed: 1, signal: stop.signal });
    const outcome = expect(running).rejects.toThrow(AbortedError);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const asked = performance.now();
    stop.abort();
    await outcome;
    expect(performance.now() - asked).toBeLessThan(1000);
  });
});

describe("variational autoencoder", () => {
  const given = (more: object) => parseParameters(variationalAutoencoder, { ...small, epochs: 60, ...more });

  it("keeps groups apart, and the cloud smaller the more the divergence weighs", async () => {
    const { features, group } = groups();
    const size = (data: Float32Array) => Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
    const loose = await variationalAutoencoder.run({ features }, given({}), { seed: 1 });
    const tight = await variationalAutoencoder.run({ features }, given({ kldWeight: 20 }), { seed: 1 });
    expect(separation(loose.latent, group)).toBeGreaterThan(2);
    expect(size(tight.latent.data)).toBeLessThan(0.2);
    expect(size(tight.latent.data)).toBeLessThan(0.5 * size(loose.latent.data));
    expect(loose.model.architecture.kind).toBe("variational-autoencoder");
  });
});

describe("output", () => {
  const shares = { rows: 2, columns: 2, data: Float32Array.of(0.25, 0.75, 0.5, 0.5) };
  const scores = { rows: 2, columns: 2, data: Float32Array.of(-1, 1, 1, -1) };
  const fractions = { rows: 2, columns: 2, data: Float32Array.of(0, 1, 1, 1) };

  it.each([
    ["softmax for shares of 1", shares, "mse", "softmax"],
    ["linear for z-scores", scores, "mse", "linear"],
    ["linear for fractions", fractions, "mae", "linear"],
    ["sigmoid for the cross-entropy of fractions", fractions, "bce", "sigmoid"],
    ["softmax for the cross-entropy of shares", shares, "bce", "softmax"],
  ] as const)("%s", (_, features, loss, expected) => {
    expect(chooseOutput(features, { output: "auto", loss })).toEqual({ output: expected, findings: [] });
  });

  it("warns of one that cannot give the features back, and refuses bce without limits", () => {
    expect(chooseOutput(scores, { output: "sigmoid", loss: "mse" }).findings).toHaveLength(1);
    expect(chooseOutput(shares, { output: "softmax", loss: "mse" }).findings).toEqual([]);
    expect(() => chooseOutput(shares, { output: "linear", loss: "bce" })).toThrow(ParameterError);
    expect(() => chooseOutput(scores, { output: "auto", loss: "bce" })).toThrow(DataCheckError);
  });
});

describe("split", () => {
  it.each([
    [100, 0.2, 20],
    [100, 0.15, 15],
    [2, 0.01, 1],
    [2, 0.9, 1],
  ])("of %d pixels keeps a share of %d out: %d, each pixel once", (pixels, share, kept) => {
    const { train, evaluation } = splitPixels(pixels, share, randomStream(1, "split"));
    expect(evaluation).toHaveLength(kept);
    expect([...train, ...evaluation!].sort((a, b) => a - b)).toEqual(Array.from({ length: pixels }, (_, i) => i));
  });
});
