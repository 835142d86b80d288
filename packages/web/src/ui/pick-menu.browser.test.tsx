import { expect, test, vi } from "vitest";
import { mounted } from "./mounted.test-support.js";
import { PickMenu } from "./pick-menu.js";
import { UiProvider } from "./ui-provider.js";

const place = mounted();

test("entries are radio items: which is chosen is told, another is taken by a click, one that cannot be taken says why", async () => {
  const taken: string[] = [];
  const item = (id: string, rest: { readonly chosen?: boolean; readonly unavailable?: string } = {}) => ({
    ...{ id, label: id, chosen: false, choose: () => void taken.push(id) },
    ...rest,
  });
  const items = [item("Classes", { chosen: true }), item("Fe Kα"), item("Entropy", { unavailable: "No memberships." })];
  place.root.render(
    <UiProvider theme="dark">
      <PickMenu label="What the map shows" text="Classes" groups={[{ title: "Fill", items }]} />
    </UiProvider>,
  );
  await vi.waitFor(() => expect(place.box.querySelector("button")).not.toBeNull(), { timeout: 30_000 });
  place.box.querySelector<HTMLElement>("button")!.click();
  const entry = (name: string) =>
    [...document.querySelectorAll<HTMLButtonElement>("[role=menuitemradio]")].find(({ textContent }) => textContent === name);
  await vi.waitFor(() => expect(entry("Classes")?.ariaChecked).toBe("true"), { timeout: 30_000 });
  expect(entry("Fe Kα")?.ariaChecked).toBe("false");
  expect(entry("Entropy")).toMatchObject({ disabled: true, title: "No memberships." });
  entry("Fe Kα")!.click();
  expect(taken).toEqual(["Fe Kα"]);
  await vi.waitFor(() => expect(entry("Fe Kα")).toBeUndefined(), { timeout: 30_000 });
});
