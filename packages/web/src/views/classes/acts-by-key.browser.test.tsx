import { expect, test, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { linkedValues } from "../../session/linked.js";
import { mounted } from "../../ui/mounted.test-support.js";
import { UiProvider } from "../../ui/ui-provider.js";
import { smallMapSession } from "../map/small-map-session.test-support.js";
import { ClassList } from "./class-list.js";

const place = mounted();

test("a key on a row acts on the class of that row, whatever is chosen", async () => {
  // biome-ignore format: a size
  await page.viewport(1600, 1000);
  const linked = linkedValues();
  linked.chosenClasses.set([0, 1], "test");
  place.root.render(
    <UiProvider theme="dark">
      <ClassList session={smallMapSession(linked).session} />
    </UiProvider>,
  );
  const row = () => place.box.querySelector<HTMLElement>('[data-class="1"]');
  await vi.waitFor(() => expect(row()).not.toBeNull(), { timeout: 30_000 });
  row()!.focus();
  await userEvent.keyboard("{Enter}");
  await vi.waitFor(() => expect(document.activeElement?.closest("label")?.textContent).toContain("Note on “Class 2”"), {
    timeout: 30_000,
  });
  expect(linked.chosenClasses.current.value).toEqual([1]);
  expect(linked.visibleClasses.current.value.active).toBe(1);
});
