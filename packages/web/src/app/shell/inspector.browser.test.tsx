import { flushSync } from "react-dom";
import { expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { createSession } from "../../session/session.js";
import type { Stage, ViewSession } from "../../session/view-session.js";
import { mounted } from "../../ui/mounted.test-support.js";
import { UiProvider } from "../../ui/ui-provider.js";
import { smallMapSession } from "../../views/map/small-map-session.test-support.js";
import { LocalEngine } from "../../worker/engine.js";
import { SessionContext } from "../session-context.js";
import { Inspector } from "./inspector.js";

/** What is waited for may take long on a busy machine. */
const PATIENCE = { timeout: 30_000 };
const place = mounted();

function shown(stage: Stage, given: Partial<ViewSession> = {}) {
  const session = createSession(Object.assign(new LocalEngine(), { close: () => {} }));
  const { session: small } = smallMapSession(session.linked);
  flushSync(() =>
    place.root.render(
      <UiProvider theme="dark">
        <SessionContext value={{ session, shown: { ...small, stage, ...given }, kept: undefined }}>
          <input aria-label="before" />
          <Inspector />
        </SessionContext>
      </UiProvider>,
    ),
  );
  place.box.querySelector("input")!.focus();
  return session;
}

const tab = (name: string) => [...place.box.querySelectorAll<HTMLElement>("[role=tab]")].find((one) => one.textContent === name)!;

test("the Gate tool opens its rules from any tab, whenever it is chosen, and Escape gives the focus back", async () => {
  const { linked } = shown("edit");
  for (let time = 0; time < 2; time++) {
    flushSync(() => tab("Doubt").click());
    expect(tab("Doubt").ariaSelected).toBe("true");
    linked.tool.set("gate", "test");
    await vi.waitFor(() => expect(document.activeElement?.ariaLabel).toBe("Add a rule"), PATIENCE);
    expect(tab("Classes").ariaSelected).toBe("true");
    document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect(document.activeElement?.ariaLabel).toBe("before");
  }
  linked.tool.set("lasso", "test");
  await vi.waitFor(() => expect(place.box.querySelector('[aria-label="Gate"]')).toBeNull(), PATIENCE);
  expect(document.activeElement?.ariaLabel).toBe("before");
});

test("where no rules stand, it says in which stages they do", async () => {
  const { linked, store } = shown("report");
  linked.tool.set("gate", "test");
  expect(store.getState().said?.sentence).toBe("Gate works in the stages Find phases, Edit, Unmix, Identify.");
});

test("the name field of a class opens whichever tab is in front, with what was typed; it leaves with its tab", async () => {
  const { linked } = shown("edit");
  flushSync(() => tab("Doubt").click());
  linked.classAsk.set({ act: "rename", id: 1, typed: "Apa" }, "test");
  const field = () => place.box.querySelector<HTMLInputElement>('[aria-label="Name of the class"]');
  await vi.waitFor(() => expect(document.activeElement).toBe(field() ?? undefined), PATIENCE);
  expect(tab("Classes").ariaSelected).toBe("true");
  expect(field()?.value).toBe("Apa");
  expect(field()?.closest("[data-class]")?.getAttribute("data-class")).toBe("1");
  flushSync(() => tab("Doubt").click());
  await vi.waitFor(() => expect(linked.classAsk.current.value).toBeUndefined(), PATIENCE);
});

test("a form of a class is led to where the list stands; the name of a new class is only offered", async () => {
  // biome-ignore format: a size
  await page.viewport(1600, 1000);
  const { linked, store } = shown("edit");
  linked.chosenClasses.set([1], "test");
  linked.classAsk.set({ act: "note", id: 1 }, "test");
  await vi.waitFor(() => expect(document.activeElement?.tagName).toBe("TEXTAREA"), PATIENCE);
  expect(linked.classAsk.current.value).toBeUndefined();
  store.setState({ stage: "report" });
  linked.classAsk.set({ act: "rename", id: 1, typed: "" }, "test");
  expect(store.getState().stage).toBe("report");
  expect(linked.classAsk.current.value).toBeUndefined();
  linked.classAsk.set({ act: "split", id: 1 }, "test");
  expect(store.getState().stage).toBe("edit");
  await vi.waitFor(() => expect(document.activeElement?.closest("[data-portal]")?.textContent).toContain("Split"), PATIENCE);
});

test("a panel that is asked for comes to the front; from a stage that lacks it, in the stage that has it", async () => {
  const { actions, store } = shown("identify");
  actions.openPanel("quantities");
  await vi.waitFor(() => expect(tab("Amounts").ariaSelected).toBe("true"), PATIENCE);
  actions.openPanel("parameters");
  expect(store.getState().stage).toBe("find-phases");
});

test("while a file is read nothing of the one before stands in the inspector", () => {
  shown("edit");
  expect(place.box.querySelector("[role=grid]")).not.toBeNull();
  shown("edit", { activity: { kind: "opening", name: "other.bcf" } });
  expect(place.box.querySelector("[role=tabpanel]")?.textContent).toBe("Reading…");
});
