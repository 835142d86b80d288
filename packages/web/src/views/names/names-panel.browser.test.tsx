import { type ClassIdentity, type EditInput, mineralColour } from "@sigma-eds/core";
import { expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { linkedValues } from "../../session/linked.js";
import type { ViewSession } from "../../session/view-session.js";
import { mounted } from "../../ui/mounted.test-support.js";
import { UiProvider } from "../../ui/ui-provider.js";
import { smallMapSession } from "../map/small-map-session.test-support.js";
import { NamesPanel } from "./names-panel.js";

const place = mounted();

test("mineral colours wait for a name of a phase, and are one edit then", async () => {
  const { session } = smallMapSession(linkedValues());
  const edit = vi.fn(async (_edits: readonly EditInput[], _sentence?: string) => {});
  const show = (name: string) => {
    const classes = session.analysis!.classes.map((phase) => (phase.id === 0 ? { ...phase, name } : phase));
    const shown: ViewSession = {
      ...session,
      actions: { ...session.actions, edit },
      analysis: { ...session.analysis!, classes, identities: [] as ClassIdentity[] },
      now: () => shown,
    };
    place.root.render(
      <UiProvider theme="dark">
        <NamesPanel session={shown} />
      </UiProvider>,
    );
  };
  const button = page.getByRole("button", { name: "Mineral colours" });
  show("Si-O");
  await vi.waitFor(() => expect(button.element().getAttribute("aria-disabled")).toBe("true"), { timeout: 30_000 });
  show("Quartz");
  await vi.waitFor(() => expect(button.element().getAttribute("aria-disabled")).not.toBe("true"), { timeout: 30_000 });
  await button.click();
  expect(edit.mock.calls).toEqual([
    [[{ step: "edit", action: "recolour", id: 0, colour: mineralColour("Quartz") }], "Coloured the classes as minerals"],
  ]);
});
