/** Pixels of single pulses (packings 0 and 1), many at a time, as a kernel. {@link PixelSpectrum} is its reference, and takes what it leaves. */
import { pulsePixelsProgram } from "../../kernels/generated/pulse-pixels.js";
import { kernelModule, startKernel } from "../../kernels/kernel.js";
import { kernelMemory, type MemoryPlan } from "../../kernels/kernel-memory.js";
import type { CountBlockBuilder } from "../count-block-builder.js";
import type { ByteWindow } from "./byte-window.js";

/** Bytes of the stream that the kernel sees at a time. */
const HELD = 1 << 20;
/** With fewer of them left than this it is given new ones, where there are more. */
const FEW = 1 << 16;
/** Bytes that the kernel may read, and does not use, behind its last. */
const BEHIND = 8;
/** Entries that it writes at a time; a pixel has at most so many. */
const ROOM = 1 << 16;
/** Entries behind the last that it may write over. */
const SLACK = 8;

export interface PulseKernel {
  /**
   * Unpacks pixels of one line from where the window is, at most `most`, and moves it behind them. `next`: least x that the first may have. Stops before a pixel that is
   * not whole in the window, is packed in another way, or must not be so. Gives their number and the least x of the pixel after them; pixels that the line leaves out in between are empty.
   */
  unpack(window: ByteWindow, most: number, next: number, builder: CountBlockBuilder): { pixels: number; next: number };
}

function pulsePlan(width: number, channels: number) {
  return {
    bytes: ["uint8", HELD + BEHIND],
    /** Address of the next byte, least x of the next pixel, entries written. */
    place: ["int32", 3],
    counts: ["uint16", 32 * Math.ceil(channels / 32)],
    orders: ["uint8", 256 * 16],
    ends: ["int32", width],
    channel: ["uint16", ROOM + SLACK],
    count: ["uint16", ROOM + SLACK],
  } as const satisfies MemoryPlan;
}

/** For lines of `width` pixels; undefined where the host runs no kernel. */
export async function pulseKernel(width: number, channels: number): Promise<PulseKernel | undefined> {
  const module = await kernelModule(pulsePixelsProgram, false);
  const placed = module && kernelMemory(pulsePlan(width, channels), false);
  if (module === undefined || placed === undefined) return undefined;
  const { bytes, place, counts, orders, ends, channel, count } = placed.arrays;
  setOrders(orders);
  const { unpackPixels } = await startKernel<"unpackPixels">(module, placed.memory);
  const held = heldBytes(bytes);
  return {
    unpack(window, most, next, builder) {
      const start = bytes.byteOffset + held.from(window);
      place.set([start, next, 0]);
      const pixels = unpackPixels(
        place.byteOffset,
        bytes.byteOffset + held.length,
        most,
        width,
        channels,
        counts.byteOffset,
        orders.byteOffset,
        ends.byteOffset,
        channel.byteOffset,
        count.byteOffset,
        ROOM,
      );
      const [end, after, entries] = [place[0]!, place[1]!, place[2]!];
      builder.addPixels(channel.subarray(0, entries), count.subarray(0, entries), ends.subarray(next, after));
      window.at += end - start;
      return { pixels, next: after };
    },
  };
}

/** For each choice of eight numbers of two bytes, a bit each, where the chosen ones lie, first to last. */
function setOrders(orders: Uint8Array): void {
  for (let bits = 0; bits < 256; bits++) {
    let at = 16 * bits;
    for (let lane = 0; lane < 8; lane++) {
      if ((bits >> lane) % 2 === 0) continue;
      orders[at++] = 2 * lane;
      orders[at++] = 2 * lane + 1;
    }
  }
}

/** A part of the stream in the kernel's memory. */
function heldBytes(bytes: Uint8Array) {
  let start = 0;
  let length = 0;
  return {
    get length(): number {
      return length;
    },
    /** Where the window's next byte lies; it and what follows, as far as there is room, is here then. */
    from(window: ByteWindow): number {
      const { offset, ahead, at } = window;
      const left = start + length - offset;
      const isHere = offset >= start && (left >= FEW || left === ahead);
      if (!isHere) {
        start = offset;
        length = Math.min(ahead, HELD);
        bytes.set(window.bytes.subarray(at, at + length));
      }
      return offset - start;
    },
  };
}
