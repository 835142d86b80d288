import { createContext, useContext } from "react";
import type { Autosave } from "../session/autosave.js";
import type { Session } from "../session/session.js";
import type { SessionStorage } from "../session/storage.js";
import type { ViewSession } from "../session/view-session.js";

export interface ShellContext {
  readonly session: Session;
  readonly shown: ViewSession;
  /** Where sessions are kept; undefined where a test keeps none. */
  readonly kept: { readonly storage: SessionStorage; readonly saving: Autosave } | undefined;
}

/** The session for what dockview draws, which passes no properties on. */
export const SessionContext = createContext<ShellContext | undefined>(undefined);

/** Used below the app's root alone. Throws `OutsideTheAppError` elsewhere. */
export function useSessionContext(): ShellContext {
  const context = useContext(SessionContext);
  if (context === undefined) throw new OutsideTheAppError("This component stands outside the app.");
  return context;
}

/** A component of the shell was drawn without the session around it: a defect of the program. */
class OutsideTheAppError extends Error {
  override readonly name = "OutsideTheAppError";
}
