import { expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { linkedValues } from "../../session/linked.js";
import type { ViewSession } from "../../session/view-session.js";
import { mounted } from "../../ui/mounted.test-support.js";
import { UiProvider } from "../../ui/ui-provider.js";
import { smallMapSession } from "../map/small-map-session.test-support.js";
import { ClassList } from "./class-list.js";

const place = mounted();

test("beside the colours of a class stand the one far from its neighbours and the spreading of all", async () => {
  const { session } = smallMapSession(linkedValues());
  const edit = vi.fn(async () => {});
  const say = vi.fn();
  const shown: ViewSession = { ...session, actions: { ...session.actions, edit, say }, now: () => shown };
  place.root.render(
    <UiProvider theme="dark">
      <ClassList session={shown} />
    </UiProvider>,
  );
  const swatch = page.getByRole("button", { name: "Colour of Class 2" });
  await swatch.click();
  await page.getByRole("button", { name: "Far from its neighbours" }).click();
  expect(edit.mock.calls).toEqual([[[expect.objectContaining({ action: "recolour", id: 1 })]]]);
  await vi.waitFor(() => expect(place.box.ownerDocument.querySelector("[role=dialog]")).toBeNull(), { timeout: 30_000 });
  await swatch.click();
  await page.getByRole("button", { name: "Spread colours again" }).click();
  await vi.waitFor(() => expect(say).toHaveBeenCalledWith("Neighbours have distant colours already."), { timeout: 30_000 });
});
