/** The session as React sees it: a new `ViewSession` whenever something in the store changes that views are told of. */
import { useMemo } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { historyOf } from "./history.js";
import type { Session } from "./session.js";
import type { SessionState } from "./session-state.js";
import { staleSteps } from "./stale-steps.js";
import type { ViewSession } from "./view-session.js";

/** One value of the store; the component is drawn anew when that value changes. */
export function useSessionState<T>(session: Session, select: (state: SessionState) => T): T {
  return useStore(session.store, useShallow(select));
}

export function themeOf({ themeChoice, systemTheme }: Pick<SessionState, "themeChoice" | "systemTheme">): "dark" | "light" {
  return themeChoice === "system" ? systemTheme : themeChoice;
}

export function useViewSession(session: Session): ViewSession {
  const state = useSessionState(session, shownState);
  return useMemo(() => {
    const { linked, engine, answers, actions, commands } = session;
    const { themeChoice, systemTheme, timeline, applied, stepSeconds, ...shown } = state;
    const full = session.store.getState();
    return {
      ...shown,
      stale: staleSteps(shown.recipe, shown.analysis?.recipe),
      history: historyOf({ ...full, timeline, applied, stepSeconds }),
      theme: themeOf({ themeChoice, systemTheme }),
      linked,
      engine,
      answers,
      actions,
      commands,
    };
  }, [session, state]);
}

function shownState(state: SessionState) {
  const { file, image, analysis, partial, recipe, activity, problem, stage, allControls, lastSteps, stoppedAt } = state;
  const { themeChoice, systemTheme, timeline, applied, stepSeconds } = state;
  return {
    file,
    image,
    analysis,
    partial,
    recipe,
    activity,
    lastSteps,
    stoppedAt,
    problem,
    stage,
    allControls,
    themeChoice,
    systemTheme,
    timeline,
    applied,
    stepSeconds,
  };
}
