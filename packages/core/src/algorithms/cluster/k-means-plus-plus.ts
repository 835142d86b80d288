import { total } from "../../kernels/linear-algebra/vectors.js";
import { log } from "../../kernels/math.js";
import type { RandomStream } from "../../kernels/random.js";
import type { UsedPoints } from "./clustering.js";
import type { NearestCentres } from "./nearest-centres/nearest-centres.js";

/**
 * k starting centres, far apart: each next one is drawn with a chance proportional to its squared distance from the centres so far, and
 * of 2 + ln k draws the best is kept. Returns float64 [k x dimensions]. Where all points coincide with centres, further ones are drawn evenly.
 * Arthur and Vassilvitskii 2007, doi:10.5555/1283383.1283494 (the greedy variant that scikit-learn uses).
 * `nearest` holds the same points, none of them chosen yet; `breath` is awaited after each trial.
 */
export async function kMeansPlusPlus(
  used: UsedPoints,
  nearest: NearestCentres,
  k: number,
  stream: RandomStream,
  breath: () => Promise<void>,
): Promise<Float64Array> {
  const { n, dimensions, data } = used;
  const centres = new Float64Array(k * dimensions);
  const trials = 2 + Math.floor(log(k));
  let chosen = stream.integer(n);
  for (let j = 0; j < k; j++) {
    if (j > 0) chosen = await bestOfTrials(n, trials, nearest, stream, breath);
    nearest.choose(chosen);
    centres.set(data.subarray(chosen * dimensions, (chosen + 1) * dimensions), j * dimensions);
  }
  return centres;
}

/** Of points drawn by chance the one that brings the points nearest to centres, the first of equals. */
async function bestOfTrials(
  n: number,
  trials: number,
  nearest: NearestCentres,
  stream: RandomStream,
  breath: () => Promise<void>,
): Promise<number> {
  const potential = total(nearest.closest);
  let best = -1;
  let bestPotential = Infinity;
  for (let t = 0; t < trials; t++) {
    const point = potential > 0 ? drawBy(nearest.closest, stream.uniform() * potential) : stream.integer(n);
    const candidate = nearest.potentialWith(point);
    if (best < 0 || candidate < bestPotential) {
      best = point;
      bestPotential = candidate;
    }
    await breath();
  }
  return best;
}

function drawBy(weights: Float64Array, threshold: number): number {
  let sum = 0;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    sum += weights[i]!;
    last = i;
    if (sum > threshold) return i;
  }
  return last;
}
