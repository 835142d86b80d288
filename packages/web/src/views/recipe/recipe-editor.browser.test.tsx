import { presetRecipe, type Recipe, type RecipeInput } from "@sigma-eds/core";
import { flushSync } from "react-dom";
import { beforeEach, expect, test } from "vitest";
import { linkedValues } from "../../session/linked.js";
import type { ViewSession } from "../../session/view-session.js";
import { mounted } from "../../ui/mounted.test-support.js";
import { UiProvider } from "../../ui/ui-provider.js";
import { smallMapSession } from "../map/small-map-session.test-support.js";
import { RecipePanel } from "./recipe-panel.js";

const place = mounted();
const auto = presetRecipe("auto");
let taken: unknown[];

beforeEach(() => {
  taken = [];
  const { session } = smallMapSession(linkedValues());
  const shown: ViewSession = {
    ...session,
    recipe: auto,
    now: () => shown,
    actions: {
      ...session.actions,
      changeRecipe: (next: RecipeInput | ((recipe: Recipe) => RecipeInput)) =>
        void taken.push(typeof next === "function" ? next(auto) : next),
    },
  };
  flushSync(() =>
    place.root.render(
      <UiProvider theme="dark">
        <RecipePanel session={shown} />
      </UiProvider>,
    ),
  );
  press("Edit as JSON");
});

function press(words: string): void {
  const button = [...place.box.querySelectorAll("button")].find(({ textContent }) => textContent === words);
  expect(button, words).toBeDefined();
  flushSync(() => button?.click());
}

const area = (): HTMLTextAreaElement | null => place.box.querySelector("textarea");

function write(change: (text: string) => string): void {
  const field = area()!;
  const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")!.set!;
  flushSync(() => {
    set.call(field, change(field.value));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

test("what is wrong is told with its line, shown on request, and not applied; what is right is", () => {
  write((text) => text.replace('"minDist": 0.1', '"minDist": -4'));
  expect(area()?.ariaInvalid ?? area()?.getAttribute("aria-invalid")).toBe("true");
  expect(place.box.querySelector("[role=status]")?.textContent).toMatch(/^Line \d+: steps\.5\.minDist/);
  press("Apply");
  expect(taken).toEqual([]);
  press("Show the place");
  const { value, selectionStart, selectionEnd } = area()!;
  expect(value.slice(selectionStart, selectionEnd)).toBe("-4");
  write((text) => text.replace('"minDist": -4', '"minDist": 0.3'));
  press("Apply");
  const steps = auto.steps.map((entry) => (entry.step === "embed" ? { ...entry, minDist: 0.3 } : entry));
  expect(taken).toEqual([{ ...auto, steps }]);
  expect(area()).toBeNull();
});

test("what is discarded changes nothing", () => {
  write(() => "nothing of a recipe");
  press("Discard");
  expect(area()).toBeNull();
  expect(taken).toEqual([]);
});
