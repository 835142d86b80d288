/** The classes as a person left them: which ids exist, what they are called, and what they were made of. */
import type { Analysis } from "../analysis.js";
import { classColour, classColours, coloursOfClasses } from "../colours/palette.js";

/** How a class came to have its pixels, where a person decided. */
export interface ClassOrigin {
  readonly action: "merge" | "split" | "recluster" | "smooth" | "polygon" | "gate";
  /** Ids of the classes that the pixels came from, rising; -1 for unassigned pixels. */
  readonly from: readonly number[];
}

export interface ClassEntry {
  readonly id: number;
  /** As a person named it; undefined: after the lines that it had as the method found it, or when an edit made it. */
  readonly name: string | undefined;
  /** `#rrggbb` */
  readonly colour: string;
  readonly note: string | undefined;
  /** Not drawn; its pixels, spectra and statistics stay. */
  readonly hidden: boolean;
  /** Keeps exactly its pixels. */
  readonly locked: boolean;
  /** Oldest first; empty for a class as the method found it. */
  readonly madeOf: readonly ClassOrigin[];
}

/** What a class that an edit made began with: its name comes from it, and stays when pixels go and come. */
export interface MadeClass {
  readonly id: number;
  /** Int32, rising: places of its pixels in the map. */
  readonly pixels: Int32Array;
}

export interface ClassTable {
  /** By rising id. Ids may have gaps and are never given twice. */
  readonly entries: readonly ClassEntry[];
  /** Classes whose last pixel an edit gave to others, by rising id: in no list, but their ids stay theirs, and an edit that gives one pixels brings it back. Left out: none. */
  readonly emptied?: readonly ClassEntry[] | undefined;
  /** All classes that edits ever made, by rising id, those that are gone included. Left out: none. */
  readonly made?: readonly MadeClass[] | undefined;
  /** The id that the next new class gets: one more than any that was ever used. */
  readonly nextId: number;
  /** Where ids that vanished went: id of the class they were merged into, or -1. */
  readonly vanished: ReadonlyMap<number, number>;
  /** Whether unassigned pixels count in the area fractions of the classes. */
  readonly countUnassigned: boolean;
}

/** Most classes that ids of 16 bits, as in `labels.tif`, can tell apart. */
export const MOST_IDS = 65_535;

/** Stands in an edit for a class that a later fit did not find again: such an edit is not applied. No map has so many classes. */
export const GONE_CLASS = 65_534;

/** The table of classes as a method found them: ids from 0, colours as the phase map would have them. */
function tableOfLabels(labels: Int32Array, width: number): ClassTable {
  const ids = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const colours = coloursOfClasses(labels, width, ids);
  const entries = colours.map((colour, id) => untouched(id, colour));
  return { entries, nextId: ids, vanished: new Map(), countUnassigned: true };
}

/** The table that an analysis has, or that its labels begin with. */
export function classTableOf(analysis: Analysis, labels: Int32Array): ClassTable {
  return analysis.edits?.table ?? tableOfLabels(labels, analysis.image.counts.navigationShape.at(-1) ?? 1);
}

function freeColour({ entries, emptied = [], nextId }: ClassTable): string {
  const used = new Set([...entries, ...emptied].map(({ colour }) => colour));
  return classColours.find((colour) => !used.has(colour)) ?? classColour(nextId);
}

function untouched(id: number, colour: string): ClassEntry {
  return { id, name: undefined, colour, note: undefined, hidden: false, locked: false, madeOf: [] };
}

export function entryOf({ entries, emptied = [] }: ClassTable, id: number): ClassEntry | undefined {
  return [...entries, ...emptied].find((entry) => entry.id === id);
}

/** The table with some fields of one entry replaced. */
export function withEntry(table: ClassTable, id: number, change: Partial<ClassEntry>): ClassTable {
  return ofAll(table, (entries) => entries.map((entry) => (entry.id === id ? { ...entry, ...change, id } : entry)));
}

/** The table without some ids, which went to `target` (-1: nowhere). */
export function withoutEntries(table: ClassTable, ids: readonly number[], target: number): ClassTable {
  const vanished = new Map(table.vanished);
  for (const id of ids) vanished.set(id, target);
  return { ...ofAll(table, (entries) => entries.filter(({ id }) => !ids.includes(id))), vanished };
}

function ofAll(table: ClassTable, change: (entries: readonly ClassEntry[]) => ClassEntry[]): ClassTable {
  const { entries, emptied } = table;
  return { ...table, entries: change(entries), ...(emptied === undefined ? {} : { emptied: change(emptied) }) };
}

/** The table with a new class at its end, under the next id and, unless given, a colour that no class has. */
export function withNewEntry(
  table: ClassTable,
  origin: ClassOrigin,
  given: { name?: string | undefined; colour?: string | undefined },
): ClassTable {
  const id = table.nextId;
  const colour = given.colour ?? freeColour(table);
  const entry: ClassEntry = { ...untouched(id, colour), name: given.name, madeOf: [origin] };
  return { ...table, entries: [...table.entries, entry], nextId: id + 1 };
}

/** Where a class is now: itself, the class it was merged into at last, or -1 when it is gone. */
export function presentId(table: ClassTable, id: number): number {
  let now = id;
  while (table.vanished.has(now)) now = table.vanished.get(now)!;
  return now;
}

/**
 * The table after pixels went from the labels `before` to `after`: classes that lost their last pixel are put aside, those that have pixels again come back, without
 * their name where another class has it by now.
 */
export function settled(table: ClassTable, before: Int32Array, after: Int32Array): ClassTable {
  const [had, has] = [new Set(before), new Set(after)];
  const names = new Set(table.entries.filter(({ id }) => has.has(id)).map(({ name }) => name));
  const { entries, emptied = [] } = table;
  const gone = entries.filter(({ id }) => had.has(id) && !has.has(id));
  const back = emptied.filter(({ id }) => has.has(id));
  if (gone.length === 0 && back.length === 0) return table;
  const named = back.map((entry) => (names.has(entry.name) ? { ...entry, name: undefined } : entry));
  const byId = (a: ClassEntry, b: ClassEntry): number => a.id - b.id;
  return {
    ...table,
    entries: [...entries.filter((entry) => !gone.includes(entry)), ...named].sort(byId),
    emptied: [...emptied.filter((entry) => !back.includes(entry)), ...gone].sort(byId),
  };
}

/** The table with what the classes from id `first` on begin with. */
export function withBeginnings(table: ClassTable, first: number, labels: Int32Array): ClassTable {
  if (table.nextId === first) return table;
  const begun = Array.from({ length: table.nextId - first }, (): number[] => []);
  for (let p = 0; p < labels.length; p++) begun[labels[p]! - first]?.push(p);
  const made = begun.map((pixels, i): MadeClass => ({ id: first + i, pixels: Int32Array.from(pixels) }));
  return { ...table, made: [...(table.made ?? []), ...made] };
}
