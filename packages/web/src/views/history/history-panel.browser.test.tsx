import { flushSync } from "react-dom";
import { expect, test } from "vitest";
import { linkedValues } from "../../session/linked.js";
import type { Activity, HistoryEntry } from "../../session/view-session.js";
import { mounted } from "../../ui/mounted.test-support.js";
import { UiProvider } from "../../ui/ui-provider.js";
import { smallMapSession } from "../map/small-map-session.test-support.js";
import { HistoryPanel } from "./history-panel.js";

const entry = (id: number, applied: boolean): HistoryEntry => ({
  ...{ id, sentence: `Edit ${id}`, kind: "edit", applied, refusal: undefined },
});
const place = mounted();

function busyLines(activity: Activity): string[] {
  const { session } = smallMapSession(linkedValues());
  flushSync(() =>
    place.root.render(
      <UiProvider theme="dark">
        <HistoryPanel session={{ ...session, activity, history: [entry(1, true), entry(2, true), entry(3, false)] }} />
      </UiProvider>,
    ),
  );
  return [...place.box.querySelectorAll('[aria-busy="true"]')].map((line) => line.textContent);
}

test("the line that is gone to is marked as being worked on until the classes are there", () => {
  expect(busyLines({ kind: "editing", sentence: "Edit 2" })).toEqual(["Edit 2working…"]);
  expect(busyLines({ kind: "idle" })).toEqual([]);
  expect(place.box.textContent).toContain("Edit 2now");
  expect(busyLines({ kind: "loading", dataset: 0, name: "a.bcf", fraction: 0, message: "" })).toEqual([]);
});

test("what another edit took the place of is in the menu of the history, with its sentences, and is gone back to", async () => {
  const { session } = smallMapSession(linkedValues());
  const goneTo: number[] = [];
  const goToBranch = async (id: number) => void goneTo.push(id);
  const actions = new Proxy(session.actions, {
    get: (given, name) => (name === "goToBranch" ? goToBranch : Reflect.get(given, name)),
  });
  const draw = (branches: typeof session.branches): void =>
    flushSync(() =>
      place.root.render(
        <UiProvider theme="dark">
          <HistoryPanel session={{ ...session, actions, history: [entry(1, true)], branches }} />
        </UiProvider>,
      ),
    );
  const more = () => place.box.querySelector<HTMLButtonElement>('button[aria-label="Replaced edits"]');
  const items = () => [...document.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  draw([]);
  expect(more()).toBeNull();
  draw([
    { id: 7, sentences: ["Locked “A”", "Added step: Unmix", "Merged “A” + “B”"], recipeChanges: 1 },
    { id: 4, sentences: ["Noted something on “C”"], recipeChanges: 0 },
    { id: 2, sentences: ["Removed step: Unmix", "Added step: Maps"], recipeChanges: 2 },
  ]);
  more()?.click();
  await expect
    .poll(() => items().map(({ textContent }) => textContent))
    .toEqual([
      "Before: 2 edits and 1 change of the recipe, last: Merged “A” + “B”",
      "Before: 1 edit, last: Noted something on “C”",
      "Before: 2 changes of the recipe, last: Added step: Maps",
    ]);
  expect(document.body.textContent).toContain("Locked “A” · Added step: Unmix · Merged “A” + “B”");
  items()[1]?.click();
  expect(goneTo).toEqual([4]);
});
