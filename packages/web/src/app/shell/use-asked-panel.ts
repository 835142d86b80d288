/** A panel that is asked for by name comes to the front, in a stage that has it. */
import { useEffect, useRef } from "react";
import type { Stage } from "../../session/view-session.js";
import { useSessionContext } from "../session-context.js";
import { panels } from "../view-registry.js";

/** `show` brings a tab of a stage to the front. */
export function useAskedPanel(show: (id: string, stage: Stage) => void): void {
  const { session } = useSessionContext();
  const latest = useRef(show);
  latest.current = show;
  useEffect(
    () =>
      session.onOpenPanel((id) => {
        const { stage: now } = session.store.getState();
        const stages = panels.find((panel) => panel.id === id)?.stages ?? [];
        const where = stages.includes(now) ? now : stages[0];
        if (where === undefined) return;
        if (where !== now) session.actions.goToStage(where);
        latest.current(id, where);
      }),
    [session],
  );
}
