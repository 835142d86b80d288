/** Files that are cut or changed at random: reading them must give a result or a typed error, soon and in little memory. */
import fc from "fast-check";
import { expect } from "vitest";
import { isSigmaError } from "../errors.js";
import { type ByteSource, bytesInMemory } from "../spectrum-image/byte-source.js";
import { pixelCount } from "../spectrum-image/counts.js";
import type { FileContents, Format } from "./format.js";

export interface DamageOptions {
  /** Number of damaged files. Default 150. */
  readonly runs?: number;
  /** The other files of the set, undamaged. */
  readonly siblings?: readonly ByteSource[];
  /** Bytes from the start in which half of the changes fall. Default 256. */
  readonly headerBytes?: number;
  /** Longest time that one file may take, ms. Default 2,000. */
  readonly mostMs?: number;
}

const MOST_PIXELS = 1 << 22;

/** One byte, or four bytes as they stand in lengths and counts, set somewhere in the file. */
interface Change {
  readonly at: number;
  readonly bytes: readonly number[];
}

/** Damages the file again and again (seeded) and checks each time that its reader keeps its promises. */
export async function expectSoundUnderDamage(format: Format, name: string, bytes: Uint8Array, options: DamageOptions = {}) {
  const { runs = 150, siblings = [], headerBytes = 256, mostMs = 2000 } = options;
  const anywhere = fc.integer({ min: 0, max: Math.max(0, bytes.length - 1) });
  const inHeader = fc.integer({ min: 0, max: Math.min(headerBytes, bytes.length) - 1 });
  const word = fc.constantFrom(
    [0xff, 0xff, 0xff, 0xff],
    [0, 0, 0, 0],
    [0xff, 0xff, 0xff, 0x7f],
    [0, 0, 0, 0x80],
    [1, 0, 0, 0],
    [0, 0, 1, 0],
  );
  const change: fc.Arbitrary<Change> = fc.record({
    at: fc.oneof(anywhere, inHeader),
    bytes: fc.oneof(word, fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 2 })),
  });
  const damage = fc.record({
    keep: fc.option(anywhere, { nil: bytes.length, freq: 3 }),
    changes: fc.array(change, { maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ keep, changes }) => {
      const damaged = bytes.slice(0, keep);
      for (const { at, bytes: values } of changes) for (const [i, value] of values.entries()) damaged[at + i] = value;
      const started = performance.now();
      await expectSound(format, bytesInMemory(name, damaged, siblings));
      expect(performance.now() - started).toBeLessThan(mostMs);
    }),
    { numRuns: runs, seed: 20_260_701 },
  );
}

/** Opens the file and reads everything in it. Anything thrown must be a SigmaError. */
export async function expectSound(format: Format, source: ByteSource): Promise<FileContents | undefined> {
  try {
    const contents = await (await format.reader()).open(source);
    for (const { counts, navigationAxes, energyAxis } of contents.datasets) {
      expect(navigationAxes.map((axis) => axis.size)).toEqual(counts.navigationShape);
      expect(energyAxis.size).toBe(counts.channels);
      if (pixelCount(counts.navigationShape) > MOST_PIXELS) continue;
      for await (const block of counts.blocks()) expect(block.rowStart.length).toBeGreaterThan(block.pixels);
    }
    for (const image of contents.images) expect(image.data.length).toBe(image.width * image.height);
    return contents;
  } catch (error) {
    if (!isSigmaError(error)) throw error;
    return undefined;
  }
}
