/**
 * The scale of each point's neighbourhood: `rho`, the distance up to which a neighbour is surely connected, and `sigma`, chosen so that
 * the memberships exp(-(d - rho) / sigma) of the neighbours sum to log2(nNeighbors)
 * (McInnes, Healy and Melville 2018, arXiv:1802.03426, algorithm 3). Distances rounded to single precision and lower bounds
 * are those of umap-learn 0.5, so that graphs can be compared edge by edge: they differ by less than its tolerance for the sum, 1e-5.
 */
import { exp, log } from "../../../kernels/math.js";
import type { Neighbours } from "../../../kernels/nearest-neighbours/nearest-neighbours.js";
import { breather, type WorkContext } from "../../../spectrum-image/context.js";

export interface NeighbourhoodScales {
  /** Float32 [rows] */
  readonly rho: Float32Array;
  /** Float32 [rows] */
  readonly sigma: Float32Array;
}

const TOLERANCE = 1e-5;
/** Seven are usual. */
const MOST_STEPS = 200;
/** `sigma` is at least this share of the mean distance. */
const SMALLEST_SHARE = 1e-3;
const ROWS_PER_BREATH = 256;

/** `neighbours` holds the nNeighbors - 1 nearest others of each row: UMAP counts a point as its own first neighbour. */
export async function neighbourhoodScales(
  neighbours: Neighbours,
  localConnectivity: number,
  context: WorkContext,
): Promise<NeighbourhoodScales> {
  const pause = breather(context);
  const { rows, k } = neighbours;
  const rho = new Float32Array(rows);
  const sigma = new Float32Array(rows);
  const distances = Float32Array.from(neighbours.distances);
  const target = log(k + 1) / Math.LN2;
  const overallMean = sumOf(distances) / (rows * (k + 1));
  for (let row = 0; row < rows; row++) {
    const own = distances.subarray(row * k, (row + 1) * k);
    rho[row] = connectedDistance(own, localConnectivity);
    const mean = rho[row]! > 0 ? sumOf(own) / (k + 1) : overallMean;
    sigma[row] = Math.max(bandwidth(own, rho[row]!, target), SMALLEST_SHARE * mean);
    if (row % ROWS_PER_BREATH === 0) await pause();
  }
  return { rho, sigma };
}

function sumOf(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

/** Distance to the `localConnectivity`-th neighbour that is not at the same place; between two neighbours where that is a fraction. */
function connectedDistance(rising: Float32Array, localConnectivity: number): number {
  let atSamePlace = 0;
  while (atSamePlace < rising.length && rising[atSamePlace] === 0) atSamePlace += 1;
  const apart = rising.subarray(atSamePlace);
  if (apart.length === 0) return 0;
  if (apart.length < localConnectivity) return apart.at(-1)!;
  const whole = Math.floor(localConnectivity);
  const fraction = localConnectivity - whole;
  const near = whole > 0 ? apart[whole - 1]! : 0;
  if (whole > 0 && fraction <= TOLERANCE) return near;
  return near + fraction * (apart[whole]! - near);
}

/**
 * The sigma at which the memberships sum to `target`; 0 where there is none, since too many neighbours are within `rho`. The sum is a falling convex function of 1 / sigma, so Newton's
 * steps from 0 on come ever nearer without passing the root; umap-learn halves an interval until the sum is within 1e-5.
 */
function bandwidth(distances: Float32Array, rho: number, target: number): number {
  let inverse = 0;
  for (let i = 0; i < MOST_STEPS; i++) {
    let sum = 0;
    let slope = 0;
    for (let j = 0; j < distances.length; j++) {
      const beyond = Math.fround(distances[j]! - rho);
      const membership = beyond > 0 ? exp(-beyond * inverse) : 1;
      sum += membership;
      if (beyond > 0) slope += beyond * membership;
    }
    const step = (sum - target) / slope;
    if (!(step < Infinity)) return 0;
    inverse += step;
    if (sum - target < TOLERANCE) break;
  }
  return inverse > 0 ? 1 / inverse : 1;
}
