/** What is said of a file after all of its counts were read: without reading them once more for it. */

import type { BlockOptions, CountSource } from "../spectrum-image/counts.js";
import { isStored } from "../spectrum-image/counts.js";
import { type LoadTotals, loadFindings } from "../spectrum-image/load-findings.js";
import { type Accumulator, countMap, maximumSpectrum, pass, sumSpectrum } from "../spectrum-image/pass.js";
import type { Finding, SpectrumImage } from "../spectrum-image/spectrum-image.js";

export interface WatchedImage {
  /** The same image; the first complete reading of its counts is watched. Counts in memory are left as they are. */
  readonly image: SpectrumImage;
  /**
   * The reader's findings and those that need all counts: the total compared, dead rows, counts that were cut off. The reader's alone when nobody has read to
   * the end.
   */
  findings(options: BlockOptions): Promise<readonly Finding[]>;
}

/** Watches an image on its way through views (cropping, binning) that may drop what the file holds. */
export function watched(image: SpectrumImage): WatchedImage {
  const { counts } = image;
  let totals: LoadTotals | undefined;
  const source: CountSource = {
    ...counts,
    async *blocks(options) {
      if (totals !== undefined) return yield* counts.blocks(options);
      const all = accumulators(counts);
      for await (const block of counts.blocks(options)) {
        for (const accumulator of all) accumulator.add(block);
        yield block;
      }
      totals = totalsOf(...resultsOf(all));
    },
  };
  return {
    image: isStored(counts) ? image : { ...image, counts: source },
    async findings({ signal }) {
      if (totals === undefined && isStored(counts)) totals = totalsOf(...(await pass(counts, accumulators(counts), { signal })));
      return totals === undefined ? image.loadReport.findings : loadFindings(image, totals);
    },
  };
}

type Totals = [sum: Float64Array, map: Float64Array, maximum: Float64Array];

function accumulators(counts: CountSource) {
  return [sumSpectrum(counts), countMap(counts), maximumSpectrum(counts)] as const;
}

function resultsOf(all: readonly [Accumulator<Float64Array>, Accumulator<Float64Array>, Accumulator<Float64Array>]): Totals {
  return [all[0].result(), all[1].result(), all[2].result()];
}

function totalsOf(...[sum, map, maximum]: Totals): LoadTotals {
  return { countsRead: sum.reduce((a, b) => a + b, 0), sumSpectrum: sum, countMap: map, maximumSpectrum: maximum };
}
