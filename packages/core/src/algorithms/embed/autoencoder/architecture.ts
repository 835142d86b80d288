import { z } from "zod";
import { ParameterError } from "../../../errors.js";
import { outputActivations } from "./layers/output-activation.js";

/** Above this a plain computer would work for days, and a model file would be larger than most maps. */
const MOST_PARAMETERS = 20_000_000;

export const hiddenSizes = z.array(z.int().min(1).max(4096)).min(1).max(8);

/** Everything that decides which weights a network has. Also the form in which a model file states it. */
export const architectureSchema = z.strictObject({
  kind: z.enum(["autoencoder", "variational-autoencoder"]),
  features: z.int().min(1).max(100_000),
  /** Widths of the encoder's blocks; the decoder's are the same in reverse. */
  hiddenSizes,
  latentDimensions: z.int().min(1).max(100),
  output: z.enum(outputActivations),
});

export type Architecture = z.output<typeof architectureSchema>;

/** Name and shape of one tensor of weights. */
export interface TensorShape {
  /** For example `encoder.0.weight`. */
  readonly name: string;
  /** `[outputs, inputs]` for weights, `[outputs]` for biases and for the scale and shift of a layer normalisation. */
  readonly shape: readonly number[];
}

/**
 * The tensors of a network, in the order in which they are drawn and stored: blocks of the encoder, head or heads of the latent space, blocks of
 * the decoder, output. Throws {@link ParameterError} when there are more than 20 million weights in all.
 */
export function tensorShapes({ kind, features, hiddenSizes: sizes, latentDimensions }: Architecture): TensorShape[] {
  const innermost = sizes.at(-1) ?? features;
  const heads = kind === "autoencoder" ? ["latent"] : ["latentMean", "latentLogVariance"];
  const shapes = [
    ...blocks("encoder", features, sizes),
    ...heads.flatMap((head) => linear(head, innermost, latentDimensions)),
    ...blocks("decoder", latentDimensions, sizes.toReversed()),
    ...linear("output", sizes[0] ?? latentDimensions, features),
  ];
  const count = weightCount(shapes);
  if (count > MOST_PARAMETERS) {
    throw new ParameterError("The network is too large.", {
      where: kind,
      field: "hiddenSizes",
      found: `${count} weights`,
      expected: `at most ${MOST_PARAMETERS}`,
      remedy: "Take fewer or smaller layers, or fewer features.",
    });
  }
  return shapes;
}

/** How many numbers the tensors hold: 343,820 for 10 features and SIGMA's sizes. */
export function weightCount(shapes: readonly TensorShape[]): number {
  return shapes.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function blocks(name: string, inputs: number, sizes: readonly number[]): TensorShape[] {
  return sizes.flatMap((size, i) => [
    ...linear(`${name}.${i}`, sizes[i - 1] ?? inputs, size),
    { name: `${name}.${i}.norm.weight`, shape: [size] },
    { name: `${name}.${i}.norm.bias`, shape: [size] },
  ]);
}

function linear(name: string, inputs: number, outputs: number): TensorShape[] {
  return [
    { name: `${name}.weight`, shape: [outputs, inputs] },
    { name: `${name}.bias`, shape: [outputs] },
  ];
}
