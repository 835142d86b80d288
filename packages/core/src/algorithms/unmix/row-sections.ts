/** Sections of so many rows. Sums are made section by section and added in their order, so that the bits depend neither on how a source is cut into blocks nor on who does which section. */
import { breather, type WorkContext } from "../../spectrum-image/context.js";
import { type CountBlock, type CountSource, isStored } from "../../spectrum-image/counts.js";
import { type RowRun, type SpectraRuns, spectraRuns } from "./spectra-rows.js";

/** Rows that threads may share. */
export interface SharedSpectra {
  readonly source: CountSource;
  /** Uint8 [rows]; undefined: all rows. */
  readonly mask: Uint8Array | undefined;
  /** The rows of `source` that the mask leaves. */
  readonly spectra: SpectraRuns;
  readonly context: WorkContext;
  /** Awaited now and then by a thread that works alone. */
  readonly breath: () => Promise<void>;
}

export function sharedSpectra(source: CountSource, mask: Uint8Array | undefined, context: WorkContext): SharedSpectra {
  return { source, mask, spectra: spectraRuns(source, mask, context.signal), context, breath: breather(context) };
}

/** Rows of a section. */
export const SECTION_ROWS = 4096;

/** Fewer filled channels than this, or fewer than two sections, are gone through sooner than threads are woken. */
const FEWEST_ENTRIES = 400_000;
/** More is not copied to every thread. */
const MOST_COPIED_BYTES = 268_435_456;
/** More is not set aside for what sections give. */
const MOST_SUMS_BYTES = 134_217_728;

export function sectionsOf({ rows }: Pick<SpectraRuns, "rows">): number {
  return Math.ceil(rows / SECTION_ROWS);
}

/** The blocks of a source whose sections, each with `sums` numbers as its result, threads of the context should share; undefined where it is better done alone. */
export function worthSharing(
  { source, spectra, context: { threads } }: SharedSpectra,
  sums: number,
): readonly CountBlock[] | undefined {
  if (!isStored(source) || threads === undefined || threads.helpers === 0 || !threads.sharesMemory) return undefined;
  const { stored } = source;
  const entries = stored.reduce((sum, { channel }) => sum + channel.length, 0);
  const isFew = sectionsOf(spectra) < 2 || entries < FEWEST_ENTRIES;
  const isMuch = bytesOf(stored) > MOST_COPIED_BYTES || 8 * sectionsOf(spectra) * sums > MOST_SUMS_BYTES;
  return isFew || isMuch ? undefined : stored;
}

/** What blocks take where they are copied. */
export function bytesOf(stored: readonly CountBlock[]): number {
  return stored.reduce(
    (sum, { rowStart, channel, count }) => sum + rowStart.byteLength + channel.byteLength + count.byteLength,
    0,
  );
}

/** Goes through all rows, section by section; `end` is called after each section. */
export async function visitSections(
  { spectra, breath }: SharedSpectra,
  add: (run: RowRun) => void,
  end: () => void,
): Promise<void> {
  let section = 0;
  await spectra.visitRuns((run) => {
    for (const part of bySection(run)) {
      const next = Math.floor(part.firstRow / SECTION_ROWS);
      if (next !== section) end();
      section = next;
      add(part);
    }
  }, breath);
  end();
}

/** So many numbers of a sum and of a section stay in the nearest cache. */
const ADDED_AT_ONCE = 1024;

/** Adds numbers that lie one section behind the other to `total`, each in the order of the sections. */
export function addSections(total: Float64Array, sections: Float64Array): void {
  const { length } = total;
  for (let from = 0; from < length; from += ADDED_AT_ONCE) {
    const part = total.subarray(from, from + ADDED_AT_ONCE);
    for (let at = from; at < sections.length; at += length) {
      const section = sections.subarray(at, at + part.length);
      for (let i = 0; i < part.length; i++) part[i]! += section[i]!;
    }
  }
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
