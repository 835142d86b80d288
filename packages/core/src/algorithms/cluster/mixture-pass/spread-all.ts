import { breather, type WorkContext } from "../../../spectrum-image/context.js";
import { labelsOfAll, type UsedPoints } from "../clustering.js";
import { BLOCK, type PointsUnder } from "./mixture-pass.js";

/** Every point under a mixture. */
export interface SpreadPoints {
  /** Int32 [total]: the likeliest component, the first of equals; -1 where the mask leaves a point out. */
  readonly labels: Int32Array;
  /** Float32 [total x components]; 0 where the mask leaves a point out. */
  readonly membership: Float32Array;
  /** Sum over the points of the natural logarithm of their density. */
  readonly sum: number;
}

/** Labels and probabilities of the used points, spread over all `total` rows. */
export async function spreadAll(
  used: UsedPoints,
  points: PointsUnder,
  components: number,
  total: number,
  context: WorkContext,
): Promise<SpreadPoints> {
  const breath = breather(context);
  const labels = new Int32Array(used.n);
  const membership = new Float32Array(total * components);
  const blockMembership = new Float32Array(BLOCK * components);
  let sum = 0;
  for (let first = 0; first < used.n; first += BLOCK) {
    await breath();
    const count = Math.min(BLOCK, used.n - first);
    sum = points.expect(first, count, sum);
    points.spread(count, blockMembership, labels.subarray(first, first + count));
    for (let i = 0; i < count; i++) {
      const row = used.rows === undefined ? first + i : used.rows[first + i]!;
      membership.set(blockMembership.subarray(i * components, (i + 1) * components), row * components);
    }
  }
  return { labels: labelsOfAll(used, labels, total), membership, sum };
}
