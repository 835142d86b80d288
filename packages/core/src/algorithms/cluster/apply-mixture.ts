import { DataCheckError } from "../../errors.js";
import { breather, type WorkContext } from "../../spectrum-image/context.js";
import { labelsOfAll, type Points, usedPoints } from "./clustering.js";
import { expectation, type MixtureModel } from "./mixture-model.js";

export interface AppliedMixture {
  /** Int32 [rows], -1 where the mask leaves a point out; the most probable component. */
  readonly labels: Int32Array;
  /** Float32 [rows x components]; 0 where the mask leaves a point out. */
  readonly membership: Float32Array;
}

/** Gives other points to the components of a mixture that was fitted before. Throws {@link DataCheckError} for points of another number of dimensions. */
export async function applyMixture(model: MixtureModel, input: Points, context: WorkContext): Promise<AppliedMixture> {
  const { components: k, dimensions: d } = model;
  if (input.points.columns !== d) {
    throw new DataCheckError("The mixture was fitted in another number of dimensions.", {
      where: "mixture",
      found: String(input.points.columns),
      expected: String(d),
      remedy: "Make the points in the way in which they were made for the model.",
    });
  }
  const used = usedPoints(input);
  const probability = expectation(model);
  const breath = breather(context);
  const labels = new Int32Array(used.n);
  const membership = new Float32Array(input.points.rows * k);
  const responsibilities = new Float64Array(k);
  for (let i = 0; i < used.n; i++) {
    if ((i & 1023) === 0) await breath();
    probability.of(used.data, i * d, responsibilities);
    for (let j = 1; j < k; j++) if (responsibilities[j]! > responsibilities[labels[i]!]!) labels[i] = j;
    membership.set(responsibilities, (used.rows === undefined ? i : used.rows[i]!) * k);
  }
  return { labels: labelsOfAll(used, labels, input.points.rows), membership };
}
