import { AbortedError, parseRecipe, phantomPresets } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { LocalEngine } from "../worker/engine.js";
import type { Engine } from "../worker/engine-protocol.js";
import { automaticChoices } from "./automatic-choices.js";
import { historyOf } from "./history.js";
import { keptResults } from "./kept-results.js";
import { quick } from "./quick-recipe.test-support.js";
import { withParameterOf } from "./recipe-change.js";
import { savedPage } from "./saved-page.js";
import { createSession, type Session } from "./session.js";
import { staleSteps } from "./stale-steps.js";

async function opened(engine: Engine = new LocalEngine()): Promise<Session> {
  const session = createSession(Object.assign(engine, { close: () => {} }));
  await session.actions.openExample("rare-grain");
  session.store.setState({ recipe: quick });
  return session;
}

function sentences({ store }: Session): string[] {
  return historyOf(store.getState()).map(({ sentence, applied }) => (applied ? sentence : `(${sentence})`));
}

test("open, find, edit, undo and redo: every edit is a line of the history and a step of the recipe", async () => {
  const session = await opened();
  const { store, actions, linked } = session;
  expect(store.getState().image?.title).toBe(phantomPresets["rare-grain"].parameters.title);
  await actions.findPhases();
  const found = store.getState().analysis!;
  expect(found.classes).toHaveLength(5);
  // The history and the status line tell of the same time, and each step of its result.
  const [took] = / in \d+ s$/.exec(sentences(session)[1] ?? "") ?? [];
  expect(took).toBeDefined();
  expect(store.getState().said?.sentence).toBe(`5 classes${took}.`);
  expect(store.getState().lastSteps.filter(({ message }) => message === undefined)).toEqual([]);
  // Whatever was chosen for the user has a parameter that changes it.
  expect(automaticChoices(found).filter(({ handle }) => handle === undefined)).toEqual([]);
  expect(found.decisions?.map(({ message }) => message)).toEqual(found.choices);

  await actions.edit([{ step: "edit", action: "merge", ids: [0, 1] }]);
  expect(store.getState().analysis?.classes).toHaveLength(4);
  const mask = new Uint8Array(found.labels!.length).fill(1, 0, 10);
  linked.selection.set({ mask, count: 10, made: "Rectangle on the map", parts: [] }, "map");
  await actions.edit([{ step: "edit", action: "rename", id: 2, name: "Zircon" }]);
  expect(store.getState().analysis?.recipe.steps.filter(({ step }) => step === "edit")).toHaveLength(2);

  await actions.undo();
  expect(store.getState().analysis?.classes.map(({ name }) => name)).not.toContain("Zircon");
  expect(linked.selection.current.value.count).toBe(10);
  await actions.undo();
  expect(linked.selection.current.value.count).toBe(0);
  expect(sentences(session)).toHaveLength(5);
  expect(sentences(session).slice(3)).toEqual([
    "(Rectangle on the map, 10 px)",
    `(Renamed “${found.classes.find(({ id }) => id === 2)?.name}” to “Zircon”)`,
  ]);
  await actions.redo();
  await actions.redo();
  expect(store.getState().analysis?.classes.map(({ name }) => name)).toContain("Zircon");
  await actions.goTo(-1);
  expect(store.getState().analysis?.labelsSha256).toBe(found.labelsSha256);
});

