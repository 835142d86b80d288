/** What keys and the palette do with the views as such: close, fill the work place, go from one to the next. */
import type { DockviewApi, DockviewGroupPanel } from "dockview-react";
import type { Command } from "../session/commands.js";

export function viewCommands(api: DockviewApi): Command[] {
  const alone = (): string | undefined =>
    api.activePanel === undefined || api.panels.length < 2 ? "The last view stays." : undefined;
  return [
    {
      id: "view.close",
      title: "Close the view that has the focus",
      words: "hide tab panel remove",
      unavailable: alone,
      run: () => api.activePanel?.api.close(),
    },
    {
      id: "view.maximise",
      title: "Maximise the view, or put it back",
      keys: "F",
      words: "full large fill enlarge",
      run: () => toggleMaximised(api),
    },
    { id: "view.next", title: "Go to the next view", keys: "F6", words: "focus region", run: () => goToView(api, 1) },
    {
      id: "view.previous",
      title: "Go to the view before",
      keys: "Shift F6",
      words: "focus region previous",
      run: () => goToView(api, -1),
    },
  ];
}

/** The view that has the focus; else the one beneath the pointer; else the one that was used last. */
function toggleMaximised(api: DockviewApi): void {
  if (api.hasMaximizedGroup()) api.exitMaximizedGroup();
  else {
    const meant = focused(api) ?? api.groups.find(({ element }) => element.matches(":hover")) ?? api.activeGroup;
    meant?.activePanel?.api.maximize();
  }
}

function goToView(api: DockviewApi, step: 1 | -1): void {
  const groups = inReadingOrder(api);
  const now = groups.indexOf(focused(api) as DockviewGroupPanel);
  const next = groups.at(now < 0 ? (step === 1 ? 0 : -1) : (now + step) % groups.length);
  next?.activePanel?.api.setActive();
  placeToEnter(next?.activePanel?.view.content.element)?.focus();
}

/** Puts the focus, which went with the views that were there before, into the first of those that are now, as soon as there is something in it; not where anything else has it by then. */
export function enterFirstView(api: DockviewApi, tries = 60): void {
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    const [first] = inReadingOrder(api);
    const place = placeToEnter(first?.activePanel?.view.content.element);
    if (place !== undefined) place.focus({ preventScroll: true });
    else if (tries > 1) enterFirstView(api, tries - 1);
  });
}

/** Where the focus goes in a view: a picture that is walked through by keys before the buttons of the header. */
export function placeToEnter(content: HTMLElement | undefined): HTMLElement | undefined {
  return content?.querySelector<HTMLElement>("[role=application][tabindex='0'], canvas[tabindex='0']") ?? firstFocusable(content);
}

function focused(api: DockviewApi): DockviewGroupPanel | undefined {
  return api.groups.find(({ element }) => element.contains(document.activeElement));
}

/** From left to right, then down; only what is seen. */
function inReadingOrder(api: DockviewApi): DockviewGroupPanel[] {
  const placed = api.groups.map((group) => ({ group, box: group.element.getBoundingClientRect() }));
  const seen = placed.filter(({ box }) => box.width > 0 && box.height > 0);
  const isAbove = (a: DOMRect, b: DOMRect): boolean => a.bottom <= b.top + 1;
  return seen
    .sort((a, b) => {
      if (isAbove(a.box, b.box)) return -1;
      return isAbove(b.box, a.box) ? 1 : a.box.left - b.box.left;
    })
    .map(({ group }) => group);
}

function firstFocusable(content: HTMLElement | undefined): HTMLElement | undefined {
  const all = content?.querySelectorAll<HTMLElement>("button, input, select, [tabindex='0']");
  return [...(all ?? [])].find((element) => element.tabIndex >= 0);
}
