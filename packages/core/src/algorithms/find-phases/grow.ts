/** Growing: the place with the largest effect that nothing known explains, where the spectrum stands still, is the next component. */
import { componentFrom, inSpace, noiseOf } from "./components.js";
import { CONSTANTS } from "./constants.js";
import { type Explanation, NOBODY } from "./explanation.js";
import { Blends, type Mixture } from "./mixtures.js";
import { sumOf } from "./pure-sums.js";
import { connectedRegions } from "./regions.js";
import { type ScaleState, type SmoothedTotals, scaleState } from "./scale-state.js";
import { allUnlike, leastArea, presentAround, refit, type Search } from "./search.js";
import { smoothedSpectrum } from "./smoothing.js";
import { outside, withAxis } from "./subspace.js";
import { runningTest, type Unexplained } from "./unexplained.js";

/** Adds components at one scale until nothing is left that a calm place shows; returns the state of the pixels in the final space. */
export async function growAt(search: Search, totals: SmoothedTotals): Promise<ScaleState> {
  const { counts, limits } = search;
  let state = await scaleState(counts, totals, search.space, search.blocks);
  let test = runningTest(counts, state, limits, search);
  const explained = new Uint8Array(counts.frames.pixels);
  let calm: number = CONSTANTS.calmEdge.value;
  let isComplete = false;
  while (search.components.length < search.maximumPhases) {
    search.report(`looking for phase ${search.components.length + 1} in spectra smoothed over ${totals.sigma.toFixed(1)} pixels`);
    const explanation = await refit(search, state);
    const unexplained = await test.update(search.components, explanation, isComplete);
    let seed = findSeed(search, state, explanation, unexplained, explained, calm);
    if (seed === undefined && calm < CONSTANTS.restlessEdge.value) {
      calm = CONSTANTS.restlessEdge.value;
      seed = findSeed(search, state, explanation, unexplained, explained, calm);
    }
    if (seed === undefined && isComplete) break;
    isComplete = seed === undefined;
    if (seed !== undefined && addComponent(search, state, explanation, unexplained, seed)) {
      state = await scaleState(counts, totals, search.space, search.blocks);
      test = runningTest(counts, state, limits, search);
    }
  }
  return state;
}

interface Seed {
  readonly pixel: number;
  readonly area: number;
}

function findSeed(
  search: Search,
  state: ScaleState,
  explanation: Explanation,
  unexplained: Unexplained,
  explained: Uint8Array,
  calm: number,
): Seed | undefined {
  const { frames } = search.counts;
  const { effect } = unexplained;
  const regions = connectedRegions(frames, (n) => effect[n]! > 0);
  const least = leastArea(search, state);
  const candidates: number[] = [];
  for (let n = 0; n < frames.pixels; n++) {
    if (effect[n] === 0 || search.settled[n] === 1 || explained[n] === 1) continue;
    if (regions.area[regions.label[n]!]! >= least && state.edge[n]! < calm * effect[n]!) candidates.push(n);
  }
  const blends = new Blends(search.components);
  candidates.sort((a, b) => effect[b]! - effect[a]! || a - b);
  for (const pixel of candidates) {
    if (explained[pixel] === 1) continue;
    const area = regions.area[regions.label[pixel]!]!;
    const overlap = overlapAt(search, blends, state, explanation, pixel, effect[pixel]!);
    if (overlap === undefined) return { pixel, area };
    markAround(search, explained, pixel, state.sigma);
    search.rejected.push({
      reason: "overlap",
      pixel,
      area,
      effect: effect[pixel]!,
      parents: overlap.parents.map((p, i) => ({ component: search.components[p]!, weight: overlap.weights[i]! })),
    });
  }
  return undefined;
}

/** Three known components that together make the candidate, if there are any: then it is an overlap and no phase. */
function overlapAt(
  search: Search,
  blends: Blends,
  state: ScaleState,
  explanation: Explanation,
  pixel: number,
  effect: number,
): Mixture | undefined {
  const { components, space, limits } = search;
  if (components.length < 3) return undefined;
  const present = presentAround(search, explanation, pixel);
  const target = Float64Array.from(state.scores.subarray(pixel * space.axes, (pixel + 1) * space.axes));
  const { noise } = components[explanation.first[pixel]!]!;
  const limit = (noise.mean + 2 * noise.spread) / state.effective[pixel]! + Math.max(limits.detail / 2, 0.03 * effect);
  let best: Mixture | undefined;
  for (const blend of blends.choices([...components.keys()], 3)) {
    let near = 0;
    for (const p of blend.parents) if (present[p]) near += 1;
    if (near < 2 && !allUnlike(components, blend.parents)) continue;
    const mixture = blend.mixture(target);
    if (mixture !== undefined && mixture.misfit < (best?.misfit ?? limit)) best = mixture;
  }
  return best;
}

