/** Edits as steps of the recipe, with undo, redo and earlier branches by replaying fewer, more or others of them. Selections are undone in the same order. */
import { formatCount } from "@sigma-eds/core";
import { isStopped } from "../worker/replies.js";
import { withEdits } from "../worker/run-plan.js";
import { placeOnBranch } from "./branches.js";
import { sentenceOf } from "./edit-sentences.js";
import { nothingSelected } from "./linked.js";
import { problemOf } from "./problems.js";
import type { SessionParts } from "./session.js";
import { appliedEdits, type SessionState, saying, type TimelineEntry } from "./session-state.js";
import { newId, type Place, placeAt, placeBefore, withEntry } from "./timeline.js";
import { begin } from "./turn.js";
import { offersUndo } from "./undo-offer.js";
import type { Actions, Edits } from "./view-session.js";

const SOURCE = "history";

interface Added {
  readonly entry: TimelineEntry;
  readonly before: SessionState;
  /** With the entry in it. */
  readonly timeline: readonly TimelineEntry[];
}

export function editing({
  store,
  linked,
  engine,
  edits: order,
}: SessionParts): Pick<Actions, "edit" | "lookAt" | "undo" | "redo" | "goTo" | "goToBranch"> {
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
          ...saying("Wait for what is running, or stop it: nothing can be edited meanwhile."),
        });
    });
  };

  /** Goes to a place of the timeline; edits are replayed only where they differ. */
  const goToPlace = async ({ timeline, applied, branches, recipe }: Place, sentence: string): Promise<void> => {
    const before = store.getState();
    const wanted = appliedEdits({ timeline, applied });
    const differs = JSON.stringify(wanted) !== JSON.stringify(appliedEdits(before));
    store.setState({ timeline, applied, branches, ...(recipe !== undefined && { recipe }) });
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
    if (isUndone && undone !== undefined) store.setState(saying(`Undone: ${undone.sentence}`));
  };

  /** Gives what was added with what was before it; undefined where nothing was. */
  const add = async (made: Edits, given?: string): Promise<Added | undefined> => {
    let added: Added | undefined;
    await afterOthers(async (then) => {
      if (made.length === 0 && typeof made !== "function") return;
      if (then.analysis === undefined || then.partial) {
        store.setState(saying("Find the phases first: there is nothing whole to edit."));
        return;
      }
      const edits = typeof made === "function" ? await made(then.analysis) : made;
      const before = store.getState();
      if (edits.length === 0) return;
      if (before.analysis === undefined || before.image !== then.image || before.activity.kind !== "idle") {
        store.setState(saying("Something else was begun first. Look again, then repeat it."));
        return;
      }
      const sentence = given ?? sentenceOf(edits, before.analysis);
      const entry = { id: newId(before), kind: "edit", sentence, edits } as const;
      const place = withEntry(before, entry);
      await goToPlace(place, sentence);
      const { timeline, analysis } = store.getState();
      if (timeline.includes(entry)) added = { entry, before, timeline: place.timeline };
      if (timeline !== place.timeline || analysis === undefined) return;
      store.setState({ ...saying(sentence), offered: offersUndo(entry, analysis) ? entry : undefined });
    });
    return added;
  };

  /** The history as if it had never been added: what it had taken the place of is undone as before, and selections since stay. */
  const takeBack = async ({ entry, before, timeline }: Added): Promise<boolean> => {
    await afterOthers(async (state) => {
      const since = state.timeline.slice(0, state.applied);
      if (since.findLast(({ kind }) => kind !== "selection") !== entry) {
        store.setState(saying("Something else was done since. The history takes the parts back."));
        return;
      }
      await goToPlace(placeBefore(before, timeline, { ...state, timeline: since }), `Undo: ${entry.sentence}`);
    });
    return !store.getState().timeline.includes(entry);
  };

  return {
    edit: async (edits, sentence) => void (await add(edits, sentence)),
    lookAt: async (edits) => {
      const added = await add(edits);
      return added && (() => takeBack(added));
    },
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
    goToBranch: (id) =>
      afterOthers(async (state) => {
        const place = placeOnBranch(state, id);
        if (place === undefined) return;
        const { sentence } = place.timeline.at(-1)!;
        await goToPlace(place, `Back to: ${sentence}`);
        if (store.getState().timeline === place.timeline) store.setState(saying(`Back to: ${sentence}`));
      }),
  };
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
