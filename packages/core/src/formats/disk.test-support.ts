import type { ByteSource } from "../spectrum-image/byte-source.js";
import { type CountSource, collectCounts } from "../spectrum-image/counts.js";

/**
 * A source as hosts with disks have it: it can fill memory that is there (readInto), and what it reads into memory of its own is a copy. What a reader still needs of memory
 * that it has given away for the next piece is overwritten.
 */
export function asDisk(source: ByteSource): ByteSource {
  return {
    ...source,
    read: async (offset, length, signal) => (await source.read(offset, length, signal)).slice(),
    async readInto(offset, target, signal) {
      target.set(await source.read(offset, target.length, signal));
    },
  };
}

/** Whether two sources give the same blocks. Compares millions of counts in no time, which `toEqual` does not. */
export async function haveSameBlocks(a: CountSource, b: CountSource): Promise<boolean> {
  const [{ stored: first }, { stored: second }] = [await collectCounts(a), await collectCounts(b)];
  return (
    first.length === second.length &&
    first.every((block, i) => {
      const other = second[i]!;
      return (["rowStart", "channel", "count"] as const).every((field) => areEqual(block[field], other[field]));
    })
  );
}

function areEqual(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
