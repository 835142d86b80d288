import { useEffect } from "react";
import type { Session } from "../session/session.js";
import { takesText } from "./keys.js";

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

/** A press that gives a character: letters, digits, signs, with Shift or without. Space works what has the focus, as Enter does. */
export function isCharacter({ key, ctrlKey, metaKey, altKey }: Pressed): boolean {
  return key.length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey;
}

/** Where shortcuts of single characters are switched off, such presses reach no view and no command, only text, dialogs and menus. */
export function useQuietKeys({ store }: Pick<Session, "store">): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { activeElement } = document;
      if (store.getState().singleKeys || !isCharacter(event)) return;
      if (takesText(activeElement) || activeElement?.closest("[role=dialog], [role=menu], [role=listbox]")) return;
      event.stopImmediatePropagation();
    };
    window.addEventListener("keydown", press, { capture: true });
    return () => window.removeEventListener("keydown", press, { capture: true });
  }, [store]);
}
