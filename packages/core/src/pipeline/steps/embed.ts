import { z } from "zod";
import { applyModel } from "../../algorithms/embed/autoencoder/apply-model.js";
import { autoencoder, variationalAutoencoder } from "../../algorithms/embed/autoencoder/autoencoder.js";
import type { AutoencoderResult, NamedFeatures } from "../../algorithms/embed/autoencoder/fit.js";
import type { TrainingContext, TrainingHistory } from "../../algorithms/embed/autoencoder/training.js";
import type { Embedding } from "../../algorithms/embed/embedding.js";
import { pca } from "../../algorithms/embed/pca.js";
import { type UmapContext, umap } from "../../algorithms/embed/umap/umap.js";
import type { Matrix } from "../../kernels/matrix.js";
import type { SeededContext } from "../../spectrum-image/context.js";
import type { Analysis, TrainedLatent } from "../analysis.js";
import { featureColumns } from "../feature-columns.js";
import { need } from "../need.js";
import type { Step, StepContext } from "../step.js";
import { tell } from "../tell.js";

const step = z.literal("embed");
const schema = z.discriminatedUnion("method", [
  umap.parameters.extend({ step, method: z.literal("umap") }),
  pca.parameters.extend({ step, method: z.literal("pca") }),
  autoencoder.parameters.extend({ step, method: z.literal("autoencoder") }),
  variationalAutoencoder.parameters.extend({ step, method: z.literal("variational-autoencoder") }),
]);

/** Lays the pixels out in few dimensions, so that alike pixels lie together. */
export const embed: Step<typeof schema> = {
  id: "embed",
  title: "Latent space",
  summary: "Lays the pixels out in few dimensions, so that alike pixels lie together.",
  schema,
  async run(analysis, given, context) {
    const columns = featureColumns(need(analysis.features, "embed", "features", "features"));
    const { matrix: features, names: featureNames, treatment } = columns;
    const input = { features, mask: analysis.mask, featureNames, treatment };
    const model = given.method.endsWith("autoencoder") ? context.trained?.autoencoder : undefined;
    const embedding =
      model === undefined
        ? await embedded(input, given, watched(analysis, given.method, context))
        : await applyModel(model, input, context);
    const { columns: dimensions, data: places } = embedding.latent;
    const latent = { method: given.method, dimensions, data: places, autoencoder: trainedOf(embedding) };
    const message = "Latent space by a network that was trained on other data before.";
    const applied = model === undefined ? [] : [{ severity: "info", code: "applied-model", message } as const];
    return tell({ ...analysis, latent }, [...applied, ...embedding.findings]);
  },
};

function watched(analysis: Analysis, method: string, context: StepContext): SeededContext & UmapContext & TrainingContext {
  const { onGlimpse } = context;
  if (onGlimpse === undefined) return context;
  // What was told of the one stays in sight while the other goes on.
  let layout: (() => Matrix<Float32Array>) | undefined;
  let training: (() => TrainingHistory) | undefined;
  const show = (): void =>
    onGlimpse(() => {
      const places = layout?.();
      const latent = places && { method, dimensions: places.columns, data: places.data };
      return { ...analysis, ...(latent && { latent }), training: training?.() };
    });
  return {
    ...context,
    onLayout(look) {
      layout = look;
      show();
    },
    onTraining(look) {
      training = look;
      show();
    },
  };
}

async function embedded(
  input: NamedFeatures,
  given: z.output<typeof schema>,
  context: SeededContext,
): Promise<Embedding | AutoencoderResult> {
  switch (given.method) {
    case "umap":
      return umap.run(input, given, context);
    case "pca":
      return pca.run(input, given, context);
    case "autoencoder":
      return autoencoder.run(input, given, context);
    case "variational-autoencoder":
      return variationalAutoencoder.run(input, given, context);
  }
}

/** What an autoencoder leaves besides the picture. */
function trainedOf(embedding: Embedding | AutoencoderResult): TrainedLatent | undefined {
  if (!("training" in embedding)) return undefined;
  const { model, training, reconstructionError } = embedding;
  return { model, training, reconstructionError };
}
