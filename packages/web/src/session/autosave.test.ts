import { expect, test, vi } from "vitest";
import { LocalEngine } from "../worker/engine.js";
import type { KeptRun } from "../worker/engine-protocol.js";
import { autosave } from "./autosave.js";
import { quick } from "./quick-recipe.test-support.js";
import type { SavedPage } from "./saved-page.js";
import { createSession } from "./session.js";
import type { FileOrigin } from "./session-state.js";
import type { SessionStorage, StoredSession } from "./storage.js";

/** A storage in memory, which may be made to refuse. */
function memoryStorage() {
  const pages = new Map<string, StoredSession>();
  const origins = new Map<string, FileOrigin>();
  const runs = new Map<string, KeptRun | undefined>();
  const notes = new Map<string, SavedPage>();
  const refusal: { of: Error | undefined } = { of: undefined };
  const put = async (act: () => void): Promise<void> => {
    if (refusal.of !== undefined) throw refusal.of;
    act();
  };
  const storage: SessionStorage = {
    list: async () => [...pages.values()].sort((a, b) => b.page.savedAt - a.page.savedAt),
    note: (id, page) => notes.set(id, page),
    putPage: (session) => put(() => pages.set(session.id, session)),
    putOrigin: (id, origin) => put(() => origins.set(id, origin)),
    putRun: (id, run) => put(() => runs.set(id, run)),
    origin: async (id) => origins.get(id),
    run: async (id) => runs.get(id),
    remove: async (id) => {
      for (const store of [pages, origins, runs]) store.delete(id);
    },
  };
  return { storage, pages, origins, runs, notes, refusal };
}

async function savedSession() {
  const session = createSession(Object.assign(new LocalEngine(), { close: () => {} }));
  const kept = memoryStorage();
  let made = 0;
  const saving = autosave(session, kept.storage, () => `session ${++made}`);
  await session.actions.openExample("rare-grain");
  session.store.setState({ recipe: quick });
  await session.actions.findPhases();
  return { session, kept, saving };
}

test("the last edit is kept when another file is opened at once", async () => {
  const { session, kept, saving } = await savedSession();
  const { actions, store } = session;
  await actions.edit([{ step: "edit", action: "merge", ids: [0, 1] }]);
  await actions.openExample("seven-minerals");
  await saving.flush();
  const [first, second] = [kept.pages.get("session 1")?.page, kept.pages.get("session 2")?.page];
  expect(first).toMatchObject({ name: "Rare grain", classes: 4, applied: 1 });
  expect(second).toMatchObject({ name: "Seven minerals", classes: 0, applied: 0 });
  expect(kept.pages.get("session 1")?.picture).toMatch(/^data:image\/png;base64,/);
  expect(kept.runs.get("session 1")).toBeDefined();
  expect(kept.runs.has("session 2")).toBe(false);
  expect(kept.origins.get("session 2")).toBe(store.getState().origin);

  // What was kept is enough to go on with: the run is taken up, the edit is there.
  const again = createSession(Object.assign(new LocalEngine(), { close: () => {} }));
  await again.restore({ page: first!, run: kept.runs.get("session 1") }, kept.origins.get("session 1")!);
  expect(again.store.getState().analysis?.classes).toHaveLength(4);
  saving.stop();
});

test("after a run that was stopped the whole result before it is what is kept", async () => {
  const { session, kept, saving } = await savedSession();
  const { store, actions } = session;
  await actions.edit([{ step: "edit", action: "rename", id: 0, name: "Quartz" }]);
  await saving.flush();
  const { analysis, recipe } = store.getState();
  const run = kept.runs.get("session 1");
  const changed = { ...recipe, seed: 7 };
  const glimpsed = { ...analysis!, labels: undefined, classes: [], edits: undefined };
  store.setState({ analysis: glimpsed, partial: true, whole: analysis, recipe: changed, stoppedAt: "Cluster" });
  await saving.flush();
  const page = kept.pages.get("session 1")?.page;
  expect(page).toMatchObject({
    classes: analysis!.classes.length,
    recipe: { seed: 7 },
    shownRecipe: { seed: recipe.seed },
    applied: 1,
  });
  expect(kept.runs.get("session 1")).toBe(run);
  const again = createSession(Object.assign(new LocalEngine(), { close: () => {} }));
  await again.restore({ page: page!, run }, kept.origins.get("session 1")!);
  expect(again.store.getState()).toMatchObject({ partial: false, analysis: { labelsSha256: analysis!.labelsSha256 } });
  expect(again.store.getState().analysis?.classes[0]?.name).toBe("Quartz");
  saving.stop();
});

test("Saved is said when everything is written, and not a moment longer", async () => {
  const { session, saving } = await savedSession();
  const kind = (): string => session.store.getState().saved.kind;
  await expect.poll(kind, { timeout: 20_000 }).toBe("saved");
  const edited = session.actions.edit([{ step: "edit", action: "rename", id: 0, name: "Quartz" }]);
  await edited;
  expect(kind()).toBe("saving");
  await saving.flush();
  expect(kind()).toBe("saved");
  saving.stop();
});

