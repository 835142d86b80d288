import type { KdTree } from "../kd-tree.js";
import { boxToCentre } from "./rounded-distances.js";

/** Buckets of distances: one for each exponent and four leading bits of the mantissa. */
const BUCKETS = 4096;
const BUCKET_BITS = 19;

const rounded = new Float32Array(1);
const bits = new Uint32Array(rounded.buffer);

/** Mean of rows of coordinates, float32. */
export function centreOf(rows: Float32Array, dimensions: number): Float32Array {
  const centre = new Float32Array(dimensions);
  for (let i = 0; i < rows.length; i++) centre[i % dimensions]! += rows[i]!;
  return centre.map((sum) => sum / (rows.length / dimensions));
}

/** Up to `most` leaves by the distances of their boxes from a centre, nearest first; distances that differ by less than a sixteenth may change places. */
export function* leavesAround(tree: KdTree, centre: Float32Array, most: number): Generator<number> {
  const buckets = Array.from({ length: BUCKETS }, (): number[] => []);
  const push = (node: number, distance: number): void => {
    rounded[0] = distance;
    buckets[bits[0]! >>> BUCKET_BITS]!.push(node);
  };
  push(0, 0);
  let leaves = 0;
  for (const bucket of buckets) {
    for (let node = bucket.pop(); node !== undefined && leaves < most; node = bucket.pop()) {
      if (node >= tree.firstLeaf) {
        yield node;
        leaves += 1;
        continue;
      }
      for (const child of [2 * node + 1, 2 * node + 2]) push(child, boxToCentre(tree, child, centre));
    }
  }
}
