import { type ClassEntry, entryOf, GONE_CLASS, presentId } from "./class-table.js";
import { type EditState, isRefusal, type Refusal, refuse } from "./outcome.js";

/** The entry of a class, or why there is none. */
export function presentClass({ table }: Pick<EditState, "table">, id: number): ClassEntry | Refusal {
  const entry = entryOf(table, id);
  if (entry !== undefined) return entry;
  if (id === GONE_CLASS) return refuse("class-gone", "Its class was not found again.");
  const now = presentId(table, id);
  if (now === id) return refuse("class-gone", `There is no class ${id}.`);
  return refuse("class-gone", now < 0 ? `Class ${id} was deleted.` : `Class ${id} was merged into class ${now}.`);
}

/** The entry of a class whose pixels may change, or why they may not. */
export function freeClass(state: Pick<EditState, "table">, id: number): ClassEntry | Refusal {
  const entry = presentClass(state, id);
  if (isRefusal(entry) || !entry.locked) return entry;
  return refuse("locked", `Class ${id} is locked and keeps its pixels.`);
}
