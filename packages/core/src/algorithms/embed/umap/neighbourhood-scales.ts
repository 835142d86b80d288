/**
 * The scale of each point's neighbourhood: `rho`, the distance up to which a neighbour is surely connected, and `sigma`, chosen so that
 * the memberships exp(-(d - rho) / sigma) of the neighbours sum to log2(nNeighbors)
 * (McInnes, Healy and Melville 2018, arXiv:1802.03426, algorithm 3). Steps, rounding to single precision, tolerance and lower bounds
 * are those of umap-learn 0.5, so that graphs can be compared edge by edge.
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
const MOST_HALVINGS = 64;
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

/** Bisection for the sigma at which the memberships sum to `target`; the upper end is first sought by doubling. */
function bandwidth(distances: Float32Array, rho: number, target: number): number {
  let low = 0;
  let high = Infinity;
  let middle = 1;
  for (let i = 0; i < MOST_HALVINGS; i++) {
    const sum = membershipSum(distances, rho, middle);
    if (Math.abs(sum - target) < TOLERANCE) break;
    if (sum > target) {
      high = middle;
      middle = Math.fround((low + high) / 2);
    } else {
      low = middle;
      middle = high === Infinity ? middle * 2 : Math.fround((low + high) / 2);
    }
  }
  return middle;
}

function membershipSum(distances: Float32Array, rho: number, sigma: number): number {
  let sum = 0;
  for (let j = 0; j < distances.length; j++) {
    const beyond = Math.fround(distances[j]! - rho);
    sum = Math.fround(sum + (beyond > 0 ? exp(-beyond / sigma) : 1));
  }
  return sum;
}
