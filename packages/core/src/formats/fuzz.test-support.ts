/** The inputs of the fuzz lane (`scripts/fuzz-formats.mjs`): damaged copies of the examples of a format, each by its number alone. */
import fc from "fast-check";
import { bytesInMemory } from "../spectrum-image/byte-source.js";
import { damagedCopy, damages, readAll } from "./damage.test-support.js";
import { examples, furtherExamples } from "./examples.test-support.js";
import { type FormatId, formats } from "./registry.js";

export const formatIds = Object.keys(formats) as FormatId[];

export interface Fuzzer {
  /** Kinds of example that the inputs are made of. */
  readonly kinds: number;
  /** Reads input number `index`. Gives `read`, or the tag of the typed error. Throws anything that a reader must not throw. */
  run(index: number): Promise<string>;
}

export async function openFuzzer(id: FormatId): Promise<Fuzzer> {
  const sources = await Promise.all([examples[id], ...(furtherExamples[id] ?? [])].map((example) => example()));
  const kinds = await Promise.all(sources.map(async (source) => ({ source, bytes: await source.read(0, source.size) })));
  return {
    kinds: kinds.length,
    async run(index) {
      const { source, bytes } = kinds[index % kinds.length]!;
      const headerBytes = Math.floor(index / kinds.length) % 2 === 0 ? 256 : Math.ceil(bytes.length / 4);
      const [damage] = fc.sample(damages(bytes.length, headerBytes), { seed: index, numRuns: 1 });
      const damaged = bytesInMemory(source.name, damagedCopy(bytes, damage!));
      const { error, broken } = await readAll(formats[id], { ...damaged, sibling: source.sibling });
      return broken.length > 0 ? `broken: ${broken.join("; ")}` : (error?.tag ?? "read");
    },
  };
}
