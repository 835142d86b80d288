/** Edits of one fit, said of the classes of the next: numbers of classes are of one fit only. */
import { partOf } from "../../spectrum-image/context.js";
import type { Analysis } from "../analysis.js";
import type { StepContext } from "../step.js";
import { applyEdit } from "./apply-edit.js";
import { entryOf, GONE_CLASS, presentId } from "./class-table.js";
import { type Edit, type EditOf, isByHand, type Region } from "./edit-schema.js";
import { coloursAsFound, coloursAsMade } from "./kept-colours.js";
import { withoutEdits } from "./replay.js";

/** Of the pixels of two classes together, least share that both have, for them to be one class. */
const LEAST_SHARED = 0.25;

export interface CarriedEdits {
  /** As many as there were, in their order. */
  readonly edits: Edit[];
  /** Id of each class that the edits knew, those that they made included, by the id that it had; {@link GONE_CLASS} where there is none. */
  readonly ids: ReadonlyMap<number, number>;
}

/**
 * Which class of one labelling is which of another of the same pixels: those that share most pixels of both together (Jaccard), each other's best, and at least a
 * quarter. Ids by rising id of the first; classes that have no such partner are left out.
 */
export function sameClasses(before: Int32Array, after: Int32Array): Map<number, number> {
  const shares = sharesOfPairs(before, after);
  const best = new Map<number, Pair>();
  const bestAfter = new Map<number, Pair>();
  for (const pair of shares) {
    if (pair.share > (best.get(pair.before)?.share ?? 0)) best.set(pair.before, pair);
    if (pair.share > (bestAfter.get(pair.after)?.share ?? 0)) bestAfter.set(pair.after, pair);
  }
  const mutual = [...best.values()].filter((pair) => pair.share >= LEAST_SHARED && bestAfter.get(pair.after) === pair);
  return new Map(mutual.map((pair): [number, number] => [pair.before, pair.after]).sort(([a], [b]) => a - b));
}

interface Pair {
  readonly before: number;
  readonly after: number;
  readonly share: number;
}

/** Pairs that share a pixel, by rising ids. */
function sharesOfPairs(before: Int32Array, after: Int32Array): Pair[] {
  const [sizes, sizesAfter, both] = [
    new Map<number, number>(),
    new Map<number, number>(),
    new Map<number, Map<number, number>>(),
  ];
  const count = (counts: Map<number, number>, id: number): unknown => counts.set(id, (counts.get(id) ?? 0) + 1);
  for (let p = 0; p < before.length; p++) {
    const [one, other] = [before[p]!, after[p]!];
    if (one >= 0) count(sizes, one);
    if (other >= 0) count(sizesAfter, other);
    if (one < 0 || other < 0) continue;
    const row = both.get(one) ?? new Map<number, number>();
    both.set(one, row);
    count(row, other);
  }
  const pairs = [...both].flatMap(([one, row]) =>
    [...row].map(([other, shared]): Pair => {
      const together = sizes.get(one)! + sizesAfter.get(other)! - shared;
      return { before: one, after: other, share: shared / together };
    }),
  );
  return pairs.sort((a, b) => a.before - b.before || a.after - b.after);
}

/**
 * The edits of `edited`, to be applied to `fresh` (its own edits are taken back first), whose classes are those that `same` says. Classes that an edit made are
 * those that it makes now, in their order. Edits that keep colours are made anew: before all others for the classes that were found, and behind those that make
 * classes. Throws as `applyEdit`.
 */
export async function carriedEdits(
  edited: Analysis,
  fresh: Analysis,
  same: ReadonlyMap<number, number>,
  context: StepContext,
): Promise<CarriedEdits> {
  const outcomes = (edited.edits?.outcomes ?? []).filter(({ edit }) => isByHand(edit));
  const ids = new Map<number, number>();
  for (const label of new Set(edited.edits?.before.labels ?? edited.labels)) if (label >= 0) ids.set(label, GONE_CLASS);
  for (const [before, after] of same) ids.set(before, after);
  const edits: Edit[] = [];
  let analysis = withoutEdits(fresh);
  const add = async (edit: Edit | undefined, part: StepContext): Promise<void> => {
    if (edit === undefined) return;
    analysis = await applyEdit(analysis, edit, part);
    edits.push(edit);
  };
  await add(coloursAsFound(edited, analysis, same), partOf(context, 0, 0));
  for (const [i, { edit, madeIds }] of outcomes.entries()) {
    const carried = withClassIds(edit, ids);
    await add(carried, partOf(context, i / outcomes.length, (i + 1) / outcomes.length));
    const made = analysis.edits?.outcomes.at(-1)?.madeIds ?? [];
    for (const [k, id] of madeIds.entries()) ids.set(id, made[k] ?? GONE_CLASS);
    const later = outcomes.slice(i + 1).map((outcome) => outcome.edit);
    const pairs = [...madeIds, ...mergedInto(edit, edited)].filter((id) => !isRecoloured(id, later));
    const now = pairs.map((id): [number, number] => [id, presentNow(analysis, ids.get(id) ?? id)]);
    await add(coloursAsMade(edited, analysis, now), partOf(context, (i + 1) / outcomes.length, (i + 1) / outcomes.length));
  }
  return { edits, ids };
}

/** The class that the others went to, where it is there at the end. */
function mergedInto(edit: Edit, { edits }: Analysis): number[] {
  if (edit.action !== "merge" || edits === undefined) return [];
  return edit.ids.filter((id) => entryOf(edits.table, id) !== undefined).slice(0, 1);
}

function isRecoloured(id: number, edits: readonly Edit[]): boolean {
  return edits.some((edit) => edit.action === "recolour" && edit.id === id);
}

function presentNow({ edits }: Analysis, id: number): number {
  return edits === undefined ? id : presentId(edits.table, id);
}

/** An edit of other ids. Ids that are not named stay. What is done with several classes is done with those that are there. */
export function withClassIds<Given extends Edit>(edit: Given, ids: ReadonlyMap<number, number>): Given {
  const idOf = (id: number): number => ids.get(id) ?? id;
  const present = (several: readonly number[], least: number): number[] => {
    const all = several.map(idOf);
    const there = [...new Set(all)].filter((id) => id !== GONE_CLASS);
    return there.length >= least ? there : all;
  };
  if (edit.action === "merge") return { ...edit, ids: present(edit.ids, 2) };
  if (edit.action === "keep-colours") return { ...edit, colours: edit.colours.map((one) => ({ ...one, id: idOf(one.id) })) };
  if ("id" in edit) return { ...edit, id: idOf(edit.id) };
  if (edit.action !== "polygon" && edit.action !== "gate") return edit;
  const { target, within }: EditOf<"polygon"> | EditOf<"gate"> = edit;
  const sources = present(
    within.filter((id) => id !== "unassigned"),
    1,
  );
  return {
    ...edit,
    target: typeof target === "number" ? idOf(target) : target,
    within: [...within.filter((id) => id === "unassigned"), ...sources],
    ...(edit.action === "polygon" && { regions: edit.regions.map((region) => withRegionIds(region, present)) }),
  };
}

function withRegionIds(region: Region, present: (ids: readonly number[], least: number) => number[]): Region {
  return region.on === "class" ? { ...region, ids: present(region.ids, 1) } : region;
}
