import { z } from "zod";
import { hiddenSizes } from "./architecture.js";
import { outputActivations } from "./layers/output-activation.js";
import { lossNames } from "./loss.js";

/** Parameters of the autoencoder. Defaults are SIGMA's; where the default of a choice differs, SIGMA's is among the choices. */
export const autoencoderParameters = z.strictObject({
  hiddenSizes: hiddenSizes.default([512, 256, 128]).meta({
    title: "Hidden layers",
    description: "Widths of the encoder's layers from the features inwards; the decoder has the same in reverse.",
    unit: "neurons",
  }),
  nComponents: z.int().min(1).max(100).default(2).meta({
    title: "Number of dimensions",
    description: "How many numbers each pixel is squeezed into: 2 to look at, more to cluster in.",
    unit: "dimensions",
  }),
  output: z
    .enum(["auto", ...outputActivations])
    .default("auto")
    .meta({
      title: "Output",
      description:
        "What the decoder can give back. softmax: positive shares of 1, as SIGMA always has it; linear: any number; sigmoid: 0 to 1; auto: softmax where every pixel's features are shares of 1, sigmoid for bce, else linear.",
    }),
  loss: z.enum(lossNames).default("mse").meta({
    title: "Loss",
    description:
      "What training makes small. mse: mean squared difference; mae: mean absolute difference (L1); bce: binary cross-entropy, for features from 0 to 1.",
  }),
  epochs: z.int().min(1).max(100_000).default(50).meta({
    title: "Epochs",
    description: "How many times training goes through all pixels, at most.",
    unit: "epochs",
  }),
  batchSize: z.int().min(1).max(1_000_000).default(64).meta({
    title: "Batch size",
    description: "After how many pixels the weights are moved.",
    unit: "pixels",
  }),
  learningRate: z.number().gt(0).max(1).default(1e-4).meta({
    title: "Learning rate",
    description: "About how far a weight may move per batch at the start.",
    unit: "",
  }),
  weightDecay: z.number().min(0).max(1).default(0).meta({
    title: "Weight decay",
    description: "How strongly weights are drawn to zero: this share of each weight is added to its gradient.",
    unit: "",
  }),
  task: z.enum(["train-eval", "train-all"]).default("train-eval").meta({
    title: "Pixels for training",
    description:
      "train-eval: a random share of the pixels is kept out and tells when to stop; train-all: all pixels are trained on.",
  }),
  evalFraction: z.number().gt(0).max(0.9).default(0.2).meta({
    title: "Share kept out",
    description: "Share of the pixels that is kept out of training with train-eval.",
    unit: "fraction of pixels",
  }),
  patience: z.int().min(1).max(100_000).default(50).meta({
    title: "Patience",
    description: "Training stops after this many epochs in a row without a smaller loss.",
    unit: "epochs",
  }),
  keep: z.enum(["best", "last"]).default("best").meta({
    title: "Weights that are kept",
    description: "best: those of the epoch with the smallest loss; last: those of the last epoch, as SIGMA does.",
  }),
  noise: z.number().min(0).max(100).default(0).meta({
    title: "Noise",
    description:
      "Normal noise on the features that are encoded, while the clean ones are to be given back: a denoising autoencoder. 0 for none.",
    unit: "standard deviations of each feature",
  }),
  lrFactor: z.number().gt(0).lt(1).default(0.5).meta({
    title: "Factor of the learning rate",
    description: "The learning rate is multiplied by it when the loss no longer falls.",
    unit: "",
  }),
  lrPatience: z.int().min(0).max(100_000).default(5).meta({
    title: "Patience of the learning rate",
    description: "Epochs in a row without improvement that leave the learning rate as it is.",
    unit: "epochs",
  }),
  lrThreshold: z.number().min(0).lt(1).default(1e-2).meta({
    title: "Smallest improvement",
    description: "Smallest fall of the loss that counts as one for the learning rate.",
    unit: "fraction of the loss",
  }),
  minLearningRate: z.number().min(0).max(1).default(1e-7).meta({
    title: "Smallest learning rate",
    description: "The learning rate is never lowered below it.",
    unit: "",
  }),
});

export const variationalAutoencoderParameters = autoencoderParameters.extend({
  kldWeight: z.number().min(0).max(1000).default(1e-4).meta({
    title: "Weight of the divergence",
    description: "How much it counts in the loss that the latent cloud as a whole be one round normal cloud.",
    unit: "",
  }),
});

export type AutoencoderParameters = z.output<typeof autoencoderParameters>;
