/** The state of the search: what is known so far and what was looked at. The steps of the method change it in turn. */

import type { Watcher } from "../../spectrum-image/watcher.js";
import type { AbsorberTable } from "./absorption.js";
import type { BinnedCounts } from "./binned-counts.js";
import { type Component, componentFrom, distance } from "./components.js";
import { CONSTANTS } from "./constants.js";
import { explainPixels } from "./explain.js";
import { type Explanation, NOBODY } from "./explanation.js";
import type { RejectionReason } from "./found-phases.js";
import type { PureSums } from "./pure-sums.js";
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
  /** Whether spectra between which calm pixels lead step by step become one phase. */
  readonly joinsGradients: boolean;
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
  /** What the last explanation was made from, and what came of it. */
  lastExplained:
    | { readonly components: readonly Component[]; readonly scores: Float32Array; readonly explanation: Explanation }
    | undefined;
  /** Raw counts of the calm pure pixels of the components. */
  readonly pureSums: PureSums;
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
  const before = await explained(search, state);
  const refined = await reestimate(search, state, before);
  const isStill = refined.every((c, k) => distance(c.score, search.components[k]!.score) < SAME_SPECTRUM * search.limits.detail);
  search.components = refined;
  const explanation = isStill ? before : await explained(search, state);
  search.dominant = mostCommon(explanation, refined.length);
  search.onLabels?.(() => Int32Array.from(explanation.first, (component) => (component === NOBODY ? -1 : component)));
  return explanation;
}

/** The explanation by the components as they are; the last one is remembered. */
async function explained(search: Search, state: ScaleState): Promise<Explanation> {
  const { components, space, limits, blocks, lastExplained } = search;
  if (lastExplained?.components === components && lastExplained.scores === state.scores) return lastExplained.explanation;
  const explanation = await explainPixels(state, components, space, limits.detail, blocks);
  search.lastExplained = { components, scores: state.scores, explanation };
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
  const { components, space, pureSums } = search;
  const isJudged = components.map(({ discovery }) => state.sigma <= discovery.sigma);
  const keys = components.map(({ discovery }, k) => (isJudged[k] ? discovery.order : undefined));
  const sums = pureSums.of(explanation, state.edge, keys);
  await search.breathe();
  return components.map((component, k) => {
    const spectrum = sums[k];
    if (spectrum === undefined || spectrum.counts < state.effective[component.discovery.pixel]!) return component;
    return componentFrom(space, spectrum.bins, spectrum.counts, component.discovery, component.phase);
  });
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
