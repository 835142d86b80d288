import type { CountArray, CountBlock, CountSource } from "./counts.js";

/** Gathers pixels into a block of counts: channels are added in any order and as often as wanted, and come out sorted and summed. */
export interface BlockBuilder {
  /** Adds to the pixel that is being gathered. */
  add(channel: number, count: number): void;
  /** Ends the pixel; zeros are dropped. */
  endPixel(): void;
  /** The pixels since the last block, and a fresh start. The arrays are new and stay valid. */
  block(firstPixel: number): CountBlock;
}

/**
 * A pixel's counts are summed in an array over all channels, with one bit set per channel touched; reading the bits in order gives sorted
 * channels without sorting.
 */
export function blockBuilder(channels: number, kind: CountSource["kind"]): BlockBuilder {
  const sums = new Float64Array(channels);
  const touched = new Uint32Array((channels + 31) >>> 5);
  let channel = new Uint16Array(1024);
  let count = new Float64Array(1024);
  let rowStart = new Uint32Array(64);
  let entries = 0;
  let pixels = 0;
  let largest = 0;

  const push = (c: number) => {
    const value = sums[c]!;
    sums[c] = 0;
    if (value === 0) return;
    if (entries === channel.length) {
      channel = grown(channel, new Uint16Array(2 * entries));
      count = grown(count, new Float64Array(2 * entries));
    }
    channel[entries] = c;
    count[entries] = value;
    entries += 1;
    if (value > largest) largest = value;
  };

  return {
    add(c, value) {
      sums[c]! += value;
      touched[c >>> 5]! |= 1 << (c & 31);
    },
    endPixel() {
      for (let word = 0; word < touched.length; word++) {
        let bits = touched[word]!;
        if (bits === 0) continue;
        touched[word] = 0;
        while (bits !== 0) {
          const lowest = bits & -bits;
          push((word << 5) + 31 - Math.clz32(lowest));
          bits ^= lowest;
        }
      }
      pixels += 1;
      if (pixels === rowStart.length) rowStart = grown(rowStart, new Uint32Array(2 * pixels));
      rowStart[pixels] = entries;
    },
    block(firstPixel) {
      const block: CountBlock = {
        firstPixel,
        pixels,
        rowStart: rowStart.slice(0, pixels + 1),
        channel: channel.slice(0, entries),
        count: kind === "counts" ? narrowed(count, entries, largest) : count.slice(0, entries),
      };
      entries = 0;
      pixels = 0;
      largest = 0;
      return block;
    },
  };
}

function grown<A extends Uint16Array | Uint32Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

function narrowed(count: Float64Array, entries: number, largest: number): CountArray {
  const used = count.subarray(0, entries);
  if (largest < 0x100) return Uint8Array.from(used);
  if (largest < 0x10000) return Uint16Array.from(used);
  return largest <= 0xffffffff ? Uint32Array.from(used) : used.slice();
}