function markAround(search: Search, marks: Uint8Array, pixel: number, sigma: number): void {
  const { width, height } = search.counts.frames;
  const radius = Math.max(1, Math.round(2 * sigma));
  const x = pixel % width;
  const y = Math.floor(pixel / width) % height;
  for (let dy = Math.max(-radius, -y); dy <= Math.min(radius, height - 1 - y); dy++) {
    for (let dx = Math.max(-radius, -x); dx <= Math.min(radius, width - 1 - x); dx++) marks[pixel + dy * width + dx] = 1;
  }
}

const SHIFTS = 6;

/**
 * The seed's spectrum. The largest effect is an extreme of noise, so the seed moves to the middle of the calm unexplained pixels that
 * noise cannot tell from it (a mean shift; Fukunaga and Hostetler 1975, doi:10.1109/TIT.1975.1055330), whose raw counts are summed.
 */
function seedSpectrum(
  search: Search,
  state: ScaleState,
  unexplained: Unexplained,
  pixel: number,
): { measured: Float64Array; effective: number } {
  const { counts, space, limits } = search;
  const { axes } = space;
  const measured = smoothedSpectrum(counts, state.kernel, pixel, new Float64Array(counts.bins));
  const all = measured.reduce((sum, c) => sum + c, 0);
  for (let j = 0; j < measured.length; j++) measured[j]! /= all;
  const noise = noiseOf(space, measured);
  const candidates: number[] = [];
  for (let n = 0; n < counts.frames.pixels; n++) {
    const effect = unexplained.effect[n]!;
    if (effect > 0 && search.settled[n] === 0 && state.edge[n]! < CONSTANTS.restlessEdge.value * effect) candidates.push(n);
  }
  let centre = Float64Array.from(state.scores.subarray(pixel * axes, (pixel + 1) * axes));
  let members: number[] = [];
  for (let shift = 0; shift < SHIFTS; shift++) {
    members = candidates.filter((n) => {
      const reach = (noise.mean + CONSTANTS.ballWidth.value * noise.spread) / state.effective[n]! + limits.detail / 2;
      let squared = 0;
      for (let i = 0; i < axes; i++) {
        const difference = state.scores[n * axes + i]! - centre[i]!;
        squared += difference * difference;
      }
      return squared < reach;
    });
    if (members.length === 0) break;
    const next = new Float64Array(axes);
    for (const n of members) for (let i = 0; i < axes; i++) next[i]! += state.scores[n * axes + i]! / members.length;
    centre = next;
  }
  const sum = sumOf(counts, members);
  if (sum.counts < state.effective[pixel]!) return { measured, effective: state.effective[pixel]! };
  return { measured: sum.bins.map((c) => c / sum.counts), effective: sum.counts };
}

/** Makes the seed's spectrum a component; true when the space had to grow for it. */
function addComponent(
  search: Search,
  state: ScaleState,
  explanation: Explanation,
  unexplained: Unexplained,
  { pixel, area }: Seed,
): boolean {
  const { components, limits } = search;
  const { measured, effective } = seedSpectrum(search, state, unexplained, pixel);
  const a = components[explanation.first[pixel]!]!;
  const b = explanation.second[pixel] === NOBODY ? a : components[explanation.second[pixel]!]!;
  const f = explanation.fraction[pixel]!;
  const predicted = a.shares.map((share, j) => f * share + (1 - f) * b.shares[j]!);
  const direction = measured.map((share, j) => (share - search.space.mean[j]!) * search.space.weight[j]!);
  const beyond = outside(search.space, direction);
  const noise = measured.reduce(
    (sum, share, j) => sum + share * (search.space.weight[j]! * search.space.weight[j]! - search.space.noise[j]!),
    0,
  );
  const grows = beyond.squared > (CONSTANTS.axisThreshold.value * noise) / effective + limits.detail;
  if (grows) {
    search.space = withAxis(search.space, beyond.unit);
    search.components = inSpace(search.space, components);
  }
  search.discovered += 1;
  const error = predicted.map((p, j) => Math.sqrt(Math.max(p, measured[j]!, 1 / effective) / effective));
  const discovery = {
    order: search.discovered,
    pixel,
    area,
    effect: unexplained.effect[pixel]!,
    z: unexplained.z[pixel]!,
    sigma: state.sigma,
    measured: measured.slice(),
    predicted,
    error,
  };
  search.components = [...search.components, componentFrom(search.space, measured, effective, discovery, search.discovered)];
  return grows;
}
