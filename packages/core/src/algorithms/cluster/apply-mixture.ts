import { DataCheckError } from "../../errors.js";
import type { WorkContext } from "../../spectrum-image/context.js";
import { type Points, usedPoints } from "./clustering.js";
import { isDiagonalType, type MixtureModel, preparedMixture } from "./mixture-model.js";
import { quickestPass } from "./mixture-pass/quickest-pass.js";
import { spreadAll } from "./mixture-pass/spread-all.js";

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
  const pass = await quickestPass(used, k, isDiagonalType(model.covarianceType));
  const { labels, membership } = await spreadAll(used, pass(preparedMixture(model)), k, input.points.rows, context);
  return { labels, membership };
}
