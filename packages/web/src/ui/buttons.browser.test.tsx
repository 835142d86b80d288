import { IconX } from "@tabler/icons-react";
import { flushSync } from "react-dom";
import { expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { type Host, HostContext } from "./host.js";
import { IconAction } from "./icon-action.js";
import { mounted } from "./mounted.test-support.js";
import { TextButton } from "./text-button.js";
import { UiProvider } from "./ui-provider.js";

const PATIENCE = { timeout: 30_000 };
const place = mounted();

function shown(button: React.ReactNode): string[] {
  const said: string[] = [];
  const host: Host = { offer: () => () => {}, save: () => {}, copy: () => {}, say: (sentence) => said.push(sentence) };
  flushSync(() =>
    place.root.render(
      <UiProvider theme="dark">
        <HostContext value={host}>{button}</HostContext>
      </UiProvider>,
    ),
  );
  return said;
}

const click = (detail: number) =>
  place.box.querySelector("button")!.dispatchEvent(new MouseEvent("click", { bubbles: true, detail }));

test("a button that cannot be used says why when it is pressed", () => {
  const act = vi.fn();
  const words = shown(
    <TextButton unavailable="Something is running." onClick={act}>
      Merge
    </TextButton>,
  );
  click(1);
  expect(words).toEqual(["Something is running."]);
  const icon = shown(<IconAction icon={IconX} label="Undo" unavailable="Nothing to undo" onClick={act} />);
  click(1);
  expect(icon).toEqual(["Nothing to undo"]);
  expect(act).not.toHaveBeenCalled();
});

test("the second click of a double click does not work what has taken the place of an act; elsewhere every click counts", () => {
  const act = vi.fn();
  for (const [once, times] of [
    [true, 1],
    [false, 2],
  ] as const) {
    act.mockClear();
    shown(
      <TextButton once={once} onClick={act}>
        Find phases
      </TextButton>,
    );
    click(1);
    click(2);
    expect(act).toHaveBeenCalledTimes(times);
  }
});

test("Escape closes the tooltip beneath the pointer, and means the same as ever", async () => {
  shown(<IconAction icon={IconX} label="Take away" onClick={() => {}} />);
  const heard = vi.fn();
  window.addEventListener("keydown", heard);
  const tooltip = () => document.querySelector("[role=tooltip]");
  await page.getByRole("button", { name: "Take away" }).hover();
  await vi.waitFor(() => expect(tooltip()?.textContent).toBe("Take away"), PATIENCE);
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(heard).toHaveBeenCalledTimes(1);
  await vi.waitFor(() => expect(tooltip()).toBeNull(), PATIENCE);
  window.removeEventListener("keydown", heard);
});
