import { useEffect } from "react";
import type { Session } from "../session/session.js";
import { commandOf, takesText, worksControl } from "./keys.js";
import { runAloud } from "./run-aloud.js";

type Keyed = Pick<Session, "commands" | "actions" | "store">;

/** Keys run commands, unless a view has answered them or something is being written. */
export function useShellKeys(session: Keyed): void {
  useEffect(() => {
    const press = shellKeys(session);
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [session]);
}

/** Answers key presses. A key that is held does its command once, or again whenever it is done where it `repeats`. */
export function shellKeys(session: Keyed): (event: KeyboardEvent) => void {
  const underWay = new Set<string>();
  return (event) => {
    if (event.defaultPrevented || event.isComposing || worksControl(document.activeElement, event)) return;
    const inDialog = document.activeElement?.closest("[role=dialog], [role=menu]") !== null && document.activeElement !== null;
    const command = commandOf(session.commands.list(), event, inDialog || takesText(document.activeElement));
    if (command === undefined) return;
    event.preventDefault();
    const { id, repeats = false } = command;
    if (event.repeat && (!repeats || underWay.has(id))) return;
    if (id === "select.clear" && command.unavailable?.() !== undefined) return;
    underWay.add(id);
    void runAloud(session, id).finally(() => underWay.delete(id));
  };
}
