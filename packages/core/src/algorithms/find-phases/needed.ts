/** Is a component needed? Without it, some area of its own must stay unexplained by all the others and their local mixtures. */
import { type Component, distance } from "./components.js";
import { type Explanation, NOBODY } from "./explanation.js";
import { Blends } from "./mixtures.js";
import { connectedRegions } from "./regions.js";
import type { ScaleState } from "./scale-state.js";
import type { Search } from "./search.js";

const REACH = 4;
/** So many lone pixels beyond the area asked for make the search for a connected one superfluous. */
const PLENTY = 25;

export interface Need {
  /** Pixels of the largest connected area that only this component explains. */
  readonly area: number;
  /** The others that take part in its pixels most. */
  readonly helpers: readonly number[];
}

/** The area that stays unexplained when component `k` is left out; looks no further once there is plenty of it. */
export function needOf(search: Search, state: ScaleState, explanation: Explanation, k: number, enough: number): Need {
  const others = [...search.components.keys()].filter((c) => c !== k);
  const blends = new Blends(search.components);
  const lost = new Uint8Array(explanation.first.length);
  const help = search.components.map(() => 0);
  let count = 0;
  for (let n = 0; n < lost.length && count < PLENTY * enough; n++) {
    if (explanation.first[n] !== k && explanation.second[n] !== k) continue;
    const parents = explainedWithout(search, blends, state, explanation, others, n);
    if (parents === undefined) {
      lost[n] = 1;
      count += 1;
    } else for (const p of parents) help[p]! += 1;
  }
  const helpers = others.filter((c) => help[c]! > 0).sort((a, b) => help[b]! - help[a]! || a - b);
  if (count >= PLENTY * enough) return { area: count, helpers };
  const regions = connectedRegions(search.counts.frames, (n) => lost[n] === 1);
  return { area: Math.max(0, ...regions.area), helpers };
}

/** The components (one, any two, or three or four of those seen nearby) that explain a pixel; undefined when none do. */
function explainedWithout(
  search: Search,
  blends: Blends,
  state: ScaleState,
  explanation: Explanation,
  others: readonly number[],
  n: number,
): readonly number[] | undefined {
  const { components, space, limits } = search;
  const target = Float64Array.from(state.scores.subarray(n * space.axes, (n + 1) * space.axes));
  const effective = state.effective[n]!;
  const isEnough = (misfit: number, parents: readonly number[], weights: readonly number[]) => {
    const noise = mixtureNoise(components, parents, weights, effective);
    const excess = misfit - noise.mean;
    return excess <= limits.detail || excess <= limits.significance * noise.spread;
  };
  for (const p of others) if (isEnough(distance(target, components[p]!.score), [p], [1])) return [p];
  for (const size of [2, 3, 4]) {
    const candidates = size === 2 ? others : seenAround(search, explanation, others, n);
    for (const { parents, mixture } of blends.choices(candidates, size)) {
      const mixed = mixture(target);
      if (mixed !== undefined && isEnough(mixed.misfit, parents, mixed.weights)) return parents;
    }
  }
  return undefined;
}

function mixtureNoise(
  components: readonly Component[],
  parents: readonly number[],
  weights: readonly number[],
  effective: number,
): { mean: number; spread: number } {
  const noise = { mean: 0, spread: 0 };
  parents.forEach((p, i) => {
    const component = components[p]!;
    const part = weights[i]! / effective + (weights[i]! * weights[i]!) / component.counts;
    noise.mean += part * component.noise.mean;
    noise.spread += part * component.noise.spread;
  });
  return noise;
}

function seenAround(search: Search, explanation: Explanation, others: readonly number[], pixel: number): number[] {
  const { width, height } = search.counts.frames;
  const x = pixel % width;
  const y = Math.floor(pixel / width) % height;
  const seen = new Uint8Array(NOBODY + 1);
  for (let dy = Math.max(-REACH, -y); dy <= Math.min(REACH, height - 1 - y); dy++) {
    for (let dx = Math.max(-REACH, -x); dx <= Math.min(REACH, width - 1 - x); dx++) {
      const n = pixel + dy * width + dx;
      seen[explanation.first[n]!] = 1;
      seen[explanation.second[n]!] = 1;
    }
  }
  return others.filter((c) => seen[c] === 1 || c === search.dominant);
}
