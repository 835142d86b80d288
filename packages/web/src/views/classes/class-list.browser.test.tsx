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

test("columns of numbers are those that are chosen, and the share of the selection while there is one", async () => {
  const linked = linkedValues();
  const { session } = smallMapSession(linked);
  const chosen: (readonly string[])[] = [];
  const actions = { ...session.actions, showClassColumns: (ids: readonly string[]) => void chosen.push(ids) };
  const show = (classColumns: readonly string[]) =>
    place.root.render(
      <UiProvider theme="dark">
        <ClassList session={{ ...session, classColumns, actions }} />
      </UiProvider>,
    );
  const heads = () => [...place.box.querySelectorAll("thead th")].map((head) => head.getAttribute("aria-label")).slice(3, -2);
  const cells = (id: number) => [...place.box.querySelectorAll(`[data-class="${id}"] td`)].map((cell) => cell.textContent);
  show(["counts", "pixels"]);
  await vi.waitFor(() => expect(heads()).toEqual(["Pixels", "Mean counts per pixel"]), { timeout: 30_000 });
  const [first] = session.analysis!.classes;
  expect(cells(first!.id)).toContain(String(first!.pixels));
  const mask = session.analysis!.labels!.map((label) => (label === first!.id ? 1 : 0));
  const count = mask.reduce((sum, inside) => sum + inside, 0);
  linked.selection.set({ mask: Uint8Array.from(mask), count, made: "One class", parts: [] }, "test");
  await vi.waitFor(() => expect(heads().at(-1)).toBe("Share of the selection"), { timeout: 30_000 });
  expect(cells(first!.id)).toContain("100 %");
  place.box.querySelector<HTMLElement>("[aria-label='Columns of the class list']")!.click();
  const item = (name: string) =>
    [...document.querySelectorAll<HTMLElement>("[role=menuitemcheckbox]")].find(({ textContent }) => textContent === name);
  await vi.waitFor(() => expect(item("Pixels")?.ariaChecked).toBe("true"), { timeout: 30_000 });
  item("Area in µm²")!.click();
  item("Pixels")!.click();
  expect(chosen).toEqual([["counts", "pixels", "area-um2"], ["counts"]]);
});

test("a press on Unassigned selects the pixels of no class", async () => {
  const linked = linkedValues();
  const { session } = smallMapSession(linked);
  const labels = session.analysis!.labels!.map((label, p) => (p < 7 ? -1 : label));
  place.root.render(
    <UiProvider theme="dark">
      <ClassList session={{ ...session, analysis: { ...session.analysis!, labels } }} />
    </UiProvider>,
  );
  const button = () => [...place.box.querySelectorAll("button")].find(({ textContent }) => textContent === "Unassigned");
  await vi.waitFor(() => expect(button()).toBeDefined(), { timeout: 30_000 });
  button()!.click();
  const { mask, count, made } = linked.selection.current.value;
  expect([count, made, mask.indexOf(0)]).toEqual([7, "Unassigned", 7]);
});
