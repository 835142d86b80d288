import { z } from "zod";
import { agreementOfRuns, type RunAgreement } from "../../algorithms/score/agreement-of-runs.js";
import { resampledCounts } from "../../algorithms/statistics/resampled-counts.js";
import { partOf } from "../../spectrum-image/context.js";
import { collectCounts } from "../../spectrum-image/counts.js";
import type { Analysis } from "../analysis.js";
import { need } from "../need.js";
import { resampleParameter } from "../points-again.js";
import type { Step, StepContext } from "../step.js";

const schema = z.strictObject({
  step: z.literal("stability"),
  runs: z.int().min(2).max(100).default(5).meta({
    title: "Runs",
    description: "How many times the classes are found again. Each run takes as long as finding them the first time.",
    unit: "runs",
  }),
  resample: resampleParameter.default("thinning").meta({
    title: "Counts drawn anew",
    description:
      "thinning: each run sees half of the counts, an independent measurement of half the time; bootstrap: counts drawn around those measured, with twice the noise, which find-phases takes for structure; none: only the seed differs.",
  }),
});

/** What `stability` leaves in an analysis. */
export interface StabilityOfClasses extends RunAgreement {
  readonly runs: number;
  readonly resample: z.output<typeof schema>["resample"];
}

/** Classes found again and again from counts drawn anew and with other seeds: which classes and which pixels stay. */
export const stability: Step<typeof schema> = {
  id: "stability",
  title: "Stability",
  summary: "Finds the classes again from counts drawn anew, and says which classes and pixels stay what they are.",
  schema,
  async run(analysis, { runs, resample }, context) {
    const labels = analysis.edits?.before.labels ?? need(analysis.labels, "stability", "classes", "find-phases or cluster");
    const ids = [...new Set(labels)].filter((label) => label >= 0).sort((a, b) => a - b);
    const found: Int32Array[] = [];
    for (let run = 0; run < runs; run++) {
      found.push(await labelsAgain(analysis, resample, run + 1, partOf(context, run / runs, (run + 1) / runs), context));
    }
    return { ...analysis, stability: { runs, resample, ...agreementOfRuns(labels, ids, found) } };
  },
};

async function labelsAgain(
  analysis: Analysis,
  resample: z.output<typeof schema>["resample"],
  run: number,
  part: Pick<StepContext, "signal" | "onProgress">,
  { seed, threads, classesAgain }: StepContext,
): Promise<Int32Array> {
  const { image } = analysis;
  const drawn = resample === "none" ? image.counts : resampledCounts(image.counts, resample, seed + run);
  const counts = resample === "none" ? drawn : await collectCounts(drawn, { signal: part.signal });
  const again = need(classesAgain, "stability", "a step that makes classes", "find-phases or cluster");
  const start = { ...analysis, image: { ...image, counts }, labels: undefined, membership: undefined, edits: undefined };
  const state = await again(start, { ...part, threads, seed: seed + run });
  return need(state.labels, "stability", "classes", "find-phases or cluster");
}
