/** What the history says about edits. */
import type { EditInput } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";

/** One sentence for edits that are one step of undo; `before` gives the classes their names. */
export function sentenceOf(edits: readonly EditInput[], before: AnalysisSnapshot | undefined): string {
  const names = new Map((before?.classes ?? []).map(({ id, name }) => [id, name]));
  const named = (id: number): string => `“${names.get(id) ?? id}”`;
  return edits.map((edit) => (edit.action === "merge" ? merged(edit.ids, named, before) : one(edit, named))).join("; ");
}

/** The largest class keeps its name, of equal ones the first. */
function merged(ids: readonly number[], named: (id: number) => string, before: AnalysisSnapshot | undefined): string {
  const found = (before?.classes ?? []).filter(({ id }) => ids.includes(id)).sort((a, b) => b.pixels - a.pixels || a.id - b.id);
  const [into, other] = found;
  if (into === undefined || other === undefined || found.length < ids.length) return `Merged ${ids.map(named).join(" + ")}`;
  return `Merged ${found.length === 2 ? named(other.id) : `${found.length} classes`} into ${named(into.id)}`;
}

function one(edit: Exclude<EditInput, { action: "merge" }>, named: (id: number) => string): string {
  switch (edit.action) {
    case "split":
      return `Split ${named(edit.id)}${edit.by === "k-means" ? "" : " into grains"}`;
    case "recluster":
      return `Re-clustered inside ${named(edit.id)}: ${edit.nClusters ?? 2} classes`;
    case "smooth":
      return `Smoothed the outline of ${named(edit.id)}`;
    case "polygon":
    case "gate":
      return assigned(edit, named);
    case "rename":
      return `Renamed ${named(edit.id)} to “${edit.name.trim()}”`;
    case "recolour":
      return `Recoloured ${named(edit.id)}`;
    case "keep-colours":
      return "Colours kept from before";
    case "note":
      return edit.note === "" ? `Removed the note on ${named(edit.id)}` : `Noted something on ${named(edit.id)}`;
    case "hide":
      return `${edit.hidden === false ? "Showed" : "Hid"} ${named(edit.id)}`;
    case "lock":
      return `${edit.locked === false ? "Unlocked" : "Locked"} ${named(edit.id)}`;
    case "delete":
      return `Removed ${named(edit.id)}`;
    case "unassigned":
      return edit.include === false ? "Areas of assigned pixels only" : "Areas of all pixels";
  }
}

function assigned(edit: Extract<EditInput, { action: "polygon" | "gate" }>, named: (id: number) => string): string {
  if (edit.target === "unassigned") return "Left the selection unassigned";
  if (typeof edit.target === "number") return `Moved the selection to ${named(edit.target)}`;
  return edit.name === undefined ? "Made a class from the selection" : `Made “${edit.name}” from the selection`;
}
