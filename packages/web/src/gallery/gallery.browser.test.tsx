import axe from "axe-core";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { beforeAll, expect, test, vi } from "vitest";
import { UiProvider } from "../ui/ui-provider.js";
import { identificationPanel } from "../views/identification/definition.js";
import { namesPanel } from "../views/names/definition.js";
import { chartEntries } from "./chart-entries.js";
import { type ExampleData, exampleData } from "./example-data.js";
import { exampleSession } from "./example-session.js";
import { identifyEntries } from "./identify-entries.js";
import { inspectorEntries } from "./inspector-entries.js";
import { missingFromPalette } from "./palette-of-views.test-support.js";
import { spectrumEntry } from "./spectrum-entries.js";

/** What is waited for may take long on a busy machine. */
const PATIENCE = { timeout: 30_000 };

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 120));

/** Shown side by side, states of one view have the same landmarks; in the app there is one of each. */
const rules = { "landmark-unique": { enabled: false }, "heading-order": { enabled: false }, region: { enabled: false } };

let data: ExampleData;

beforeAll(async () => {
  data = await exampleData();
}, 120_000);

test("no state of a view or panel has a serious fault that axe finds", async () => {
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
}, 150_000);

test("the palette has every control of the header of every view", async () => {
  expect(await missingFromPalette(data)).toEqual([]);
}, 120_000);

test("evidence is opened and a name accepted by keys alone", async () => {
  const { session, told } = exampleSession(data);
  const place = document.createElement("div");
  document.body.append(place);
  const root = createRoot(place);
  const shown = ({ component: Panel }: typeof namesPanel): void =>
    flushSync(() =>
      root.render(
        <UiProvider theme="dark">
          <Panel session={session} />
        </UiProvider>,
      ),
    );
  const press = (element: HTMLElement): void => {
    element.focus();
    expect(document.activeElement).toBe(element);
    element.click();
  };
  shown(identificationPanel);
  const element = await vi.waitUntil(() => place.querySelector<HTMLElement>('button[aria-expanded="false"]'), PATIENCE);
  press(element);
  await settled();
  expect(session.linked.hover.current.value.kind).toBe("line");
  expect(session.linked.energyRange.current.value).toBeDefined();
  expect(place.querySelector("table[aria-label$=' lines']")).not.toBeNull();

  shown(namesPanel);
  const accept = await vi.waitUntil(
    () => [...place.querySelectorAll("button")].find(({ textContent }) => textContent?.startsWith("Accept “") === true),
    PATIENCE,
  );
  press(accept);
  expect(told.at(-1)).toMatch(/^edit .*"action":"rename"/);
  root.unmount();
  place.remove();
});
