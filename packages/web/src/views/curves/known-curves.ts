/** Curves from which something was chosen, as far as the analysis has them. */
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

export interface KnownCurve {
  readonly id: string;
  readonly title: string;
  /** What it says, and what was taken from it. */
  readonly sentence: string;
  readonly x: readonly number[];
  readonly curves: readonly { readonly name: string; readonly y: ArrayLike<number>; readonly look?: "curve" | "second" }[];
  readonly xName: string;
  readonly yName: string;
  readonly chosen: number | undefined;
  /** What a click on a value of `x` tries: that number of classes, or of components. */
  readonly tries?: "classes" | "components" | undefined;
}

export function knownCurves({ decomposition, latent, training: going }: AnalysisSnapshot): KnownCurve[] {
  const curves: KnownCurve[] = [];
  const scree = decomposition?.scree;
  if (scree !== undefined) {
    const logShares = Float64Array.from(scree.shares, (share) => Math.log10(Math.max(share, 1e-12)));
    curves.push({
      id: "scree",
      title: "Scree",
      sentence: `${scree.suggested} components are suggested, by ${scree.suggestedBy === "replication" ? "what both halves of the counts show" : scree.suggestedBy === "elbow" ? "the elbow of the curve" : "there being only one"}.`,
      x: numbersFrom1(scree.shares.length),
      curves: [{ name: "share", y: logShares }],
      xName: "component",
      yName: "log₁₀ of the share of the data",
      chosen: scree.suggested,
      tries: "components",
    });
    if (scree.replication !== undefined) {
      curves.push({
        id: "stability",
        title: "Stability",
        sentence: "How surely each component of one half of the counts is found in the other half; 4 standard errors are needed.",
        x: numbersFrom1(scree.replication.length),
        curves: [{ name: "replication", y: scree.replication }],
        xName: "component",
        yName: "standard errors",
        chosen: scree.replicated,
      });
    }
  }
  const training = latent?.autoencoder?.training ?? going;
  if (training !== undefined) {
    const trained = { name: "training", y: training.trainLoss } as const;
    curves.push({
      id: "loss",
      title: "Loss",
      sentence:
        training === going
          ? `Training goes on; epoch ${training.bestEpoch} is the best so far.`
          : `Epoch ${training.bestEpoch} was kept${training.stoppedEarly ? "; the loss fell no further, so training stopped early" : ""}.`,
      x: numbersFrom1(training.trainLoss.length),
      curves:
        training.evaluationLoss === undefined
          ? [trained]
          : [
              { name: "pixels kept out", y: training.evaluationLoss },
              { ...trained, look: "second" },
            ],
      xName: "epoch",
      yName: training.evaluationLoss === undefined ? "loss" : "loss of pixels kept out; dashed: of those trained on",
      chosen: training.bestEpoch,
    });
  }
  return curves;
}

/** Evidence of each phase in the order in which it was found: the effect over its noise. */
export function discoveryCurve({ evidence }: AnalysisSnapshot): KnownCurve | undefined {
  const found = [...(evidence?.phases ?? [])].filter(({ discovery }) => discovery > 0).sort((a, b) => a.discovery - b.discovery);
  if (found.length < 2) return undefined;
  return {
    id: "evidence",
    title: "Evidence",
    sentence:
      "How far each phase stood above counting noise when it was found. The search ends where nothing stands out any more.",
    x: found.map(({ discovery }) => discovery),
    curves: [{ name: "evidence", y: found.map(({ z }) => z) }],
    xName: "order of discovery",
    yName: "standard errors",
    chosen: undefined,
  };
}

function numbersFrom1(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}
