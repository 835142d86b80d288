import { flushSync } from "react-dom";
import { expect, test, vi } from "vitest";
import { quick } from "../../session/quick-recipe.test-support.js";
import { createSession } from "../../session/session.js";
import { mounted } from "../../ui/mounted.test-support.js";
import { UiProvider } from "../../ui/ui-provider.js";
import { smallMapSession } from "../../views/map/small-map-session.test-support.js";
import { LocalEngine } from "../../worker/engine.js";
import { SessionContext } from "../session-context.js";
import { UndoToast } from "./undo-toast.js";

/** What is waited for may take long on a busy machine. */
const PATIENCE = { timeout: 30_000 };
const place = mounted();
const button = (name: string) =>
  [...place.box.querySelectorAll("button")].find((one) => (one.ariaLabel ?? one.textContent) === name);

test("after classes were merged or removed Undo is offered until the next edit, past what was selected since; not after a rename", async () => {
  const session = createSession(Object.assign(new LocalEngine(), { close: () => {} }));
  const { store, actions, linked } = session;
  await actions.openExample("rare-grain");
  store.setState({ recipe: quick });
  await actions.findPhases();
  const found = store.getState().analysis!;
  flushSync(() =>
    place.root.render(
      <UiProvider theme="dark">
        <SessionContext value={{ session, shown: smallMapSession(linked).session, kept: undefined }}>
          <UndoToast />
        </SessionContext>
      </UiProvider>,
    ),
  );
  await actions.edit([{ step: "edit", action: "rename", id: 2, name: "Zircon" }]);
  expect(button("Undo")).toBeUndefined();

  const [large, small] = [...found.classes].sort((a, b) => b.pixels - a.pixels);
  await actions.edit([{ step: "edit", action: "merge", ids: [small!.id, large!.id] }]);
  const nameOf = (id: number) => (id === 2 ? "Zircon" : found.classes.find((phase) => phase.id === id)!.name);
  const sentence = `Merged “${nameOf(small!.id)}” into “${nameOf(large!.id)}”`;
  await vi.waitFor(() => expect(place.box.textContent).toContain(sentence), PATIENCE);
  const mask = new Uint8Array(found.labels!.length).fill(1, 0, 10);
  linked.selection.set({ mask, count: 10, made: "Rectangle on the map", parts: [] }, "map");
  expect(store.getState().applied).toBe(3);
  button("Undo")!.click();
  await vi.waitFor(() => expect(button("Undo")).toBeUndefined(), PATIENCE);
  await vi.waitFor(() => expect(store.getState()).toMatchObject({ applied: 1, activity: { kind: "idle" } }), PATIENCE);
  expect(store.getState().analysis?.labelsSha256).toBe(found.labelsSha256);
  await vi.waitFor(() => expect(store.getState().said?.sentence).toBe(`Undone: ${sentence}`), PATIENCE);

  await actions.edit([{ step: "edit", action: "delete", id: small!.id }]);
  await vi.waitFor(() => expect(button("Close")).toBeDefined(), PATIENCE);
  flushSync(() => button("Close")!.click());
  expect(button("Undo")).toBeUndefined();
  expect(store.getState().applied).toBe(2);
});
