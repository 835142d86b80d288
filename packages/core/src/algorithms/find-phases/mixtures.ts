/** Small convex mixtures: the weights, at least 0 and of sum 1, with which a few spectra come nearest to another. */
import { choleskyFactor, choleskySolve } from "../../kernels/linear-algebra/cholesky.js";
import type { Component } from "./components.js";
import { SINGULAR } from "./least-squares.js";

export interface Mixture {
  readonly parents: readonly number[];
  /** One per parent, all positive, sum 1. */
  readonly weights: readonly number[];
  /** Squared distance that is left. */
  readonly misfit: number;
}

/** Some components, made ready to be mixed for one target after the other. */
export interface Blend {
  readonly parents: readonly number[];
  /** Mixture of exactly these parents; undefined when the best weights are not all positive (then fewer parents do as well). */
  mixture(target: Float64Array): Mixture | undefined;
}

/** Mixture of exactly these parents; see {@link Blend}. */
export function mixtureOf(
  target: Float64Array,
  parents: readonly number[],
  components: readonly Component[],
): Mixture | undefined {
  return blendOf(parents, components).mixture(target);
}

/** Choices of the same components again and again: what does not depend on the target is worked out once for each. */
export class Blends {
  readonly #components: readonly Component[];
  readonly #blends = new Map<string, Blend>();
  readonly #choices = new Map<string, readonly Blend[]>();

  constructor(components: readonly Component[]) {
    this.#components = components;
  }

  /** A blend for every choice of `size` out of `items`, in order. */
  choices(items: readonly number[], size: number): readonly Blend[] {
    const key = `${size}:${items.join()}`;
    let blends = this.#choices.get(key);
    if (blends === undefined) {
      blends = Array.from(choicesOf(items, size), (parents) => this.#blend(parents));
      this.#choices.set(key, blends);
    }
    return blends;
  }

  #blend(parents: readonly number[]): Blend {
    const key = parents.join();
    const known = this.#blends.get(key);
    if (known !== undefined) return known;
    const blend = blendOf(parents, this.#components);
    this.#blends.set(key, blend);
    return blend;
  }
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

function blendOf(parents: readonly number[], components: readonly Component[]): Blend {
  const scores = parents.map((p) => components[p]!.score);
  const origin = scores[0]!;
  const size = parents.length - 1;
  const right = new Float64Array(size);
  let edges: Edges | undefined;
  return {
    parents,
    mixture(target) {
      edges ??= edgesFrom(origin, scores.slice(1));
      const { factor, differences } = edges;
      if (factor === undefined) return undefined;
      for (let i = 0; i < size; i++) right[i] = along(differences[i]!, target, origin);
      choleskySolve(factor, size, right);
      let others = 0;
      for (let i = 0; i < size; i++) {
        if (!(right[i]! > 0)) return undefined;
        others += right[i]!;
      }
      if (!(1 - others > 0)) return undefined;
      const weights = [1 - others, ...right];
      return { parents, weights, misfit: distanceToSum(target, scores, weights) };
    },
  };
}

/** The simplex of some scores as seen from its first corner. */
interface Edges {
  readonly differences: readonly Float64Array[];
  /** Cholesky factor of the products of the differences; undefined where they are not independent. */
  readonly factor: Float64Array | undefined;
}

function edgesFrom(origin: Float64Array, others: readonly Float64Array[]): Edges {
  const differences = others.map((other) => other.map((value, axis) => value - origin[axis]!));
  const size = others.length;
  const normal = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let axis = 0; axis < origin.length; axis++) sum += differences[i]![axis]! * differences[j]![axis]!;
      normal[i * size + j] = normal[j * size + i] = sum;
    }
  }
  const factor = new Float64Array(size * size);
  return { differences, factor: choleskyFactor(normal, size, factor, SINGULAR) ? factor : undefined };
}

function along(difference: Float64Array, target: Float64Array, origin: Float64Array): number {
  let sum = 0;
  for (let axis = 0; axis < origin.length; axis++) sum += difference[axis]! * (target[axis]! - origin[axis]!);
  return sum;
}

/** Squared distance of the target from the sum of the scores, each times its weight. */
function distanceToSum(target: Float64Array, scores: readonly Float64Array[], weights: readonly number[]): number {
  let sum = 0;
  for (let axis = 0; axis < target.length; axis++) {
    let made = 0;
    for (let i = 0; i < scores.length; i++) made += weights[i]! * scores[i]![axis]!;
    const difference = target[axis]! - made;
    sum += difference * difference;
  }
  return sum;
}
