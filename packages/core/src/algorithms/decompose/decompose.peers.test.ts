import { describe, expect, it } from "vitest";
import { randomStream } from "../../kernels/random.js";
import { countsFromDense } from "../../spectrum-image/counts.js";
import { askPython, noPeers, peersNote } from "../ask-python.test-support.js";
import { parseParameters } from "../parameters.js";
import { spectralPca } from "./pca.js";
import { LEAST_CHANNEL_COUNTS, LEAST_PIXEL_SHARE } from "./poisson-weights.js";

const [rows, channels] = [900, 300];

/** Sparse counts of four phases, one of them rare; many channels hold next to nothing. */
function sparse(): number[] {
  const stream = randomStream(4, "peers");
  const peaks = [[40, 120], [80, 200], [150], [260, 180]];
  const share = [0.6, 0.3, 0.09, 0.01];
  return Array.from({ length: rows }, () => {
    let place = stream.uniform();
    let phase = 0;
    while (phase < 3 && place >= share[phase]!) {
      place -= share[phase]!;
      phase += 1;
    }
    const bright = 0.5 + stream.uniform();
    return Array.from({ length: channels }, (_, c) =>
      stream.poisson(
        bright * (0.3 * Math.exp(-c / 30) + peaks[phase]!.reduce((sum, p) => sum + 2.5 * Math.exp(-((c - p) ** 2) / 18), 0)),
      ),
    );
  }).flat();
}

describe.skipIf(noPeers)(`decomposition against numpy and scikit-learn${peersNote}`, () => {
  const x = sparse();
  const counts = countsFromDense([30, 30], channels, x);
  const run = (given: object) => spectralPca.run({ counts }, parseParameters(spectralPca, given), { seed: 1 });

  it("randomised, with floors and without the mean: numpy's SVD of the scaled dense matrix", async () => {
    const found = await run({ nComponents: 4, solver: "randomised" });
    const expected = askPython<{ shares: number[]; components: number[][] }>(
      `
x = np.array(given["x"], float).reshape(given["rows"], -1)
g = np.maximum(x.sum(1), given["pixelShare"] * x.sum(1).mean())
h = np.maximum(x.sum(0), given["channelCounts"])
u, s, v = np.linalg.svd(x / np.sqrt(np.outer(g, h) / x.sum()), full_matrices=False)
c = v[:4] * np.sqrt(h)
c /= np.linalg.norm(c, axis=1, keepdims=True)
c *= np.sign(c[np.arange(4), np.abs(c).argmax(1)])[:, None]
answer = {"shares": (s**2 / (s**2).sum()).tolist(), "components": c.tolist()}
`,
      { x, rows, pixelShare: LEAST_PIXEL_SHARE, channelCounts: LEAST_CHANNEL_COUNTS },
    );
    found.explainedShare.forEach((share, j) => {
      expect(share / expected.shares[j]!).toBeCloseTo(1, 9);
    });
    found.components.forEach((component, j) => {
      const distance = Math.sqrt(component.reduce((sum, value, c) => sum + (value - expected.components[j]![c]!) ** 2, 0));
      expect(distance, `component ${j}`).toBeLessThan(1e-6);
    });
    // Far into the noise the approximation is still near.
    found.scree.shares.forEach((share, j) => {
      expect(Math.abs(share / expected.shares[j]! - 1), `share ${j}`).toBeLessThan(0.01);
    });
  });

  it("randomised and centred: scikit-learn's PCA", async () => {
    const found = await run({ nComponents: 3, solver: "randomised", scaling: "none", centre: true });
    const expected = askPython<{ variance: number[]; components: number[][]; scores: number[] }>(
      `
from sklearn.decomposition import PCA
x = np.array(given["x"], float).reshape(given["rows"], -1)
model = PCA(3, svd_solver="full").fit(x)
sign = np.sign(model.components_[np.arange(3), np.abs(model.components_).argmax(1)])
answer = {"variance": model.explained_variance_.tolist(), "components": (model.components_ * sign[:, None]).tolist(), "scores": (model.transform(x) * sign).ravel().tolist()}
`,
      { x, rows },
    );
    found.explainedVariance.forEach((variance, j) => {
      expect(variance / expected.variance[j]!).toBeCloseTo(1, 9);
    });
    found.components.forEach((component, j) => {
      component.forEach((value, c) => {
        expect(value).toBeCloseTo(expected.components[j]![c]!, 6);
      });
    });
    found.scores.forEach((score, i) => {
      expect(score).toBeCloseTo(expected.scores[i]!, 3);
    });
  });
});
