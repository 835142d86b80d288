/** The state of the search: what is known so far and what was looked at. The steps of the method change it in turn. */

import type { Watcher } from "../../spectrum-image/watcher.js";
import type { AbsorberTable } from "./absorption.js";
import type { BinnedCounts } from "./binned-counts.js";
import { type Component, componentFrom, distance } from "./components.js";
import { CONSTANTS } from "./constants.js";
import { explainPixels } from "./explain.js";
import { type Explanation, NOBODY } from "./explanation.js";
import type { RejectionReason } from "./found-phases.js";
import { valueAt } from "./order.js";
import type { PhaseBlocks } from "./rows/stages.js";
import type { ScaleState } from "./scale-state.js";
import type { Subspace } from "./subspace.js";
import type { Thresholds } from "./unexplained.js";

/** A candidate that was looked at and not kept. */
export interface Rejection {
  readonly reason: RejectionReason;
  readonly pixel: number;
  readonly area: number;
  readonly effect: number;
  readonly parents: readonly { readonly component: Component; readonly weight: number }[];
  /** What was seen besides, for the sentence. */
  readonly note?: string;
}

export interface Search {
  readonly counts: BinnedCounts;
  readonly limits: Thresholds;
  readonly smallestGrain: number;
  readonly maximumPhases: number;
  /** Attenuation tables of absorbers; undefined when gradients of absorption are not to be looked for. */
  readonly absorbers: AbsorberTable | undefined;
  readonly breathe: () => Promise<void>;
  /** Whoever does the parts that threads share. */
  readonly blocks: PhaseBlocks;
  readonly report: (message: string) => void;
  /** Who looks at the labels, int32 [pixels], after each explanation of all pixels. */
  readonly onLabels: Watcher<Int32Array> | undefined;
  space: Subspace;
  components: Component[];
  /** Uint8 [pixels]: 1 where no new component may be seeded any more. */
  readonly settled: Uint8Array;
  readonly rejected: Rejection[];
  discovered: number;
  /** Index of the component that explains the most pixels: the phase that lies everywhere, present at every place. */
  dominant: number;
}

/** Spectra that moved by less than this part of the detail leave the explanation as it is. */
const SAME_SPECTRUM = 0.01;

/**
 * Explains all pixels, takes the spectrum of each component from its calm pure pixels, and explains again. Wider smoothing than that
 * in which a component was found leaves fewer pure pixels and never replaces its
 * spectrum; nor do fewer counts than one smoothed cell holds.
 */
export async function refit(search: Search, state: ScaleState): Promise<Explanation> {
  const before = await explainPixels(state, search.components, search.space, search.limits.detail, search.blocks);
  const refined = await reestimate(search, state, before);
  const isStill = refined.every((c, k) => distance(c.score, search.components[k]!.score) < SAME_SPECTRUM * search.limits.detail);
  search.components = refined;
  const explanation = isStill
    ? before
    : await explainPixels(state, search.components, search.space, search.limits.detail, search.blocks);
  search.dominant = mostCommon(explanation, refined.length);
  search.onLabels?.(() => Int32Array.from(explanation.first, (component) => (component === NOBODY ? -1 : component)));
  return explanation;
}

function mostCommon(explanation: Explanation, components: number): number {
  const pixels = new Float64Array(components + 256);
  for (let n = 0; n < explanation.first.length; n++) pixels[explanation.first[n]!]! += 1;
  let most = 0;
  for (let k = 1; k < components; k++) if (pixels[k]! > pixels[most]!) most = k;
  return most;
}

async function reestimate(search: Search, state: ScaleState, explanation: Explanation): Promise<Component[]> {
  const { components, counts, space } = search;
  const pure = purePixels(explanation, components.length);
  const result: Component[] = [];
  for (const [k, component] of components.entries()) {
    if (state.sigma > component.discovery.sigma) {
      result.push(component);
      continue;
    }
    const spectrum = sumOf(counts, calmHalf(pure[k]!, state.edge));
    await search.breathe();
    result.push(
      spectrum.counts >= state.effective[component.discovery.pixel]!
        ? componentFrom(space, spectrum.bins, spectrum.counts, component.discovery, component.phase)
        : component,
    );
  }
  return result;
}

/** The pixels that noise does not tell from a component, for each of them. */
function purePixels({ first, pure }: Explanation, components: number): Int32Array[] {
  const sizes = new Int32Array(components);
  for (let n = 0; n < first.length; n++) if (pure[n] === 2) sizes[first[n]!]! += 1;
  const lists = Array.from(sizes, (size) => new Int32Array(size));
  sizes.fill(0);
  for (let n = 0; n < first.length; n++) {
    if (pure[n] !== 2) continue;
    const k = first[n]!;
    lists[k]![sizes[k]!] = n;
    sizes[k]! += 1;
  }
  return lists;
}

/** The half of the pixels where the spectrum changes least (at least one). */
function calmHalf(pixels: Int32Array, edge: Float32Array): Int32Array {
  if (pixels.length < 2) return pixels;
  const edges = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) edges[i] = edge[pixels[i]!]!;
  const limit = valueAt(edges, (edges.length - 1) >> 1);
  return pixels.filter((n) => edge[n]! <= limit);
}

/** Raw counts of some pixels together: float64 [bins]. */
export function sumOf(counts: BinnedCounts, pixels: ArrayLike<number>): { bins: Float64Array; counts: number } {
  const bins = new Float64Array(counts.bins);
  let all = 0;
  for (let p = 0; p < pixels.length; p++) {
    const n = pixels[p]!;
    const end = counts.rowStart[n + 1]!;
    for (let i = counts.rowStart[n]!; i < end; i++) bins[counts.bin[i]!]! += counts.count[i]!;
    all += counts.total[n]!;
  }
  return { bins, counts: all };
}

/** Pure pixels of each component around a place; a component with three is called present there. The dominant one always is. */
export function presentAround(search: Search, explanation: Explanation, pixel: number): boolean[] {
  const { width, height } = search.counts.frames;
  const radius = CONSTANTS.presenceRadius.value;
  const x = pixel % width;
  const y = Math.floor(pixel / width) % height;
  const pure = search.components.map(() => 0);
  for (let dy = Math.max(-radius, -y); dy <= Math.min(radius, height - 1 - y); dy++) {
    for (let dx = Math.max(-radius, -x); dx <= Math.min(radius, width - 1 - x); dx++) {
      const n = pixel + dy * width + dx;
      if (explanation.pure[n]! > 0) pure[explanation.first[n]!]! += 1;
    }
  }
  return pure.map((count, k) => count >= 3 || k === search.dominant);
}

/** True when every two of the components are far apart. */
export function allUnlike(components: readonly Component[], members: readonly number[]): boolean {
  return members.every((a, i) =>
    members.slice(i + 1).every((b) => distance(components[a]!.score, components[b]!.score) > CONSTANTS.unlikeDistance.value),
  );
}

/** Connected pixels that something new must fill at a scale: no blur of a single pixel does. */
export function leastArea(search: Search, state: ScaleState): number {
  return Math.max(search.smallestGrain, 1.5 * Math.PI * state.sigma * state.sigma);
}
