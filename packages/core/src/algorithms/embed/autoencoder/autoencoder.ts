import type { Algorithm } from "../../algorithm.js";
import { type AutoencoderResult, fitAutoencoder, type NamedFeatures } from "./fit.js";
import { autoencoderParameters, variationalAutoencoderParameters } from "./parameters.js";

/**
 * A network that squeezes each pixel into a few numbers and gives its features back from them. Built as in SIGMA: blocks of fully connected, layer
 * normalisation and leaky ReLU, sizes 512, 256, 128, the mirror image as decoder. Ours differs in the output, which suits the features
 * (SIGMA's is always softmax: `output`), in keeping the best epoch (`keep`), and in noise that the network learns to remove.
 *
 * Throws ShapeError for a mask or names of another size, DataCheckError for no pixels, values that are not finite, `bce` outside 0 to 1 or a loss that
 * runs away, and ParameterError for a network of more than 20 million weights.
 */
export const autoencoder: Algorithm<typeof autoencoderParameters, NamedFeatures, AutoencoderResult> = {
  id: "autoencoder",
  name: "Autoencoder",
  summary: "Trains a network to squeeze each pixel into a few numbers and to give its features back; the numbers are its place.",
  reference: "Hinton and Salakhutdinov 2006, doi:10.1126/science.1127647; Tung et al. 2023, doi:10.1029/2022GC010530 (SIGMA)",
  parameters: autoencoderParameters,
  async run(input, parameters, context) {
    return fitAutoencoder("autoencoder", input, { ...parameters, kldWeight: 0 }, context);
  },
};

/** The same with a cloud for each pixel instead of a point, so that the latent space has no holes; the place of a pixel is the mean of its cloud. */
export const variationalAutoencoder: Algorithm<typeof variationalAutoencoderParameters, NamedFeatures, AutoencoderResult> = {
  id: "variational-autoencoder",
  name: "Variational autoencoder",
  summary:
    "An autoencoder that gives each pixel a small cloud instead of a point, and keeps all clouds together in one round one.",
  reference: "Kingma and Welling 2014, doi:10.48550/arXiv.1312.6114; Tung et al. 2023, doi:10.1029/2022GC010530 (SIGMA)",
  parameters: variationalAutoencoderParameters,
  async run(input, parameters, context) {
    return fitAutoencoder("variational-autoencoder", input, parameters, context);
  },
};
