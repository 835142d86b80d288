/** What the menu of a map or a scatter plot offers: the pixel beneath the pointer, and what is selected. */
import { commandEntries, type MenuAct, type MenuEntry, type MenuGroups } from "../menu-entry.js";
import { moveSelection, selectionRefusal } from "../selection-edits.js";
import type { ViewSession } from "../view-session.js";
import { groundOf, type PickDepth, pickedRegion, selectRegion } from "./selecting.js";

export function selectionMenu(session: ViewSession, source: string): MenuGroups {
  return [pickEntries(session, source), selectionEntries(session)];
}

/** Grain, class and pixel where the pointer or the keyboard's cursor is; the mode of the belt holds. */
function pickEntries(session: ViewSession, source: string): MenuAct[] {
  const { linked, analysis } = session;
  const hover = linked.hover.current.value;
  const ground = groundOf(session);
  if (hover.kind !== "pixel" || ground === undefined) return [];
  const { pixel } = hover;
  const label = analysis?.labels?.[pixel];
  const name = analysis?.classes.find(({ id }) => id === label)?.name;
  const entry = (depth: PickDepth, words: string): MenuAct => ({
    label: words,
    run() {
      const region = pickedRegion(ground, pixel, depth);
      if (region !== undefined) selectRegion(session, region, linked.mode.current.value, source);
    },
  });
  return [
    ...(label === undefined ? [] : [entry("grain", "Select this grain")]),
    ...(name === undefined ? [] : [entry("class", `Select the class ${name}`)]),
    entry("pixel", "Select this pixel"),
  ];
}

function selectionEntries(session: ViewSession): MenuEntry[] {
  return [
    ...commandEntries(session, ["edit.make-class"]),
    moveEntry(session),
    ...commandEntries(session, ["select.invert", "select.clear", "select.grow", "select.shrink"]),
  ];
}

/** The classes to which the selection can go. */
function moveEntry(session: ViewSession): MenuEntry {
  const refusal = selectionRefusal(session);
  if (refusal !== undefined) return { label: MOVE, keys: "M", unavailable: refusal, run: () => session.actions.say(refusal) };
  const classes = (session.analysis?.classes ?? []).map(({ id, name, locked }) => ({
    label: name,
    unavailable: locked === true ? "It is locked." : undefined,
    run: () => void moveSelection(session, id),
  }));
  return { label: MOVE, items: [...classes, { label: "No class", run: () => void moveSelection(session, "unassigned") }] };
}

const MOVE = "Move to";
