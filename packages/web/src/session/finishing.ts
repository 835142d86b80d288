/** After an edit: has the engine do what the edit left pending, while everything else goes on. */
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";
import { isStopped } from "../worker/replies.js";
import { problemOf } from "./problems.js";
import type { SessionParts } from "./session.js";
import type { SessionState } from "./session-state.js";

/** Gives the way to stop. */
export function finishing({ store, engine }: SessionParts): () => void {
  let asked: AnalysisSnapshot | undefined;
  const finish = async (pending: AnalysisSnapshot): Promise<void> => {
    try {
      const whole = await engine.finish();
      store.setState(({ analysis }) => (analysis === pending ? { analysis: whole } : {}));
    } catch (error) {
      // Something else was begun; where it leaves the same analysis, the rest is asked for again.
      if (isStopped(error)) askAgain(pending);
      else if (store.getState().analysis === pending) store.setState({ problem: problemOf("run", error) });
    }
  };
  const ask = ({ analysis, activity }: Pick<SessionState, "analysis" | "activity">): void => {
    if (activity.kind !== "idle" || !isPending(analysis) || analysis === asked) return;
    asked = analysis;
    void finish(analysis);
  };
  const askAgain = (ended: AnalysisSnapshot): void => {
    if (asked === ended) asked = undefined;
    ask(store.getState());
  };
  return store.subscribe(ask);
}

/** Whether steps of the analysis (a certain one, where it is named) are still to be done. */
export function isPending(analysis: AnalysisSnapshot | undefined, step?: string): analysis is AnalysisSnapshot {
  const { pending = [] } = analysis ?? {};
  return step === undefined ? pending.length > 0 : pending.includes(step);
}
