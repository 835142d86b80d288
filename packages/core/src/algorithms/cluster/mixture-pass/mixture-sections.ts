/** The sections of a mixture's points, seen again and again as the mixture improves: by this thread, or by several that share them. */
import { type BlockWork, beginBlocks } from "../../../kernels/threads/block-work.js";
import { inTurn } from "../../../kernels/threads/in-turn.js";
import { memoryFor } from "../../../kernels/threads/same-memory.js";
import type { WorkContext } from "../../../spectrum-image/context.js";
import type { UsedPoints } from "../clustering.js";
import { type PreparedMixture, SECTION, sectionEntropy, sectionMoments } from "./mixture-pass.js";
import { quickestPass } from "./quickest-pass.js";

/** What is summed beside the moments: the logarithms of the densities of the points, or the entropy of their shares. */
export type SectionSum = "density" | "entropy";

export interface MixtureSections {
  /** Sees all points under a mixture. `add` is given the moments of each section, in their order; they hold until it returns. Returns the sum over all sections. */
  see(mixture: PreparedMixture, what: SectionSum, add: (moments: Float64Array) => void): Promise<number>;
  /** Lets threads forget the points. */
  end(): void;
}

interface SectionsInput {
  readonly points: UsedPoints;
  readonly components: number;
  readonly isDiagonal: boolean;
}

interface SectionsStage {
  readonly mixture: PreparedMixture;
  readonly what: SectionSum;
}

interface SectionSums {
  readonly sum: number;
  readonly moments: Float64Array;
}

/** Some sections at a time, so that a block is worth a message: so many shares of a component in a point. */
const SHARES_PER_BLOCK = 200_000;
/** Fewer shares are found sooner than threads are woken. */
const FEWEST_SHARES = 1_000_000;

/** Finds the sums of all sections, a few in each block. */
export const mixtureWork: BlockWork<SectionsInput, SectionsStage, readonly SectionSums[]> = {
  name: "mixture",
  bytes: ({ points }) => points.data.byteLength,
  async begin({ points, components, isDiagonal }) {
    const pass = await quickestPass(points, components, isDiagonal);
    const sections = sectionsPerBlock(components);
    let see: (first: number) => SectionSums;
    return {
      stage({ mixture, what }) {
        const under = pass(mixture);
        const sumsOf = what === "density" ? sectionMoments : sectionEntropy;
        see = (first) => {
          const sum = sumsOf(under, first, Math.min(first + SECTION, points.n));
          return { sum, moments: under.moments.slice() };
        };
      },
      block(block) {
        const found: SectionSums[] = [];
        const behind = Math.min((block + 1) * sections * SECTION, points.n);
        for (let first = block * sections * SECTION; first < behind; first += SECTION) found.push(see(first));
        return found;
      },
    };
  },
};

function sectionsPerBlock(components: number): number {
  return Math.max(1, Math.round(SHARES_PER_BLOCK / (SECTION * components)));
}

/** Begins work on points; threads of the context help where that pays. */
export async function mixtureSections(
  points: UsedPoints,
  components: number,
  isDiagonal: boolean,
  { threads, signal }: WorkContext,
): Promise<MixtureSections> {
  const helpers = points.n * components < FEWEST_SHARES ? undefined : threads;
  const data = helpers === undefined ? points.data : new Float64Array(memoryFor(helpers, points.data.byteLength));
  if (data !== points.data) data.set(points.data);
  const input = { points: { ...points, data, rows: undefined }, components, isDiagonal };
  const blocks = await beginBlocks(mixtureWork, input, { threads: helpers, signal });
  const count = Math.ceil(points.n / (SECTION * sectionsPerBlock(components)));
  return {
    async see(mixture, what, add) {
      let sum = 0;
      const place = inTurn<readonly SectionSums[]>((found) => {
        for (const section of found) {
          sum += section.sum;
          add(section.moments);
        }
      });
      await blocks.run({ mixture, what }, count, place);
      return sum;
    },
    end: () => blocks.end(),
  };
}
