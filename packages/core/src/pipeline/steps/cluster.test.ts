import { describe, expect, it } from "vitest";
import { RecipeError } from "../../errors.js";
import { randomStream } from "../../kernels/random.js";
import type { Analysis } from "../analysis.js";
import { smallAnalysis } from "../edits/small-analysis.test-support.js";
import { cluster } from "./cluster.js";
import { spectra } from "./spectra.js";

const parse = (given: object) => cluster.schema.parse({ step: "cluster", ...given });
const truth = smallAnalysis().labels!;

/** The latent space and the components show the classes of the picture, with unassigned ones apart; features show nothing. */
function separable(): Analysis {
  const stream = randomStream(1, "cluster-step");
  const scores = Float32Array.from(
    { length: truth.length * 2 },
    (_, i) => 9 * ((truth[i >> 1]! + 4) % 3) * (i % 2) + 0.2 * stream.normal(),
  );
  const decomposition = {
    method: "pca" as const,
    treatment: [],
    components: [new Float64Array(64), new Float64Array(64)],
    scores,
    mean: undefined,
    explainedShare: undefined,
    scree: undefined,
    reconstructed: false,
  };
  return { ...smallAnalysis(), latent: { method: "made", dimensions: 2, data: scores }, decomposition };
}

describe("cluster step", () => {
  it.each([
    { method: "gaussian-mixture", nComponents: 3 },
    { method: "bayesian-gaussian-mixture", nComponents: 5, weightConcentrationPrior: 1e-3, maxIter: 500 },
    { method: "k-means", nClusters: 3 },
    { method: "birch", nClusters: 3 },
    { method: "hdbscan", minClusterSize: 4 },
  ])("groups the pixels by their place in the latent space or their components: $method", async (given) => {
    const analysis = separable();
    const mask = Uint8Array.from(truth, (_, p) => (p === 0 ? 0 : 1));
    for (const on of ["latent", "components"]) {
      const { labels, membership } = await cluster.run({ ...analysis, mask }, parse({ ...given, on }), { seed: 3 });
      expect(labels![0]).toBe(-1);
      expect(new Set(labels!.subarray(1)).size).toBe(3);
      const together = (a: number, b: number) => labels![a] === labels![b];
      expect([together(1, 9), together(3, 4), together(3, 1), together(6, 4)]).toEqual([true, true, false, false]);
      expect(membership?.classes).toBe(given.method.endsWith("mixture") ? 3 : undefined);
    }
  });

  it("goes on where every pixel is noise, and no class is left", async () => {
    const { labels, ...rest } = await cluster.run(separable(), parse({ method: "hdbscan", minClusterSize: 40 }), { seed: 3 });
    expect(new Set(labels)).toEqual(new Set([-1]));
    const after = await spectra.run({ ...rest, labels }, spectra.schema.parse({ step: "spectra" }), { seed: 3 });
    expect(after.classes).toEqual([]);
  });

  it("warns once of a fit that stopped at its limit", async () => {
    const given = parse({ method: "bayesian-gaussian-mixture", nComponents: 3, maxIter: 1 });
    const { warnings, notConverged } = await cluster.run(separable(), given, { seed: 3 });
    expect(notConverged).toHaveLength(1);
    expect(warnings).toEqual(notConverged);
  });

  it.each(["latent", "components"])("says which step makes the %s that it needs", async (on) => {
    const bare = { ...smallAnalysis(), latent: undefined };
    await expect(cluster.run(bare, parse({ method: "k-means", on }), { seed: 0 })).rejects.toThrow(RecipeError);
  });
});
