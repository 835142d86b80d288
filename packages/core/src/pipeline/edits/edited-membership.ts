import type { Analysis } from "../analysis.js";
import { type ClassTable, presentId } from "./class-table.js";
import type { ClassEdits } from "./outcome.js";

/**
 * Membership after edits, columns in the order of the table. A pixel takes what it had of its old class with it to the class that a person gave it;
 * what it had of a class that was merged goes to the class that took it, of a class that lost its
 * last pixel to the class that has most of those that were its own as the method found it, of a deleted class to nobody; rows are then scaled to sum to 1. A pixel
 * that was unassigned, or had no membership, and was given a class belongs to it wholly; one that was made unassigned belongs to none.
 */
export function editedMembership(before: ClassEdits["before"], labels: Int32Array, table: ClassTable): Analysis["membership"] {
  const { membership } = before;
  if (membership === undefined) return undefined;
  const columnOf = new Map(table.entries.map(({ id }, column) => [id, column]));
  const columns = table.entries.length;
  const goesTo = Array.from({ length: membership.classes }, (_, id) => {
    const now = presentId(table, id);
    return columnOf.get(now) ?? (now < 0 ? -1 : (columnOf.get(heirOf(id, before.labels, labels)) ?? -1));
  });
  const data = new Float32Array(labels.length * columns);
  const row = new Float64Array(columns);
  for (let p = 0; p < labels.length; p++) {
    const own = columnOf.get(labels[p]!);
    const old = before.labels[p]!;
    if (own === undefined && old >= 0) continue;
    row.fill(0);
    let sum = 0;
    for (let id = 0; id < membership.classes; id++) {
      const share = membership.data[p * membership.classes + id]!;
      const to = own !== undefined && id === old ? own : goesTo[id]!;
      if (to < 0) continue;
      row[to]! += share;
      sum += share;
    }
    if (own !== undefined && (old < 0 || sum === 0)) {
      row.fill(0);
      row[own] = sum = 1;
    }
    for (let c = 0; c < columns && sum > 0; c++) data[p * columns + c] = row[c]! / sum;
  }
  return { classes: columns, data };
}

/** The label that most pixels of a class have now, the lowest of equal ones; -1 where it never had any. */
function heirOf(id: number, before: Int32Array, now: Int32Array): number {
  const pixels = new Map<number, number>();
  before.forEach((label, p) => {
    if (label === id) pixels.set(now[p]!, (pixels.get(now[p]!) ?? 0) + 1);
  });
  let [heir, most] = [-1, 0];
  for (const [label, count] of pixels) if (count > most || (count === most && label < heir)) [heir, most] = [label, count];
  return heir;
}
