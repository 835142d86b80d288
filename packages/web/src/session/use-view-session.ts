/** The session as React sees it: a new `ViewSession` whenever something in the store changes that views are told of. */
import { startTransition, useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { shallow } from "zustand/shallow";
import { keptBranches } from "./branches.js";
import { historyOf } from "./history.js";
import type { Session } from "./session.js";
import type { SessionState } from "./session-state.js";
import { staleSteps } from "./stale-steps.js";
import type { ViewSession } from "./view-session.js";

type ViewedSession = Pick<Session, "store" | "linked" | "engine" | "answers" | "actions" | "commands" | "resultAt">;

/** One value of the store; the component is drawn anew when that value changes. */
export function useSessionState<T>(session: Session, select: (state: SessionState) => T): T {
  return useStore(session.store, useShallow(select));
}

export function themeOf({ themeChoice, systemTheme }: Pick<SessionState, "themeChoice" | "systemTheme">): "dark" | "light" {
  return themeChoice === "system" ? systemTheme : themeChoice;
}

/**
 * The session as it is drawn. Results that come in by themselves, while a run goes on and at its end, are drawn in small pieces, between which the page answers; until
 * they are drawn this is the session from before them. What a person does is drawn at once.
 */
export function useViewSession(session: Session): ViewSession {
  const [state, draw] = useState(() => shownState(session.store.getState()));
  useEffect(() => {
    const follow = (now: SessionState, before?: SessionState): void => {
      const next = shownState(now);
      if (before !== undefined && shallow(shownState(before), next)) return;
      const show = (): void => draw((drawn) => (shallow(drawn, next) ? drawn : next));
      if (before !== undefined && comesByItself(now, before)) startTransition(show);
      else show();
    };
    follow(session.store.getState());
    return session.store.subscribe(follow);
  }, [session]);
  return useMemo(() => viewSessionOf(session, state), [session, state]);
}

const newest = new WeakMap<ViewedSession["store"], () => ViewSession>();

/** Gives the session as it is, drawn already or not: the same object as long as nothing changes. */
export function newestViewSession(session: ViewedSession): () => ViewSession {
  const known = newest.get(session.store);
  if (known !== undefined) return known;
  let last: { readonly state: ShownState; readonly view: ViewSession } | undefined;
  const now = (): ViewSession => {
    const state = shownState(session.store.getState());
    if (last === undefined || !shallow(last.state, state)) last = { state, view: viewSessionOf(session, state) };
    return last.view;
  };
  newest.set(session.store, now);
  return now;
}

/** Progress, what a run has found, and what is brought up to date after an edit; not what an edit itself gives. */
function comesByItself({ activity, analysis }: SessionState, before: SessionState): boolean {
  const { kind } = before.activity;
  if (kind === "running" || kind === "loading") return activity.kind === kind || analysis !== before.analysis;
  return kind === "idle" && activity.kind === kind && analysis !== before.analysis;
}

type ShownState = ReturnType<typeof shownState>;

function viewSessionOf(session: ViewedSession, state: ShownState): ViewSession {
  const { linked, engine, answers, actions, commands, resultAt } = session;
  const { themeChoice, systemTheme, timeline, applied, stepSeconds, ...shown } = state;
  return {
    ...shown,
    stale: staleSteps(shown.recipe, shown.analysis?.recipe),
    history: historyOf(state),
    branches: keptBranches(state),
    theme: themeOf({ themeChoice, systemTheme }),
    linked,
    engine,
    now: newestViewSession(session),
    resultAt,
    answers,
    actions,
    commands,
  };
}

function shownState(state: SessionState) {
  const { file, image, analysis, partial, recipe, activity, problem, stage, allControls, lastSteps, stoppedAt } = state;
  const { themeChoice, systemTheme, timeline, applied, branches, stepSeconds, classColumns, patternsForAll } = state;
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
    classColumns,
    patternsForAll,
    themeChoice,
    systemTheme,
    timeline,
    applied,
    branches,
    stepSeconds,
  };
}
