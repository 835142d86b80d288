import { useEffect } from "react";
import { typeName } from "../session/naming-new-class.js";
import type { Session } from "../session/session.js";
import { takesText } from "./keys.js";

/** While a class is being made that will be named, keys are letters of its name, for no view and no command. */
export function useTypedName({ linked, store }: Pick<Session, "linked" | "store">): void {
  useEffect(() => {
    /** The key that makes the class, still held, is no letter. */
    const isHeld = ({ repeat }: KeyboardEvent): boolean => {
      const { value } = linked.classAsk.current;
      return repeat && value?.act === "name-new" && value.typed === "";
    };
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (store.getState().onStart || takesText(document.activeElement)) return;
      if (!isHeld(event) && !typeName(linked, event.key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener("keydown", press, { capture: true });
    return () => window.removeEventListener("keydown", press, { capture: true });
  }, [linked, store]);
}
