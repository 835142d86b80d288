/** Running the recipe: steps with progress, partial results, stopping, and what becomes stale when a parameter changes. */
import { canonicalJson, parseRecipe, type Recipe } from "@sigma-eds/core";
import type { RunProgress } from "../worker/engine-protocol.js";
import { isStopped } from "../worker/replies.js";
import { withEdits } from "../worker/run-plan.js";
import { carriedLines } from "./carried-lines.js";
import { foundWords } from "./found-words.js";
import { keepRun } from "./kept-results.js";
import { problemOf } from "./problems.js";
import { runRefusal } from "./refusals.js";
import type { SessionParts } from "./session.js";
import { appliedEdits, type SessionState, saying } from "./session-state.js";
import { staleSteps } from "./stale-steps.js";
import { stoppedWords } from "./stopped-words.js";
import { newId, withEntry } from "./timeline.js";
import { begin } from "./turn.js";
import type { Actions, Activity, StepProgress } from "./view-session.js";

/** What takes less than this is run again by itself when a parameter changes. */
const AT_ONCE_S = 2;
const REPAINT_MS = 250;

/** A run that waits or is under way. */
interface Asked {
  readonly image: SessionState["image"];
  /** Undefined while it waits. */
  recipe: Recipe | undefined;
  end: Promise<void>;
}

type RunActs = "findPhases" | "stop" | "discardPartial" | "changeRecipe";

export function running({ store, linked, engine, edits }: SessionParts): Pick<Actions, RunActs> {
  let asked: Asked | undefined;

  const findPhases = (): Promise<void> => {
    const { image, recipe, activity } = store.getState();
    const isSame = asked?.recipe === undefined || (asked.recipe === recipe && activity.kind === "running");
    if (asked?.image === image && isSame && asked !== undefined) return asked.end;
    const mine: Asked = { image, recipe: undefined, end: Promise.resolve() };
    asked = mine;
    mine.end = afterEdits(mine).finally(() => {
      if (asked === mine) asked = undefined;
    });
    return mine.end;
  };

  const afterEdits = async (asking: Asked): Promise<void> => {
    if (edits.end !== undefined) await edits.end;
    const before = store.getState();
    if (before.image !== asking.image) return;
    const refusal =
      before.activity.kind === "idle" ? runRefusal(before) : "Wait for what is running, or stop it, then find phases.";
    if (refusal !== undefined) {
      store.setState(saying(refusal));
      return;
    }
    asking.recipe = before.recipe;
    await run(before);
  };

  const run = async (before: SessionState): Promise<void> => {
    const recipe = withEdits(before.recipe, appliedEdits(before));
    const began = performance.now();
    const steps = stepList(began);
    const turn = begin(store, {
      activity: { kind: "running", steps: [], startedAt: Date.now(), stopping: false },
      problem: undefined,
      stoppedAt: undefined,
      said: undefined,
    });
    try {
      const analysis = await engine.run(recipe, (progress) => {
        if (turn.isOurs) show(store, steps.after(progress), progress);
      });
      turn.stopUnlessOurs();
      const finished = steps.finished();
      const stepSeconds = secondsOf(analysis.recipe, finished);
      if (!before.partial && before.analysis?.labelsSha256 !== analysis.labelsSha256) keepRun(linked, before.analysis);
      const ended = { activity: { kind: "idle" }, lastSteps: finished, stepSeconds } as const;
      const lines = carriedLines(store.getState(), analysis);
      store.setState({ ...ended, ...lines, analysis, partial: false, whole: undefined });
      store.setState(saying(foundWords(analysis, stepSeconds)));
    } catch (error) {
      if (turn.isOurs) endEarly(before, error, steps.finished());
    }
  };

  const endEarly = (before: SessionState, error: unknown, steps: readonly StepProgress[]): void => {
    const idle = { activity: { kind: "idle" }, lastSteps: endedEarly(steps) } as const;
    const { analysis, partial, whole } = before;
    if (!isStopped(error)) {
      store.setState({ ...idle, analysis, partial, whole, problem: problemOf("run", error) });
      return;
    }
    const now = store.getState();
    const kept = now.partial ? { partial: true, whole: partial ? whole : analysis } : { analysis, partial };
    const stoppedAt = steps.find(({ state }) => state === "running")?.title ?? "the beginning";
    store.setState({ ...idle, ...kept, stoppedAt, ...saying(stoppedWords({ stoppedAt, partial: now.partial })) });
  };

  return {
    findPhases,
    async stop() {
      const { activity } = store.getState();
      if (activity.kind !== "idle" && activity.kind !== "editing") store.setState({ activity: { ...activity, stopping: true } });
      await engine.stop();
    },
    discardPartial: () => store.setState(({ whole }) => ({ ...discarded, analysis: whole, ...saying(discardedWords(whole)) })),
    changeRecipe(recipe, sentence) {
      try {
        const before = store.getState();
        const checked = parseRecipe(typeof recipe === "function" ? recipe(before.recipe) : recipe);
        store.setState({ recipe: checked, problem: undefined, ...lineOf(before, checked, sentence) });
        if (runsAtOnce(store.getState(), edits.end !== undefined)) void findPhases();
      } catch (error) {
        store.setState({ problem: problemOf("run", error) });
      }
    },
  };
}

