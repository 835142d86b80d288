import type { BlockOptions, CountSource } from "../../spectrum-image/counts.js";

/**
 * The same source with each pixel divided by the sum of its channels, read when asked for: intensities that sum to 1. A pixel without
 * counts stays empty (SIGMA: 0/0 becomes 0). Remove the zero peak first, or its counts are in the sums.
 */
export function normalisePixels(source: CountSource): CountSource {
  const { navigationShape, channels } = source;
  return {
    navigationShape,
    channels,
    kind: "intensity",
    async *blocks(options: BlockOptions = {}) {
      for await (const block of source.blocks(options)) {
        const { pixels, rowStart } = block;
        const count = new Float64Array(block.count.length);
        for (let p = 0; p < pixels; p++) {
          const end = rowStart[p + 1]!;
          let sum = 0;
          for (let i = rowStart[p]!; i < end; i++) sum += block.count[i]!;
          for (let i = rowStart[p]!; i < end; i++) count[i] = sum === 0 ? 0 : block.count[i]! / sum;
        }
        yield { ...block, count };
      }
    },
  };
}
