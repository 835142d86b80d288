import { autoencoder } from "../../packages/core/dist/algorithms/embed/autoencoder/autoencoder.js";
import { parseParameters } from "../../packages/core/dist/algorithms/parameters.js";
import { pointsOf, table } from "./loading.mjs";

export async function load(input) {
  return { points: await pointsOf(input), epochs: input.epochs };
}

/** Every pixel trains and the last epoch is taken, as on the other side. */
export async function work({ points, epochs }, context) {
  const parameters = parseParameters(autoencoder, { epochs, batchSize: 64, output: "linear", task: "train-all", keep: "last" });
  const { latent } = await autoencoder.run({ features: points }, parameters, context);
  return () => ({ latent: table(latent.data, points.rows) });
}
