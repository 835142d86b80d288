import type { BinPlan } from "./bin-plan.js";
import type { BlockBuilder } from "./block-builder.js";
import type { BlockOptions, CountBlock, CountSource } from "./counts.js";

/** Parts of blocks that together hold the pixels of one group, in order. */
export type PixelGroup = readonly CountBlock[];

/** Cuts and joins the blocks of a source into groups. A group is valid until the next one is asked for; those of the remainder are left out. */
export async function* pixelGroups(
  source: CountSource,
  { groupPixels, period, kept }: BinPlan,
  options: BlockOptions,
): AsyncGenerator<PixelGroup> {
  let parts: CountBlock[] = [];
  let start = 0;
  for await (const block of source.blocks(options)) {
    const blockEnd = block.firstPixel + block.pixels;
    for (let pixel = block.firstPixel; pixel < blockEnd; ) {
      const within = start % period;
      const whole = within < kept;
      const end = start + (whole ? groupPixels : period - within);
      const stop = Math.min(end, blockEnd);
      if (whole) parts.push(viewOf(block, pixel, stop));
      if (stop === end) {
        if (whole) yield parts;
        parts = [];
        start = end;
      }
      pixel = stop;
    }
    // What waits for the next block must not lie in arrays that the source may use again.
    if (parts.length > 0) parts = parts.map((part) => (part.channel.buffer === block.channel.buffer ? copyOf(part) : part));
  }
}

/** Sums the pixels of a group into new pixels, and `energy` neighbouring channels into one. */
export function addGroup(
  builder: BlockBuilder,
  group: PixelGroup,
  { members, perPixel }: BinPlan,
  energy: number,
  channels: number,
): void {
  const limit = channels * energy;
  for (let from = 0; from < members.length; from += perPixel) {
    for (let m = from; m < from + perPixel; m++) {
      const { part, pixel } = find(group, members[m]!);
      const { rowStart, channel, count } = part;
      const end = rowStart[pixel + 1]!;
      for (let i = rowStart[pixel]!; i < end; i++) {
        const c = channel[i]!;
        if (c >= limit) break;
        builder.add(energy === 1 ? c : Math.floor(c / energy), count[i]!);
      }
    }
    builder.endPixel();
  }
}

/** The part that holds a pixel of the group, by bisection. */
function find(group: PixelGroup, offset: number): { part: CountBlock; pixel: number } {
  const wanted = group[0]!.firstPixel + offset;
  let low = 0;
  let high = group.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (group[middle]!.firstPixel <= wanted) low = middle;
    else high = middle - 1;
  }
  return { part: group[low]!, pixel: wanted - group[low]!.firstPixel };
}

/** The pixels from `start` to `end` (indices in the source) of a block; shares its arrays. */
function viewOf(block: CountBlock, start: number, end: number): CountBlock {
  const first = start - block.firstPixel;
  return {
    ...block,
    firstPixel: start,
    pixels: end - start,
    rowStart: block.rowStart.subarray(first, end - block.firstPixel + 1),
  };
}

function copyOf({ firstPixel, pixels, rowStart, channel, count }: CountBlock): CountBlock {
  const from = rowStart[0]!;
  const to = rowStart[pixels]!;
  return {
    firstPixel,
    pixels,
    rowStart: rowStart.map((at) => at - from),
    channel: channel.slice(from, to),
    count: count.slice(from, to),
  };
}
