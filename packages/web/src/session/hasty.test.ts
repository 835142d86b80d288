import { AbortedError, presetRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { analysis, image, slowSession } from "./hasty.test-support.js";
import { makeClass, moveSelection, selectionRefusal } from "./selection-edits.js";
import { resultAfterEdit, wholeResult } from "./settled.js";
import { newestViewSession } from "./use-view-session.js";

const idle = { kind: "idle" } as const;
const rename = { step: "edit", action: "rename", id: 0, name: "Zircon" } as const;

test("phases that are asked for twice are found once, for an edit that is made meanwhile too", async () => {
  const { session, asked, nth } = slowSession();
  const { actions, store } = session;
  const edit = actions.edit([rename]);
  const runs = [actions.findPhases(), actions.findPhases()];
  expect(asked("run")).toHaveLength(0);
  asked("replay")[0]!.answer(analysis);
  await edit;
  const run = await nth("run", 1);
  runs.push(actions.findPhases());
  expect(store.getState().activity.kind).toBe("running");
  run.answer(analysis);
  await Promise.all(runs);
  expect(asked("run")).toHaveLength(1);
  expect(store.getState().said?.sentence).toMatch(/^1 class in /);
  const next = actions.findPhases();
  expect(asked("run")).toHaveLength(2);
  asked("run")[1]!.answer(analysis);
  await next;
});

test("a run that cannot begin says why", async () => {
  const { session } = slowSession();
  const { actions, store } = session;
  void actions.openExample("rare-grain");
  await actions.findPhases();
  expect(store.getState()).toMatchObject({
    activity: { kind: "opening" },
    said: { sentence: expect.stringMatching(/^Wait for what is running/) },
  });
  store.setState({ image: undefined, activity: idle });
  await actions.findPhases();
  expect(store.getState().said?.sentence).toBe("Open a file first.");
});

test("changes of the recipe are made to what it is then, not to what was drawn", () => {
  const { session } = slowSession({ image });
  const { actions, store } = session;
  const steps = (...names: readonly string[]) => names.map((step) => ({ step })) as { step: "elements" }[];
  store.setState({ recipe: { ...presetRecipe("auto"), steps: [] } });
  actions.changeRecipe((now) => ({ ...now, steps: [...now.steps, ...steps("elements")] }));
  actions.changeRecipe((now) => ({ ...now, steps: [...now.steps, ...steps("find-phases")] }));
  expect(store.getState().recipe.steps.map(({ step }) => step)).toEqual(["elements", "find-phases"]);
});

test("a stop between opening a file and reading it ends both", async () => {
  const { session, asked } = slowSession();
  const { actions, store } = session;
  const opening = actions.openExample("rare-grain");
  void actions.stop();
  expect(store.getState().activity).toMatchObject({ kind: "opening", stopping: true });
  asked("openExample")[0]!.answer({ name: "rare-grain", format: "phantom", datasets: [{}], images: [], findings: [] });
  await opening;
  expect(asked("load")).toHaveLength(0);
  expect(store.getState()).toMatchObject({ activity: idle, image, analysis, problem: undefined });
});

test("what an edit left to be done is asked for again when something that came to nothing has ended it", async () => {
  const { session, asked, nth } = slowSession();
  const { store } = session;
  const pending = { ...analysis, pending: ["identify"] };
  store.setState({ analysis: pending });
  store.setState({ activity: { kind: "editing", sentence: "Merged" } });
  store.setState({ activity: idle });
  expect(asked("finish")).toHaveLength(1);
  asked("finish")[0]!.refuse(new AbortedError("Something else was begun."));
  (await nth("finish", 2)).answer(analysis);
  await expect.poll(() => store.getState().analysis).toBe(analysis);
});

test("a table waits for what is brought up to date, a recipe for the edit that is being made; neither for another image", async () => {
  const { session } = slowSession();
  const { store } = session;
  const pending = { ...analysis, pending: ["identify"] };
  store.setState({ analysis: pending, activity: { kind: "editing", sentence: "Merged" } });
  const [whole, edited, other] = [wholeResult(store), resultAfterEdit(store), wholeResult(store)];
  store.setState({ activity: idle });
  expect(await edited).toBe(pending);
  store.setState({ analysis });
  expect(await whole).toBe(analysis);
  expect(await other).toBe(analysis);
  store.setState({ analysis: pending });
  const late = wholeResult(store);
  store.setState({ image: { ...image, name: "other.bcf" } });
  expect(await late).toBeUndefined();
});

const wholeMap = { mask: new Uint8Array(2).fill(1), count: 2, made: "Quartz", parts: [{ on: "class", ids: [0], mode: "replace" }] } as const; // biome-ignore format: one object
const halves = { labels: Int32Array.of(0, 1), labelsSha256: "b", classes: [...analysis.classes, { id: 1, name: "New" }] };

test("a class is made of what was selected when it was asked for, and once", async () => {
  const latent = { data: new Float32Array(4), dimensions: 2 };
  const { session, asked, nth } = slowSession({ image, analysis: { ...analysis, latent } as typeof analysis });
  const { linked, store } = session;
  const parts = [{ on: "map", corners: [[0, 0]], mode: "replace" }] as const;
  linked.selection.set({ mask: Uint8Array.of(0, 1), count: 1, made: "Lasso", parts }, "map");
  const now = newestViewSession(session);
  const acts = [makeClass(now()), makeClass(now())];
  linked.selection.set({ mask: new Uint8Array(2), count: 0, made: "", parts: [] }, "map");
  const { given, answer } = await nth("replay", 1);
  expect(given[0]).toMatchObject({ steps: [{ action: "polygon", regions: [{ on: "map", corners: [[0, 0]] }] }] });
  answer({ ...analysis, ...halves });
  expect(await Promise.all(acts)).toEqual([undefined, { id: 1, name: "New" }]);
  expect(store.getState().said?.sentence).toBe("This is the class “New” already: its name can be changed.");
  expect(asked("replay")).toHaveLength(1);
});

test("a class is not made once more of all its pixels and no others", async () => {
  const { session, asked } = slowSession();
  const { linked, store } = session;
  linked.selection.set(wholeMap, "map");
  expect(await makeClass(newestViewSession(session)())).toMatchObject({ id: 0 });
  expect(store.getState().said?.sentence).toBe("This is the class “Quartz” already: its name can be changed.");
  expect(asked("replay")).toHaveLength(0);
});

test("what is done with a selection waits for the edit that is made, and means the pixels that were selected", async () => {
  const { session, asked, nth } = slowSession();
  const { actions, linked, store } = session;
  const edit = actions.edit([rename]);
  linked.selection.set(wholeMap, "map");
  const now = newestViewSession(session);
  expect(selectionRefusal(now())).toBeUndefined();
  const move = moveSelection(now(), 0);
  const gone = moveSelection(now(), 7);
  (await nth("replay", 1)).answer({ ...analysis, ...halves });
  const { given, answer } = await nth("replay", 2);
  const regions = [{ on: "map", corners: [[0, 0], [0, 1], [2, 1], [2, 0]] }]; // biome-ignore format: corners
  expect(given[0]).toMatchObject({ steps: [{ action: "rename" }, { action: "polygon", regions, target: 0 }] });
  answer(analysis);
  await Promise.all([edit, move, gone]);
  expect(store.getState().said?.sentence).toBe("There is no class “7” any more.");
  expect(asked("replay")).toHaveLength(2);
});

test("what something else was begun before is not edited", async () => {
  const { session, asked } = slowSession();
  const { actions, store } = session;
  let go = (): void => undefined;
  const made = new Promise<void>((resolve) => {
    go = resolve;
  });
  const edit = actions.edit(async () => {
    await made;
    return [rename];
  });
  void actions.openExample("rare-grain");
  go();
  await edit;
  expect(asked("replay")).toHaveLength(0);
  expect(store.getState()).toMatchObject({
    said: { sentence: expect.stringMatching(/^Something else was begun first/) },
    timeline: [],
  });
});
