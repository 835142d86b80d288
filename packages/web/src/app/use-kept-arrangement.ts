import type { DockviewApi } from "dockview-react";
import { type RefObject, useEffect, useRef } from "react";
import type { Session } from "../session/session.js";
import type { Stage } from "../session/view-session.js";

interface Kept {
  /** True while an arrangement is being put up: what changes then was not moved by anyone. */
  readonly arranging: RefObject<boolean>;
  /** The arrangement that was kept last: it is what is shown. */
  readonly last: RefObject<unknown>;
}

/**
 * Keeps the arrangement of a stage from the moment that somebody has moved, opened or closed a view, or drawn a border. When a view is added it is not yet in front:
 * what is kept is what holds when all of a change is done, in the next frame, or before the stage is left.
 */
export function useKeptArrangement(api: DockviewApi | undefined, stage: Stage | "start", session: Session): Kept {
  const arranging = useRef(false);
  const last = useRef<unknown>(undefined);
  useEffect(() => {
    if (api === undefined || stage === "start") return undefined;
    let due = 0;
    // Who listens is told at once of the last time.
    let isListening = false;
    const keep = (): void => {
      due = 0;
      if (api.totalPanels === 0) return;
      const layout = api.toJSON();
      last.current = layout;
      session.store.setState(({ arrangements: own }) => ({ arrangements: { ...own, [stage]: layout } }));
    };
    const changed = (): void => {
      if (!arranging.current && due === 0) due = requestAnimationFrame(keep);
    };
    const isOwn = (): boolean => due !== 0 || session.store.getState().arrangements[stage] !== undefined;
    const borders = new AbortController();
    const { signal } = borders;
    const drawn = ({ target }: PointerEvent): void => {
      if (!(target instanceof Element) || target.closest(".dv-sash") === null) return;
      window.addEventListener("pointerup", changed, { signal, once: true });
    };
    window.addEventListener("pointerdown", drawn, { signal, capture: true });
    const changes = [
      api.onDidMovePanel(changed),
      api.onDidRemovePanel(changed),
      api.onDidAddPanel(changed),
      // Which tab is in front belongs to an arrangement of one's own; choosing one makes none.
      api.onDidActivePanelChange(() => isListening && isOwn() && changed()),
    ];
    isListening = true;
    return () => {
      for (const change of changes) change.dispose();
      borders.abort();
      if (due === 0) return;
      cancelAnimationFrame(due);
      keep();
    };
  }, [api, stage, session]);
  return { arranging, last };
}
