import { describe, expect, test } from "vitest";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { type CountSource, collectCounts } from "../../spectrum-image/counts.js";
import { denseCounts, kindOfDense } from "./dense-counts.js";
import { FileCursor } from "./file-cursor.js";
import { planeCounts } from "./plane-counts.js";

/** 3 x 2 pixels of 4 channels. */
const cube = [0, 1, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 4, 0, 300, 0, 0, 1, 0, 6, 0, 7];
const turned = [0, 1, 2, 3].flatMap((c) => [0, 1, 2, 3, 4, 5].map((p) => cube[4 * p + c]!));
const shape = { navigationShape: [2, 3], channels: 4, littleEndian: true };
const source = (values: Int32Array | Float32Array) => bytesInMemory("a.bin", new Uint8Array(values.buffer));

async function dense(counts: CountSource): Promise<number[]> {
  const values: number[] = [];
  for (const { pixels, rowStart, channel, count } of (await collectCounts(counts)).stored) {
    for (let p = 0; p < pixels; p++) {
      const spectrum = new Array<number>(counts.channels).fill(0);
      for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) spectrum[channel[i]!] = count[i]!;
      values.push(...spectrum);
    }
  }
  return values;
}

describe("counts that a file holds whole", () => {
  test("pixel by pixel and plane by plane give the same; NaN is not recorded", async () => {
    const spectra = Float32Array.from(cube.map((value) => (value === 6 ? Number.NaN : value)));
    const planes = Float32Array.from(turned.map((value) => (value === 6 ? Number.NaN : value)));
    const expected = cube.map((value) => (value === 6 ? 0 : value));
    const layout = { ...shape, type: "f4" as const, kind: "counts" as const };
    expect(await dense(denseCounts({ ...layout, source: source(spectra), offsetOf: (p) => 16 * p }))).toEqual(expected);
    expect(await dense(planeCounts({ ...layout, source: source(planes), start: 0 }))).toEqual(expected);
  });

  test("spectra may lie anywhere in the file, and some nowhere", async () => {
    const backwards = Int32Array.from([5, 4, 3, 2, 1, 0].flatMap((p) => cube.slice(4 * p, 4 * p + 4)));
    const layout = { ...shape, type: "i4" as const, kind: "counts" as const, source: source(backwards) };
    const expected = cube.map((value, i) => (Math.floor(i / 4) === 2 ? 0 : value));
    expect(await dense(denseCounts({ ...layout, offsetOf: (p) => (p === 2 ? undefined : 16 * (5 - p)) }))).toEqual(expected);
  });

  test("a negative value where counts are expected is an error, not a wrong count", async () => {
    const values = Int32Array.from(cube.map((value) => (value === 7 ? -7 : value)));
    const layout = { ...shape, type: "i4" as const, source: source(values), offsetOf: (p: number) => 16 * p };
    await expect(dense(denseCounts({ ...layout, kind: "counts" }))).rejects.toMatchObject({
      tag: "data-check",
      facts: { found: "-7" },
    });
    await expect(dense(planeCounts({ ...layout, kind: "counts", start: 0 }))).rejects.toMatchObject({ tag: "data-check" });
    expect(await kindOfDense(layout)).toBe("intensity");
    expect(await dense(denseCounts({ ...layout, kind: "intensity" }))).toEqual([...values]);
  });
});

describe("the cursor", () => {
  const cursor = (littleEndian: boolean) =>
    new FileCursor(bytesInMemory("a.bin", Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 0xc3, 0xa9, 0, 9)), { littleEndian });

  test("reads numbers in either byte order, and texts", async () => {
    expect([await cursor(true).u32("a"), await cursor(false).u32("a")]).toEqual([0x04030201, 0x01020304]);
    const there = cursor(true);
    there.seek(8, "text");
    expect(await there.text(4, "text")).toBe("é");
    expect(there.remaining).toBe(0);
  });

  test("names the field that does not fit into the file, and numbers that no offset can have", async () => {
    const there = cursor(true);
    there.skip(10, "begin");
    await expect(there.u32("count")).rejects.toMatchObject({
      tag: "format",
      facts: { field: "count", offset: 10, found: "2 bytes" },
    });
    await expect(cursor(true).u64("offset")).rejects.toMatchObject({ tag: "format", facts: { field: "offset", offset: 0 } });
    expect(() => there.seek(13, "position")).toThrow(/outside/);
    await expect(there.bytes(-1, "length")).rejects.toMatchObject({ tag: "format" });
  });
});
