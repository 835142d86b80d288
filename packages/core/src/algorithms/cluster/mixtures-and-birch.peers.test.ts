/** Bayesian Gaussian mixtures, Birch and silhouettes against scikit-learn, on larger data than the golden values. */
import { describe, expect, it } from "vitest";
import { matrix } from "../../kernels/matrix.js";
import { randomStream } from "../../kernels/random.js";
import { askPython, noPeers, peersNote } from "../ask-python.test-support.js";
import { parseParameters } from "../parameters.js";
import { adjustedRandIndex } from "../score/adjusted-rand-index.js";
import { bayesianGaussianMixture } from "./bayesian-gaussian-mixture.js";
import { weightPriors } from "./bayesian-posterior.js";
import { birch } from "./birch.js";
import { covarianceTypes } from "./mixture-model.js";
import { silhouette } from "./silhouette.js";

const [n, d, k] = [3000, 3, 5];

function clouds() {
  const stream = randomStream(12, "peers");
  const labels = Int32Array.from({ length: n }, () => stream.integer(k));
  const centres = Float64Array.from({ length: k * d }, () => 4 * stream.normal());
  const data = Float64Array.from(
    { length: n * d },
    (_, i) => centres[labels[Math.floor(i / d)]! * d + (i % d)]! + stream.normal(),
  );
  const startLabels = labels.map((label) => (stream.uniform() < 0.3 ? stream.integer(8) : label));
  return { points: matrix(n, d, data), labels, startLabels };
}

describe.skipIf(noPeers)(`scikit-learn${peersNote}`, () => {
  it.each(weightPriors.flatMap((prior) => covarianceTypes.map((type) => [prior, type] as const)))(
    "a Bayesian mixture reaches the same lower bound and labels from the same start (%s, %s)",
    async (prior, covarianceType) => {
      const { points, startLabels } = clouds();
      const given = { nComponents: 8, covarianceType, weightConcentrationPriorType: prior, tol: 1e-4, maxIter: 400 };
      const parameters = parseParameters(bayesianGaussianMixture, given);
      const mine = await bayesianGaussianMixture.run({ points, startLabels }, parameters, { seed: 0 });
      const theirs = askPython<{ bound: number; score: number; labels: number[]; iterations: number }>(
        `
from sklearn.mixture import BayesianGaussianMixture
X = np.array(given["points"]).reshape(-1, given["d"])
class FromLabels(BayesianGaussianMixture):
    def _initialize_parameters(self, X, random_state, xp=None):
        self._initialize(X, np.eye(8)[given["labels"]])
m = FromLabels(n_components=8, covariance_type=given["type"], weight_concentration_prior_type=given["prior"], tol=1e-4, max_iter=400).fit(X)
answer = {"bound": float(np.ravel(m.lower_bound_)[0]), "score": m.score(X), "labels": m.predict(X).tolist(), "iterations": int(m.n_iter_)}`,
        { points: [...points.data], labels: [...startLabels], d, type: covarianceType, prior: prior.replace("-", "_") },
      );
      expect(Math.abs(mine.lowerBound / theirs.bound - 1)).toBeLessThan(1e-8);
      expect(Math.abs(mine.meanLogLikelihood / theirs.score - 1)).toBeLessThan(1e-7);
      expect(adjustedRandIndex(mine.labels, Int32Array.from(theirs.labels))).toBeGreaterThan(0.9999);
    },
  );

  it.each([
    [0.8, 50, k],
    [0.5, 12, k],
    [1.5, 5, "all"],
  ] as const)(
    "Birch with threshold %d, branching factor %d and %s clusters labels alike",
    async (threshold, branchingFactor, nClusters) => {
      const { points } = clouds();
      const mine = await birch.run({ points }, parseParameters(birch, { threshold, branchingFactor, nClusters }), { seed: 0 });
      const theirs = askPython<{ labels: number[]; subclusters: number }>(
        `
from sklearn.cluster import Birch
m = Birch(threshold=given["threshold"], branching_factor=given["branching"], n_clusters=given["clusters"]).fit(np.array(given["points"]).reshape(-1, given["d"]))
answer = {"labels": m.labels_.tolist(), "subclusters": len(m.subcluster_centers_)}`,
        { points: [...points.data], d, threshold, branching: branchingFactor, clusters: nClusters === "all" ? null : nClusters },
      );
      expect(mine.subclusterCentres.rows).toBe(theirs.subclusters);
      expect(adjustedRandIndex(mine.labels, Int32Array.from(theirs.labels))).toBe(1);
    },
  );

  it("the silhouette is the same", async () => {
    const { points, labels } = clouds();
    const mine = await silhouette.run({ points, labels }, parseParameters(silhouette, { sampleSize: n }), { seed: 0 });
    const theirs = askPython<number>(
      `
from sklearn.metrics import silhouette_score
answer = float(silhouette_score(np.array(given["points"]).reshape(-1, given["d"]), given["labels"]))`,
      { points: [...points.data], labels: [...labels], d },
    );
    expect(mine.mean).toBeCloseTo(theirs, 12);
  });
});
