import { z } from "zod";
import { randomStream } from "../../kernels/random.js";
import { breather, partOf, type SeededContext } from "../../spectrum-image/context.js";
import type { Finding } from "../../spectrum-image/spectrum-image.js";
import type { Algorithm } from "../algorithm.js";
import { parseParameters, requireParameter } from "../parameters.js";
import { gaussianMixture } from "./gaussian-mixture.js";
import { kMeans } from "./k-means.js";
import { type ClassNumber, type Recommendation, recommendClasses } from "./recommend-classes.js";
import { silhouette } from "./silhouette.js";
import { clusterStability, type StabilityInput, stabilityParameters } from "./stability.js";

const { method, covarianceType, runs, share } = stabilityParameters;

const parameters = z.strictObject({
  fewest: z.int().min(1).max(100).default(2).meta({
    title: "Fewest classes",
    description: "Smallest number of classes that is tried.",
    unit: "classes",
  }),
  most: z.int().min(2).max(100).default(12).meta({
    title: "Most classes",
    description: "Largest number of classes that is tried.",
    unit: "classes",
  }),
  method,
  covarianceType,
  runs,
  share,
  mostPoints: z.int().min(10).max(10_000_000).default(20_000).meta({
    title: "Most points",
    description: "Where there are more points, so many are drawn evenly and only those are clustered.",
    unit: "points",
  }),
  silhouetteSample: z.int().min(10).max(1_000_000).default(2000).meta({
    title: "Points that are judged",
    description: "For how many points the silhouette is computed.",
    unit: "points",
  }),
});

type Parameters = z.output<typeof parameters>;

export interface ClassChoice extends Recommendation {
  /** One entry per number of classes, rising: the curves. */
  readonly numbers: readonly ClassNumber[];
  /** Points that were clustered. */
  readonly points: number;
  readonly findings: readonly Finding[];
}

/** Tries numbers of classes, says by BIC, silhouette and stability how each does, and recommends one. */
export const chooseClasses: Algorithm<typeof parameters, StabilityInput, ClassChoice> = {
  id: "choose-classes",
  name: "Number of classes",
  summary: "Tries numbers of classes and recommends the finest division that repeated runs agree on and whose classes lie apart.",
  reference:
    "Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7; Ben-Hur, Elisseeff and Guyon 2002, Pacific Symposium on Biocomputing 7, 6-17; von Luxburg 2010, doi:10.1561/2200000008; Schwarz 1978, doi:10.1214/aos/1176344136",
  parameters,
  run: runChooseClasses,
};

async function runChooseClasses(input: StabilityInput, given: Parameters, context: SeededContext): Promise<ClassChoice> {
  requireParameter(given.most >= given.fewest, "most", "The largest number of classes is below the smallest.", {
    where: "choose-classes",
    found: given.most,
    expected: `at least ${given.fewest}`,
  });
  await breather(context)();
  const { mask, points } = drawnPoints(input, given.mostPoints, context.seed);
  const most = Math.min(given.most, Math.max(given.fewest, Math.floor(points * given.share * 0.5)));
  const numbers: ClassNumber[] = [];
  for (let nClasses = given.fewest; nClasses <= most; nClasses++) {
    const [from, to] = [workUpTo(nClasses - 1, given.fewest, most), workUpTo(nClasses, given.fewest, most)];
    numbers.push(await tried({ ...input, mask }, nClasses, given, partOf(context, from, to)));
  }
  context.onProgress?.(1);
  const recommendation = recommendClasses(numbers);
  const severity = recommendation.clear ? "info" : "warning";
  return {
    ...recommendation,
    numbers,
    points,
    findings: [{ severity, code: "number-of-classes", message: recommendation.reason }],
  };
}

/** Share of the work that is done after n classes: it grows with their number. */
function workUpTo(n: number, fewest: number, most: number): number {
  const sum = (to: number) => (to * (to + 1)) / 2;
  return (sum(n) - sum(fewest - 1)) / (sum(most) - sum(fewest - 1));
}

/** A mask that leaves so many points, drawn evenly from those inside. */
function drawnPoints({ points, mask }: StabilityInput, mostPoints: number, seed: number): { mask: Uint8Array; points: number } {
  const drawn = mask?.slice() ?? new Uint8Array(points.rows).fill(1);
  let left = drawn.reduce((sum, inside) => sum + (inside === 0 ? 0 : 1), 0);
  let wanted = Math.min(left, mostPoints);
  const kept = wanted;
  const stream = randomStream(seed, "choose-classes");
  for (let i = 0; i < drawn.length; i++) {
    if (drawn[i] === 0) continue;
    // Each draw without putting back: the chance that makes the number come out exactly.
    if (stream.integer(left) < wanted) wanted -= 1;
    else drawn[i] = 0;
    left -= 1;
  }
  return { mask: drawn, points: kept };
}

async function tried(input: StabilityInput, nClasses: number, given: Parameters, context: SeededContext): Promise<ClassNumber> {
  const { labels, bic } = await fitted(input, nClasses, given, partOf(context, 0, 0.3));
  const apart =
    new Set(labels.filter((label) => label >= 0)).size < 2
      ? undefined
      : await silhouette.run({ ...input, labels }, { sampleSize: given.silhouetteSample }, partOf(context, 0.3, 0.4));
  const stability = await clusterStability.run(
    input,
    { nClusters: nClasses, method: given.method, covarianceType: given.covarianceType, runs: given.runs, share: given.share },
    partOf(context, 0.4, 1),
  );
  return {
    nClasses,
    bic,
    silhouette: apart?.mean,
    silhouetteError: apart?.standardError,
    stability: stability.score,
    lowestStability: stability.lowest,
  };
}

async function fitted(
  input: StabilityInput,
  nClasses: number,
  { method, covarianceType }: Parameters,
  context: SeededContext,
): Promise<{ labels: Int32Array; bic: number | undefined }> {
  if (method === "k-means") {
    return {
      labels: (await kMeans.run(input, parseParameters(kMeans, { nClusters: nClasses }), context)).labels,
      bic: undefined,
    };
  }
  const mixture = parseParameters(gaussianMixture, { nComponents: nClasses, covarianceType, nInit: 3 });
  return gaussianMixture.run(input, mixture, context);
}
