/** What an edit did, in the few words of a line of the step list. */
import { type Analysis, countOf, type EditOutcome } from "@sigma-eds/core";

type Classes = Pick<Analysis, "classes">;

/** `Named “Quartz”`, `Merged 2 classes, 310 pixels moved`; where it was not applied, why. */
export function editWords({ edit, refusal, movedPixels, madeIds }: EditOutcome, { classes }: Classes): string {
  if (refusal !== undefined) return refusal.message;
  const named = (id: number): string => classes.find((known) => known.id === id)?.name ?? `class ${id + 1}`;
  const moved = movedPixels === 0 ? "" : `, ${countOf(movedPixels, "pixel")} moved`;
  switch (edit.action) {
    case "rename":
      return `Named “${edit.name.trim()}”`;
    case "recolour":
      return `Colour of ${named(edit.id)}`;
    case "keep-colours":
      return `Kept ${countOf(edit.colours.length, "colour")} of before`;
    case "note":
      return edit.note === "" ? `No note on ${named(edit.id)}` : `Note on ${named(edit.id)}`;
    case "hide":
      return `${named(edit.id)} ${edit.hidden ? "hidden" : "shown"}`;
    case "lock":
      return `${named(edit.id)} ${edit.locked ? "locked" : "unlocked"}`;
    case "unassigned":
      return edit.include ? "Areas of all pixels" : "Areas of assigned pixels only";
    case "merge":
      return `Merged ${countOf(edit.ids.length, "class", "classes")}${moved}`;
    case "delete":
      return `Removed a class${moved}`;
    case "smooth":
      return `Smoothed ${named(edit.id)}${moved}`;
    case "split":
    case "recluster":
      return `Split ${named(edit.id)}: ${countOf(madeIds.length, "new class", "new classes")}${moved}`;
    case "polygon":
    case "gate":
      return madeIds.length > 0 ? `Made ${madeIds.map(named).join(", ")}${moved}` : `Selection assigned${moved}`;
  }
}
