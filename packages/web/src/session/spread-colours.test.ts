import { classColour, coloursOfClasses } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { smallMapSession } from "../views/map/small-map-session.test-support.js";
import { linkedValues } from "./linked.js";
import { spreadEdits } from "./spread-colours.js";

test("classes get the colours that they would have been found with, whatever their ids; what is so already stays", () => {
  const analysis = smallMapSession(linkedValues()).session.analysis!;
  const { grid } = analysis;
  // Bands: 0 touches 3, and 1 touches 2 most.
  const places = Int32Array.from({ length: 24 * 16 }, (_, p) => [0, 3, 0, 3, 1, 2, 1, 2][Math.floor((p % 24) / 3)]!);
  const labels = places.map((place) => 2 * place + 1);
  const classes = [1, 3, 5, 7].map((id, i) => ({ ...analysis.classes[0]!, id, colour: classColour(i) }));
  const edits = spreadEdits({ labels, classes, grid });
  const after = classes.map(({ id, colour }) => {
    const edit = edits.find((one) => one.action === "recolour" && one.id === id);
    return edit?.action === "recolour" ? edit.colour : colour;
  });
  expect(after).toEqual(coloursOfClasses(places, grid.width, 4));
  expect(edits.length).toBeGreaterThan(0);
  expect(spreadEdits({ labels, classes: classes.map((one, i) => ({ ...one, colour: after[i]! })), grid })).toEqual([]);
});
