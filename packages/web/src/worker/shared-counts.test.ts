import { type CountBlock, countsFromDense, storedCounts } from "@sigma-eds/core";
import { afterEach, expect, test, vi } from "vitest";
import { spectrumOfMask, spectrumOfPixel } from "./pixel-queries.js";
import { BlockCopies, sharedCounts } from "./shared-counts.js";

const energyAxis = { name: "energy", size: 4, offset: 0, scale: 0.01, units: "keV" };
/** Pixels 1 and 2 of a longer run of rows, as readers give them: neither begins at the beginning of the arrays. */
const block: CountBlock = {
  firstPixel: 0,
  pixels: 2,
  rowStart: Uint32Array.of(2, 5, 6, 9),
  channel: Uint16Array.of(0, 1, 0, 2, 3, 1, 7, 8, 9),
  count: Uint8Array.of(9, 9, 1, 2, 3, 4, 9, 9, 9),
};

afterEach(() => vi.unstubAllGlobals());

for (const isShared of [false, true]) {
  test(`a copy holds what the block uses and no more, ${isShared ? "in shared memory" : "in its own"}`, () => {
    const copies = new BlockCopies(isShared);
    const copy = copies.copy(block);
    expect({ ...copy, rowStart: [...copy.rowStart], channel: [...copy.channel], count: [...copy.count] }).toEqual({
      firstPixel: 0,
      pixels: 2,
      rowStart: [0, 3, 4],
      channel: [0, 2, 3, 1],
      count: [1, 2, 3, 4],
    });
    expect(copies.bytes).toBe(3 * 4 + 4 * 2 + 4);
    for (const { buffer } of [copy.rowStart, copy.channel, copy.count])
      expect(buffer instanceof SharedArrayBuffer).toBe(isShared);
    expect(block.rowStart[0]).toBe(2);
  });
}

test("copies of many blocks do not lie on each other, in whatever width the counts are", () => {
  const copies = new BlockCopies(true);
  const made = Array.from({ length: 50 }, (_, i) =>
    copies.copy({ ...block, count: i % 2 === 0 ? block.count : Float64Array.from(block.count, (value) => value + i) }),
  );
  expect(made.map(({ count }) => [...count])).toEqual(
    made.map((_, i) => (i % 2 === 0 ? [1, 2, 3, 4] : [1 + i, 2 + i, 3 + i, 4 + i])),
  );
  expect(new Set(made.map(({ channel }) => channel.buffer)).size).toBe(1);
});

test("shared counts give the same spectra; counts that are shared already are not copied, and none cross to a page that is not isolated", async () => {
  const dense = Array.from({ length: 6 * 4 }, (_, i) => (i * 7) % 5);
  const counts = countsFromDense([2, 3], 4, dense);
  expect(sharedCounts({ counts, energyAxis })).toBeUndefined();
  vi.stubGlobal("crossOriginIsolated", true);
  const others = countsFromDense([2, 3], 4, dense);
  const shared = sharedCounts({ counts: others, energyAxis })!;
  expect(sharedCounts({ counts: others, energyAxis })).toBe(shared);
  const seen = storedCounts(shared.navigationShape, shared.channels, shared.stored, shared.kind);
  expect(sharedCounts({ counts: seen, energyAxis })?.stored).toBe(shared.stored);
  const mask = Uint8Array.of(1, 0, 1, 1, 0, 0);
  expect(await spectrumOfMask(seen, mask)).toEqual(await spectrumOfMask(counts, mask));
  expect(await spectrumOfPixel(seen, 4)).toEqual(await spectrumOfPixel(counts, 4));
});
