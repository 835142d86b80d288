/** Rows of sparse spectra, one after the other, for methods that read the same spectra many times. */
import { type CountArray, type CountBlock, type CountSource, pixelCount } from "../../spectrum-image/counts.js";

/** Sees one spectrum: the filled channels are `channel[from..to)` with `count`. */
export type RowVisitor = (row: number, channel: Uint16Array, count: ArrayLike<number>, from: number, to: number) => void;

/** Rows that lie together: row `firstRow + i` holds the entries `rowStart[at + i]` to before `rowStart[at + i + 1]`. */
export interface RowRun {
  readonly firstRow: number;
  readonly rows: number;
  readonly at: number;
  readonly rowStart: Uint32Array;
  readonly channel: Uint16Array;
  readonly count: CountArray;
}

export interface SpectraRows {
  readonly rows: number;
  readonly channels: number;
  /** Visits every row that the mask leaves, in order. `breath` is awaited between some of them. */
  visit(visitor: RowVisitor, breath: () => Promise<void>): Promise<void>;
  /** Visits the same rows in runs of a few, for who copies them; where the rows lie so in memory. */
  visitRuns?(visitor: (run: RowRun) => void, breath: () => Promise<void>): Promise<void>;
}

/** Spectra whose rows lie together. */
export type SpectraRuns = SpectraRows & Required<Pick<SpectraRows, "visitRuns">>;

const ROWS_PER_BREATH = 64;

/** The rows of a source; with `firstChannel`, channels below it are passed over as if they were empty. */
export function spectraRows(
  source: CountSource,
  mask: Uint8Array | undefined,
  signal: AbortSignal | undefined,
  firstChannel = 0,
): SpectraRows {
  return firstChannel > 0 ? rowByRow(source, mask, signal, firstChannel) : spectraRuns(source, mask, signal);
}

/** The rows of a source, with all their channels. */
export function spectraRuns(source: CountSource, mask: Uint8Array | undefined, signal: AbortSignal | undefined): SpectraRuns {
  return {
    ...rowByRow(source, mask, signal, 0),
    async visitRuns(visitor, breath) {
      for await (const block of source.blocks({ signal })) {
        for (let at = 0; at < block.pixels; at += ROWS_PER_BREATH) {
          await breath();
          runsOf(block, at, Math.min(at + ROWS_PER_BREATH, block.pixels), mask, visitor);
        }
      }
    },
  };
}

/** The rows `first` to before `behind` of blocks in memory, in runs of a few; those that the mask leaves. */
export function runsBetween(
  stored: readonly CountBlock[],
  first: number,
  behind: number,
  mask: Uint8Array | undefined,
  visitor: (run: RowRun) => void,
): void {
  for (const block of stored) {
    const end = Math.min(behind - block.firstPixel, block.pixels);
    for (let at = Math.max(first - block.firstPixel, 0); at < end; at += ROWS_PER_BREATH) {
      runsOf(block, at, Math.min(at + ROWS_PER_BREATH, end), mask, visitor);
    }
  }
}

function rowByRow(
  source: CountSource,
  mask: Uint8Array | undefined,
  signal: AbortSignal | undefined,
  firstChannel: number,
): SpectraRows {
  return {
    rows: pixelCount(source.navigationShape),
    channels: source.channels,
    async visit(visitor, breath) {
      for await (const { firstPixel, pixels, rowStart, channel, count } of source.blocks({ signal })) {
        for (let p = 0; p < pixels; p++) {
          if (p % ROWS_PER_BREATH === 0) await breath();
          if (mask?.[firstPixel + p] === 0) continue;
          const end = rowStart[p + 1]!;
          let from = rowStart[p]!;
          while (from < end && channel[from]! < firstChannel) from += 1;
          visitor(firstPixel + p, channel, count, from, end);
        }
      }
    },
  };
}

function runsOf(
  { firstPixel, rowStart, channel, count }: CountBlock,
  from: number,
  to: number,
  mask: Uint8Array | undefined,
  visitor: (run: RowRun) => void,
): void {
  for (let at = from; at < to; ) {
    let end = at;
    while (end < to && mask?.[firstPixel + end] !== 0) end += 1;
    if (end > at) visitor({ firstRow: firstPixel + at, rows: end - at, at, rowStart, channel, count });
    at = end + 1;
  }
}
