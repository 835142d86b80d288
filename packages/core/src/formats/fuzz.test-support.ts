/**
 * The inputs of the fuzz lane (`scripts/fuzz-formats.mjs`): damaged copies of the examples of a format, each by its number alone. Of every four inputs, one
 * has its damage in the other files of the set, where there are any.
 */
import fc from "fast-check";
import { type ByteSource, bytesInMemory } from "../spectrum-image/byte-source.js";
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
      const round = Math.floor(index / kinds.length);
      const inSiblings = round % 4 === 3;
      let siblingsSeen = false;
      const sibling: ByteSource["sibling"] = async (name) => {
        const other = await source.sibling(name);
        if (other === undefined || !inSiblings) return other;
        siblingsSeen = true;
        return damagedSource(other, await other.read(0, other.size), index, round);
      };
      const input = inSiblings ? { ...source, sibling } : { ...damagedSource(source, bytes, index, round), sibling };
      const reading = await readAll(formats[id], input);
      // A file that has no others beside it is damaged itself.
      const { error, broken } =
        inSiblings && !siblingsSeen
          ? await readAll(formats[id], { ...damagedSource(source, bytes, index, round), sibling: source.sibling })
          : reading;
      return broken.length > 0 ? `broken: ${broken.join("; ")}` : (error?.tag ?? "read");
    },
  };
}

function damagedSource(source: ByteSource, bytes: Uint8Array, seed: number, round: number): ByteSource {
  const headerBytes = round % 2 === 0 ? 256 : Math.ceil(bytes.length / 4);
  const [damage] = fc.sample(damages(bytes.length, headerBytes), { seed, numRuns: 1 });
  return { ...bytesInMemory(source.name, damagedCopy(bytes, damage!)), sibling: source.sibling };
}