test("after another run names stay with their classes and not with their numbers; what is not found again says so", async () => {
  const session = await opened();
  const { store, actions } = session;
  await actions.findPhases();
  const found = store.getState().analysis!;
  const pixelsOf = (name: string): number[] => {
    const { classes, labels } = store.getState().analysis!;
    const id = classes.find((phase) => phase.name === name)?.id;
    return [...labels!].flatMap((label, p) => (label === id ? p : []));
  };
  const { width, height } = found.grid;
  const corners = [[0, 0], [width, 0], [width, Math.ceil(height / 4)], [0, Math.ceil(height / 4)]] as [number, number][]; // biome-ignore format: corners
  await actions.edit([{ step: "edit", action: "polygon", regions: [{ on: "map", corners }], target: "new" }]);
  const made = store.getState().analysis!.classes.at(-1)!.id;
  await actions.edit([{ step: "edit", action: "rename", id: made, name: "Top" }]);
  for (const { id } of found.classes) await actions.edit([{ step: "edit", action: "rename", id, name: `Class ${id}` }]);
  const names = ["Top", ...found.classes.map(({ id }) => `Class ${id}`)];
  const before = new Map(names.map((name) => [name, new Set(pixelsOf(name))]));
  await actions.undo();

  const setClasses = (n: number) => actions.changeRecipe((now) => withParameterOf(now, "cluster", "nClusters", n));
  setClasses(8);
  await actions.findPhases();
  await expect.poll(() => store.getState().activity.kind).toBe("idle");
  const { analysis, timeline } = store.getState();
  expect(analysis!.classes.length).toBeGreaterThan(6);
  expect(pixelsOf("Top")).toEqual([...before.get("Top")!]);
  const kept = analysis!.classes.map(({ name }) => name).filter((name) => name.startsWith("Class "));
  expect(kept.length).toBeGreaterThan(1);
  for (const name of kept) {
    const now = pixelsOf(name);
    const shared = now.filter((p) => before.get(name)!.has(p)).length;
    expect(shared / (now.length + before.get(name)!.size - shared), name).toBeGreaterThan(0.2);
  }
  const lost = analysis!.edits!.outcomes.filter(({ refusal }) => refusal !== undefined);
  expect(lost.length).toBe(names.length - 2 - kept.length);
  expect(lost.every(({ refusal }) => refusal!.message === "Its class was not found again.")).toBe(true);
  if (lost.length > 0) expect(store.getState().said?.sentence).toMatch(/ of 6 edits repeated: see History\.$/);

  // The recipe has the edits as the lines of the history have them; what was undone is done to the class that is the same.
  const lines = timeline.flatMap((entry) => (entry.kind === "edit" ? entry.edits : []));
  expect(lines.slice(0, -1)).toEqual(analysis!.recipe.steps.filter(({ step }) => step === "edit"));
  setClasses(5);
  await actions.findPhases();
  await expect.poll(() => store.getState().activity.kind).toBe("idle");
  expect(pixelsOf("Top")).toEqual([...before.get("Top")!]);
  for (const name of kept) expect(pixelsOf(name), name).toEqual([...before.get(name)!]);
  await actions.redo();
  const last = names.at(-1)!;
  if (store.getState().analysis!.edits!.outcomes.at(-1)!.refusal === undefined)
    expect(pixelsOf(last)).toEqual([...before.get(last)!]);
});

test("edits that are asked for while one is being made wait for it, and a run for all of them", async () => {
  const engine = new LocalEngine();
  const session = await opened(engine);
  const { store, actions } = session;
  await actions.findPhases();
  const begun: (() => void)[] = [];
  const { replay } = engine;
  engine.replay = (recipe) => new Promise<void>((go) => begun.push(go)).then(() => replay.call(engine, recipe));
  const rename = actions.edit([{ step: "edit", action: "rename", id: 2, name: "Zircon" }]);
  const acts = [
    rename,
    actions.edit([{ step: "edit", action: "lock", id: 2, locked: true }]),
    actions.undo(),
    actions.findPhases(),
  ];
  expect(store.getState()).toMatchObject({ applied: 1, activity: { kind: "editing" } });
  expect(begun).toHaveLength(1);
  begun[0]!();
  await rename;
  await expect.poll(() => begun.length).toBe(2);
  expect(store.getState()).toMatchObject({ applied: 2, activity: { kind: "editing" } });
  begun[1]!();
  await expect.poll(() => begun.length).toBe(3);
  begun[2]!();
  await Promise.all(acts);
  const [, , zircon] = store.getState().analysis!.classes;
  expect(zircon).toMatchObject({ name: "Zircon" });
  expect(zircon?.locked).not.toBe(true);
  expect(store.getState()).toMatchObject({ applied: 1, activity: { kind: "idle" } });
  expect(store.getState().timeline).toHaveLength(2);

  const waiting = actions.findPhases();
  await actions.edit([{ step: "edit", action: "rename", id: 2, name: "Rutile" }]);
  expect(store.getState().said?.sentence).toMatch(/^Wait for what is running/);
  await waiting;
  expect(store.getState().timeline).toHaveLength(2);
});

test("any earlier state can be had beside what is shown; what a run replaces is kept", async () => {
  const session = await opened();
  const { store, actions, linked } = session;
  await actions.findPhases();
  const found = store.getState().analysis!;
  await actions.edit([{ step: "edit", action: "merge", ids: [0, 1] }]);
  await actions.edit([{ step: "edit", action: "merge", ids: [2, 3] }]);
  const [first] = store.getState().timeline;
  const merged = await session.resultAt(first!.id);
  expect(merged.classes).toHaveLength(4);
  expect((await session.resultAt(-1)).labels).toEqual(found.labels);
  expect(store.getState().analysis?.classes).toHaveLength(3);
  expect(keptResults(linked).current.value).toEqual([]);
  const fewer = quick.steps.map((step) => (step.step === "cluster" ? { ...step, nClusters: 4 } : step));
  store.setState({ recipe: parseRecipe({ ...quick, steps: fewer }) });
  await actions.findPhases();
  expect(keptResults(linked).current.value).toMatchObject([{ name: "Earlier run, 3 classes", isRun: true }]);
});

