/** Parts into which one class is taken apart: connected grains, or groups of like pixels. */
import { type GaussianMixtureInput, gaussianMixture } from "../../algorithms/cluster/gaussian-mixture.js";
import { kMeans } from "../../algorithms/cluster/k-means.js";
import { parseParameters } from "../../algorithms/parameters.js";
import { connectedComponents } from "../../algorithms/statistics/connected-components.js";
import { SigmaError } from "../../errors.js";
import { matrixOf } from "../../kernels/matrix.js";
import type { Analysis } from "../analysis.js";
import { featureColumns } from "../feature-columns.js";
import type { StepContext } from "../step.js";
import type { EditOf } from "./edit-schema.js";
import { type EditState, isRefusal, type Refusal, refuse } from "./outcome.js";

/** Int32 [pixels]: part of each pixel of the class, 0 the largest; -1 elsewhere. */
export type Pieces = Int32Array;

/** Grains of a class by falling size, ties by their first pixel. Grains that are too small or too many are of part 0. */
export function grainPieces({ analysis, labels }: EditState, edit: EditOf<"split">): Pieces | Refusal {
  const { navigationShape } = analysis.image.counts;
  const own = labels.map((label) => (label === edit.id ? 0 : -1));
  const width = navigationShape.at(-1) ?? 1;
  const { ids, sizes } = connectedComponents(own, width, navigationShape.at(-2) ?? 1, edit.connectivity);
  const order = Array.from(sizes, (_, grain) => grain).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const partOf = new Int32Array(sizes.length);
  let parts = 1;
  for (const grain of order.slice(1)) {
    if (parts < edit.mostClasses && sizes[grain]! >= edit.minimumPixels) partOf[grain] = parts++;
  }
  if (parts === 1) {
    const pieces = sizes.length === 1 ? "hangs together" : `has no second grain of ${edit.minimumPixels} pixels or more`;
    return refuse("one-piece", `Class ${edit.id} ${pieces}.`);
  }
  return ids.map((grain) => (grain < 0 ? -1 : partOf[grain]!));
}

interface Grouping {
  readonly id: number;
  readonly method: "k-means" | "gaussian-mixture";
  readonly nClusters: number;
  readonly nInit: number;
  readonly on: "latent" | "features";
  readonly covarianceType?: EditOf<"recluster">["covarianceType"] | undefined;
}

/** Groups of the pixels of a class, largest first, by their place in the latent space or by their features. */
export async function groupPieces(state: EditState, wanted: Grouping, context: StepContext): Promise<Pieces | Refusal> {
  const points = pointsOf(state.analysis, wanted.on);
  if (isRefusal(points)) return points;
  const mask = Uint8Array.from(state.labels, (label) => (label === wanted.id ? 1 : 0));
  try {
    const labels = await grouped({ points, mask }, wanted, context);
    return labels.every((label) => label <= 0)
      ? refuse("one-piece", `The pixels of class ${wanted.id} fall into one group.`)
      : labels;
  } catch (error) {
    if (!(error instanceof SigmaError) || (error.tag !== "parameter" && error.tag !== "data-check")) throw error;
    return refuse("does-not-fit", error.message);
  }
}

async function grouped(input: GaussianMixtureInput, wanted: Grouping, context: StepContext): Promise<Int32Array> {
  const { nClusters, nInit, covarianceType } = wanted;
  if (wanted.method === "k-means") {
    return (await kMeans.run(input, parseParameters(kMeans, { nClusters, nInit }), context)).labels;
  }
  const parameters = parseParameters(gaussianMixture, { nComponents: nClusters, nInit, covarianceType });
  return (await gaussianMixture.run(input, parameters, context)).labels;
}

function pointsOf({ latent, features }: Analysis, on: "latent" | "features"): GaussianMixtureInput["points"] | Refusal {
  if (on === "latent") {
    if (latent === undefined) return refuse("missing", "There is no latent space to group the pixels in.");
    return matrixOf(latent.data.length / latent.dimensions, latent.dimensions, latent.data);
  }
  if (features === undefined) return refuse("missing", "There are no features to group the pixels by.");
  return featureColumns(features).matrix;
}
