import { expect, test } from "vitest";
import { LocalEngine } from "../worker/engine.js";
import { makeNamedClass, typeName } from "./naming-new-class.js";
import { quick } from "./quick-recipe.test-support.js";
import { wholeClassSelected } from "./selection-edits.js";
import { createSession } from "./session.js";
import { newestViewSession } from "./use-view-session.js";

async function withSelection() {
  const session = createSession(Object.assign(new LocalEngine(), { close: () => {} }));
  await session.actions.openExample("rare-grain");
  session.store.setState({ recipe: quick });
  await session.actions.findPhases();
  const corners = [0, 1, 2, 3].map((i): [number, number] => [i === 1 || i === 2 ? 20 : 2, i > 1 ? 20 : 2]);
  const mask = new Uint8Array(session.store.getState().analysis!.labels!.length).fill(1, 0, 100);
  const parts = [{ on: "map", corners, mode: "replace" }] as const;
  session.linked.selection.set({ mask, count: 100, made: "Lasso", parts }, "map");
  return { ...session, shown: newestViewSession(session) };
}

test("the name field of a new class is asked for when the class is there, with what was typed meanwhile", async () => {
  const { shown, linked, store, actions } = await withSelection();
  const found = store.getState().analysis!.classes.map(({ id, name, colour }) => ({ id, name, colour }));
  const before = found.map(({ id }) => id);
  const made = makeNamedClass(shown);
  for (const key of ["Enter", "A", "p", "x", "Backspace", "a", "Shift"]) typeName(linked, key);
  await made;
  const added = store.getState().analysis!.classes.find(({ id }) => !before.includes(id));
  expect(added).toBeDefined();
  expect(store.getState().analysis!.classes).toMatchObject([...found, { id: added!.id }]);
  expect(found.map(({ name }) => name)).not.toContain(added!.name);
  expect(linked.classAsk.current.value).toEqual({ act: "rename", id: added!.id, typed: "Apa" });
  await actions.undo();
  expect(linked.classAsk.current.value).toBeUndefined();
});

test("a name that Enter ends before its class is there is given to it, and what is typed then is not of it", async () => {
  const { shown, linked, store } = await withSelection();
  const made = makeNamedClass(shown);
  for (const key of ["A", "p", "Enter"]) expect(typeName(linked, key)).toBe(true);
  expect(typeName(linked, "1")).toBe(false);
  await made;
  expect(store.getState().analysis!.classes.map(({ name }) => name)).toContain("Ap");
  expect(linked.classAsk.current.value).toBeUndefined();
  expect(store.getState().applied).toBe(3);
});

test("no field is asked for when no class is made, nor after Escape, and keys are no letters then", async () => {
  const { shown, linked, store, actions } = await withSelection();
  linked.selection.set({ ...linked.selection.current.value, parts: [], count: 0 }, "map");
  await makeNamedClass(shown);
  expect(linked.classAsk.current.value).toBeUndefined();
  expect(store.getState().said?.sentence).toMatch(/^Nothing is selected/);
  expect(typeName(linked, "a")).toBe(false);
  await actions.undo();
  const made = makeNamedClass(shown);
  typeName(linked, "Escape");
  await made;
  expect(store.getState().analysis?.edits?.outcomes).toHaveLength(1);
  expect(linked.classAsk.current.value).toBeUndefined();
});

test("of a class that is there already the name field opens, and no class is made", async () => {
  const { shown, linked, store } = await withSelection();
  const { labels, classes } = store.getState().analysis!;
  const { id, name } = classes[0]!;
  const mask = Uint8Array.from(labels!, (label) => (label === id ? 1 : 0));
  const parts = [{ on: "class", ids: [id], mode: "replace" }] as const;
  linked.selection.set({ mask, count: mask.reduce((sum, one) => sum + one, 0), made: name, parts }, "map");
  expect(wholeClassSelected(shown())).toMatchObject({ id });
  await makeNamedClass(shown);
  expect(linked.classAsk.current.value).toEqual({ act: "rename", id });
  expect(store.getState().said?.sentence).toBe(`This is the class “${name}” already: its name can be changed.`);
  for (const key of "Apa") expect(typeName(linked, key)).toBe(true);
  expect(linked.classAsk.current.value).toEqual({ act: "rename", id, typed: "Apa" });
  linked.classAsk.set(undefined, "test");
  const named = makeNamedClass(shown);
  for (const key of ["Z", "r", "Enter"]) typeName(linked, key);
  await named;
  expect(store.getState().analysis!.classes.map((one) => one.name)).toEqual(["Zr", ...classes.slice(1).map((one) => one.name)]);
  expect(linked.classAsk.current.value).toBeUndefined();
});
