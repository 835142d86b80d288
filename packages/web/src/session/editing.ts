/** Edits as steps of the recipe, with undo and redo by replaying fewer or more of them. Selections are undone in the same order. */
import { type EditInput, formatCount } from "@sigma-eds/core";
import { isStopped } from "../worker/replies.js";
import { withEdits } from "../worker/run-plan.js";
import { sentenceOf } from "./edit-sentences.js";
import { nothingSelected } from "./linked.js";
import { problemOf } from "./problems.js";
import { recipeAt } from "./recipe-history.js";
import type { SessionParts } from "./session.js";
import { appliedEdits, type SessionState, type TimelineEntry } from "./session-state.js";
import { begin } from "./turn.js";
import { offersUndo } from "./undo-offer.js";
import type { Actions } from "./view-session.js";

/** Selections older than this cannot be undone: each holds a byte for every pixel. */
const MOST_SELECTIONS = 50;
const SOURCE = "history";

export function editing({ store, linked, engine, edits: order }: SessionParts): Pick<Actions, "edit" | "undo" | "redo" | "goTo"> {
  let selection = linked.selection.current.value;

  linked.selection.subscribe(({ value, source, committed }) => {
    if (!committed) return;
    const before = selection;
    selection = value;
    if (source === SOURCE || source === "session" || before === value) return;
    const sentence = value.count === 0 ? "Cleared the selection" : `${value.made || "Selection"}, ${formatCount(value.count)} px`;
    store.setState((state) => withEntry(state, { id: newId(state), kind: "selection", sentence, before, after: value }));
  });

  /** Does what changes the classes when those asked for before are done, from the state of then; not on another image, and not while something else runs. */
  const afterOthers = (act: (state: SessionState) => Promise<void>): Promise<void> => {
    const { image } = store.getState();
    return order.add(async () => {
      const state = store.getState();
      if (state.image !== image) return;
      if (state.activity.kind === "idle") await act(state);
      else
        store.setState({
          said: { sentence: "Wait for what is running, or stop it: nothing can be edited meanwhile.", at: Date.now() },
        });
    });
  };

  /** Goes to a place of the timeline; edits are replayed only where they differ. */
  const goToPlace = async ({ timeline, applied, recipe }: Place, sentence: string): Promise<void> => {
    const before = store.getState();
    const wanted = appliedEdits({ timeline, applied });
    const differs = JSON.stringify(wanted) !== JSON.stringify(appliedEdits(before));
    store.setState({ timeline, applied, ...(recipe !== undefined && { recipe }) });
    const was = linked.selection.current.value;
    const chosen = selectionAt(timeline, applied);
    if (chosen !== linked.selection.current.value && fits(chosen.mask, linked.selection.current.value.mask)) {
      linked.selection.set(chosen, SOURCE);
    }
    if (!differs) return;
    const turn = begin(store, { activity: { kind: "editing", sentence }, problem: undefined });
    try {
      const analysis = await engine.replay(withEdits(before.analysis?.recipe ?? before.recipe, wanted));
      turn.stopUnlessOurs();
      store.setState({ analysis, partial: false, activity: { kind: "idle" } });
    } catch (error) {
      if (!turn.isOurs) return;
      if (linked.selection.current.value === chosen && chosen !== was) linked.selection.set(was, SOURCE);
      const problem = isStopped(error) ? undefined : problemOf("edit", error);
      const given = recipe !== undefined && store.getState().recipe === recipe ? { recipe: before.recipe } : {};
      store.setState((now) => ({ ...placeBefore(before, timeline, now), ...given, problem, activity: { kind: "idle" } }));
    }
  };

  /** Says which edit was taken back, the newest where there were several: the sentence about making it would stand there still. */
  const sayUndone = ({ timeline, applied }: SessionState): void => {
    const now = store.getState();
    const undone = timeline.slice(now.applied, applied).findLast(({ kind }) => kind === "edit");
    const isUndone = now.applied < applied && now.timeline.length === timeline.length;
    if (isUndone && undone !== undefined) store.setState({ said: { sentence: `Undone: ${undone.sentence}`, at: Date.now() } });
  };

  return {
    edit: (edits: readonly EditInput[], given?: string) =>
      afterOthers(async (state) => {
        if (edits.length === 0) return;
        if (state.analysis === undefined || state.partial) {
          store.setState({ said: { sentence: "Find the phases first: there is nothing whole to edit.", at: Date.now() } });
          return;
        }
        const sentence = given ?? sentenceOf(edits, state.analysis);
        const entry = { id: newId(state), kind: "edit", sentence, edits } as const;
        const place = withEntry(state, entry);
        await goToPlace(place, sentence);
        const { timeline, analysis } = store.getState();
        if (timeline !== place.timeline || analysis === undefined) return;
        store.setState({ said: { sentence, at: Date.now() }, offered: offersUndo(entry, analysis) ? entry : undefined });
      }),
    undo: () =>
      afterOthers(async (state) => {
        const { timeline, applied } = state;
        if (applied > 0) await goToPlace(placeAt(state, applied - 1), `Undo: ${timeline[applied - 1]!.sentence}`);
        sayUndone(state);
      }),
    redo: () =>
      afterOthers(async (state) => {
        const { timeline, applied } = state;
        if (applied < timeline.length) await goToPlace(placeAt(state, applied + 1), timeline[applied]!.sentence);
      }),
    goTo: (entry) =>
      afterOthers(async (state) => {
        const at = state.timeline.findIndex(({ id }) => id === entry);
        await goToPlace(placeAt(state, at + 1), state.timeline[at]?.sentence ?? "Back to the beginning");
        sayUndone(state);
      }),
  };
}

type Place = Pick<SessionState, "timeline" | "applied"> & Partial<Pick<SessionState, "recipe">>;

function placeAt(state: SessionState, applied: number): Place {
  return { ...recipeAt(state, applied), applied };
}

/** The place that was left for one that could not be reached; what was selected on the way is kept behind it. */
function placeBefore(before: Place, wanted: readonly TimelineEntry[], now: Place): Place {
  const since = now.timeline.filter((entry) => !wanted.includes(entry));
  if (since.length === 0) return { timeline: before.timeline, applied: before.applied };
  const timeline = [...before.timeline.slice(0, before.applied), ...since];
  return { timeline, applied: timeline.length };
}

/** Larger than that of any entry, also of those that came with a session. */
export function newId({ timeline }: Pick<SessionState, "timeline">): number {
  return Math.max(0, ...timeline.map(({ id }) => id)) + 1;
}

/** The timeline with one more entry in place of what was undone. */
export function withEntry({ timeline, applied }: SessionState, entry: TimelineEntry): Place {
  const all = [...timeline.slice(0, applied), entry];
  const excess = all.filter(({ kind }) => kind === "selection").length - MOST_SELECTIONS;
  const oldest = excess > 0 ? all.findIndex(({ kind }) => kind === "selection") : -1;
  const kept = oldest < 0 ? all : all.filter((_, i) => i !== oldest);
  return { timeline: kept, applied: kept.length };
}

function selectionAt(timeline: readonly TimelineEntry[], applied: number) {
  for (let i = applied - 1; i >= 0; i--) {
    const entry = timeline[i]!;
    if (entry.kind === "selection") return entry.after;
  }
  const next = timeline.slice(applied).find((entry) => entry.kind === "selection");
  return next?.kind === "selection" ? next.before : nothingSelected;
}

/** Masks of one map can take each other's place; an empty one fits everywhere. */
function fits(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length || a.length === 0 || b.length === 0;
}
