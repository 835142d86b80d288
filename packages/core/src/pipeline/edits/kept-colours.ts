/** Colours of one fit for the classes of the next: what is found again looks as it did. */
import type { Analysis } from "../analysis.js";
import { leastAlike, type Neighbour } from "../colours/far-colour.js";
import { classColours, colourPattern, contactLengths } from "../colours/palette.js";
import { type ClassEntry, classTableOf, entryOf } from "./class-table.js";
import { type Edit, type EditOf, editSchema, isByHand } from "./edit-schema.js";
import { withoutEdits } from "./replay.js";

type KeptColours = EditOf<"keep-colours">;

/**
 * The edit that comes before all others of `fresh`: classes that are those of `edited`, as `same` says, have the colours that they were found with there; the others get
 * colours that no class had, far from those of their neighbours, or keep theirs where the map has its own colours otherwise. Undefined where nothing changes.
 */
export function coloursAsFound(edited: Analysis, fresh: Analysis, same: ReadonlyMap<number, number>): KeptColours | undefined {
  const { labels } = fresh;
  if (labels === undefined) return undefined;
  const before = asFound(edited);
  const { entries } = classTableOf(fresh, labels);
  const kept = new Map([...same].map(([id, now]): [number, string | undefined] => [now, before.get(id)]));
  const had = [...before.values(), ...entriesOf(edited).map(({ colour }) => colour)];
  const isOwn = entries.every(({ id, colour }) => (kept.get(id) ?? colour) === colour);
  const now = withNewColours(
    entries.map(({ id, colour }) => kept.get(id) ?? (isOwn && !had.includes(colour) ? colour : undefined)),
    had,
    contactLengths(labels, fresh.image.counts.navigationShape.at(-1) ?? 1, entries.length),
  );
  return keepEdit(entries.map(({ id, colour }, i) => ({ id, colour: now[i]!, differs: now[i] !== colour })));
}

/**
 * The edit that comes behind one that has just been made again and gave `now`: classes that it made, or merged others into, have the colours that these have in
 * `edited`, by the `pairs` of their ids there and now. Undefined where they have them already.
 */
export function coloursAsMade(
  edited: Analysis,
  now: Analysis,
  pairs: readonly (readonly [before: number, now: number])[],
): KeptColours | undefined {
  const [before, table] = [edited.edits?.table, now.edits?.table];
  if (before === undefined || table === undefined) return undefined;
  return keepEdit(
    pairs.flatMap(([id, nowId]) => {
      const [one, other] = [entryOf(before, id), entryOf(table, nowId)];
      return one === undefined || other === undefined
        ? []
        : { id: nowId, colour: one.colour, differs: one.colour !== other.colour };
    }),
  );
}

/** Colours of the classes before a person edited them, by id. */
function asFound(edited: Analysis): Map<number, string> {
  const fresh = withoutEdits(edited);
  const labels = fresh.labels ?? new Int32Array(0);
  const colours = new Map(classTableOf(fresh, labels).entries.map(({ id, colour }): [number, string] => [id, colour]));
  const outcomes = edited.edits?.outcomes ?? [];
  const first = outcomes.findIndex(({ edit }) => isByHand(edit));
  for (const { edit } of outcomes.slice(0, first < 0 ? outcomes.length : first)) {
    if (edit.action === "keep-colours") for (const { id, colour } of edit.colours) colours.set(id, colour);
  }
  return colours;
}

function entriesOf({ edits }: Analysis): ClassEntry[] {
  return edits === undefined ? [] : [...edits.table.entries, ...(edits.table.emptied ?? [])];
}

/** A colour for each class that has none: one that tells classes apart alone, and that no class has or `had`, where there is one. `contact` is float64 [classes x classes]. */
function withNewColours(
  colours: readonly (string | undefined)[],
  had: readonly string[],
  contact: ArrayLike<number>,
): readonly (string | undefined)[] {
  const all = [...colours];
  for (const [i, given] of all.entries()) {
    if (given !== undefined) continue;
    const others = all.flatMap((colour, k): Neighbour[] =>
      colour === undefined ? [] : [{ colour, contact: contact[i * all.length + k]! }],
    );
    const gone = had.map((colour): Neighbour => ({ colour, contact: 0 }));
    all[i] = leastAlike(offeredBeside([...others, ...gone]), [...others, ...gone]);
  }
  return all;
}

function offeredBeside(taken: readonly Neighbour[]): readonly string[] {
  const isFree = (colour: string): boolean => taken.every((one) => one.colour !== colour);
  const free = classColours.filter(isFree);
  const alone = free.filter((colour) => colourPattern(colour) === "plain");
  return [alone, free].find(({ length }) => length > 0) ?? classColours;
}

function keepEdit(wanted: readonly { id: number; colour: string; differs: boolean }[]): KeptColours | undefined {
  const colours = wanted.flatMap(({ id, colour, differs }) => (differs ? [{ id, colour }] : []));
  if (colours.length === 0) return undefined;
  const edit: Edit = editSchema.parse({ step: "edit", action: "keep-colours", colours });
  return edit.action === "keep-colours" ? edit : undefined;
}
