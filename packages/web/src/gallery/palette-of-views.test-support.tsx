/** Holds the palette against the headers of all views. */
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import type { RegisteredView } from "../app/registered-view.js";
import { views } from "../app/view-registry.js";
import { type Host, HostContext } from "../ui/host.js";
import { UiProvider } from "../ui/ui-provider.js";
import type { ExampleData } from "./example-data.js";
import { exampleSession } from "./example-session.js";
import { withSelection } from "./spectrum-entries.js";

/** Controls that the palette has in other words. */
const OTHER_WORDS: readonly (readonly [name: RegExp, title: string])[] = [
  [/^Elements \d+$/, "Periodic table"],
  [/^Sum$/, "Spectrum: Show or hide sum"],
  [/^Maximum$/, "Spectrum: Show or hide maximum"],
  [/^Doubt$/, "Show or hide doubt on the map"],
];

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));

/** Every button, choice and slider of a header, by the words that the palette should have. */
function controlsOf(header: Element): string[] {
  return [...header.querySelectorAll("button, select, input")].flatMap((control): string | string[] => {
    const name = (control.getAttribute("aria-label") ?? control.textContent ?? "").trim();
    if (control instanceof HTMLSelectElement) return [...control.options].map(({ text }) => `${name}: ${text}`);
    if (control.role === "radio") return `${control.closest("[role=radiogroup]")?.ariaLabel}: ${name}`;
    if (control instanceof HTMLInputElement) return control.type === "range" ? `${name}: more` : [];
    return control.getAttribute("aria-haspopup") === "menu" && name.includes(": ") ? name.split(": ")[0]! : name;
  });
}

async function missingOf(view: RegisteredView, data: ExampleData): Promise<string[]> {
  const { session } = exampleSession(data);
  const host: Host = { offer: session.commands.register, save: () => {}, copy: () => {}, say: () => {} };
  const place = document.createElement("div");
  place.style.cssText = "width: 1060px; height: 500px";
  document.body.append(place);
  const root = createRoot(place);
  flushSync(() =>
    root.render(
      <UiProvider theme="dark">
        <HostContext value={host}>{view.render(session, undefined, () => {})}</HostContext>
      </UiProvider>,
    ),
  );
  withSelection(0, 2)(session);
  // Some views come when they are first shown.
  while (place.querySelector("section") === null) await settled();
  await settled();
  const titles = session.commands.list().map(({ title }) => title);
  const header = place.querySelector("header");
  const controls = header === null ? [] : controlsOf(header);
  root.unmount();
  place.remove();
  return controls.filter((name) => {
    const other = OTHER_WORDS.find(([pattern]) => pattern.test(name))?.[1];
    return !titles.some((title) => title === other || title.startsWith(`${view.title}: ${name}`));
  });
}

/** Controls in the header of any view for which the palette has no action. */
export async function missingFromPalette(data: ExampleData): Promise<string[]> {
  const missing: string[] = [];
  for (const view of views) missing.push(...(await missingOf(view, data)).map((name) => `${view.title}: ${name}`));
  return missing;
}
