import axe from "axe-core";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { expect, test } from "vitest";
import { UiProvider } from "../ui/ui-provider.js";
import { chartEntries } from "./chart-entries.js";
import { exampleData } from "./example-data.js";
import { identifyEntries } from "./identify-entries.js";
import { inspectorEntries } from "./inspector-entries.js";
import { spectrumEntry } from "./spectrum-entries.js";

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 120));

/** Shown side by side, states of one view have the same landmarks; in the app there is one of each. */
const rules = { "landmark-unique": { enabled: false }, "heading-order": { enabled: false }, region: { enabled: false } };

test("no state of a view or panel has a serious fault that axe finds", async () => {
  const data = await exampleData();
  const place = document.createElement("div");
  document.body.append(place);
  const root = createRoot(place);
  const faults: string[] = [];
  for (const entry of [spectrumEntry, ...inspectorEntries, ...identifyEntries, ...chartEntries]) {
    for (const state of entry.states) {
      flushSync(() =>
        root.render(
          <UiProvider theme="dark">
            <main
              key={`${entry.id} ${state.name}`}
              style={{ width: entry.width, height: entry.height, background: "var(--panel)" }}
            >
              {state.render({ data, theme: "dark" })}
            </main>
          </UiProvider>,
        ),
      );
      await settled();
      const { violations } = await axe.run(place, { resultTypes: ["violations"], rules });
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      faults.push(...serious.map(({ id, nodes }) => `${entry.id}/${state.name}: ${id} ${nodes[0]?.html.slice(0, 120) ?? ""}`));
    }
  }
  root.unmount();
  place.remove();
  expect(faults).toEqual([]);
});
