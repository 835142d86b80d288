/** Files of several gigabytes in the browser: made of many references to one small part, so that the test itself needs no memory. */
import { describe, expect, test } from "vitest";
import { type ByteSource, bytesInMemory, bytesOfBlob } from "../spectrum-image/byte-source.js";
import type { CountBlock, CountSource } from "../spectrum-image/counts.js";
import { openFile } from "./registry.js";

const WIDTH = 1024;
const CHANNELS = 2048;
const ROW_BYTES = WIDTH * CHANNELS;
const ROWS = 2250;
/** No piece of a file that is asked for at once is larger. */
const LARGEST_SLICE = 8 * 1024 * 1024;

/** One byte per count: pixel x has one count in channel x, and two in channel 7. */
function row(extra = 0): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(ROW_BYTES);
  for (let x = 0; x < WIDTH; x++) {
    bytes[x * CHANNELS + x] = 1;
    bytes[x * CHANNELS + 7] = 2 + extra;
  }
  return bytes;
}

/** 4.4 GiB; the last row differs from the others. */
function largeBlob(header: BlobPart[] = []): Blob {
  const part = new Blob([row()]);
  return new Blob([...header, ...Array.from({ length: ROWS - 1 }, () => part), new Blob([row(3)])]);
}

class Spy {
  bytes = 0;
  largest = 0;

  watch(source: ByteSource): ByteSource {
    return {
      ...source,
      read: (offset, length, signal) => {
        this.bytes += length;
        this.largest = Math.max(this.largest, length);
        return source.read(offset, length, signal);
      },
    };
  }
}

async function firstBlocks(counts: CountSource, blocks: number): Promise<CountBlock[]> {
  const found: CountBlock[] = [];
  for await (const block of counts.blocks()) {
    found.push({ ...block, channel: block.channel.slice(), count: block.count.slice() });
    if (found.length === blocks) break;
  }
  return found;
}

const rpl = (height: number, offset: number): Uint8Array =>
  new TextEncoder().encode(
    [
      `width\t${WIDTH}`,
      `height\t${height}`,
      `depth\t${CHANNELS}`,
      `offset\t${offset}`,
      "data-length\t1",
      "data-type\tunsigned",
      "record-by\tvector",
    ].join("\n"),
  );

describe("a file of more than four gigabytes", () => {
  const blob = largeBlob();

  test("is as large as that", () => expect(blob.size).toBeGreaterThan(2 ** 32));

  test("as .rpl and .raw opens by its text, and its rows are read piece by piece", async () => {
    const spy = new Spy();
    const raw = spy.watch(bytesOfBlob("large.raw", blob));
    const { datasets } = await openFile(bytesInMemory("large.rpl", rpl(ROWS, 0), [raw]));
    expect(spy.bytes).toBe(0);
    const { counts } = datasets[0]!;
    expect([...counts.navigationShape, counts.channels]).toEqual([ROWS, WIDTH, CHANNELS]);
    const blocks = await firstBlocks(counts, 3);
    expect(blocks.map(({ firstPixel }) => firstPixel % WIDTH)).toEqual([0, 0, 0]);
    expect(Array.from(blocks[2]!.channel.subarray(0, 4))).toEqual([0, 7, 1, 7]);
    expect(spy.largest).toBeLessThanOrEqual(LARGEST_SLICE);
    // Blocks are large because the spectra are sparse; what was not asked for was not read.
    expect(spy.bytes).toBeLessThanOrEqual(blob.size / 10);
  });

  test("is read behind the fourth gigabyte as before it", async () => {
    const spy = new Spy();
    const raw = spy.watch(bytesOfBlob("large.raw", blob));
    const { datasets } = await openFile(bytesInMemory("large.rpl", rpl(1, (ROWS - 1) * ROW_BYTES), [raw]));
    const [block] = await firstBlocks(datasets[0]!.counts, 1);
    expect(Array.from(block!.count.subarray(0, 4))).toEqual([1, 5, 1, 5]);
    expect(spy.bytes).toBe(ROW_BYTES);
  });

  test("as .npy opens by its header", async () => {
    const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${ROWS}, ${WIDTH}, ${CHANNELS}), }`;
    const header = new Uint8Array(128).fill(0x20);
    header.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
    header.set(new TextEncoder().encode(text), 10);
    header[127] = 0x0a;
    const spy = new Spy();
    const source = spy.watch(bytesOfBlob("large.npy", largeBlob([header])));
    const { datasets } = await openFile(source, { axes: ["y", "x", "energy"] });
    expect(spy.bytes).toBeLessThan(128 * 1024);
    const { counts } = datasets[0]!;
    expect([...counts.navigationShape, counts.channels]).toEqual([ROWS, WIDTH, CHANNELS]);
    const [block] = await firstBlocks(counts, 1);
    expect(Array.from(block!.channel.subarray(0, 4))).toEqual([0, 7, 1, 7]);
    expect(spy.largest).toBeLessThanOrEqual(LARGEST_SLICE);
    expect(spy.bytes).toBeLessThanOrEqual(3 * LARGEST_SLICE);
  });
});
