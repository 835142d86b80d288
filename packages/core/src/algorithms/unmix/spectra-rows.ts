/** Rows of sparse spectra, one after the other, for methods that read the same spectra many times. */
import { type CountSource, pixelCount } from "../../spectrum-image/counts.js";

/** Sees one spectrum: the filled channels are `channel[from..to)` with `count`. */
export type RowVisitor = (row: number, channel: Uint16Array, count: ArrayLike<number>, from: number, to: number) => void;

export interface SpectraRows {
  readonly rows: number;
  readonly channels: number;
  /** Visits every row that the mask leaves, in order. `breath` is awaited between some of them. */
  visit(visitor: RowVisitor, breath: () => Promise<void>): Promise<void>;
}

const ROWS_PER_BREATH = 64;

/** The rows of a source; with `firstChannel`, channels below it are passed over as if they were empty. */
export function spectraRows(
  source: CountSource,
  mask: Uint8Array | undefined,
  signal: AbortSignal | undefined,
  firstChannel = 0,
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
