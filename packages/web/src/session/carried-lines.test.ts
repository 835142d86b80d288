import { sameClasses } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { LocalEngine } from "../worker/engine.js";
import { historyOf } from "./history.js";
import { quick } from "./quick-recipe.test-support.js";
import { withParameterOf } from "./recipe-change.js";
import { savedPage } from "./saved-page.js";
import { createSession, type Session } from "./session.js";

async function opened(): Promise<Session> {
  const session = createSession(Object.assign(new LocalEngine(), { close: () => {} }));
  await session.actions.openExample("rare-grain");
  session.store.setState({ recipe: quick });
  return session;
}

function sentences({ store }: Session): string[] {
  return historyOf(store.getState()).map(({ sentence }) => sentence);
}

test("after another run a class that is found again has the colour that it had: one line of the history, not one more for each run, and undone as any", async () => {
  const session = await opened();
  const { store, actions } = session;
  const shown = () => store.getState().analysis!;
  const setClasses = async (n: number): Promise<void> => {
    actions.changeRecipe((now) => withParameterOf(now, "cluster", "nClusters", n));
    await actions.findPhases();
    await expect.poll(() => store.getState().activity.kind).toBe("idle");
  };
  const coloursAt = (places: readonly number[]) => {
    const { classes, labels } = shown();
    return places.map((p) => classes.find(({ id }) => id === labels![p])?.colour);
  };
  await actions.findPhases();
  const found = shown();
  await setClasses(7);
  const same = sameClasses(found.labels!, shown().labels!);
  expect(same.size).toBeGreaterThan(2);
  const places = [...same].map(([id, now]) => found.labels!.findIndex((label, p) => label === id && shown().labels![p] === now));
  const before = places.map((p) => found.classes.find(({ id }) => id === found.labels![p])!.colour);
  expect(coloursAt(places)).toEqual(before);
  const { classes } = shown();
  expect(new Set(classes.map(({ colour }) => colour)).size).toBe(classes.length);
  const news = classes.filter(({ id }) => ![...same.values()].includes(id));
  for (const { colour } of news) expect(found.classes.map((phase) => phase.colour)).not.toContain(colour);
  expect(sentences(session).slice(2)).toEqual(["Colours kept from before"]);
  // The steps of the run are those of its plan, and all have ended.
  expect(store.getState().lastSteps.map(({ state }) => state)).toEqual(store.getState().lastSteps.map(() => "done"));

  await actions.edit([{ step: "edit", action: "rename", id: same.values().next().value!, name: "Same" }]);
  for (const n of [9, 6, 8, 7]) await setClasses(n);
  expect(sentences(session).filter((sentence) => sentence === "Colours kept from before").length).toBeLessThan(2);
  expect(shown().recipe.steps.filter(({ step }) => step === "edit").length).toBeLessThan(3);
  expect(savedPage(store.getState(), 0)!.timeline.flatMap(({ edits }) => edits)).toEqual(
    shown().recipe.steps.filter(({ step }) => step === "edit"),
  );
  const now = shown();
  await setClasses(5);
  const back = sameClasses(now.labels!, shown().labels!);
  for (const [id, other] of back)
    expect(shown().classes.find((phase) => phase.id === other)?.colour).toBe(
      now.classes.find((phase) => phase.id === id)?.colour,
    );
  const kept = shown().classes.map(({ colour }) => colour);
  await actions.goTo(-1);
  expect(shown().classes.map(({ colour }) => colour)).toEqual(found.classes.map(({ colour }) => colour));
  await actions.redo();
  await actions.redo();
  expect(shown().classes.map(({ colour }) => colour)).toEqual(kept);
});
