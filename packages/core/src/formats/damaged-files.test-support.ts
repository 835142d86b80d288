/** Files that are cut or changed at random: reading them must give a result or a typed error, soon and in little memory. */
import fc from "fast-check";
import { expect } from "vitest";
import { type ByteSource, bytesInMemory } from "../spectrum-image/byte-source.js";
import { damagedCopy, damages, readAll } from "./damage.test-support.js";
import type { Format } from "./format.js";

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

/** Damages the file again and again (seeded) and checks each time that its reader keeps its promises. */
export async function expectSoundUnderDamage(format: Format, name: string, bytes: Uint8Array, options: DamageOptions = {}) {
  const { runs = 150, siblings = [], headerBytes = 256, mostMs = 2000 } = options;
  await fc.assert(
    fc.asyncProperty(damages(bytes.length, headerBytes), async (damage) => {
      const started = performance.now();
      const { broken } = await readAll(format, bytesInMemory(name, damagedCopy(bytes, damage), siblings));
      expect(broken).toEqual([]);
      expect(performance.now() - started).toBeLessThan(mostMs);
    }),
    { numRuns: runs, seed: 20_260_701 },
  );
}
