import { type ClassOrigin, type ClassTable, entryOf, MOST_IDS, withEntry, withNewEntry } from "./class-table.js";
import type { EditOf, Region } from "./edit-schema.js";
import { type Change, type EditState, isRefusal, type Refusal, refuse } from "./outcome.js";
import { freeClass, presentClass } from "./present-class.js";
import { selectionOf } from "./selection.js";

type Assignment = EditOf<"polygon"> | EditOf<"gate">;

/**
 * Gives the selected pixels to a new class, to another class or to none. Pixels of locked classes and pixels that the mask leaves out stay as they are.
 */
export async function assign(state: EditState, edit: Assignment, regions: readonly Region[]): Promise<Change | Refusal> {
  const refusal = unfit(state, edit);
  if (refusal !== undefined) return refusal;
  const selection = await selectionOf(state, regions);
  if (isRefusal(selection)) return selection;
  const { nextId } = state.table;
  const to = edit.target === "new" ? nextId : edit.target === "unassigned" ? -1 : edit.target;
  const { labels, from, keptByLocks } = moved(state, selection, edit.within, to);
  if (from.length === 0) {
    const locked = keptByLocks > 0 ? " that is not of a locked class" : "";
    const some = selection.includes(1);
    return some
      ? refuse("nothing-changes", `The edit selects no pixel${locked} that could change its class.`)
      : refuse("nothing-selected", "The edit selects no pixel.");
  }
  return { labels, table: tableAfter(state.table, edit, to, { action: edit.action, from }), keptByLocks };
}

function unfit(state: EditState, { target, within, name }: Assignment): Refusal | undefined {
  for (const id of within) {
    const entry = id === "unassigned" ? undefined : presentClass(state, id);
    if (entry !== undefined && isRefusal(entry)) return entry;
  }
  if (typeof target === "number") {
    const entry = freeClass(state, target);
    return isRefusal(entry) ? entry : undefined;
  }
  if (target === "unassigned") return undefined;
  if (state.table.nextId >= MOST_IDS) return refuse("too-many-classes", `There are no more than ${MOST_IDS} ids for classes.`);
  const taken = name === undefined ? undefined : state.table.entries.find((entry) => entry.name === name);
  return taken === undefined ? undefined : refuse("name-taken", `Class ${taken.id} is already called ${name}.`);
}

function moved({ analysis, labels, table }: EditState, selection: Uint8Array, within: Assignment["within"], to: number) {
  const locked = new Set(table.entries.filter((entry) => entry.locked).map(({ id }) => id));
  const allowed = within.length === 0 ? undefined : new Set(within.map((id) => (id === "unassigned" ? -1 : id)));
  const after = labels.slice();
  const from = new Set<number>();
  let keptByLocks = 0;
  for (let p = 0; p < labels.length; p++) {
    const label = labels[p]!;
    if (selection[p] === 0 || label === to || analysis.mask?.[p] === 0 || allowed?.has(label) === false) continue;
    if (locked.has(label)) {
      keptByLocks += 1;
      continue;
    }
    from.add(label);
    after[p] = to;
  }
  return { labels: after, from: [...from].sort((a, b) => a - b), keptByLocks };
}

function tableAfter(table: ClassTable, { target, name, colour }: Assignment, to: number, origin: ClassOrigin): ClassTable {
  if (target === "unassigned") return table;
  if (target === "new") return withNewEntry(table, origin, { name, colour });
  const { madeOf } = entryOf(table, to)!;
  return withEntry(table, to, { madeOf: [...madeOf, origin] });
}
