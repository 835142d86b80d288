/** Pruning: components that turn out to be tiny, twice the same, two ends of one gradient, or mixtures go again, with the reason. */
import { absorptionBetween } from "./absorption.js";
import { type Component, distance } from "./components.js";
import { CONSTANTS } from "./constants.js";
import { continuumBetween } from "./continuum.js";
import type { Explanation } from "./explanation.js";
import { choicesOf, type Mixture, mixtureOf } from "./mixtures.js";
import { needOf } from "./needed.js";
import { fieldBetween } from "./position-field.js";
import { connectedRegions } from "./regions.js";
import type { ScaleState } from "./scale-state.js";
import { allUnlike, leastArea, presentAround, type Rejection, refit, type Search } from "./search.js";

/**
 * Removes or joins one component after the other, smallest first, until all that are left stand. At one of several scales only those
 * found at this or a wider one are judged, at the end (`final`) all.
 */
export async function prune(search: Search, state: ScaleState, final: boolean): Promise<Explanation> {
  for (;;) {
    search.report(`checking ${search.components.length} phases against each other`);
    const explanation = await refit(search, state);
    if (!pruneOne(search, state, explanation, final)) return explanation;
  }
}

interface Standing {
  readonly pixels: number;
  readonly pure: number;
}

function pruneOne(search: Search, state: ScaleState, explanation: Explanation, final: boolean): boolean {
  const standings = standingsOf(search, explanation);
  const isHome = (k: number) => search.components[k]!.discovery.sigma >= state.sigma;
  const order = [...search.components.keys()]
    .filter((k) => k !== search.dominant && (final || isHome(k)))
    .sort((a, b) => standings[a]!.pixels - standings[b]!.pixels || b - a);
  const rules = [
    (k: number) => needless(search, state, explanation, k),
    (k: number) => duplicate(search, k),
    (k: number) => mixture(search, state, explanation, standings, k),
  ];
  for (const rule of rules) {
    for (const k of order) {
      const verdict = rule(k);
      if (verdict === undefined) continue;
      remove(search, explanation, k, standings[k]!.pixels, verdict);
      return true;
    }
  }
  return order.some((k) => joinGradient(search, state, explanation, k, standings[k]!.pixels));
}

type Verdict = Pick<Rejection, "reason"> & { readonly parents: readonly number[]; readonly weights: readonly number[] };

function standingsOf(search: Search, explanation: Explanation): Standing[] {
  const standings = search.components.map(() => ({ pixels: 0, pure: 0 }));
  for (let n = 0; n < explanation.first.length; n++) {
    const standing = standings[explanation.first[n]!];
    if (standing === undefined) continue;
    standing.pixels += 1;
    if (explanation.pure[n]! > 0) standing.pure += 1;
  }
  return standings;
}

/** Nothing that others cannot make, or too small an area of it. */
function needless(search: Search, state: ScaleState, explanation: Explanation, k: number): Verdict | undefined {
  const least = leastArea(search, state);
  const { area, helpers } = needOf(search, state, explanation, k, least);
  if (area >= least) return undefined;
  const parents = helpers.slice(0, 3);
  return { reason: parents.length > 1 ? "overlap" : "tiny", parents, weights: parents.map(() => Number.NaN) };
}

function duplicate(search: Search, k: number): Verdict | undefined {
  const near = nearestOf(search.components, k);
  if (near === undefined) return undefined;
  const noise = noiseBetween(search, [k, near.index], [1, 1]);
  if (near.gap >= search.limits.detail + noise.mean) return undefined;
  return { reason: "duplicate", parents: [near.index], weights: [1] };
}

function nearestOf(components: readonly Component[], k: number): { index: number; gap: number } | undefined {
  let near: { index: number; gap: number } | undefined;
  components.forEach((other, index) => {
    if (index === k) return;
    const gap = distance(components[k]!.score, other.score);
    if (near === undefined || gap < near.gap) near = { index, gap };
  });
  return near;
}

/** Squared distance that noise in the spectra makes in their weighted difference, and its standard deviation. */
function noiseBetween(search: Search, members: readonly number[], weights: readonly number[]): { mean: number; spread: number } {
  const noise = { mean: 0, spread: 0 };
  members.forEach((m, i) => {
    const component = search.components[m]!;
    const part = (weights[i]! * weights[i]!) / component.counts;
    noise.mean += part * component.noise.mean;
    noise.spread += part * component.noise.spread;
  });
  return noise;
}