test("edits after a session was opened again are entries of their own, beside those that came with it", async () => {
  const kept = { id: 1, kind: "edit", sentence: "Hid “Quartz”", edits: [] } as const;
  const session = createSession(Object.assign(new LocalEngine(), { close: () => {} }), { timeline: [kept], applied: 1 });
  const selected = { mask: new Uint8Array(4).fill(1), count: 4, made: "Everything", parts: [] };
  session.linked.selection.set(selected, "map");
  expect(session.store.getState().timeline.map(({ id }) => id)).toEqual([1, 2]);
});

test("a place of the history that cannot be reached is left for the one before; what was selected on the way stays", async () => {
  const engine = new LocalEngine();
  const session = await opened(engine);
  const { store, actions, linked } = session;
  await actions.findPhases();
  await actions.edit([{ step: "edit", action: "rename", id: 2, name: "Zircon" }]);
  const pixels = store.getState().analysis!.labels!.length;
  const selectionOf = (count: number) => ({
    ...{ mask: new Uint8Array(pixels).fill(1, 0, count), count, made: "Rectangle on the map", parts: [] },
  });
  linked.selection.set(selectionOf(10), "map");
  const before = store.getState();

  let fail: (reason: unknown) => void = () => undefined;
  engine.replay = () => new Promise((_, reject) => (fail = reject));
  const going = actions.goTo(-1);
  expect(store.getState()).toMatchObject({ applied: 0, activity: { kind: "editing" } });
  fail(new AbortedError("Stopped."));
  await going;
  expect(store.getState()).toMatchObject({ timeline: before.timeline, applied: 2, activity: { kind: "idle" } });
  expect(linked.selection.current.value.count).toBe(10);
  expect(store.getState().analysis).toBe(before.analysis);

  const again = actions.goTo(-1);
  linked.selection.set(selectionOf(20), "map");
  fail(new RangeError("The counts are gone."));
  await again;
  expect(store.getState().timeline.map(({ id }) => id)).toEqual([...before.timeline.map(({ id }) => id), 3]);
  expect(linked.selection.current.value.count).toBe(20);
  expect(store.getState()).toMatchObject({ applied: 3, problem: { kind: "edit" } });
});

test("an edit that no longer fits after another run stays in the history with its reason", async () => {
  const session = await opened();
  const { store, actions } = session;
  await actions.findPhases();
  await actions.edit([{ step: "edit", action: "rename", id: 4, name: "Zircon" }]);
  // What is quick is run again by itself, on a busy machine too.
  store.setState({ stepSeconds: { cluster: 0.1, spectra: 0.1 } });
  actions.changeRecipe({
    ...quick,
    steps: quick.steps.map((entry) => (entry.step === "cluster" ? { ...entry, nClusters: 3 } : entry)),
  });
  expect(staleSteps(store.getState().recipe, store.getState().analysis?.recipe)).toEqual(["cluster", "spectra"]);
  await expect.poll(() => store.getState().analysis?.classes.length, { timeout: 30_000 }).toBe(3);
  // The classes are shown before the run has come to the edits.
  await expect.poll(() => historyOf(store.getState()).at(-1)?.refusal, { timeout: 30_000 }).toMatch(/class/i);
});

test("a file that cannot be read leaves what was open, and says what to do", async () => {
  const session = await opened();
  await session.actions.openFiles([new File(["hello"], "letter.txt")]);
  const { image, problem } = session.store.getState();
  expect(image?.title).toBe("Rare grain");
  expect(problem?.kind).toBe("file");
  expect(problem?.where).toBe("letter.txt");
});

test("while a file is read its stage is Inspect; where it is refused, the stage is that of before", async () => {
  const session = await opened();
  session.actions.goToStage("identify");
  const stages: string[] = [];
  session.store.subscribe(({ stage }) => stages.push(stage));
  await session.actions.openFiles([new File(["hello"], "letter.txt")]);
  expect([stages[0], stages.at(-1)]).toEqual(["inspect", "identify"]);
  await session.actions.openExample("rare-grain");
  expect(session.store.getState().stage).toBe("inspect");
});

