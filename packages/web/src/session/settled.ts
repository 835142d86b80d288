/** Waits for what an act needs: the edit that is being made, or what comes after it. */
import type { StoreApi } from "zustand/vanilla";
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";
import { isPending } from "./finishing.js";
import type { SessionState } from "./session-state.js";

/** The result with the edit that is being made, if one is; undefined where there is none, or where another image was opened meanwhile. */
export function resultAfterEdit(store: StoreApi<SessionState>): Promise<AnalysisSnapshot | undefined> {
  return resultWhen(store, ({ activity }) => activity.kind !== "editing");
}

/** The result with nothing pending; undefined where there is none, where another image was opened meanwhile, or where the rest could not be done. */
export async function wholeResult(store: StoreApi<SessionState>): Promise<AnalysisSnapshot | undefined> {
  const result = await resultWhen(
    store,
    ({ activity, analysis, problem }) => activity.kind === "idle" && (!isPending(analysis) || problem !== undefined),
  );
  return isPending(result) ? undefined : result;
}

/** The result as soon as the session is in a state. */
function resultWhen(
  store: StoreApi<SessionState>,
  isReady: (state: SessionState) => boolean,
): Promise<AnalysisSnapshot | undefined> {
  const { image } = store.getState();
  return new Promise((resolve) => {
    const look = (state: SessionState): boolean => {
      if (state.image === image && !isReady(state)) return false;
      resolve(state.image === image ? state.analysis : undefined);
      return true;
    };
    if (look(store.getState())) return;
    const stop = store.subscribe((state) => {
      if (look(state)) stop();
    });
  });
}
