import { writeNpy } from "../formats/npy/npy.js";
import type { Analysis } from "../pipeline/analysis.js";
import { saveModel } from "../pipeline/model-file.js";
import { saveMixture } from "../pipeline/trained-models.js";
import type { ResultFile } from "./result-files.js";

/** The mixture that made the classes; the model of an autoencoder, the curves of its training, and what it did not give back, where an autoencoder made the latent space. */
export function* autoencoderFiles({ latent, image, mixture }: Analysis): Generator<ResultFile> {
  if (mixture !== undefined) yield { path: "mixture/model.safetensors", bytes: saveMixture(mixture) };
  if (latent?.autoencoder === undefined) return;
  const { model, training, reconstructionError } = latent.autoencoder;
  const { trainLoss, evaluationLoss, learningRate } = training;
  const rows = Array.from(
    trainLoss,
    (loss, i) => `${i + 1},${loss},${evaluationLoss?.[i] ?? ""},${learningRate[i]},${i + 1 === training.bestEpoch}\n`,
  );
  const table = `epoch,train_loss,evaluation_loss,learning_rate,best\n${rows.join("")}`;
  yield { path: "autoencoder/model.safetensors", bytes: saveModel(model) };
  yield { path: "autoencoder/training.csv", bytes: new TextEncoder().encode(table) };
  yield {
    path: "autoencoder/reconstruction-error.npy",
    bytes: writeNpy({ shape: image.counts.navigationShape, data: reconstructionError }),
  };
}