test("a run that is stopped keeps what was there", async () => {
  const engine = new LocalEngine();
  const session = await opened(engine);
  await session.actions.findPhases();
  const before = session.store.getState().analysis;
  engine.run = async (_, listen) => {
    listen({ step: 1, steps: 2, title: "Elements", fraction: 0, plan: ["Elements", "Class spectra"] });
    throw new AbortedError("Stopped.");
  };
  await session.actions.findPhases();
  const { analysis, stoppedAt, problem } = session.store.getState();
  expect(analysis).toBe(before);
  expect(stoppedAt).toBe("Elements");
  expect(problem).toBeUndefined();
  const { lastSteps, said } = session.store.getState();
  expect(lastSteps.map(({ state, seconds }) => [state, seconds])).toEqual([
    ["stopped", undefined],
    ["waiting", undefined],
  ]);
  expect(said?.sentence).toBe("Stopped at: Elements. What was there before is shown.");
});

test("what a stopped run left unfinished is discarded: the whole result before is shown again, also after a second stop", async () => {
  const engine = new LocalEngine();
  const session = await opened(engine);
  await session.actions.findPhases();
  const { analysis: before } = session.store.getState();
  const glimpsed = { ...before!, classes: [] };
  engine.run = async (_, listen) => {
    listen({ step: 1, steps: 1, title: "Find phases", fraction: 0.5, plan: ["Find phases"] });
    listen({ step: 0, steps: 1, title: "", fraction: 0, plan: ["Find phases"], partial: glimpsed });
    throw new AbortedError("Stopped.");
  };
  for (let time = 0; time < 2; time++) {
    await session.actions.findPhases();
    expect(session.store.getState()).toMatchObject({ analysis: glimpsed, partial: true, stoppedAt: "Find phases" });
  }
  session.actions.discardPartial();
  const now = session.store.getState();
  expect(now.analysis).toBe(before);
  expect([now.partial, now.stoppedAt, now.whole, now.lastSteps]).toEqual([false, undefined, undefined, []]);
});

test("what was asked for last is what opens, however long the first takes", async () => {
  const engine = new LocalEngine();
  const plain = engine.openExample.bind(engine);
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  engine.openExample = async (id) => {
    if (id === "seven-minerals") await held;
    return plain(id);
  };
  const session = createSession(Object.assign(engine, { close: () => {} }));
  const first = session.actions.openExample("seven-minerals");
  await session.actions.openExample("rare-grain");
  release();
  await first;
  const { image, activity, problem } = session.store.getState();
  expect(image?.title).toBe(phantomPresets["rare-grain"].parameters.title);
  expect([activity.kind, problem]).toEqual(["idle", undefined]);
});

test("classes hidden or locked in one file say nothing about those of the next", async () => {
  const session = await opened();
  const { visibleClasses } = session.linked;
  visibleClasses.set({ hidden: new Set([0]), solo: 1, locked: new Set([2]), active: 3 }, "test");
  await session.actions.openExample("rare-grain");
  expect(visibleClasses.current.value).toEqual({ hidden: new Set(), solo: undefined, locked: new Set(), active: undefined });
});

test("a class that an edit or a run takes away is not active any more, nor shown alone", async () => {
  const session = await opened();
  const { visibleClasses } = session.linked;
  await session.actions.findPhases();
  visibleClasses.set({ hidden: new Set([1]), solo: 1, locked: new Set([2]), active: 1 }, "test");
  await session.actions.edit([{ step: "edit", action: "merge", ids: [0, 1] }]);
  expect(visibleClasses.current.value).toEqual({
    hidden: new Set([1]),
    solo: undefined,
    locked: new Set([2]),
    active: undefined,
  });
  visibleClasses.set({ ...visibleClasses.current.value, active: 2 }, "test");
  await session.actions.undo();
  expect(visibleClasses.current.value.active).toBe(2);
});

test("what is opened while a session is being restored is what stays, and the restored one is left", async () => {
  const engine = new LocalEngine();
  const first = await opened(engine);
  await first.actions.findPhases();
  const saved = { page: savedPage(first.store.getState(), 0)!, run: await engine.keep() };

  const held = holding(engine, "resume");
  const session = createSession(Object.assign(engine, { close: () => {} }));
  const restored = session.restore(saved, { kind: "example", id: "rare-grain" });
  await held.reached;
  await session.actions.openExample("glass-and-oxides");
  held.release();
  await restored;
  const { image, analysis, activity, problem } = session.store.getState();
  expect(image?.title).toBe(phantomPresets["glass-and-oxides"].parameters.title);
  expect([analysis, activity.kind, problem]).toEqual([undefined, "idle", undefined]);
});

