/** Questions that are asked by a press and whose answer changes something: only the newest counts, and only while the result is the one it was asked of. */
import { isSigmaError } from "@sigma-eds/core";
import { isStopped } from "../worker/replies.js";
import type { ViewSession } from "./view-session.js";

export interface NewestQuestion {
  /** `use` gets the answer unless another question or another result has come meanwhile; what goes wrong is said. */
  ask<T>(session: Pick<ViewSession, "now" | "actions">, question: () => Promise<T>, use: (answer: T) => void): Promise<void>;
}

export function newestQuestion(): NewestQuestion {
  let newest = 0;
  return {
    async ask({ now, actions }, question, use) {
      const mine = ++newest;
      const labels = now().analysis?.labelsSha256;
      const counts = (): boolean => mine === newest && now().analysis?.labelsSha256 === labels;
      try {
        const answer = await question();
        if (counts()) use(answer);
      } catch (error) {
        if (counts()) actions.say(isSigmaError(error) && !isStopped(error) ? error.message : "That was not answered. Ask again.");
      }
    },
  };
}
