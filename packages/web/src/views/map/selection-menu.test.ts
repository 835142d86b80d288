import { expect, test } from "vitest";
import { linkedValues } from "../../session/linked.js";
import type { MenuEntry } from "../../session/menu-entry.js";
import { selectionMenu } from "../../session/selection/selection-menu.js";
import { smallMapSession } from "./small-map-session.test-support.js";

const labelOf = (entry: MenuEntry): string => ("note" in entry ? entry.note : entry.label);

test("the menu of a map picks the grain, the class or the pixel beneath the pointer, in the mode of the belt", () => {
  const linked = linkedValues();
  const { session } = smallMapSession(linked);
  linked.hover.set({ kind: "pixel", pixel: 25 }, "test", false);
  const [pick] = selectionMenu(session, "map");
  expect(pick?.map(labelOf)).toEqual(["Select this grain", "Select the class Class 1", "Select this pixel"]);
  // The pointer goes to the menu meanwhile.
  linked.hover.set({ kind: "nothing" }, "test", false);
  const counts = pick?.map((entry) => {
    if ("run" in entry) entry.run();
    return linked.selection.current.value.count;
  });
  expect(counts).toEqual([6 * 16, 10 * 16, 1]);
  linked.mode.set("add", "test");
  if (pick?.[0] !== undefined && "run" in pick[0]) pick[0].run();
  expect(linked.selection.current.value.count).toBe(6 * 16);
});

test("where no pixel is beneath the pointer nothing is picked; what is done with a selection says why it cannot be", () => {
  const linked = linkedValues();
  const { session } = smallMapSession(linked);
  session.commands.register([
    { id: "select.invert", title: "Invert selection", keys: "Ctrl I", run: () => {} },
    { id: "select.grow", title: "Grow selection", unavailable: () => "Nothing is selected.", run: () => {} },
  ]);
  const [pick, acts] = selectionMenu(session, "map");
  expect(pick).toEqual([]);
  expect(acts).toMatchObject([
    { label: "Move to", unavailable: "Nothing is selected. Drag on a view or press 1 to 9." },
    { label: "Invert selection", keys: "Ctrl I", unavailable: undefined },
    { label: "Grow selection", unavailable: "Nothing is selected." },
  ]);
});

test("a selection is moved to a class of the menu, or to none; a locked class takes nothing", () => {
  const linked = linkedValues();
  const { session } = smallMapSession(linked);
  linked.hover.set({ kind: "pixel", pixel: 25 }, "test", false);
  const [pick] = selectionMenu(session, "map");
  if (pick?.[2] !== undefined && "run" in pick[2]) pick[2].run();
  const locked = { ...session, analysis: { ...session.analysis!, classes: session.analysis!.classes.map((one) => ({ ...one, locked: one.id === 1 })) } }; // biome-ignore format: one object
  const move = selectionMenu(locked, "map")[1]?.find((entry) => labelOf(entry) === "Move to");
  expect(move).toMatchObject({
    items: [
      { label: "Class 1", unavailable: undefined },
      { label: "Class 2", unavailable: "It is locked." },
      { label: "No class" },
    ],
  });
});
