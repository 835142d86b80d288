/** The parts of the method that threads share, in fixed blocks of pixels: what each is given and what it gives. */
import type { Blocks, BlockWork } from "../../../kernels/threads/block-work.js";
import type { BinnedCounts } from "../binned-counts.js";
import { type CovariancePart, type CovarianceStage, covarianceBlocks } from "./covariance-blocks.js";
import { type ExplainedPart, type ExplainStage, explainBlocks } from "./explain-blocks.js";
import { type MisfitStage, misfitBlocks } from "./misfit-blocks.js";
import { ProgramShelf } from "./program-shelf.js";
import { type ScoreStage, scoreBlocks } from "./score-blocks.js";
import { type ShareStage, shareBlocks } from "./share-blocks.js";

interface Stages {
  readonly covariance: { readonly stage: CovarianceStage; readonly result: CovariancePart };
  readonly scores: { readonly stage: ScoreStage; readonly result: Float32Array };
  readonly misfits: { readonly stage: MisfitStage; readonly result: Float32Array };
  readonly explain: { readonly stage: ExplainStage; readonly result: ExplainedPart };
  readonly shares: { readonly stage: ShareStage; readonly result: Float32Array };
}

type AnyStage = { readonly [Kind in keyof Stages]: { readonly kind: Kind; readonly stage: Stages[Kind]["stage"] } }[keyof Stages];
type AnyResult = Stages[keyof Stages]["result"];

/** Threads at work on one search. */
export type PhaseBlocks = Blocks<AnyStage, AnyResult>;

export const phaseWork: BlockWork<BinnedCounts, AnyStage, AnyResult> = {
  name: "find-phases",
  bytes: ({ rowStart, bin, count, total }) => rowStart.byteLength + bin.byteLength + count.byteLength + total.byteLength,
  async begin(counts) {
    const shelf = new ProgramShelf();
    let current: ((block: number) => AnyResult) | undefined;
    return {
      async stage(stage) {
        current = await blocksOf(counts, stage, shelf);
      },
      block: (block) => current!(block),
    };
  },
};

function blocksOf(counts: BinnedCounts, { kind, stage }: AnyStage, shelf: ProgramShelf): Promise<(block: number) => AnyResult> {
  switch (kind) {
    case "covariance":
      return covarianceBlocks(counts, stage, shelf);
    case "scores":
      return scoreBlocks(counts, stage, shelf);
    case "misfits":
      return misfitBlocks(counts, stage, shelf);
    case "explain":
      return explainBlocks(stage, shelf);
    case "shares":
      return shareBlocks(counts, stage, shelf);
  }
}

/** Does all blocks of a stage. */
export function runStage<Kind extends keyof Stages>(
  blocks: PhaseBlocks,
  kind: Kind,
  stage: Stages[Kind]["stage"],
  count: number,
  place: (result: Stages[Kind]["result"], block: number) => void,
): Promise<void> {
  return blocks.run({ kind, stage } as AnyStage, count, (result, block) => place(result as Stages[Kind]["result"], block));
}
