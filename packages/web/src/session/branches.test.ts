import { AbortedError, type EditInput, parseRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";
import { keptBranches } from "./branches.js";
import { analysis, image, slowSession } from "./hasty.test-support.js";
import { quick } from "./quick-recipe.test-support.js";
import { savedPage } from "./saved-page.js";
import type { Session } from "./session.js";

const rename = (name: string): EditInput => ({ step: "edit", action: "rename", id: 0, name });
const chosen = (pixels: number) => ({
  ...{ mask: new Uint8Array(2).fill(1, 0, pixels), count: pixels, made: "Rectangle", parts: [] },
});

/** A session, with acts that are answered at once by what was asked for. */
function session() {
  const { session: made, nth, asked } = slowSession();
  const { actions, store } = made;
  let answered = 0;
  const answer = async (act: Promise<void>): Promise<void> => {
    const replays = asked("replay").length;
    if (replays > answered) asked("replay")[answered++]!.answer(resultOf(asked("replay").at(-1)!.given[0]));
    await act;
  };
  const edit = (name: string) => answer(actions.edit([rename(name)], name));
  const undo = () => answer(actions.undo());
  const goTo = (id: number) => answer(actions.goTo(id));
  const back = (last: string) => answer(actions.goToBranch(branchOf(made, last)));
  return { made, store, actions, nth, asked, edit, undo, goTo, back };
}

function resultOf(recipe: unknown): AnalysisSnapshot {
  return { ...analysis, recipe } as AnalysisSnapshot;
}

function branchOf({ store }: Session, last: string): number {
  return keptBranches(store.getState()).find(({ sentences }) => sentences.at(-1) === last)?.id ?? -9;
}

const lines = ({ store }: Session) => store.getState().timeline.map(({ sentence }) => sentence);
const kept = ({ store }: Session) => keptBranches(store.getState()).map(({ sentences }) => sentences.join(", "));
const replayed = ({ store }: Session) =>
  store.getState().analysis!.recipe.steps.flatMap((entry) => ("name" in entry ? [entry.name] : []));

test("what an edit after Undo takes the place of is kept; going back to it replays from the common line, and keeps what is left", async () => {
  const { made, store, edit, undo, back } = session();
  await edit("A");
  await edit("B");
  await edit("C");
  await undo();
  await undo();
  expect(kept(made)).toEqual([]);
  await edit("D");
  expect([lines(made), kept(made)]).toEqual([["A", "D"], ["B, C"]]);
  await back("C");
  expect([lines(made), kept(made)]).toEqual([["A", "B", "C"], ["D"]]);
  expect(store.getState()).toMatchObject({ applied: 3, said: { sentence: "Back to: C" }, activity: { kind: "idle" } });
  expect(replayed(made)).toEqual(["A", "B", "C"]);
  await edit("E");
  await back("D");
  expect([lines(made), kept(made)]).toEqual([["A", "D"], ["B, C, E"]]);
  expect(replayed(made)).toEqual(["A", "D"]);
});

test("branches of branches lead back to each other, and no two lines have one id", async () => {
  const { made, store, edit, undo, goTo, back } = session();
  await edit("A");
  await edit("B");
  await undo();
  await edit("C");
  await edit("D");
  await goTo(-1);
  await edit("E");
  expect([lines(made), kept(made)]).toEqual([["E"], ["A, C, D", "A, B"]]);
  await back("B");
  expect([lines(made), kept(made)]).toEqual([
    ["A", "B"],
    ["E", "C, D"],
  ]);
  await edit("F");
  const { timeline, branches } = store.getState();
  const ids = new Map([timeline, ...branches].flat().map(({ id, sentence }) => [sentence, id]));
  expect(new Set(ids.values()).size).toBe(6);
  await back("D");
  expect([lines(made), kept(made)]).toEqual([
    ["A", "C", "D"],
    ["B, F", "E"],
  ]);
});

test("eight are kept, the oldest goes first; selections alone make none, and none holds a selection that the history lacks", async () => {
  const { made, store, edit, undo } = session();
  for (let i = 0; i <= 10; i++) {
    await edit(`Edit ${i}`);
    if (i < 10) await undo();
  }
  expect(kept(made)).toEqual([9, 8, 7, 6, 5, 4, 3, 2].map((i) => `Edit ${i}`));
  const { branches } = store.getState();
  made.linked.selection.set(chosen(1), "map");
  await undo();
  made.linked.selection.set(chosen(2), "map");
  expect(kept(made)).toEqual(keptBranches({ timeline: [], branches }).map(({ sentences }) => sentences.join()));
  await undo();
  await undo();
  await edit("Other");
  expect(kept(made)[0]).toBe("Edit 10");
  expect(
    store
      .getState()
      .branches.flat()
      .map(({ kind }) => kind),
  ).not.toContain("selection");
});

test("a selection after Undo keeps what was undone too", async () => {
  const { made, edit, undo, back } = session();
  await edit("A");
  await undo();
  made.linked.selection.set(chosen(1), "map");
  expect([lines(made), kept(made)]).toEqual([["Rectangle, 1 px"], ["A"]]);
  await back("A");
  expect([lines(made), kept(made)]).toEqual([["A"], []]);
  expect(made.linked.selection.current.value.count).toBe(0);
});

test("a branch has the recipe that it was left with", async () => {
  const { made, store, actions, edit, undo, back } = session();
  store.setState({ recipe: parseRecipe(quick), analysis: resultOf(parseRecipe(quick)), stepSeconds: { cluster: 60 } });
  const before = store.getState().recipe;
  await edit("A");
  actions.changeRecipe((now) => ({ ...now, seed: 5 }), "Seed 5");
  await undo();
  expect(store.getState().recipe).toEqual(before);
  await edit("B");
  expect(keptBranches(store.getState())).toMatchObject([{ sentences: ["Seed 5"], recipeChanges: 1 }]);
  await back("Seed 5");
  expect([lines(made), store.getState().recipe.seed]).toEqual([["A", "Seed 5"], 5]);
  await back("B");
  expect([lines(made), store.getState().recipe]).toEqual([["A", "B"], before]);
});

test("what is asked for while another edit is made goes to where that ends; what is kept no more changes nothing", async () => {
  const { made, store, actions, nth, asked, edit, undo } = session();
  await edit("A");
  await undo();
  await edit("B");
  const id = branchOf(made, "A");
  const acts = [actions.edit([rename("C")], "C"), actions.goToBranch(id), actions.goToBranch(id), actions.undo()];
  expect(lines(made)).toEqual(["B", "C"]);
  for (const count of [4, 5, 6]) {
    const { given, answer } = await nth("replay", count);
    answer(resultOf(given[0]));
  }
  await Promise.all(acts);
  expect(asked("replay")).toHaveLength(6);
  expect(store.getState()).toMatchObject({ applied: 0, activity: { kind: "idle" } });
  expect([lines(made), kept(made)]).toEqual([["A"], ["B, C"]]);
});

test("a branch that cannot be reached stays kept; what was selected on the way is behind the line before", async () => {
  const { made, store, actions, nth, edit, undo } = session();
  await edit("A");
  await undo();
  await edit("B");
  const before = store.getState();
  const going = actions.goToBranch(branchOf(made, "A"));
  expect([lines(made), kept(made)]).toEqual([["A"], ["B"]]);
  made.linked.selection.set(chosen(1), "map");
  (await nth("replay", 4)).refuse(new AbortedError("Stopped."));
  await going;
  expect([lines(made), kept(made)]).toEqual([["B", "Rectangle, 1 px"], ["A"]]);
  expect(store.getState()).toMatchObject({ analysis: before.analysis, applied: 2, activity: { kind: "idle" } });
});

test("branches are neither saved nor kept for another file", async () => {
  const { made, store, actions, asked, edit, undo, nth } = session();
  await edit("A");
  await undo();
  await edit("B");
  expect(JSON.stringify(savedPage(store.getState(), 0))).not.toContain('"A"');
  const opening = actions.openExample("rare-grain");
  asked("openExample")[0]!.answer({ name: "rare-grain", format: "phantom", datasets: [{}], images: [], findings: [] });
  (await nth("load", 1)).answer(image);
  await opening;
  expect(kept(made)).toEqual([]);
});

test("edits that were only looked at leave nothing behind: what was undone before can be made again, and no branch is kept", async () => {
  const { made, store, actions, nth, edit, undo } = session();
  await edit("A");
  await edit("B");
  await undo();
  const looking = actions.lookAt([rename("Look")]);
  (await nth("replay", 4)).answer(analysis);
  const takeBack = await looking;
  expect(kept(made)).toEqual(["B"]);
  made.linked.selection.set(chosen(1), "map");
  const taking = takeBack!();
  (await nth("replay", 5)).answer(analysis);
  expect(await taking).toBe(true);
  expect([lines(made), kept(made)]).toEqual([["A", "Rectangle, 1 px"], ["B"]]);
  expect(made.linked.selection.current.value.count).toBe(1);
  await undo();
  const again = actions.lookAt([rename("Look")]);
  (await nth("replay", 6)).answer(analysis);
  const before = store.getState();
  const takeAgain = (await again)!();
  (await nth("replay", 7)).answer(analysis);
  await takeAgain;
  expect(lines(made)).not.toEqual(before.timeline.map(({ sentence }) => sentence));
  expect([lines(made), store.getState().applied]).toEqual([["A", "Rectangle, 1 px"], 1]);
});
