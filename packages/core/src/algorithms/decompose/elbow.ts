import { log } from "../../kernels/math.js";

const MOST_POINTS = 20;
const LEAST_SHARE = 1e-30;

/**
 * Number of components up to the elbow of a scree curve: the point of ln(share) that lies farthest from the straight line from the first
 * point to the one with index min(20, number of points - 1); the first of equals. That is HyperSpy's `estimate_elbow_position` + 1
 * (after Satopää, Albrecht, Irwin and Raghavan 2011, doi:10.1109/ICDCSW.2011.20). `undefined` for fewer than three points.
 */
export function elbowOf(shares: ArrayLike<number>): number | undefined {
  if (shares.length < 3) return undefined;
  const last = Math.min(MOST_POINTS, shares.length - 1);
  const y = (i: number): number => log(Math.max(shares[i]!, LEAST_SHARE));
  const [first, end] = [y(0), y(last)];
  let elbow = 0;
  let farthest = 0;
  for (let i = 0; i < last; i++) {
    const distance = Math.abs(last * (first - y(i)) + i * (end - first));
    if (distance > farthest) {
      farthest = distance;
      elbow = i;
    }
  }
  return elbow + 1;
}
