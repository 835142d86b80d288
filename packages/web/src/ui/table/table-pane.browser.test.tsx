import { flushSync } from "react-dom";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { OfferedTable } from "../../session/data-table.js";
import { type Host, HostContext } from "../host.js";
import { UiProvider } from "../ui-provider.js";
import { ViewFrame } from "../view-frame.js";

let place: HTMLElement;
let root: Root;
let told: string[];
let palette: Map<string, () => void>;

const host: Host = {
  offer(actions) {
    for (const { id, run } of actions) palette.set(id, () => void run());
    return () => {
      for (const { id } of actions) palette.delete(id);
    };
  },
  save: (ending, text) => told.push(`${ending}: ${text.split("\r\n")[1]}`),
  copy: (what, text) => told.push(`${what}: ${text.split("\n")[1]}`),
  say: (sentence) => told.push(sentence),
};

const channels: OfferedTable = {
  id: "channels",
  title: "Channels",
  make: () => ({
    columns: [
      { name: "energy_kev", title: "Energy", unit: "keV" },
      { name: "counts", title: "Counts" },
    ],
    rows: 450,
    row: (c) => [c / 100, c * c],
  }),
};
const classes: OfferedTable = {
  id: "classes",
  title: "Classes",
  make: () => ({ columns: [{ name: "name", title: "Class" }], rows: 1, row: () => ["Quartz"] }),
};

beforeEach(() => {
  told = [];
  palette = new Map();
  place = document.createElement("div");
  place.style.height = "300px";
  document.body.append(place);
  root = createRoot(place);
  flushSync(() =>
    root.render(
      <UiProvider theme="dark">
        <HostContext value={host}>
          <ViewFrame title="Spectrum" tables={[channels, classes]}>
            <p>The picture</p>
          </ViewFrame>
        </HostContext>
      </UiProvider>,
    ),
  );
});

afterEach(() => {
  root.unmount();
  place.remove();
});

function press(label: string): void {
  const button = [...place.querySelectorAll("button")].find((one) => [one.ariaLabel, one.textContent].includes(label));
  button?.focus();
  expect(document.activeElement?.closest("button"), label).toBe(button);
  flushSync(() => button?.click());
}

const rows = (): string[] => [...place.querySelectorAll("tbody tr")].map((row) => row.textContent ?? "");

test("a view is shown as a table with heads, page by page, and the picture is out of reach meanwhile", () => {
  expect(place.querySelector("table")).toBeNull();
  press("Show as table");
  expect([...place.querySelectorAll("thead th")].map(({ textContent }) => textContent)).toEqual(["Energy, keV", "Counts"]);
  expect(place.querySelector("table")?.getAttribute("aria-rowcount")).toBe("451");
  expect(rows()).toHaveLength(200);
  expect(place.querySelector("p")?.closest("[inert]")).not.toBeNull();
  press("Next rows");
  press("Next rows");
  expect(rows()).toHaveLength(50);
  expect(place.textContent).toContain("Rows 401 to 450 of 450");
  expect(place.querySelector("tbody tr")?.getAttribute("aria-rowindex")).toBe("402");
  press("Show as table");
  expect(place.querySelector("table")).toBeNull();
  expect(place.querySelector("p")?.closest("[inert]")).toBeNull();
});

test("the table that is shown is the one that is copied and saved", () => {
  press("Show as table");
  press("Copy");
  press("CSV");
  const choice = place.querySelector("select")!;
  choice.value = "classes";
  flushSync(() => choice.dispatchEvent(new Event("change", { bubbles: true })));
  press("CSV");
  expect(told).toEqual(["Channels: 0\t0", "channels.csv: 0,0", "classes.csv: Quartz"]);
});

test("the palette has the table by the name of its view, as long as the view is there", () => {
  const show = palette.get("Spectrum: Show as table");
  flushSync(() => show?.());
  expect(rows()).toHaveLength(200);
  flushSync(() => root.render(<p>Nothing</p>));
  expect([...palette.keys()]).toEqual([]);
});
