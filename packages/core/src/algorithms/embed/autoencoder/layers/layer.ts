import { type Arithmetic, referenceArithmetic } from "../arithmetic.js";

/** What flows between two layers, for as many pixels as the network takes at once. */
export interface Activations {
  readonly width: number;
  /** Float32 [capacity x width]. */
  readonly values: Float32Array;
  /** Float32 [capacity x width]: derivative of the loss by each value. */
  readonly gradient: Float32Array;
}

/** A tensor of weights and the derivative of the loss by each of them; both are views into the arrays of the whole network. */
export interface Parameter {
  readonly values: Float32Array;
  readonly gradient: Float32Array;
}

/**
 * One step of a network, bound to what it reads and writes. `forward` fills the values of its output for the first `rows` pixels.
 * `backward` takes the gradient of its output and adds to the gradients of its input and of its parameters.
 */
export interface Layer {
  forward(rows: number): void;
  backward(rows: number): void;
}

export function activations(
  capacity: number,
  width: number,
  { floats }: Pick<Arithmetic, "floats"> = referenceArithmetic,
): Activations {
  return { width, values: floats(capacity * width), gradient: floats(capacity * width) };
}
