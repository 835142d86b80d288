/** Results as they were after any line of the history, beside the one that is shown. */
import { type ComparedResult, DataCheckError } from "@sigma-eds/core";
import { withEdits } from "../worker/run-plan.js";
import type { SessionParts } from "./session.js";
import { appliedEdits } from "./session-state.js";

export interface EarlierResults {
  /** What there was after a line of the history, undone or not, by its id; nothing that is shown changes. Throws where there is no result. */
  resultAt(entry: number): Promise<ComparedResult>;
}

export function earlierResults({ store, engine }: Pick<SessionParts, "store" | "engine">): EarlierResults {
  return {
    async resultAt(entry) {
      const { timeline, analysis } = store.getState();
      if (analysis === undefined) {
        throw new DataCheckError("There is no result yet.", { where: "history", remedy: "Find phases first." });
      }
      const applied = timeline.findIndex(({ id }) => id === entry) + 1;
      return engine.classesOf(withEdits(analysis.recipe, appliedEdits({ timeline, applied })));
    },
  };
}