function mixture(
  search: Search,
  state: ScaleState,
  explanation: Explanation,
  standings: readonly Standing[],
  k: number,
): Verdict | undefined {
  const { components, limits } = search;
  const others = [...components.keys()].filter((c) => c !== k);
  const accepted = (found: Mixture | undefined, least: number): Verdict | undefined => {
    if (found === undefined || Math.max(...found.weights) > 1 - CONSTANTS.pairMargin.value) return undefined;
    const noise = noiseBetween(search, [k, ...found.parents], [1, ...found.weights]);
    const limit = Math.max(least, noise.mean + 4 * noise.spread);
    return found.misfit < limit ? { reason: "mixture", parents: found.parents, weights: found.weights } : undefined;
  };
  const target = components[k]!.score;
  for (const parents of choicesOf(others, 2)) {
    if (!parents.includes(search.dominant) && !allUnlike(components, parents)) continue;
    const verdict = accepted(mixtureOf(target, parents, components), limits.detail / 2);
    if (verdict !== undefined) return verdict;
  }
  if (!isScrap(search, state, explanation, standings, k)) return undefined;
  const present = presentNear(search, explanation, k);
  const least = Math.max(limits.detail / 2, 0.03 * (nearestOf(components, k)?.gap ?? 0));
  for (const size of [2, 3, 4]) {
    for (const parents of choicesOf(others, size)) {
      const strangers = parents.filter((p) => !present[p]).length;
      if (strangers > 1 && !allUnlike(components, parents)) continue;
      const verdict = accepted(mixtureOf(target, parents, components), least);
      if (verdict !== undefined) return verdict;
    }
  }
  return undefined;
}

/** Few pure pixels (below 0.5 % of the map), or below 2 % and mostly in one piece: as a thin grain over others is. */
function isScrap(
  search: Search,
  state: ScaleState,
  explanation: Explanation,
  standings: readonly Standing[],
  k: number,
): boolean {
  const { pure } = standings[k]!;
  const share = pure / state.insideCount;
  if (share < 0.005) return true;
  if (share >= 0.02) return false;
  const regions = connectedRegions(search.counts.frames, (n) => explanation.first[n] === k && explanation.pure[n]! > 0);
  return Math.max(0, ...regions.area) >= 0.7 * pure;
}

/** Components present near any of a component's pixels. */
function presentNear(search: Search, explanation: Explanation, k: number): boolean[] {
  const present = search.components.map(() => false);
  for (let n = 0; n < explanation.first.length; n++) {
    if (explanation.first[n] !== k) continue;
    presentAround(search, explanation, n).forEach((here, c) => {
      if (here) present[c] = true;
    });
  }
  return present;
}

/** Removes a component and writes down why. Nothing may be seeded where it was. */
function remove(search: Search, explanation: Explanation, k: number, area: number, verdict: Verdict): void {
  const { components } = search;
  const { discovery, phase } = components[k]!;
  for (let n = 0; n < explanation.first.length; n++) if (explanation.first[n] === k) search.settled[n] = 1;
  search.rejected.push({
    reason: verdict.reason,
    pixel: discovery.pixel,
    area,
    effect: discovery.effect,
    parents: verdict.parents.map((p, i) => ({ component: components[p]!, weight: verdict.weights[i]! })),
  });
  const heir = components.find((c, i) => i !== k && c.phase === phase);
  search.components = components
    .filter((_, i) => i !== k)
    .map((c) => (c.phase === phase && heir !== undefined ? { ...c, phase: heir.discovery.order } : c));
}

/**
 * Joins a component with another when the two are ends of one gradient: calm pixels fill the middle between them, or the difference
 * is what an absorber makes and follows the position on the map. Both spectra stay; they are one phase from now on.
 */
function joinGradient(search: Search, state: ScaleState, explanation: Explanation, k: number, area: number): boolean {
  const { components, joinsGradients } = search;
  const a = components[k]!;
  const near = [...components.keys()]
    .filter((c) => components[c]!.phase !== a.phase)
    .sort((x, y) => distance(components[x]!.score, a.score) - distance(components[y]!.score, a.score) || x - y);
  for (const c of near) {
    const b = components[c]!;
    const bridge = joinsGradients ? continuumNote(search, state, a, b, c === near[0]) : undefined;
    const note = bridge ?? absorptionNote(search, state, explanation, k, c);
    if (note === undefined) continue;
    const kept = Math.min(a.phase, b.phase);
    const parents = [{ component: b, weight: 1 }];
    search.rejected.push({ reason: "continuum", pixel: a.discovery.pixel, area, effect: a.discovery.effect, parents, note });
    search.components = components.map((other) =>
      other.phase === a.phase || other.phase === b.phase ? { ...other, phase: kept } : other,
    );
    return true;
  }
  return false;
}

function continuumNote(search: Search, state: ScaleState, a: Component, b: Component, isNearest: boolean): string | undefined {
  const count = continuumBetween(search.counts.frames, state, search.space, a, b, search.limits, isNearest);
  if (count === undefined) return undefined;
  return `calm pixels fill the middle between them (${count.middle} half way, ${count.low} and ${count.high} at the ends)`;
}

function absorptionNote(search: Search, state: ScaleState, explanation: Explanation, a: number, b: number): string | undefined {
  const { components, space, absorbers, counts } = search;
  if (absorbers === undefined) return undefined;
  const field = fieldBetween(counts.frames, state, explanation, components, a, b, CONSTANTS.gradientBetween.value);
  if (field === undefined) return undefined;
  if (field.explained < CONSTANTS.gradientShare.value) return undefined;
  const fit = absorptionBetween(space, absorbers, components[a]!, components[b]!);
  if (fit.explained * field.explained < CONSTANTS.gradientShare.value) return undefined;
  return `${Math.round(100 * fit.explained)} % of the difference is absorption (as by ${fit.mgCm2.toPrecision(2)} mg/cm2, ${fit.element} above all) and ${Math.round(100 * field.explained)} % of it follows the position on the map`;
}
