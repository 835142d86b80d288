/** A class is made and named at once: its name field opens, and what was typed until then stands in it. */
import type { Linked } from "./linked.js";
import { makeClass, selectionRefusal } from "./selection-edits.js";
import type { ViewSession } from "./view-session.js";

const SOURCE = "naming";

/**
 * `shown` gives the session as it is when it is asked. What is a class already is not made anew: the name field of that class opens. Where the classes are not
 * shown, a new class keeps the name that it was given.
 */
export async function makeNamedClass(shown: () => ViewSession): Promise<void> {
  const session = shown();
  const { classAsk } = session.linked;
  if (selectionRefusal(session) === undefined) classAsk.set({ act: "name-new", typed: "" }, SOURCE);
  let already: number | undefined;
  try {
    already = (await makeClass(session))?.id;
  } finally {
    const asked = classAsk.current.value;
    if (asked?.act === "name-new") {
      const id = already ?? newestClass(shown(), session);
      const isNamed = id === undefined || asked.isWhole === true;
      // Without what was typed it was asked for by itself, and is led to where it can be written.
      const typed = already !== undefined && asked.typed === "" ? undefined : asked.typed;
      classAsk.set(isNamed ? undefined : { act: "rename", id, typed }, SOURCE);
      if (id !== undefined && isNamed)
        await session.actions.edit([{ step: "edit", action: "rename", id, name: asked.typed.trim() }]);
    }
  }
}

/** The class that the last edit made; undefined where it was there before. */
function newestClass({ analysis }: ViewSession, before: ViewSession): number | undefined {
  const id = analysis?.edits?.outcomes.at(-1)?.madeIds[0];
  const isNew = id !== undefined && before.analysis?.classes.every((phase) => phase.id !== id) === true;
  return isNew && analysis?.classes.some((phase) => phase.id === id) === true ? id : undefined;
}

/** Takes a key for the name of a class that is being made. True when it was one. Enter ends the name, Escape leaves the name as it comes. */
export function typeName({ classAsk }: Linked, key: string): boolean {
  const asked = classAsk.current.value;
  if (asked?.act !== "name-new" && asked?.act !== "rename") return false;
  const typed = asked.typed ?? "";
  // The name is written: what comes next is not of it.
  if (asked.act === "name-new" && asked.isWhole === true) return false;
  if (key === "Escape") classAsk.set(undefined, SOURCE);
  else if (key === "Backspace") classAsk.set({ ...asked, typed: typed.slice(0, -1) }, SOURCE);
  else if (key === "Enter") {
    if (asked.act === "name-new" && typed.trim() !== "") classAsk.set({ ...asked, isWhole: true }, SOURCE);
  } else if ([...key].length === 1) classAsk.set({ ...asked, typed: typed + key }, SOURCE);
  else return false;
  return true;
}
