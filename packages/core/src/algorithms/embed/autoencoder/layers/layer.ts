import { type Arithmetic, referenceArithmetic } from "../arithmetic.js";
import type { Member, Span } from "../member.js";

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

/** One step of a network, bound to what it reads and writes. Rows are pixels; each depends on itself alone, there and back. */
export interface Layer {
  /** Fills the values of its output. */
  forward(rows: Span): void;
  /** Takes the gradient of its output and adds to the gradient of its input. */
  backward(rows: Span): void;
  /** Adds to the gradients of a member's part of the parameters what the first `rows` pixels ask, when they have gone there and back. Absent where there are none. */
  addGradients?(rows: number, member: Member): void;
}

export function activations(
  capacity: number,
  width: number,
  { floats }: Pick<Arithmetic, "floats"> = referenceArithmetic,
): Activations {
  return { width, values: floats(capacity * width), gradient: floats(capacity * width) };
}
