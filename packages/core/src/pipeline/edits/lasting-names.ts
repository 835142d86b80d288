/** Names of classes that stay through edits: a class is called after what it was at first, not after what it is now. */
import { type CountSource, isStored } from "../../spectrum-image/counts.js";
import { classSpectra, pass } from "../../spectrum-image/pass.js";
import type { Analysis } from "../analysis.js";
import { unusedName } from "../class-summary.js";
import type { StepContext } from "../step.js";
import type { ClassEdits } from "./outcome.js";

/** Names a class after its lines; `spectrum` float64 [channels] is the sum over its pixels. */
export type NameOf = (spectrum: Float64Array, pixels: number) => string;

interface Counted {
  readonly id: number;
  readonly pixels: number;
  readonly spectrum: Float64Array;
}

/**
 * Names by id of the classes of an analysis with edits; empty for one without. What a person said stands; a class that the method found has the name that it has
 * without edits; one that an edit made is named after the pixels that it began with. A name that is a person's for another class gets a number.
 */
export async function lastingNames(
  analysis: Analysis,
  nameOf: NameOf,
  context: StepContext,
): Promise<ReadonlyMap<number, string>> {
  const { edits, image } = analysis;
  if (edits === undefined) return new Map();
  const { found, made } = await beginnings(image.counts, edits, context);
  const entries = [...edits.table.entries, ...(edits.table.emptied ?? [])];
  const given = new Map(entries.flatMap(({ id, name }) => (name === undefined ? [] : [[id, name] as const])));
  const asFound = new Set<string>();
  const first = found.map(({ id, spectrum, pixels }) => {
    const plain = nameOf(spectrum, pixels);
    return { id, plain, name: unusedName(plain, asFound) };
  });
  const used = new Set([...given.values(), ...asFound]);
  const taken = new Set(given.values());
  const names = new Map(given);
  for (const { id, plain, name } of first) if (!given.has(id)) names.set(id, taken.has(name) ? unusedName(plain, used) : name);
  for (const { id, spectrum, pixels } of made) {
    const name = unusedName(nameOf(spectrum, pixels), used);
    if (!given.has(id)) names.set(id, name);
  }
  return names;
}

/** Sum spectra by what they were taken over: the labels as found, or the pixels that a class began with. Neither is ever changed, nor are counts in memory. */
const known = new WeakMap<Int32Array, { readonly counts: CountSource; readonly counted: readonly Counted[] }>();

interface Beginnings {
  readonly found: readonly Counted[];
  readonly made: readonly Counted[];
}

async function beginnings(counts: CountSource, { before, table }: ClassEdits, context: StepContext): Promise<Beginnings> {
  const { made = [] } = table;
  const keys = [before.labels, ...made.map(({ pixels }) => pixels)];
  const missing = keys.flatMap((key, i) => {
    if (known.get(key)?.counts === counts) return [];
    const labels = i === 0 ? key : labelsOf(key, before.labels.length);
    return [{ key, first: i === 0 ? 0 : made[i - 1]!.id, labels, sizes: sizesOf(labels) }];
  });
  const fresh = new Map<Int32Array, readonly Counted[]>();
  if (missing.length > 0) {
    const wanted = missing.map(({ labels, sizes }) => classSpectra(counts, labels, sizes.length));
    const sums = await pass(counts, wanted, { signal: context.signal });
    for (const [i, { key, first, sizes }] of missing.entries()) {
      const counted = sums[i]!.map((spectrum, slot): Counted => ({ id: first + slot, pixels: sizes[slot]!, spectrum }));
      fresh.set(key, counted);
      if (isStored(counts)) known.set(key, { counts, counted });
    }
  }
  const [found = [], ...begun] = keys.map((key) => fresh.get(key) ?? known.get(key)!.counted);
  return { found, made: begun.flat() };
}

/** 0 for the pixels of the class, -1 elsewhere. */
function labelsOf(pixels: Int32Array, size: number): Int32Array {
  const labels = new Int32Array(size).fill(-1);
  for (const p of pixels) labels[p] = 0;
  return labels;
}

function sizesOf(labels: Int32Array): number[] {
  const sizes: number[] = [];
  for (const label of labels) {
    while (sizes.length <= label) sizes.push(0);
    if (label >= 0) sizes[label]! += 1;
  }
  return sizes;
}
