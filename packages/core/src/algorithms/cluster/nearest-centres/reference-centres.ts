import type { UsedPoints } from "../clustering.js";
import type { NearestCentres } from "./nearest-centres.js";

/** In plain TypeScript. */
export function referenceCentres({ n, dimensions, data }: UsedPoints): NearestCentres {
  const labels = new Int32Array(n).fill(-1);
  const distances = new Float64Array(n);
  const closest = new Float64Array(n).fill(Infinity);
  const nearer = (index: number, i: number): number => {
    const sum = squaredDistance(data, i * dimensions, data, index * dimensions, dimensions);
    return Math.min(closest[i]!, sum);
  };
  return {
    labels,
    distances,
    closest,
    assign(centres, first, behind) {
      let changed = false;
      for (let i = first; i < behind; i++) {
        let nearest = 0;
        let smallest = Infinity;
        for (let j = 0; j * dimensions < centres.length; j++) {
          const sum = squaredDistance(data, i * dimensions, centres, j * dimensions, dimensions);
          if (sum >= smallest) continue;
          smallest = sum;
          nearest = j;
        }
        if (labels[i] !== nearest) changed = true;
        labels[i] = nearest;
        distances[i] = smallest;
      }
      return changed;
    },
    potentialWith(index) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += nearer(index, i);
      return sum;
    },
    choose(index) {
      for (let i = 0; i < n; i++) closest[i] = nearer(index, i);
    },
  };
}

function squaredDistance(a: Float64Array, fromA: number, b: Float64Array, fromB: number, dimensions: number): number {
  let sum = 0;
  for (let c = 0; c < dimensions; c++) {
    const difference = a[fromA + c]! - b[fromB + c]!;
    sum += difference * difference;
  }
  return sum;
}
