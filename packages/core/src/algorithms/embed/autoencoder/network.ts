import type { Architecture } from "./architecture.js";
import { type Arithmetic, referenceArithmetic } from "./arithmetic.js";
import { dense } from "./layers/dense.js";
import { type Activations, activations, type Layer } from "./layers/layer.js";
import { layerNorm } from "./layers/layer-norm.js";
import { leakyRelu } from "./layers/leaky-relu.js";
import { activationLayers } from "./layers/output-activation.js";
import { reparameterise } from "./layers/reparameterise.js";
import type { Member, Span } from "./member.js";
import type { Weights } from "./weights.js";

/** An encoder and a decoder with their working memory for `capacity` pixels at once. */
export interface Network {
  readonly weights: Weights;
  readonly arithmetic: Arithmetic;
  /** Most pixels per call. */
  readonly capacity: number;
  /** Float32 [capacity x features]: where pixels are put down for `take`, while those before them may still be worked on. */
  readonly presented: Float32Array;
  /** Float32 [capacity x features]: what these pixels should come out as. */
  readonly target: Float32Array;
  /** [capacity x features] */
  readonly input: Activations;
  /** [capacity x latent dimensions]: place in the latent space; of a variational autoencoder the mean µ. */
  readonly latent: Activations;
  /** Of a variational autoencoder only. */
  readonly cloud: LatentCloud | undefined;
  /** [capacity x features]: the input as the decoder gives it back. */
  readonly output: Activations;
  /** Values of the latent space and of the output for these pixels, as they were presented. */
  forward(rows: Span): void;
  /** Forgets the gradients of all activations of these pixels; then add to those of the output (and of the cloud), then call `backward`. */
  clearGradients(rows: Span): void;
  /** The gradients of all activations of these pixels but for the input. */
  backward(rows: Span): void;
  /** Adds to the gradients of a member's weights what the first `rows` pixels ask, when all of them have gone there and back. */
  addGradients(rows: number, member: Member): void;
}

/** The spread that a variational autoencoder gives each pixel in the latent space. */
export interface LatentCloud {
  /** [capacity x latent dimensions]: log σ². */
  readonly logVariance: Activations;
  /** Float32 [capacity x latent dimensions]: standard normal numbers of the sample, or zeros to decode the mean. */
  readonly noise: Float32Array;
}

/** Joins the layers: blocks of fully connected, layer normalisation and leaky ReLU; a fully connected head; and the mirror image. */
export function buildNetwork(
  architecture: Architecture,
  weights: Weights,
  capacity: number,
  arithmetic: Arithmetic = referenceArithmetic,
): Network {
  const { features, hiddenSizes, latentDimensions } = architecture;
  const chain = newChain(weights, capacity, arithmetic);
  const input = chain.signal(features);
  const [presented, target] = [arithmetic.floats(capacity * features), arithmetic.floats(capacity * features)];
  const encoded = chain.blocks("encoder", input, hiddenSizes);
  const { latent, cloud, sample } = latentSpace(architecture, chain, encoded);
  const decoded = chain.blocks("decoder", sample, hiddenSizes.toReversed());
  const raw = chain.linear("output", decoded, features);
  const activation = activationLayers[architecture.output];
  const output = activation === undefined ? raw : chain.signal(features);
  if (activation !== undefined) chain.layers.push(activation(raw, output));
  const { layers, signals } = chain;
  // The first layer gives its gradient to the input, where nobody asks for it.
  const back = layers.slice(1).toReversed();
  return {
    weights,
    arithmetic,
    capacity,
    presented,
    target,
    input,
    latent,
    cloud,
    output,
    forward(rows) {
      const [from, to] = [rows.from * features, rows.to * features];
      input.values.set(presented.subarray(from, to), from);
      for (const layer of layers) layer.forward(rows);
    },
    clearGradients({ from, to }) {
      for (const { gradient, width } of signals) gradient.fill(0, from * width, to * width);
    },
    backward(rows) {
      for (const layer of back) layer.backward(rows);
    },
    addGradients(rows, member) {
      for (const layer of layers) layer.addGradients?.(rows, member);
    },
  };

  function latentSpace(
    { kind }: Architecture,
    { signal, linear, layers: all }: Chain,
    from: Activations,
  ): { latent: Activations; cloud: LatentCloud | undefined; sample: Activations } {
    if (kind === "autoencoder") {
      const place = linear("latent", from, latentDimensions);
      return { latent: place, cloud: undefined, sample: place };
    }
    const mean = linear("latentMean", from, latentDimensions);
    const logVariance = linear("latentLogVariance", from, latentDimensions);
    const sample = signal(latentDimensions);
    const noise = arithmetic.floats(capacity * latentDimensions);
    all.push(reparameterise(mean, logVariance, noise, sample));
    return { latent: mean, cloud: { logVariance, noise }, sample };
  }
}

/** Layers in the order in which they run, and what flows between them. */
interface Chain {
  readonly layers: Layer[];
  readonly signals: Activations[];
  signal(width: number): Activations;
  linear(name: string, from: Activations, width: number): Activations;
  blocks(name: string, from: Activations, widths: readonly number[]): Activations;
}

function newChain(weights: Weights, capacity: number, arithmetic: Arithmetic): Chain {
  const chain: Chain = {
    layers: [],
    signals: [],
    signal(width) {
      const signal = activations(capacity, width, arithmetic);
      chain.signals.push(signal);
      return signal;
    },
    linear(name, from, width) {
      const to = chain.signal(width);
      chain.layers.push(dense(from, to, weights.tensor(`${name}.weight`), weights.tensor(`${name}.bias`), arithmetic));
      return to;
    },
    blocks(name, from, widths) {
      let current = from;
      for (const [i, width] of widths.entries()) {
        const sums = chain.linear(`${name}.${i}`, current, width);
        const normalised = chain.signal(width);
        const scale = weights.tensor(`${name}.${i}.norm.weight`);
        const shift = weights.tensor(`${name}.${i}.norm.bias`);
        current = chain.signal(width);
        chain.layers.push(layerNorm(sums, normalised, scale, shift, arithmetic), leakyRelu(normalised, current, arithmetic));
      }
      return current;
    },
  };
  return chain;
}
