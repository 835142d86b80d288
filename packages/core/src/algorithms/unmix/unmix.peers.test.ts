/** Unmixing against scikit-learn and scipy, on larger data than the golden values. */
import { describe, expect, it } from "vitest";
import { randomStream } from "../../kernels/random.js";
import { countsFromDense } from "../../spectrum-image/counts.js";
import { askPython, noPeers, peersNote } from "../ask-python.test-support.js";
import { parseParameters } from "../parameters.js";
import { spectrumOf } from "../preprocess/synthetic-image.test-support.js";
import { nmf } from "./nmf.js";
import { nonNegativeLeastSquares } from "./nnls.js";

const pure = [
  { O: 60, Si: 50 },
  { O: 40, Al: 30, Si: 30, K: 20 },
  { Fe: 60, S: 60 },
].map((composition) => spectrumOf(composition, 120));
const channels = pure[0]!.length;

function pixels(rows: number): Float64Array {
  const stream = randomStream(5, "unmix-peers");
  const dense = new Float64Array(rows * channels);
  for (let row = 0; row < rows; row++) {
    const share = [stream.uniform() ** 2, stream.uniform() ** 2, stream.uniform() ** 2];
    for (let c = 0; c < channels; c++)
      dense[row * channels + c] = stream.poisson(share.reduce((sum, s, j) => sum + s * pure[j]![c]!, 0));
  }
  return dense;
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [dot, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    squareA += a[i]! ** 2;
    squareB += b[i]! ** 2;
  }
  return dot / Math.sqrt(squareA * squareB);
}

describe.skipIf(noPeers)(`scikit-learn and scipy${peersNote}`, () => {
  it.each([
    ["frobenius", 40, "nndsvda"],
    ["frobenius", 300, "nndsvda"],
    ["kullback-leibler", 40, "nndsvda"],
    ["kullback-leibler", 300, "nndsvda"],
  ])("NMF by %s of %d spectra from %s: same loss, same endmembers", async (betaLoss, rows, init) => {
    const dense = pixels(rows);
    const given = { nComponents: 3, betaLoss, init, tol: 1e-7, maxIter: 3000 };
    const mine = await nmf.run({ spectra: countsFromDense([rows], channels, dense) }, parseParameters(nmf, given), { seed: 0 });
    const theirs = askPython<{ error: number; components: number[][] }>(
      `
from sklearn.decomposition import NMF
X = np.array(given["x"], float).reshape(given["rows"], -1)
m = NMF(3, init=given["init"], solver="cd" if given["loss"] == "frobenius" else "mu", beta_loss=given["loss"], tol=1e-7, max_iter=3000, random_state=0)
m.fit(X)
answer = {"error": float(m.reconstruction_err_), "components": m.components_.tolist()}`,
      { x: [...dense], rows, init, loss: betaLoss },
    );
    expect(Math.abs(mine.reconstructionError / theirs.error - 1)).toBeLessThan(1e-4);
    for (const component of theirs.components) {
      expect(Math.max(...mine.endmembers.map((endmember) => cosine(endmember, component)))).toBeGreaterThan(0.9999);
    }
  });

  it("NNLS of 200 pixels: within 1e-8 of scipy", () => {
    const dense = pixels(200);
    const theirs = askPython<number[][]>(
      `
from scipy.optimize import nnls
A = np.array(given["pure"]).T
answer = [nnls(A, b)[0].tolist() for b in np.array(given["x"], float).reshape(200, -1)]`,
      { x: [...dense], pure: pure.map((spectrum) => [...spectrum]) },
    );
    theirs.forEach((expected, row) => {
      nonNegativeLeastSquares(pure, dense.subarray(row * channels, (row + 1) * channels)).forEach((value, j) => {
        expect(Math.abs(value - expected[j]!)).toBeLessThan(1e-8);
      });
    });
  });
});
