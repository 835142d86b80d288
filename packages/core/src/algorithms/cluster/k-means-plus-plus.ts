import { total } from "../../kernels/linear-algebra/vectors.js";
import { log } from "../../kernels/math.js";
import type { RandomStream } from "../../kernels/random.js";
import type { UsedPoints } from "./clustering.js";

/**
 * k starting centres, far apart: each next one is drawn with a chance proportional to its squared distance from the centres so far, and
 * of 2 + ln k draws the best is kept. Returns float64 [k x dimensions]. Where all points coincide with centres, further ones are drawn evenly.
 * Arthur and Vassilvitskii 2007, doi:10.5555/1283383.1283494 (the greedy variant that scikit-learn uses).
 * `breath` is awaited after each centre.
 */
export async function kMeansPlusPlus(
  used: UsedPoints,
  k: number,
  stream: RandomStream,
  breath: () => Promise<void>,
): Promise<Float64Array> {
  const { n, dimensions } = used;
  const centres = new Float64Array(k * dimensions);
  const trials = 2 + Math.floor(log(k));
  let closest = distancesTo(used, stream.integer(n), undefined, centres, 0);
  for (let j = 1; j < k; j++) {
    let best: Float64Array | undefined;
    let bestPotential = Infinity;
    let bestPoint = 0;
    const potential = total(closest);
    for (let t = 0; t < trials; t++) {
      const point = potential > 0 ? drawBy(closest, stream.uniform() * potential) : stream.integer(n);
      const candidate = distancesTo(used, point, closest, undefined, 0);
      const candidatePotential = total(candidate);
      if (best === undefined || candidatePotential < bestPotential) {
        best = candidate;
        bestPotential = candidatePotential;
        bestPoint = point;
      }
      await breath();
    }
    closest = best ?? closest;
    centres.set(used.data.subarray(bestPoint * dimensions, (bestPoint + 1) * dimensions), j * dimensions);
  }
  return centres;
}

/** Squared distances of all points to point `index`, or the smaller of that and `closest`. Writes the point to `centres` where given. */
function distancesTo(
  { n, dimensions, data }: UsedPoints,
  index: number,
  closest: Float64Array | undefined,
  centres: Float64Array | undefined,
  row: number,
): Float64Array {
  const from = index * dimensions;
  const distances = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let c = 0; c < dimensions; c++) {
      const difference = data[i * dimensions + c]! - data[from + c]!;
      sum += difference * difference;
    }
    distances[i] = closest === undefined ? sum : Math.min(sum, closest[i]!);
  }
  centres?.set(data.subarray(from, from + dimensions), row * dimensions);
  return distances;
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
