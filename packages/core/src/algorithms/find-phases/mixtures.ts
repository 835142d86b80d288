/** Small convex mixtures: the weights, at least 0 and of sum 1, with which a few spectra come nearest to another. */
import { type Component, distance } from "./components.js";
import { solvePositive } from "./least-squares.js";

export interface Mixture {
  readonly parents: readonly number[];
  /** One per parent, all positive, sum 1. */
  readonly weights: readonly number[];
  /** Squared distance that is left. */
  readonly misfit: number;
}

/** Mixture of exactly these parents; undefined when the best weights are not all positive (then fewer parents do as well). */
export function mixtureOf(
  target: Float64Array,
  parents: readonly number[],
  components: readonly Component[],
): Mixture | undefined {
  const origin = components[parents[0]!]!.score;
  const size = parents.length - 1;
  const normal = new Float64Array(size * size);
  const right = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const a = components[parents[i + 1]!]!.score;
    for (let axis = 0; axis < origin.length; axis++) right[i]! += (a[axis]! - origin[axis]!) * (target[axis]! - origin[axis]!);
    for (let j = 0; j <= i; j++) {
      const b = components[parents[j + 1]!]!.score;
      let sum = 0;
      for (let axis = 0; axis < origin.length; axis++) sum += (a[axis]! - origin[axis]!) * (b[axis]! - origin[axis]!);
      normal[i * size + j] = normal[j * size + i] = sum;
    }
  }
  const solution = solvePositive(normal, right, size);
  if (solution === undefined) return undefined;
  const weights = [1 - solution.reduce((sum, w) => sum + w, 0), ...solution];
  if (weights.some((w) => !(w > 0))) return undefined;
  const made = origin.map((_, axis) => parents.reduce((sum, p, i) => sum + weights[i]! * components[p]!.score[axis]!, 0));
  return { parents, weights, misfit: distance(target, made) };
}

/** Every choice of `size` out of `items`, in order. */
export function* choicesOf(items: readonly number[], size: number): Generator<number[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let i = 0; i + size <= items.length; i++) {
    for (const rest of choicesOf(items.slice(i + 1), size - 1)) yield [items[i]!, ...rest];
  }
}
