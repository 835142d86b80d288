import type { EditInput } from "@sigma-eds/core";
import type { KeyboardEvent } from "react";
import { actOn } from "../../session/class-choice.js";
import { colourFarFromNeighbours, spreadColoursAgain } from "../../session/recolour-all.js";
import { editRefusal } from "../../session/refusals.js";
import type { ViewSession } from "../../session/view-session.js";
import type { SplitChoice } from "./class-forms.js";
import type { RowActs } from "./class-row.js";
import type { ClassRow } from "./class-rows.js";

export type ClassForm = "split" | "recluster" | "note";

interface Opens {
  startRename(id: number | undefined): void;
  openForm(form: ClassForm | undefined): void;
}

export interface ClassActs {
  readonly row: Pick<RowActs, "onRename" | "onRecolour" | "onFarColour" | "onSpreadColours" | "onLock" | "onHide">;
  merge(): void;
  note(text: string): void;
  /** True when the key did something to the class. */
  key(event: KeyboardEvent, id: number): boolean;
}

/** What is done with classes: each an edit of the recipe, or a way of looking; the same for buttons and keys. */
export function useClassActs(session: ViewSession, rows: readonly ClassRow[], ids: readonly number[], opens: Opens): ClassActs {
  const { linked, actions } = session;
  const [first] = ids;
  /** Does it, or says why not. */
  const whereEdited = (act: () => void): void => {
    const refusal = editRefusal(session.now());
    if (refusal === undefined) act();
    else actions.say(refusal);
  };
  const edit = (edits: readonly EditInput[]): void => whereEdited(() => void actions.edit(edits));
  const onlyOne = (make: (id: number) => void): void => {
    opens.openForm(undefined);
    if (first !== undefined) make(first);
  };
  const toggleHidden = (id: number): void => {
    const visible = linked.visibleClasses.current.value;
    const hidden = new Set(visible.hidden);
    if (!hidden.delete(id)) hidden.add(id);
    linked.visibleClasses.set({ ...visible, hidden }, "classes");
  };
  const toggleSolo = (id: number): void => {
    const visible = linked.visibleClasses.current.value;
    linked.visibleClasses.set({ ...visible, solo: visible.solo === id ? undefined : id }, "classes");
  };
  const lock = (id: number, locked: boolean): void => edit([{ step: "edit", action: "lock", id, locked }]);
  const acts: ClassActs = {
    row: {
      onRename: (id, name) => edit([{ step: "edit", action: "rename", id, name }]),
      onRecolour: (id, colour) => edit([{ step: "edit", action: "recolour", id, colour }]),
      onFarColour: (id) => whereEdited(() => void colourFarFromNeighbours(session.now(), id)),
      onSpreadColours: () => whereEdited(() => void spreadColoursAgain(session.now())),
      onLock: lock,
      onHide: toggleHidden,
    },
    merge: () => edit([{ step: "edit", action: "merge", ids: [...ids] }]),
    note: (note) => onlyOne((id) => edit([{ step: "edit", action: "note", id, note }])),
    key(event, id) {
      if (event.ctrlKey || event.metaKey || event.altKey) return false;
      const row = rows.find((candidate) => candidate.id === id);
      const form = (which: ClassForm) => () =>
        whereEdited(() => {
          if (ids.length !== 1 || first !== id) actOn(linked, id, "classes");
          opens.openForm(which);
        });
      const does: Readonly<Record<string, () => void>> = {
        F2: () => whereEdited(() => opens.startRename(id)),
        Enter: form("note"),
        o: () => whereEdited(() => (event.target as HTMLElement).querySelector<HTMLElement>("[data-colour-button]")?.click()),
        ".": () => toggleHidden(id),
        ">": () => toggleSolo(id),
        ":": () => toggleSolo(id),
        L: () => lock(id, row?.locked !== true),
        j: () => (ids.length > 1 ? acts.merge() : actions.say("Choose two or more classes to merge, with Ctrl or Shift.")),
        k: form("split"),
        c: form("recluster"),
      };
      const act = does[event.key];
      if (!event.repeat) act?.();
      return act !== undefined;
    },
  };
  return acts;
}

export function splitEdit(id: number, { by, parts, expression }: SplitChoice): EditInput {
  if (by === "gate") return { step: "edit", action: "gate", expression, of: "maps", within: [id], target: "new" };
  return { step: "edit", action: "split", id, by, ...(by === "k-means" ? { nClusters: parts } : {}) };
}
