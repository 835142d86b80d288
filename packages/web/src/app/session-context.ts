import { createContext, useContext } from "react";
import type { Session } from "../session/session.js";
import type { ViewSession } from "../session/view-session.js";

/** The session for what dockview draws, which passes no properties on. */
export const SessionContext = createContext<{ readonly session: Session; readonly shown: ViewSession } | undefined>(undefined);

/** Used below the app's root alone. Throws `OutsideTheAppError` elsewhere. */
export function useSessionContext(): { readonly session: Session; readonly shown: ViewSession } {
  const context = useContext(SessionContext);
  if (context === undefined) throw new OutsideTheAppError("This component stands outside the app.");
  return context;
}

/** A component of the shell was drawn without the session around it: a defect of the program. */
class OutsideTheAppError extends Error {
  override readonly name = "OutsideTheAppError";
}
