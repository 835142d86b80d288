import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { mounted } from "../mounted.test-support.js";
import { UiProvider } from "../ui-provider.js";
import { useContextMenu } from "./context-menu.js";

const place = mounted();
const taken: string[] = [];
const beneath = vi.fn();

function Menued() {
  const act = (label: string) => ({ label, run: () => void taken.push(label) });
  const { menu, around, toggleBelow } = useContextMenu(() => [
    [act("Apatite"), act("Quartz"), { label: "More", items: [act("Rutile"), act("Zircon")] }],
  ]);
  return (
    <span {...around}>
      <button type="button" onClick={({ currentTarget }) => toggleBelow(currentTarget)}>
        Open
      </button>
      <input aria-label="Field" />
      {menu}
    </span>
  );
}

const menus = () => document.querySelectorAll("[role=menu]");
const button = () => place.box.querySelector<HTMLButtonElement>("button")!;
const PATIENCE = { timeout: 30_000 };

/** As a person does it: whoever has the focus gets the key. */
function press(key: string): void {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  (document.activeElement ?? document.body).dispatchEvent(event);
}

async function openWithoutFocus(): Promise<void> {
  button().focus();
  button().click();
  await vi.waitFor(() => expect(menus()).toHaveLength(1), PATIENCE);
  await vi.waitFor(() => expect(menus()[0]!.contains(document.activeElement)).toBe(true), PATIENCE);
  button().focus();
}

beforeEach(async () => {
  taken.length = 0;
  beneath.mockClear();
  window.addEventListener("keydown", beneath);
  place.root.render(
    <UiProvider theme="dark">
      <Menued />
    </UiProvider>,
  );
  await vi.waitFor(() => expect(place.box.querySelector("button")).not.toBeNull(), PATIENCE);
});
afterEach(() => window.removeEventListener("keydown", beneath));

test("Escape closes an open menu that has not got the focus yet, and means nothing else", async () => {
  await openWithoutFocus();
  press("Escape");
  await vi.waitFor(() => expect(menus()).toHaveLength(0), PATIENCE);
  expect(beneath.mock.calls.every(([event]) => event.defaultPrevented || event.target !== button())).toBe(true);
});

test("arrows and Enter go to its entries, and the button that opened it is not pressed again", async () => {
  await openWithoutFocus();
  press("ArrowDown");
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("Apatite"), PATIENCE);
  press("ArrowDown");
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("Quartz"), PATIENCE);
  (document.activeElement as HTMLElement).click();
  await vi.waitFor(() => expect(taken).toEqual(["Quartz"]), PATIENCE);
  expect(menus()).toHaveLength(0);
});

test("a field that is written in keeps its letters, and without a menu nothing is kept from anybody", async () => {
  await openWithoutFocus();
  place.box.querySelector("input")!.focus();
  press("a");
  expect(beneath).toHaveBeenCalledOnce();
  button().focus();
  press("Escape");
  await vi.waitFor(() => expect(menus()).toHaveLength(0), PATIENCE);
  beneath.mockClear();
  press("Escape");
  expect(beneath).toHaveBeenCalledOnce();
});
