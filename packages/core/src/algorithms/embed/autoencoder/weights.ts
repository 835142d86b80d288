import { DataCheckError } from "../../../errors.js";
import type { RandomStream } from "../../../kernels/random.js";
import { sizeOf, type TensorShape, weightCount } from "./architecture.js";
import { type Arithmetic, referenceArithmetic } from "./arithmetic.js";
import type { Parameter } from "./layers/layer.js";
import { type Member, type Span, shareOf } from "./member.js";

/** All weights of a network in one array, so that the optimiser is one loop and keeping the best ones is one copy. */
export interface Weights {
  readonly shapes: readonly TensorShape[];
  /** Float32 [all weights], tensors one after the other. */
  readonly values: Float32Array;
  /** Float32 [all weights]: derivative of the loss by each. */
  readonly gradient: Float32Array;
  /** Views of one tensor. Throws {@link DataCheckError} for a name that the network does not have. */
  tensor(name: string): Parameter;
}

/** Where the weights of a member lie: of every tensor its share of the outputs. Neighbours are joined, so that one that does all has one span. */
export function spansOf(shapes: readonly TensorShape[], member: Member): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const { shape } of shapes) {
    const outputs = shape[0] ?? 1;
    const each = sizeOf(shape) / outputs;
    const share = shareOf(outputs, member);
    const [from, to] = [start + each * share.from, start + each * share.to];
    const last = spans.at(-1);
    if (last?.to === from) spans[spans.length - 1] = { from: last.from, to };
    else spans.push({ from, to });
    start += sizeOf(shape);
  }
  return spans;
}

export function allocateWeights(
  shapes: readonly TensorShape[],
  { floats }: Pick<Arithmetic, "floats"> = referenceArithmetic,
): Weights {
  const values = floats(weightCount(shapes));
  const gradient = floats(values.length);
  const tensors = new Map<string, Parameter>();
  let from = 0;
  for (const { name, shape } of shapes) {
    const to = from + sizeOf(shape);
    tensors.set(name, { values: values.subarray(from, to), gradient: gradient.subarray(from, to) });
    from = to;
  }
  return {
    shapes,
    values,
    gradient,
    tensor(name) {
      const found = tensors.get(name);
      if (found !== undefined) return found;
      throw new DataCheckError("The network has no such tensor.", {
        found: name,
        expected: `one of ${[...tensors.keys()].join(", ")}`,
      });
    },
  };
}

/**
 * Fills in the weights that an untrained network starts from, as PyTorch does: weights and biases of a fully connected layer uniform within
 * ±1/√inputs (He et al. 2015, doi:10.1109/ICCV.2015.123, with a = √5), scales of layer normalisations 1, their shifts 0. Numbers are drawn in
 * the order of the tensors; the generator is ours, so they are not PyTorch's.
 */
export function drawWeights(weights: Weights, random: RandomStream): void {
  let inputs = 1;
  for (const { name, shape } of weights.shapes) {
    const { values } = weights.tensor(name);
    if (name.endsWith(".norm.weight")) values.fill(1);
    else if (name.endsWith(".norm.bias")) values.fill(0);
    else {
      inputs = shape[1] ?? inputs;
      const bound = 1 / Math.sqrt(inputs);
      for (let i = 0; i < values.length; i++) values[i] = bound * (2 * random.uniform() - 1);
    }
  }
}
