/** Gaussian mixtures and k-means against scikit-learn, on larger data than the golden values. */
import { describe, expect, it } from "vitest";
import { matrix } from "../../kernels/matrix.js";
import { randomStream } from "../../kernels/random.js";
import { askPython, noPeers, peersNote } from "../ask-python.test-support.js";
import { parseParameters } from "../parameters.js";
import { gaussianMixture } from "./gaussian-mixture.js";
import { kMeans } from "./k-means.js";
import { covarianceTypes } from "./mixture-model.js";

const [n, d, k] = [3000, 3, 5];

function clouds() {
  const stream = randomStream(11, "peers");
  const labels = Int32Array.from({ length: n }, () => stream.integer(k));
  const centres = Float64Array.from({ length: k * d }, () => 3 * stream.normal());
  const data = Float64Array.from(
    { length: n * d },
    (_, i) => centres[labels[Math.floor(i / d)]! * d + (i % d)]! + stream.normal(),
  );
  const startLabels = labels.map((label) => (stream.uniform() < 0.3 ? stream.integer(k) : label));
  return { points: matrix(n, d, data), startLabels };
}

describe.skipIf(noPeers)(`scikit-learn${peersNote}`, () => {
  it.each(covarianceTypes)("reaches the same likelihood and BIC from the same start (%s)", async (covarianceType) => {
    const { points, startLabels } = clouds();
    const given = { nComponents: k, covarianceType, tol: 1e-5, maxIter: 300 };
    const mine = await gaussianMixture.run({ points, startLabels }, parseParameters(gaussianMixture, given), { seed: 0 });
    const theirs = askPython<{ score: number; bic: number; aic: number; labels: number[] }>(
      `
from sklearn.mixture import GaussianMixture
X = np.array(given["points"]).reshape(-1, given["d"])
R = np.eye(given["k"])[given["labels"]]
class FromLabels(GaussianMixture):
    def _initialize_parameters(self, X, random_state, xp=None):
        self._initialize(X, R)
m = FromLabels(given["k"], covariance_type=given["type"], tol=1e-5, max_iter=300).fit(X)
order = np.argsort(-m.weights_, kind="stable")
answer = {"score": m.score(X), "bic": m.bic(X), "aic": m.aic(X), "labels": np.argsort(order)[m.predict(X)].tolist()}`,
      { points: [...points.data], labels: [...startLabels], d, k, type: covarianceType },
    );
    expect(mine.meanLogLikelihood / theirs.score).toBeCloseTo(1, 6);
    expect(mine.bic / theirs.bic).toBeCloseTo(1, 6);
    expect(mine.aic / theirs.aic).toBeCloseTo(1, 6);
    expect(mine.labels.filter((label, i) => label !== theirs.labels[i]).length).toBeLessThanOrEqual(1);
  });

  it("finds no k-means clustering with a smaller inertia", async () => {
    const { points } = clouds();
    const mine = await kMeans.run({ points }, parseParameters(kMeans, { nClusters: k, nInit: 20 }), { seed: 0 });
    const theirs = askPython<number>(
      `
from sklearn.cluster import KMeans
answer = KMeans(given["k"], n_init=20, random_state=0).fit(np.array(given["points"]).reshape(-1, given["d"])).inertia_`,
      { points: [...points.data], d, k },
    );
    expect(mine.inertia / theirs).toBeLessThan(1 + 1e-4);
  });
});