const discarded = { partial: false, whole: undefined, stoppedAt: undefined, lastSteps: [] } as const;

function discardedWords(whole: SessionState["analysis"]): string {
  return whole === undefined
    ? "What was unfinished is discarded."
    : "What was unfinished is discarded; the result before is shown.";
}

/** The change as the newest line of the history. */
function lineOf(state: SessionState, after: Recipe, sentence: string | undefined): Partial<SessionState> {
  if (sentence === undefined || canonicalJson(after) === canonicalJson(state.recipe)) return {};
  const entry = { id: newId(state), kind: "recipe", sentence, before: state.recipe, after } as const;
  return { ...withEntry(state, entry), ...saying(`${sentence}.`) };
}

function runsAtOnce({ recipe, analysis, partial, stepSeconds, activity }: SessionState, afterEdits: boolean): boolean {
  const stale = staleSteps(recipe, analysis?.recipe);
  if (stale.length === 0 || partial || (activity.kind !== "idle" && !afterEdits)) return false;
  return stale.reduce((sum, step) => sum + (stepSeconds[step] ?? AT_ONCE_S), 0) < AT_ONCE_S;
}

/** Changes the store only where there is something new to show: every change draws all views anew. */
function show({ getState, setState }: SessionParts["store"], steps: readonly StepProgress[], { partial }: RunProgress): void {
  const { activity: now } = getState();
  if (now.kind !== "running" || (now.steps === steps && partial === undefined)) return;
  setState(({ activity }) => {
    if (activity.kind !== "running") return {};
    const shown: Activity = { ...activity, steps };
    return partial === undefined ? { activity: shown } : { activity: shown, analysis: partial, partial: true };
  });
}

/** The step list of a run, from what the engine tells. */
function stepList(began: number) {
  let steps: StepProgress[] = [];
  let started = began;
  let told = 0;
  return {
    after({ step, plan, fraction, message }: RunProgress): readonly StepProgress[] {
      // Edits that a run adds lengthen the plan behind what is done by then.
      if (steps.length !== plan.length) {
        const done = steps.filter(({ state }) => state !== "waiting");
        steps = [...done, ...plan.slice(done.length).map(waitingStep)];
      }
      const now = performance.now();
      if (step === 0) return steps;
      if (fraction === 0) started = now;
      const isDone = fraction >= 1;
      if (!isDone && fraction > 0 && now - told < REPAINT_MS) return steps;
      told = now;
      const seconds = (now - started) / 1000;
      steps = steps.map((entry, i) => {
        if (i !== step - 1) return entry;
        return {
          ...entry,
          state: isDone ? "done" : "running",
          fraction,
          message: isDone ? message : (message ?? entry.message),
          // The result of a step that was done already takes no time of its own.
          seconds: entry.state === "done" ? entry.seconds : seconds,
        };
      });
      return steps;
    },
    finished: (): readonly StepProgress[] => steps,
  };
}

function waitingStep(title: string): StepProgress {
  return { title, state: "waiting", fraction: 0, message: undefined, seconds: undefined };
}

/** The steps of a run that ended early: what was under way has no time left. */
function endedEarly(steps: readonly StepProgress[]): StepProgress[] {
  return steps.map((step) =>
    step.state === "running" ? { ...step, state: "stopped", message: undefined, seconds: undefined } : step,
  );
}

/** Seconds by id of the steps that ran; a run that began late tells of the last ones only. */
function secondsOf({ steps }: Recipe, ran: readonly StepProgress[]): Record<string, number> {
  const seconds: Record<string, number> = {};
  for (let back = 1; back <= Math.min(steps.length, ran.length); back++) {
    const took = ran.at(-back)!.seconds;
    if (took !== undefined) seconds[steps.at(-back)!.step] = took;
  }
  return seconds;
}
