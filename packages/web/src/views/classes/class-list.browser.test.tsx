import { expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { linkedValues } from "../../session/linked.js";
import { mounted } from "../../ui/mounted.test-support.js";
import { UiProvider } from "../../ui/ui-provider.js";
import { smallMapSession } from "../map/small-map-session.test-support.js";
import { ClassList } from "./class-list.js";

const place = mounted();

test("rows are 27 px high in a small window and 32 px where there is room", async () => {
  place.root.render(
    <UiProvider theme="dark">
      <ClassList session={smallMapSession(linkedValues()).session} />
    </UiProvider>,
  );
  const heights = () => [...place.box.querySelectorAll("[data-class]")].map((row) => row.getBoundingClientRect().height);
  for (const [width, height, row] of [
    [1280, 720, 27],
    [1600, 1000, 32],
    [1920, 720, 27],
  ] as const) {
    // biome-ignore format: sizes
    await page.viewport(width, height);
    await vi.waitFor(() => expect(heights()).toEqual([row, row]), { timeout: 30_000 });
  }
});

test("the focus stays in the list when the class that has it goes, and leaves it when someone goes elsewhere", async () => {
  const { session } = smallMapSession(linkedValues());
  const show = (shown: typeof session) =>
    place.root.render(
      <UiProvider theme="dark">
        <ClassList session={shown} />
      </UiProvider>,
    );
  const row = (id: number) => place.box.querySelector<HTMLElement>(`[data-class="${id}"]`);
  const without = (id: number) => ({
    ...session,
    analysis: { ...session.analysis!, classes: session.analysis!.classes.filter((phase) => phase.id !== id) },
  });
  show(session);
  await vi.waitFor(() => expect(row(0) && row(1)).not.toBeNull(), { timeout: 30_000 });
  row(0)!.focus();
  row(1)!.focus();
  show(without(1));
  await vi.waitFor(() => expect(document.activeElement).toBe(row(0)), { timeout: 30_000 });
  row(0)!.blur();
  await new Promise((resolve) => setTimeout(resolve, 0));
  show(without(0));
  await vi.waitFor(() => expect(row(0)).toBeNull(), { timeout: 30_000 });
  expect(document.activeElement).toBe(document.body);
});
