import { AbortedError, presetRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { analysis, image, slowSession } from "./hasty.test-support.js";
import { makeClass } from "./selection-edits.js";
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

test("a class is made of what was selected when it was asked for, and once", async () => {
  const latent = { data: new Float32Array(4), dimensions: 2 };
  const { session, asked, nth } = slowSession({ image, analysis: { ...analysis, latent } as typeof analysis });
  const { linked, store } = session;
  const parts = [{ on: "class", ids: [0], mode: "replace" }] as const;
  linked.selection.set({ mask: new Uint8Array(2).fill(1), count: 2, made: "Quartz", parts }, "map");
  const now = newestViewSession(session);
  const acts = [makeClass(now()), makeClass(now())];
  linked.selection.set({ mask: new Uint8Array(2), count: 0, made: "", parts: [] }, "map");
  const { given, answer } = await nth("replay", 1);
  expect(given[0]).toMatchObject({ steps: [{ action: "polygon", regions: [{ on: "class", ids: [0] }] }] });
  await acts[1];
  expect(store.getState().said?.sentence).toMatch(/^Something else was begun first/);
  answer(analysis);
  await acts[0];
  expect(asked("replay")).toHaveLength(1);
});
