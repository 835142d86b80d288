import { expect, test, vi } from "vitest";
import { Choice } from "./choice.js";
import { ExportMenu } from "./export-menu.js";
import { useViewEntries } from "./header/view-menu.js";
import { Hint } from "./hint.js";
import { mounted } from "./mounted.test-support.js";
import { Segmented } from "./segmented.js";
import { ThinSlider } from "./thin-slider.js";
import { UiProvider } from "./ui-provider.js";
import { ViewFrame } from "./view-frame.js";

const place = mounted();
const settled = { timeout: 30_000 };

function Picture({ onFit }: { onFit(): void }) {
  useViewEntries(() => [[{ label: "Fit", keys: "0", run: onFit }]]);
  return <canvas tabIndex={0} aria-label="picture" />;
}

function draw(done: (what: string) => void): void {
  place.root.render(
    <UiProvider theme="dark">
      <ViewFrame
        title="Plot"
        controls={
          <>
            <Choice
              label="Unit"
              value="a"
              choices={[
                { value: "a", label: "Counts" },
                { value: "b", label: "Shares" },
              ]}
              onChange={(value) => done(`unit ${value}`)}
            />
            <Segmented
              label="Axis"
              value="lin"
              choices={[
                { value: "lin", label: "Linear" },
                { value: "log", label: "Log" },
              ]}
              onChange={(value) => done(`axis ${value}`)}
            />
            <ThinSlider label="Opacity" value={0.5} min={0} max={1} step={0.1} text="50 %" onChange={() => done("opacity")} />
            <Hint>All pixels</Hint>
          </>
        }
        actions={
          <ExportMenu
            items={[
              { label: "Figure", run: () => done("figure") },
              { label: "Copy picture", quick: true, run: () => done("copy") },
            ]}
          />
        }
      >
        <Picture onFit={() => done("fit")} />
      </ViewFrame>
    </UiProvider>,
  );
}

const header = (): HTMLElement => place.box.querySelector("header")!;
const isSeen = (element: Element): boolean => getComputedStyle(element).visibility === "visible";
const folded = (): string[] =>
  [...header().querySelectorAll("[data-folded]")].map((part) => part.ariaLabel ?? part.textContent ?? "").sort();
const items = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[role^=menuitem]")];
const labels = (): string[] => items().map(({ textContent }) => textContent ?? "");

async function atWidth(width: number): Promise<void> {
  place.box.style.cssText = `width: ${width}px; height: 200px`;
  await new Promise((resolve) => setTimeout(resolve, 60));
}

async function opened(): Promise<void> {
  await vi.waitFor(() => expect(items().length).toBeGreaterThan(0), settled);
}

test("a header shows all it has room for, and nothing of it is sliced at any width", async () => {
  draw(() => {});
  await atWidth(700);
  await vi.waitFor(() => expect(folded()).toEqual([]), settled);
  for (const width of [560, 480, 400, 330, 280, 220, 160]) {
    await atWidth(width);
    const right = header().getBoundingClientRect().right;
    const seen = [...header().querySelectorAll("[data-part], button")].filter(isSeen);
    for (const part of seen) expect(part.getBoundingClientRect().right, `at ${width}`).toBeLessThanOrEqual(right);
    expect(header().scrollWidth, `at ${width}`).toBeLessThanOrEqual(header().clientWidth);
    expect(seen.some(({ ariaLabel }) => ariaLabel === "Menu of the view")).toBe(true);
  }
  await atWidth(130);
  expect(folded()).toEqual(["All pixels", "Axis", "Opacity50 %", "Unit"]);
  await atWidth(700);
  await vi.waitFor(() => expect(folded()).toEqual([]), settled);
});

test("what is folded stands in the menu, with what is always there; the words of a hint too", async () => {
  const done: string[] = [];
  draw((what) => void done.push(what));
  await atWidth(700);
  header().querySelector<HTMLElement>("[aria-label='Menu of the view']")!.click();
  await opened();
  expect(labels()).toEqual(["Fit0", "Copy picture", "Export"]);
  const button = header().querySelector("[aria-label='Menu of the view']")!.getBoundingClientRect();
  await vi.waitFor(() => {
    const first = items()[0]!;
    expect(getComputedStyle(first).visibility).toBe("visible");
    expect(Math.abs(first.getBoundingClientRect().top - button.bottom)).toBeLessThan(40);
  }, settled);
  items()[1]!.click();
  await vi.waitFor(() => expect(items()).toEqual([]), settled);
  expect(done).toEqual(["copy"]);
  await atWidth(130);
  header().querySelector<HTMLElement>("[aria-label='Menu of the view']")!.click();
  await opened();
  expect(labels()).toEqual(["Fit0", "Unit", "Axis", "Opacity", "Copy picture", "Export"]);
  expect(document.body.textContent).toContain("All pixels");
  const line = items().find(({ textContent }) => textContent === "Axis")!;
  line.click();
  await vi.waitFor(() => expect(labels()).toContain("Log"), settled);
  const axis = items().filter(({ textContent }) => textContent === "Linear" || textContent === "Log");
  expect(axis.map(({ ariaChecked }) => ariaChecked)).toEqual(["true", "false"]);
  axis[1]!.click();
  await vi.waitFor(() => expect(items()).toEqual([]), settled);
  expect(done).toEqual(["copy", "axis log"]);
});

test("the right button, the menu key and Shift F10 open the same menu, and the focus goes back to where it was", async () => {
  const done: string[] = [];
  draw((what) => void done.push(what));
  await atWidth(700);
  const picture = () => place.box.querySelector<HTMLElement>("[aria-label=picture]")!;
  await vi.waitFor(() => expect(picture()).not.toBeNull(), settled);
  picture().focus();
  const press = new MouseEvent("contextmenu", { bubbles: true, cancelable: true, button: 2, clientX: 40, clientY: 80 });
  picture().dispatchEvent(press);
  expect(press.defaultPrevented).toBe(true);
  await opened();
  expect(labels()).toEqual(["Fit0", "Copy picture", "Export"]);
  items()[0]!.click();
  await vi.waitFor(() => expect(items()).toEqual([]), settled);
  expect(done).toEqual(["fit"]);
  expect(document.activeElement).toBe(picture());
  for (const key of [{ key: "F10", shiftKey: true }, { key: "ContextMenu" }]) {
    picture().dispatchEvent(new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true }));
    await opened();
    expect(labels()).toEqual(["Fit0", "Copy picture", "Export"]);
    items()[1]!.click();
    await vi.waitFor(() => expect(items()).toEqual([]), settled);
    expect(document.activeElement).toBe(picture());
  }
  const field = document.createElement("input");
  picture().after(field);
  const onField = new MouseEvent("contextmenu", { bubbles: true, cancelable: true, button: 2 });
  field.dispatchEvent(onField);
  expect(onField.defaultPrevented).toBe(false);
  field.remove();
});
