import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isSigmaError } from "../../errors.js";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { undoFilters } from "./filters.js";
import { type Hdf5Group, openHdf5 } from "./hdf5-file.js";

const folder = join(import.meta.dirname, "../../../../../fixtures/hdf5");
const MOST_ELEMENTS = 1 << 16;

/** Reads all groups, attributes and small datasets; errors of one object do not keep the others from being read. */
async function readEverything(bytes: Uint8Array): Promise<number> {
  let read = 0;
  const attempt = async (action: () => Promise<void>) => {
    try {
      await action();
      read++;
    } catch (error) {
      if (!isSigmaError(error)) throw error;
    }
  };
  const visit = async (group: Hdf5Group, depth: number): Promise<void> => {
    await attempt(async () => void (await group.attributes()));
    for (const name of group.names.slice(0, 200)) {
      await attempt(async () => {
        const object = await group.get(name);
        if (object?.kind === "group" && depth < 3) await visit(object, depth + 1);
        if (object?.kind !== "dataset" || object.shape.reduce((product, size) => product * size, 1) > MOST_ELEMENTS) return;
        await object.plain(MOST_ELEMENTS);
      });
    }
  };
  await attempt(async () => visit(await openHdf5(bytesInMemory("damaged.h5", bytes)), 0));
  return read;
}

test.each(["earliest.h5", "v110.h5"])("%s, damaged at random, gives data or typed errors, and soon", async (name) => {
  const sound = new Uint8Array(readFileSync(join(folder, name)));
  const all = await readEverything(sound);
  const position = fc.integer({ min: 0, max: sound.length - 1 });
  const word = fc.constantFrom([0xff, 0xff, 0xff, 0xff], [0, 0, 0, 0], [0xff, 0xff, 0xff, 0x7f], [0, 0, 1, 0]);
  const change = fc.record({
    at: position,
    bytes: fc.oneof(word, fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 2 })),
  });
  const damage = fc.record({
    keep: fc.option(position, { nil: sound.length, freq: 8 }),
    changes: fc.array(change, { minLength: 1, maxLength: 60 }),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ keep, changes }) => {
      const bytes = sound.slice(0, keep);
      for (const { at, bytes: values } of changes) for (const [i, value] of values.entries()) bytes[at + i] = value;
      const started = performance.now();
      expect(await readEverything(bytes)).toBeLessThanOrEqual(2 * all);
      expect(performance.now() - started).toBeLessThan(3000);
    }),
    { numRuns: 60, seed: 42 },
  );
});

test("an element size of gigabytes that a damaged file gives for shuffled data costs no time", () => {
  const chunk = { bytes: Uint8Array.of(1, 2, 3, 4), address: 0, mask: 0 };
  const started = performance.now();
  const bytes = undoFilters(chunk, [{ id: 2, name: "shuffle", optional: true, values: [0xcf000008] }], 4, "damaged.h5");
  expect(bytes).toEqual(chunk.bytes);
  expect(performance.now() - started).toBeLessThan(500);
});
