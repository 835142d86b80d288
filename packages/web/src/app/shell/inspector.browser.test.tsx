import { flushSync } from "react-dom";
import { expect, test, vi } from "vitest";
import { createSession } from "../../session/session.js";
import type { Stage } from "../../session/view-session.js";
import { mounted } from "../../ui/mounted.test-support.js";
import { UiProvider } from "../../ui/ui-provider.js";
import { smallMapSession } from "../../views/map/small-map-session.test-support.js";
import { LocalEngine } from "../../worker/engine.js";
import { SessionContext } from "../session-context.js";
import { Inspector } from "./inspector.js";

/** What is waited for may take long on a busy machine. */
const PATIENCE = { timeout: 30_000 };
const place = mounted();

function shown(stage: Stage) {
  const session = createSession(Object.assign(new LocalEngine(), { close: () => {} }));
  const { session: small } = smallMapSession(session.linked);
  flushSync(() =>
    place.root.render(
      <UiProvider theme="dark">
        <SessionContext value={{ session, shown: { ...small, stage }, kept: undefined }}>
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
