/** The first phase: the spectrum around which the calm pixels of the map gather most. */
import type { BinnedCounts } from "./binned-counts.js";
import { type Component, componentFrom } from "./components.js";
import { valueAt } from "./order.js";
import { sumOf } from "./pure-sums.js";
import type { ScaleState } from "./scale-state.js";
import type { Subspace } from "./subspace.js";

const CALM_SHARE = 0.4;
const CORE_SHARE = 0.2;
const ROUNDS = 12;

/** Among the 40 % of pixels with least edge, starts at their mean and moves twelve times to the mean of the nearest 20 %. */
export function dominantComponent(counts: BinnedCounts, state: ScaleState, space: Subspace): Component {
  const calm = calmest(state);
  let core = calm;
  const squared = new Float32Array(calm.length);
  for (let round = 0; round <= ROUNDS; round++) {
    const centre = meanScore(state, core, space.axes);
    for (let i = 0; i < calm.length; i++) squared[i] = distanceTo(state, calm[i]!, centre, space.axes);
    const limit = valueAt(squared.slice(), Math.floor((calm.length - 1) * CORE_SHARE));
    core = calm.filter((_, i) => squared[i]! <= limit);
  }
  const spectrum = sumOf(counts, core);
  return componentFrom(
    space,
    spectrum.bins,
    spectrum.counts,
    {
      order: 0,
      pixel: core[core.length >> 1]!,
      area: core.length,
      effect: 0,
      z: 0,
      sigma: state.sigma,
      measured: spectrum.bins.map((c) => c / spectrum.counts),
      predicted: space.mean.slice(),
      error: spectrum.bins.map((c) => Math.sqrt(c) / spectrum.counts),
    },
    0,
  );
}

function calmest({ inside, insideCount, edge }: ScaleState): Int32Array {
  const pixels = new Int32Array(insideCount);
  const edges = new Float32Array(insideCount);
  let at = 0;
  for (let n = 0; n < inside.length; n++) {
    if (inside[n] === 0) continue;
    pixels[at] = n;
    edges[at] = edge[n]!;
    at += 1;
  }
  const limit = valueAt(edges, Math.floor((at - 1) * CALM_SHARE));
  return pixels.filter((n) => edge[n]! <= limit);
}

function meanScore(state: ScaleState, pixels: Int32Array, axes: number): Float64Array {
  const mean = new Float64Array(axes);
  for (const n of pixels) for (let i = 0; i < axes; i++) mean[i]! += state.scores[n * axes + i]!;
  return mean.map((sum) => sum / pixels.length);
}

function distanceTo(state: ScaleState, pixel: number, centre: Float64Array, axes: number): number {
  let sum = 0;
  for (let i = 0; i < axes; i++) {
    const difference = state.scores[pixel * axes + i]! - centre[i]!;
    sum += difference * difference;
  }
  return sum;
}
