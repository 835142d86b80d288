import { flushSync } from "react-dom";
import { expect, test, vi } from "vitest";
import { commandRegistry } from "../session/commands.js";
import { slowSession } from "../session/hasty.test-support.js";
import { mounted } from "../ui/mounted.test-support.js";
import { UiProvider } from "../ui/ui-provider.js";
import { openPalette, Palette } from "./palette.js";

const place = mounted();
const press = (key: string): boolean =>
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

test("what is typed before the field has the focus stands in it, and is no shortcut; Escape closes it", async () => {
  const { session } = slowSession();
  const commands = commandRegistry();
  commands.register([{ id: "stage.unmix", title: "Go to Unmix", run: () => {} }]);
  const heard = vi.fn<() => void>();
  window.addEventListener("keydown", heard);
  const field = () => document.querySelector<HTMLInputElement>("[role=dialog] input");
  flushSync(() =>
    place.root.render(
      <UiProvider theme="dark">
        <Palette session={{ ...session, commands }} />
      </UiProvider>,
    ),
  );
  openPalette();
  for (const key of ["t", "o", " ", "y", "Backspace", "U", "Enter"]) press(key);
  expect(heard).not.toHaveBeenCalled();
  await vi.waitUntil(() => field() !== null && document.activeElement === field());
  expect(field()!.value).toBe("to U");
  expect(field()!.selectionStart).toBe(4);
  await vi.waitUntil(() => document.querySelector("[role=dialog]")?.textContent?.includes("Go to Unmix"));
  field()!.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true }));
  await vi.waitUntil(() => field() === null);
  openPalette();
  press("x");
  press("Escape");
  await vi.waitUntil(() => field() === null);
  heard.mockClear();
  press("x");
  expect(heard).toHaveBeenCalledOnce();
  window.removeEventListener("keydown", heard);
});
