import { useEffect } from "react";
import type { Session } from "../session/session.js";
import { commandOf, takesText, worksControl } from "./keys.js";
import { runAloud } from "./run-aloud.js";

type Keyed = Pick<Session, "commands" | "actions" | "store">;

/** Keys run commands, unless a view has answered them or something is being written. */
export function useShellKeys(session: Keyed): void {
  useEffect(() => listenForKeys(session), [session]);
}

/** A field keeps its letters to itself: what runs a command all the same is heard before it. Gives the way to stop listening. */
export function listenForKeys(session: Keyed): () => void {
  const press = shellKeys(session);
  const pressInWriting = (event: KeyboardEvent): void => {
    if (isWriting(event)) press(event);
  };
  window.addEventListener("keydown", pressInWriting, { capture: true });
  window.addEventListener("keydown", press);
  return () => {
    window.removeEventListener("keydown", pressInWriting, { capture: true });
    window.removeEventListener("keydown", press);
  };
}

/** Answers key presses. A key that is held does its command once, or again whenever it is done where it `repeats`. */
export function shellKeys(session: Keyed): (event: KeyboardEvent) => void {
  const underWay = new Set<string>();
  return (event) => {
    if (event.defaultPrevented || event.isComposing || worksControl(document.activeElement, event)) return;
    const command = commandOf(session.commands.list(), event, isWriting(event));
    if (command === undefined) return;
    event.preventDefault();
    const { id, repeats = false } = command;
    if (event.repeat && (!repeats || underWay.has(id))) return;
    if (id === "select.clear" && command.unavailable?.() !== undefined) return;
    underWay.add(id);
    void runAloud(session, id).finally(() => underWay.delete(id));
  };
}

/** A menu may have gone with this very press: Escape means the menu then, and nothing beneath it. */
export function isWriting({ target }: KeyboardEvent): boolean {
  const { activeElement } = document;
  return takesText(activeElement) || [activeElement, target].some(isInDialog);
}

function isInDialog(place: EventTarget | null): boolean {
  return place instanceof Element && place.closest("[role=dialog], [role=menu]") !== null;
}
