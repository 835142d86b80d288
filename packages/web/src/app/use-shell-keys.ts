import { useEffect } from "react";
import type { Session } from "../session/session.js";
import { commandOf, takesText, worksControl } from "./keys.js";

/** Keys run commands, unless a view has answered them or something is being written. */
export function useShellKeys({ commands, actions }: Session): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || worksControl(document.activeElement, event)) return;
      const inDialog = document.activeElement?.closest("[role=dialog], [role=menu]") !== null && document.activeElement !== null;
      const command = commandOf(commands.list(), event, inDialog || takesText(document.activeElement));
      if (command === undefined) return;
      event.preventDefault();
      void commands
        .run(command.id)
        .then((reason) => reason !== undefined && command.id !== "select.clear" && actions.say(reason));
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [commands, actions]);
}
