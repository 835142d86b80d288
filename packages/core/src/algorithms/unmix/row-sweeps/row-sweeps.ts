/** Sweeps over all rows, one after another, by this thread or by several that share the sections of the rows. */
import { type BlockWork, beginBlocks } from "../../../kernels/threads/block-work.js";
import { memoryFor } from "../../../kernels/threads/same-memory.js";
import type { WorkContext } from "../../../spectrum-image/context.js";
import { type CountBlock, type CountSource, isStored } from "../../../spectrum-image/counts.js";
import { type RowRun, runsBetween, type SpectraRuns } from "../spectra-rows.js";
import { addSums, emptySums, SECTION_ROWS, type SweepStage, type SweepSums, sectionSweep, sumsLength } from "./section-sweep.js";

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

/** Fewer filled channels than this, or fewer than two sections, are swept sooner than threads are woken. */
const FEWEST_ENTRIES = 400_000;
/** More is not copied to every thread. */
const MOST_COPIED_BYTES = 268_435_456;
/** More is not set aside for what sections give. */
const MOST_SUMS_BYTES = 134_217_728;

/** Sweeps a section; what it gives lies in shared memory. */
export const sweepWork: BlockWork<SweepRows, SharedStage, undefined> = {
  name: "row-sweeps",
  bytes: ({ stored }) => bytesOf(stored),
  async begin({ stored, mask, channels, k, abundances: both, endmembers, found }) {
    const own = await sectionSweep(channels, k);
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
        found.set(own.take().all, section * sumsLength(channels, k));
        return undefined;
      },
    };
  },
};

/** Begins with these abundances, float64 [rows x k], which are left as they are; threads of the context help where that pays. */
export async function rowSweeps(
  source: CountSource,
  mask: Uint8Array | undefined,
  spectra: SpectraRuns,
  abundances: Float64Array,
  context: WorkContext,
  breath: () => Promise<void>,
): Promise<RowSweeps> {
  const k = abundances.length / spectra.rows;
  const isShared = isStored(source) && isWorthSharing(source.stored, spectra, k, context);
  if (!isShared) return soleSweeps(spectra, k, abundances.slice(), breath);
  const shared = (length: number) => new Float64Array(memoryFor(context.threads, 8 * length));
  const both = [shared(abundances.length), shared(abundances.length)] as const;
  both[0].set(abundances);
  const endmembers = shared(spectra.channels * k);
  const found = shared(sectionsOf(spectra) * sumsLength(spectra.channels, k));
  const { channels } = spectra;
  return sharedSweeps({ stored: source.stored, mask, channels, k, abundances: both, endmembers, found }, context);
}

function isWorthSharing(stored: readonly CountBlock[], spectra: SpectraRuns, k: number, { threads }: WorkContext): boolean {
  if (threads === undefined || threads.helpers === 0 || !threads.sharesMemory || sectionsOf(spectra) < 2) return false;
  const entries = stored.reduce((sum, { channel }) => sum + channel.length, 0);
  const sumsBytes = 8 * sectionsOf(spectra) * sumsLength(spectra.channels, k);
  return entries >= FEWEST_ENTRIES && bytesOf(stored) <= MOST_COPIED_BYTES && sumsBytes <= MOST_SUMS_BYTES;
}

function sectionsOf({ rows }: SpectraRuns): number {
  return Math.ceil(rows / SECTION_ROWS);
}

function bytesOf(stored: readonly CountBlock[]): number {
  return stored.reduce(
    (sum, { rowStart, channel, count }) => sum + rowStart.byteLength + channel.byteLength + count.byteLength,
    0,
  );
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
      for (let at = 0; at < found.length; at += length) addSums(total, found.subarray(at, at + length));
      return total;
    },
    end: () => blocks.end(),
  };
}

async function soleSweeps(
  spectra: SpectraRuns,
  k: number,
  abundances: Float64Array,
  breath: () => Promise<void>,
): Promise<RowSweeps> {
  const own = await sectionSweep(spectra.channels, k);
  return {
    abundances,
    async sweep({ endmembers, scatter }) {
      own.stage({ endmembers, abundances, scatter });
      const total = emptySums(spectra.channels, k);
      let section = 0;
      await spectra.visitRuns((run) => {
        for (const part of bySection(run)) {
          const next = Math.floor(part.firstRow / SECTION_ROWS);
          if (next !== section) addSums(total, own.take().all);
          section = next;
          own.add(part);
        }
      }, breath);
      addSums(total, own.take().all);
      return total;
    },
    end() {},
  };
}

/** A run cut where a section ends; it is shorter than a section. */
function bySection(run: RowRun): readonly RowRun[] {
  const rows = SECTION_ROWS - (run.firstRow % SECTION_ROWS);
  if (run.rows <= rows) return [run];
  return [
    { ...run, rows },
    { ...run, firstRow: run.firstRow + rows, rows: run.rows - rows, at: run.at + rows },
  ];
}