test("a session that is half restored is never saved in place of the whole", async () => {
  const { kept, saving } = await savedSession();
  await saving.flush();
  saving.stop();
  const { page } = kept.pages.get("session 1")!;
  const engine = new LocalEngine();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const replay = engine.replay.bind(engine);
  engine.replay = async (recipe) => {
    await held;
    return replay(recipe);
  };
  const session = createSession(Object.assign(engine, { close: () => {} }));
  const second = autosave(session, kept.storage, () => "another session");
  const put = vi.spyOn(kept.storage, "putPage");
  const origin = kept.origins.get("session 1")!;
  const restored = session.restore({ page, run: kept.runs.get("session 1") }, origin);
  await expect.poll(() => session.store.getState().image).toBeDefined();
  await second.flush();
  expect(put).not.toHaveBeenCalled();
  release();
  await restored;
  second.adopt({ id: "session 1" }, origin);
  await second.flush();
  expect(put).toHaveBeenCalledTimes(1);
  expect([...kept.pages.keys()]).toEqual(["session 1"]);
  expect(kept.pages.get("session 1")?.page.classes).toBe(5);
  second.stop();
});

test("an edit is noted in the moment in which it is made, a look at a view when the window may be closed", async () => {
  const { session, kept, saving } = await savedSession();
  await saving.flush();
  const noted = () => kept.notes.get("session 1")!;
  const edited = session.actions.edit([{ step: "edit", action: "rename", id: 0, name: "Quartz" }]);
  await vi.waitFor(() => expect(session.store.getState().activity.kind).toBe("editing"));
  expect(noted()).toMatchObject({ applied: 1, timeline: [{ edits: [{ name: "Quartz" }] }] });
  await edited;
  session.store.setState({ stage: "report" });
  expect(noted().stage).not.toBe("report");
  saving.leave();
  expect(noted().stage).toBe("report");
  saving.stop();

  // The note and the run that is kept are enough to go on with.
  const again = createSession(Object.assign(new LocalEngine(), { close: () => {} }));
  await again.restore({ page: noted(), run: kept.runs.get("session 1") }, kept.origins.get("session 1")!);
  expect(again.store.getState().analysis?.classes[0]?.name).toBe("Quartz");
  expect(again.store.getState().problem).toBeUndefined();
});

test("a run that was under way when the window was closed is told as cut off, and can be run again", async () => {
  const { session, kept, saving } = await savedSession();
  await saving.flush();
  session.store.setState({ recipe: { ...quick, seed: 5 } });
  const run = session.actions.findPhases();
  await vi.waitFor(() => expect(session.store.getState().activity.kind).toBe("running"));
  const cut = kept.notes.get("session 1")!;
  await run;
  expect([cut.isRunning, kept.notes.get("session 1")!.isRunning]).toEqual([true, undefined]);
  expect(cut.classes).toBe(5);
  saving.stop();
  const again = createSession(Object.assign(new LocalEngine(), { close: () => {} }));
  await again.restore({ page: cut, run: kept.runs.get("session 1") }, kept.origins.get("session 1")!);
  const { problem, recipe, analysis } = again.store.getState();
  expect(problem).toMatchObject({ kind: "run", offers: ["run.again"] });
  expect(problem?.title).toMatch(/^A run was cut off/);
  expect([recipe.seed, analysis?.classes.length]).toEqual([5, 5]);
});

test("what was opened and left untouched takes the place of the same before it, unless a window is in that", async () => {
  const session = createSession(Object.assign(new LocalEngine(), { close: () => {} }));
  const kept = memoryStorage();
  let made = 0;
  const inOtherWindow = new Set<string>();
  const claims = { claim: async () => true, isFree: async (id: string) => !inOtherWindow.has(id) };
  const saving = autosave(session, kept.storage, () => `session ${++made}`, claims);
  const open = async (): Promise<string[]> => {
    await session.actions.openExample("rare-grain");
    await saving.flush();
    return [...kept.pages.keys()];
  };
  expect(await open()).toEqual(["session 1"]);
  expect(await open()).toEqual(["session 2"]);
  session.actions.changeRecipe((recipe) => ({ ...recipe, seed: 7 }));
  await saving.flush();
  expect(await open()).toEqual(["session 2", "session 3"]);
  inOtherWindow.add("session 3");
  expect(await open()).toEqual(["session 2", "session 3", "session 4"]);
  saving.stop();
});

test("where the storage refuses it is said once, the run is offered again, and the session goes on", async () => {
  const { session, kept, saving } = await savedSession();
  const { store, actions } = session;
  kept.refusal.of = new DOMException("No room is left.", "QuotaExceededError");
  await saving.flush();
  expect(store.getState().saved.kind).toBe("failed");
  expect(store.getState().problem?.kind).toBe("storage");
  actions.dismissProblem();
  await actions.edit([{ step: "edit", action: "rename", id: 0, name: "Quartz" }]);
  await saving.flush();
  expect(store.getState().problem).toBeUndefined();
  kept.refusal.of = undefined;
  await actions.edit([{ step: "edit", action: "rename", id: 1, name: "Halite" }]);
  await saving.flush();
  expect(store.getState().saved.kind).toBe("saved");
  expect(kept.runs.get("session 1")).toBeDefined();
  expect(kept.pages.get("session 1")?.page.applied).toBe(2);
  saving.stop();
});
