import { DataCheckError } from "../../errors.js";
import { type RandomStream, randomStream } from "../../kernels/random.js";
import type { CountArray, CountBlock, CountSource } from "../../spectrum-image/counts.js";

export const resamplings = ["bootstrap", "thinning"] as const;

/**
 * `bootstrap`: every count is replaced by a Poisson number of counts with mean 1, as if the measurement were repeated around what was found (Efron
 * 1979, doi:10.1214/aos/1176344552, in its Poisson form): as many counts, with the noise of counting doubled. `thinning`: every count is
 * kept with probability 1/2 (Kingman 1993, Poisson Processes, section 5.1): a true, independent measurement of half the time.
 */
export type Resampling = (typeof resamplings)[number];

/** A view of counts drawn anew; the same seed gives the same counts every time it is read. Throws {@link DataCheckError} for intensities. */
export function resampledCounts(source: CountSource, how: Resampling, seed: number): CountSource {
  if (source.kind !== "counts") {
    throw new DataCheckError("Only counts can be drawn anew; these data are intensities.", {
      where: "resampled counts",
      remedy: "Judge stability by other draws of the points only.",
    });
  }
  return {
    navigationShape: source.navigationShape,
    channels: source.channels,
    kind: source.kind,
    async *blocks(options) {
      for await (const block of source.blocks(options)) {
        // A stream per pixel row would be no finer: blocks are the same at every reading.
        yield drawn(block, how, randomStream(seed, `${how} ${block.firstPixel}`));
      }
    },
  };
}

function drawn(block: CountBlock, how: Resampling, stream: RandomStream): CountBlock {
  const { firstPixel, pixels, rowStart, channel, count } = block;
  const starts = new Uint32Array(pixels + 1);
  const channels = new Uint16Array(channel.length);
  const counts = new Uint32Array(channel.length);
  let next = 0;
  let largest = 0;
  for (let p = 0; p < pixels; p++) {
    for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) {
      const value = how === "bootstrap" ? stream.poisson(count[i]!) : half(count[i]!, stream);
      if (value === 0) continue;
      channels[next] = channel[i]!;
      counts[next] = value;
      largest = Math.max(largest, value);
      next += 1;
    }
    starts[p + 1] = next;
  }
  return {
    firstPixel,
    pixels,
    rowStart: starts,
    channel: channels.slice(0, next),
    count: narrow(counts.subarray(0, next), largest),
  };
}

function narrow(counts: Uint32Array, largest: number): CountArray {
  if (largest < 256) return Uint8Array.from(counts);
  return largest < 65_536 ? Uint16Array.from(counts) : counts.slice();
}

/** Binomial(n, 1/2). */
function half(n: number, stream: RandomStream): number {
  let kept = 0;
  for (let left = n; left > 0; left -= 32) {
    let bits = stream.uint32() >>> (32 - Math.min(32, left));
    while (bits !== 0) {
      kept += bits & 1;
      bits >>>= 1;
    }
  }
  return kept;
}
