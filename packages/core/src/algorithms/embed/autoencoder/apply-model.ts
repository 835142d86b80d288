import { DataCheckError } from "../../../errors.js";
import type { WorkContext } from "../../../spectrum-image/context.js";
import type { Finding } from "../../../spectrum-image/spectrum-image.js";
import { type Embedding, latentOfAll, usedFeatures } from "../embedding.js";
import { featureStatistics } from "./feature-statistics.js";
import { type NamedFeatures, namesOf } from "./fit.js";
import { encodeWith, type TrainedAutoencoder } from "./trained-model.js";

/** From this many standard deviations on, a mean is said to be unlike that of training. */
const UNLIKE = 2;

export interface AppliedModel extends Embedding {
  /** Float32 [rows]: root mean square of what the network did not give back, in the units of the features; NaN where the mask leaves a pixel out. */
  readonly reconstructionError: Float32Array;
}

/**
 * Lays out the pixels of another file with a model that was trained before. Features must be the same, in the same order, treated in the
 * same way; else throws {@link DataCheckError}. A feature whose mean is far from that of training gives a warning.
 */
export async function applyModel(model: TrainedAutoencoder, input: NamedFeatures, context: WorkContext): Promise<AppliedModel> {
  requireSameList("features", namesOf(input), model.featureNames, "Choose the lines in this order in the features step.");
  requireSameList("treatment", input.treatment ?? [], model.treatment, "Treat the features as they were treated for training.");
  const used = usedFeatures(input);
  const { latent, reconstructionError } = await encodeWith(model, used.features, context);
  const total = input.features.rows;
  const errors = { rows: used.features.rows, columns: 1, data: reconstructionError };
  return {
    latent: latentOfAll(used, latent, total),
    reconstructionError: latentOfAll(used, errors, total).data,
    findings: findingsAbout(model, featureStatistics(used.features).mean),
  };
}

function requireSameList(what: string, found: readonly string[], expected: readonly string[], remedy: string): void {
  const length = Math.max(found.length, expected.length);
  for (let i = 0; i < length; i++) {
    if (found[i] === expected[i]) continue;
    throw new DataCheckError(`The model was trained on other ${what}.`, {
      where: "model",
      field: `${what}[${i}]`,
      found: found[i] ?? "nothing",
      expected: `${expected[i] ?? "nothing"} (in all: ${expected.join(", ") || "none"})`,
      remedy,
    });
  }
}

function findingsAbout({ featureNames, statistics }: TrainedAutoencoder, mean: Float64Array): Finding[] {
  const unlike = featureNames.filter((_, i) => {
    const distance = Math.abs(mean[i]! - statistics.mean[i]!);
    return distance > UNLIKE * statistics.spread[i]!;
  });
  if (unlike.length === 0) return [];
  return [
    {
      severity: "warning",
      code: "unlike-training",
      message: `These features are far from what the model was trained on, so its picture may not hold: ${unlike.join(", ")}.`,
    },
  ];
}
