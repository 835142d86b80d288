import fc from "fast-check";
import { expect, test } from "vitest";
import type { CountBlock } from "../../spectrum-image/counts.js";
import { CountBlockBuilder } from "../count-block-builder.js";
import { ByteWindow } from "./byte-window.js";
import { PIXEL_HEADER } from "./pixel-stream.js";
import { pulseKernel } from "./pulse-kernel.js";
import { bytesOf12, PixelSpectrum } from "./unpack-pixel.js";

interface Pixel {
  readonly x: number;
  readonly packing: 0 | 1;
  readonly pulses: readonly number[];
}

const WIDTH = 20;

const lines = fc
  .record({
    channels: fc.constantFrom(1, 31, 32, 33, 300, 4096),
    columns: fc.uniqueArray(fc.nat(WIDTH - 1), { minLength: 1, maxLength: WIDTH }),
    packing: fc.array(fc.constantFrom<0 | 1>(0, 1), { minLength: WIDTH, maxLength: WIDTH }),
    pulses: fc.array(fc.array(fc.nat(4095), { maxLength: 40 }), { minLength: WIDTH, maxLength: WIDTH }),
  })
  .map(({ channels, columns, packing, pulses }) => ({
    channels,
    pixels: columns
      .sort((a, b) => a - b)
      .map((x, i): Pixel => ({ x, packing: packing[i]!, pulses: pulses[i]!.map((pulse) => pulse % channels) })),
  }));

test("gives what the reference gives, pixel after pixel, whatever lies behind the last", async () => {
  await fc.assert(
    fc.asyncProperty(lines, fc.integer({ min: 1, max: 255 }), async ({ channels, pixels }, behind) => {
      const window = await windowOf(joined(bytesOf(pixels), new Uint8Array(64).fill(behind)));
      const builder = new CountBlockBuilder();
      const last = pixels.at(-1)!.x;
      expect((await pulseKernel(WIDTH, channels))!.unpack(window, pixels.length, 0, builder)).toEqual({
        pixels: pixels.length,
        next: last + 1,
      });
      expect(window.offset).toBe(bytesOf(pixels).length);
      expect(builder.take()).toEqual(byReference(pixels, channels));
    }),
    { numRuns: 60, seed: 7 },
  );
});

const good: Pixel = { x: 3, packing: 1, pulses: [7, 7, 9] };

test.each<[string, (pixel: Uint8Array) => Uint8Array]>([
  ["of another packing", (pixel) => pixel.fill(2, 12, 13)],
  ["whose place was passed", (pixel) => pixel.fill(3, 0, 1)],
  ["outside the line", (pixel) => pixel.fill(WIDTH, 0, 1)],
  ["with more pulses than bytes", (pixel) => pixel.fill(5, 16, 17)],
  ["of more bytes than are here", (pixel) => pixel.fill(200, 18, 19)],
  ["with a channel beyond the axis", (pixel) => pixel.fill(255, PIXEL_HEADER)],
  ["that is cut off", (pixel) => pixel.subarray(0, PIXEL_HEADER + 3)],
  ["whose head is cut off", (pixel) => pixel.subarray(0, PIXEL_HEADER - 1)],
])("stops before a pixel %s, and goes on from there unharmed", async (_, change) => {
  const kernel = (await pulseKernel(WIDTH, 40))!;
  const first = bytesOf([good]);
  const builder = new CountBlockBuilder();
  const window = await windowOf(joined(first, change(bytesOf([{ ...good, x: 5 }]))));
  expect(kernel.unpack(window, 2, 0, builder)).toEqual({ pixels: 1, next: 4 });
  expect(window.offset).toBe(first.length);
  expect(kernel.unpack(window, 1, 4, builder)).toEqual({ pixels: 0, next: 4 });
  expect(builder.take()).toEqual(byReference([good], 40));
});

test("takes what the window gets later", async () => {
  const pixels = Array.from({ length: WIDTH }, (_, x): Pixel => ({ x, packing: 0, pulses: [x, x + 1, x] }));
  const bytes = bytesOf(pixels);
  const window = await windowOf(bytes.subarray(0, 50), bytes.subarray(50));
  const kernel = (await pulseKernel(WIDTH, 40))!;
  const builder = new CountBlockBuilder();
  const { pixels: before, next } = kernel.unpack(window, WIDTH, 0, builder);
  expect(before).toBe(1);
  await window.need(window.ahead + 1, "rest");
  expect(kernel.unpack(window, WIDTH - before, next, builder)).toEqual({ pixels: WIDTH - 1, next: WIDTH });
  expect(builder.take()).toEqual(byReference(pixels, 40));
});

/** A window that has read the first of these pieces, and has the others before it. */
async function windowOf(...pieces: readonly Uint8Array[]): Promise<ByteWindow> {
  const window = new ByteWindow(streamOf(pieces), "test");
  await window.need(pieces[0]!.length, "start");
  return window;
}

async function* streamOf(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* pieces;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function bytesOf(pixels: readonly Pixel[]): Uint8Array {
  const parts = pixels.map(({ x, packing, pulses }) => {
    const size = packing === 0 ? 2 * pulses.length : bytesOf12(pulses.length);
    const bytes = new Uint8Array(PIXEL_HEADER + size);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, x, true);
    view.setUint16(12, packing, true);
    view.setUint16(16, pulses.length, true);
    view.setUint32(18, size, true);
    pulses.forEach((pulse, i) => {
      if (packing === 0) view.setUint16(PIXEL_HEADER + 2 * i, pulse, true);
      else put12(view, i, pulse);
    });
    return bytes;
  });
  return joined(...parts);
}

/** Bit by bit: bit 0 of the stream is the highest of the first word. */
function put12(view: DataView, index: number, pulse: number): void {
  for (let bit = 0; bit < 12; bit++) {
    const at = 12 * index + bit;
    const word = PIXEL_HEADER + 2 * (at >> 4);
    if ((pulse >> (11 - bit)) & 1) view.setUint16(word, view.getUint16(word, true) | (0x8000 >> (at & 15)), true);
  }
}

function byReference(pixels: readonly Pixel[], channels: number): CountBlock {
  const builder = new CountBlockBuilder();
  const spectrum = new PixelSpectrum(channels);
  const place = { where: "test", offset: 0 };
  let next = 0;
  for (const pixel of pixels) {
    if (pixel.x > next) builder.endPixels(pixel.x - next);
    next = pixel.x + 1;
    const bytes = bytesOf([pixel]);
    const { packing, pulses } = pixel;
    if (packing === 0) spectrum.add16(new DataView(bytes.buffer), PIXEL_HEADER, pulses.length, place);
    else spectrum.add12(bytes, PIXEL_HEADER, pulses.length, place);
    spectrum.moveTo(builder);
  }
  return builder.take();
}
