/** Where a mixture of Gaussians starts: from labels, from a k-means clustering, from seeds far apart, or at random. */
import { z } from "zod";
import { ShapeError } from "../../errors.js";
import { randomStream } from "../../kernels/random.js";
import { breather, type WorkContext } from "../../spectrum-image/context.js";
import type { Points, UsedPoints } from "./clustering.js";
import { kMeansOnce } from "./k-means.js";
import { type CovarianceType, type Maximisation, maximisation } from "./mixture-model.js";

export interface MixtureInput extends Points {
  /** Int32 [rows]: labels to start from instead of `initParams`, 0 ... nComponents - 1, anything else where a point has none. One start is made. */
  readonly startLabels?: Int32Array | undefined;
}

export const startParameters = {
  initParams: z.enum(["kmeans", "k-means++", "random"]).default("kmeans").meta({
    title: "Start",
    description:
      "kmeans: from a k-means clustering; k-means++: from the nearest of well separated points; random: from random memberships.",
  }),
};

/** Which of its starts a method makes: the start has a stream of random numbers of its own. */
export interface StartNumber {
  readonly method: string;
  readonly components: number;
  /** From 0. */
  readonly start: number;
  readonly seed: number;
}

/** Parameters of a mixture that its start depends on. */
export interface StartGiven {
  readonly initParams: "kmeans" | "k-means++" | "random";
  readonly covarianceType: CovarianceType;
  readonly regCovar: number;
}

/** The moments of the points under the first memberships, from which the first model is made. */
export async function mixtureStart(
  used: UsedPoints,
  { startLabels, points }: MixtureInput,
  given: StartGiven,
  { method, components: k, start, seed }: StartNumber,
  context: WorkContext,
): Promise<Maximisation> {
  const { n, dimensions: d, data } = used;
  const breath = breather(context);
  const stream = randomStream(seed, `${method} ${start}`);
  const membership = new Float64Array(k);
  let labels: Int32Array | undefined;
  if (startLabels !== undefined) labels = givenLabels(startLabels, used, points.rows);
  else if (given.initParams !== "random") {
    const maxIter = given.initParams === "kmeans" ? 300 : 1;
    labels = (await kMeansOnce(used, { nClusters: k, maxIter, tol: 1e-4, seed, start }, context)).labels;
  }
  const step = maximisation(given.covarianceType, k, d, repeatedMean(used, k));
  for (let i = 0; i < n; i++) {
    if ((i & 4095) === 0) await breath();
    if (labels !== undefined) {
      addHard(step, labels[i]!, k, data, i * d);
      continue;
    }
    randomMembership(stream.uniform, membership);
    step.add(data, i * d, membership);
  }
  if (labels === undefined) return step;
  // The second estimate starts from good origins and so loses nothing by subtraction.
  const again = maximisation(given.covarianceType, k, d, step.model(given.regCovar).means);
  for (let i = 0; i < n; i++) addHard(again, labels[i]!, k, data, i * d);
  return again;
}

function addHard(step: Maximisation, label: number, components: number, data: Float64Array, offset: number): void {
  if (label >= 0 && label < components) step.addTo(label, data, offset);
}

function givenLabels(startLabels: Int32Array, used: UsedPoints, total: number): Int32Array {
  if (startLabels.length !== total) {
    throw new ShapeError("There must be one start label per point.", {
      found: String(startLabels.length),
      expected: String(total),
    });
  }
  return used.rows === undefined ? startLabels : Int32Array.from(used.rows, (row) => startLabels[row]!);
}

function randomMembership(uniform: () => number, membership: Float64Array): void {
  let sum = 0;
  for (let j = 0; j < membership.length; j++) {
    membership[j] = uniform();
    sum += membership[j]!;
  }
  for (let j = 0; j < membership.length; j++) membership[j] = sum > 0 ? membership[j]! / sum : 1 / membership.length;
}

function repeatedMean({ n, dimensions: d, data }: UsedPoints, k: number): Float64Array {
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let c = 0; c < d; c++) mean[c]! += data[i * d + c]! / n;
  return Float64Array.from({ length: k * d }, (_, cell) => mean[cell % d]!);
}
