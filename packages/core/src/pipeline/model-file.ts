/** Trained models as files: safetensors, which hold numbers and texts and never code. */
import { modelOfTensors, modelTensors } from "../algorithms/embed/autoencoder/model-tensors.js";
import type { TrainedAutoencoder } from "../algorithms/embed/autoencoder/trained-model.js";
import { readSafetensors } from "../formats/safetensors/read-safetensors.js";
import { writeSafetensors } from "../formats/safetensors/safetensors.js";

/** The bytes of a `.safetensors` file with weights, names and treatment of the features. The same model gives the same bytes. */
export function saveModel(model: TrainedAutoencoder): Uint8Array {
  return writeSafetensors(modelTensors(model));
}

/**
 * Reads what {@link saveModel} wrote. `name` is the file's name, for messages. Throws FormatError for a damaged file or a model of
 * something else, UnsupportedError for element types that are not read.
 */
export function loadModel(bytes: Uint8Array, name = "model.safetensors"): TrainedAutoencoder {
  return modelOfTensors(readSafetensors(bytes, name), name);
}
