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
