/** Whose turn it is. What began last may change the session; what began before it and is still under way may not any more. */
import { AbortedError } from "@sigma-eds/core";
import type { SessionParts } from "./session.js";
import type { SessionState } from "./session-state.js";

export interface Turn {
  /** Until something else begins. */
  readonly isOurs: boolean;
  /** @throws {AbortedError} when something else has begun meanwhile. */
  stopUnlessOurs(): void;
}

/** Begins an activity: from now on whatever went on before leaves the session alone. */
export function begin(
  { getState, setState }: SessionParts["store"],
  state: Partial<SessionState> & Pick<SessionState, "activity">,
): Turn {
  const turn = getState().turn + 1;
  setState({ ...state, turn });
  return {
    get isOurs() {
      return getState().turn === turn;
    },
    stopUnlessOurs() {
      if (!this.isOurs) throw new AbortedError("Something else was begun.");
    },
  };
}