test("a file that is opened while another is loaded is opened, and so while phases are found", async () => {
  const engine = new LocalEngine();
  const session = createSession(Object.assign(engine, { close: () => {} }));
  const load = holding(engine, "load");
  const first = session.actions.openExample("glass-and-oxides");
  await load.reached;
  load.restore();
  const second = session.actions.openExample("rare-grain");
  load.release();
  await Promise.all([first, second]);
  expect(session.store.getState().image?.title).toBe(phantomPresets["rare-grain"].parameters.title);

  session.store.setState({ recipe: quick });
  const run = holding(engine, "run");
  const finding = session.actions.findPhases();
  await run.reached;
  await session.actions.openExample("glass-and-oxides");
  run.release();
  await finding;
  const { image, analysis, activity, problem, stoppedAt } = session.store.getState();
  expect(image?.title).toBe(phantomPresets["glass-and-oxides"].parameters.title);
  expect([analysis, activity.kind, problem, stoppedAt]).toEqual([undefined, "idle", undefined, undefined]);
});

test("a session of another file takes nothing away, not even a run that is under way", async () => {
  const engine = new LocalEngine();
  const session = await opened(engine);
  await session.actions.findPhases();
  const bytes = await session.sessionFile();
  await session.actions.openExample("glass-and-oxides");
  session.store.setState({ recipe: quick });
  const run = holding(engine, "run");
  const finding = session.actions.findPhases();
  await run.reached;
  session.store.setState({ onStart: false });
  await session.openSession("other.sigma", bytes);
  const title = phantomPresets["rare-grain"].parameters.title;
  expect(session.store.getState().problem).toMatchObject({
    ...{ kind: "other-input", title: `This session was made from another file, “${title}”.`, where: undefined },
    ofSession: { name: title, recipe: { steps: quick.steps } },
  });
  expect(session.store.getState().activity.kind).toBe("running");
  run.release();
  await finding;
  expect(session.store.getState().analysis?.classes.length).toBeGreaterThan(1);
});

test("a session that was refused goes on when its input is opened, unless it was given up", async () => {
  const session = await opened(new LocalEngine());
  const { store, actions } = session;
  await actions.findPhases();
  await actions.edit([{ step: "edit", action: "rename", id: 2, name: "Zircon" }]);
  const bytes = await session.sessionFile();
  const { labelsSha256 } = store.getState().analysis!;
  const isBack = () => store.getState().analysis?.classes.some(({ name }) => name === "Zircon") === true;

  await actions.openExample("glass-and-oxides");
  store.setState({ onStart: true });
  await session.openSession("mine.sigma", bytes);
  const title = phantomPresets["rare-grain"].parameters.title;
  expect(store.getState().problem).toMatchObject({
    title: `This session needs the file from which it was made, “${title}”.`,
    remedy: "Open that file: the session then goes on by itself.",
    ofSession: undefined,
  });
  store.setState({ onStart: false });
  await actions.openExample("gradient-with-inclusions");
  expect(isBack()).toBe(false);
  await actions.openExample("rare-grain");
  await expect.poll(isBack).toBe(true);
  await expect.poll(() => store.getState().activity.kind).toBe("idle");
  expect(store.getState()).toMatchObject({ analysis: { labelsSha256 }, awaiting: undefined, problem: undefined, applied: 1 });
  expect(store.getState().said?.sentence).toBe(`The session of ${title} goes on.`);

  // The example that comes to Start by itself takes nothing from who is asked for a file.
  const example = createSession(Object.assign(new LocalEngine(), { close: () => {} }));
  await example.actions.openExample("gradient-with-inclusions");
  const page = savedPage(example.store.getState(), 0)!;
  store.setState({ onStart: true });
  await actions.openExample("glass-and-oxides");
  await session.openSession("mine.sigma", bytes);
  await session.restore({ page, run: undefined }, { kind: "example", id: "gradient-with-inclusions" });
  expect(store.getState()).toMatchObject({ problem: { kind: "other-input" }, awaiting: { page: { name: title } } });

  await session.openSession("mine.sigma", bytes);
  actions.dismissProblem();
  await actions.openExample("rare-grain");
  expect(store.getState()).toMatchObject({ analysis: undefined, activity: { kind: "idle" } });
});

/** Has one method of the engine keep its answer until it is released; `restore` takes the wait away for later calls. */
function holding(engine: LocalEngine, name: "load" | "resume" | "run") {
  let release = (): void => undefined;
  let reach = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const plain = engine[name].bind(engine) as (...given: unknown[]) => Promise<unknown>;
  const restore = (): void => void Object.assign(engine, { [name]: plain });
  Object.assign(engine, {
    [name]: async (...given: unknown[]) => {
      const done = plain(...given).finally(() => released);
      reach();
      return done;
    },
  });
  return { reached, release, restore };
}
