/** Sweeps over all rows, one after another, by this thread or by several that share the sections of the rows. */
import { type BlockWork, beginBlocks } from "../../../kernels/threads/block-work.js";
import { memoryFor } from "../../../kernels/threads/same-memory.js";
import type { WorkContext } from "../../../spectrum-image/context.js";
import type { CountBlock } from "../../../spectrum-image/counts.js";
import {
  addSections,
  bytesOf,
  SECTION_ROWS,
  type SharedSpectra,
  sectionsOf,
  visitSections,
  worthSharing,
} from "../row-sections.js";
import { runsBetween } from "../spectra-rows.js";
import { emptySums, type SweepStage, type SweepSums, sectionSweep, sumsLength } from "./section-sweep.js";

export interface RowSweeps {
  /** Improves the abundances of all rows; gives the sums over them. */
  sweep(stage: Pick<SweepStage, "endmembers" | "scatter">): Promise<SweepSums>;
  /** Float64 [rows x k]: as the last sweep left them. */
  readonly abundances: Float64Array;
  /** Lets threads forget the rows. */
  end(): void;
}

/** The rows that threads share. */
interface SweepRows {
  readonly stored: readonly CountBlock[];
  readonly mask: Uint8Array | undefined;
  readonly channels: number;
  readonly k: number;
  /** What follows lies in memory that all see. Float64 [rows x k], twice: before a sweep and after it, in turn, so that a section can be done again when a thread is lost. */
  readonly abundances: readonly [Float64Array, Float64Array];
  /** Float64 [channels x k]. */
  readonly endmembers: Float64Array;
  /** What each section gives: float64 [sections x {@link sumsLength}]. */
  readonly found: Float64Array;
}

interface SharedStage {
  readonly scatter: boolean;
  /** Which of the abundances are those before the sweep. */
  readonly before: 0 | 1;
}

/** Sweeps a section; what it gives lies in shared memory. */
export const sweepWork: BlockWork<SweepRows, SharedStage, undefined> = {
  name: "row-sweeps",
  bytes: ({ stored }) => bytesOf(stored),
  async begin({ stored, mask, channels, k, abundances: both, endmembers, found }) {
    const own = await sectionSweep(channels, k);
    const length = sumsLength(channels, k);
    let [before, abundances] = both;
    return {
      stage(stage) {
        before = both[stage.before];
        abundances = both[1 - stage.before]!;
        own.stage({ endmembers, abundances, scatter: stage.scatter });
      },
      block(section) {
        const first = section * SECTION_ROWS;
        abundances.set(before.subarray(first * k, (first + SECTION_ROWS) * k), first * k);
        runsBetween(stored, first, first + SECTION_ROWS, mask, (run) => own.add(run));
        own.take(found.subarray(section * length, (section + 1) * length));
        return undefined;
      },
    };
  },
};

/** Begins with these abundances, float64 [rows x k], which are left as they are; threads of the context help where that pays. */
export async function rowSweeps(rows: SharedSpectra, abundances: Float64Array): Promise<RowSweeps> {
  const { spectra, mask, context } = rows;
  const k = abundances.length / spectra.rows;
  const stored = worthSharing(rows, sumsLength(spectra.channels, k));
  if (stored === undefined) return soleSweeps(rows, k, abundances.slice());
  const shared = (length: number) => new Float64Array(memoryFor(context.threads, 8 * length));
  const both = [shared(abundances.length), shared(abundances.length)] as const;
  both[0].set(abundances);
  const endmembers = shared(spectra.channels * k);
  const found = shared(sectionsOf(spectra) * sumsLength(spectra.channels, k));
  const { channels } = spectra;
  return sharedSweeps({ stored, mask, channels, k, abundances: both, endmembers, found }, context);
}

async function sharedSweeps(input: SweepRows, context: WorkContext): Promise<RowSweeps> {
  const { abundances: both, endmembers, found, channels, k } = input;
  const length = sumsLength(channels, k);
  const blocks = await beginBlocks(sweepWork, input, context);
  let before: 0 | 1 = 0;
  return {
    get abundances() {
      return both[before];
    },
    async sweep({ endmembers: given, scatter }) {
      endmembers.set(given);
      await blocks.run({ scatter, before }, found.length / length, () => {});
      before = before === 0 ? 1 : 0;
      const total = emptySums(channels, k);
      addSections(total.all, found);
      return total;
    },
    end: () => blocks.end(),
  };
}

async function soleSweeps(rows: SharedSpectra, k: number, abundances: Float64Array): Promise<RowSweeps> {
  const { channels } = rows.spectra;
  const own = await sectionSweep(channels, k);
  const section = new Float64Array(sumsLength(channels, k));
  return {
    abundances,
    async sweep({ endmembers, scatter }) {
      own.stage({ endmembers, abundances, scatter });
      const total = emptySums(channels, k);
      const end = (): void => {
        own.take(section);
        addSections(total.all, section);
      };
      await visitSections(rows, (run) => own.add(run), end);
      return total;
    },
    end() {},
  };
}
