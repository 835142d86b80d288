import { classesPanel } from "../views/classes/definition.js";
import { compositionPanel } from "../views/composition/definition.js";
import { doubtPanel } from "../views/doubt/definition.js";
import { historyPanel } from "../views/history/definition.js";
import { parametersPanel } from "../views/parameters/definition.js";
import { recipePanel } from "../views/recipe/definition.js";
import { selectionPanel } from "../views/selection/definition.js";
import { panelAlone } from "./alone.js";
import type { GalleryEntry } from "./gallery-entry.js";
import { withSelection } from "./spectrum-entries.js";

const nothing = { changes: { analysis: undefined, history: [] } };

const classesEntry: GalleryEntry = {
  id: "classes",
  title: "Classes",
  width: 370,
  height: 400,
  states: [
    { name: "selection", render: panelAlone(classesPanel, { prepare: withSelection(0, 2) }) },
    { name: "nothing found", render: panelAlone(classesPanel, nothing) },
  ],
};

const selectionEntry: GalleryEntry = {
  id: "selection",
  title: "Selection",
  width: 370,
  height: 280,
  states: [
    { name: "against a class", render: panelAlone(selectionPanel, { prepare: withSelection(0, 2) }) },
    { name: "nothing selected", render: panelAlone(selectionPanel) },
  ],
};

const historyEntry: GalleryEntry = {
  id: "history",
  title: "History",
  width: 370,
  height: 190,
  states: [
    { name: "edits", render: panelAlone(historyPanel) },
    { name: "nothing done", render: panelAlone(historyPanel, nothing) },
  ],
};

const parametersEntry: GalleryEntry = {
  id: "parameters",
  title: "Controls",
  width: 370,
  height: 560,
  states: [
    { name: "basic", render: panelAlone(parametersPanel) },
    { name: "all", render: panelAlone(parametersPanel, { changes: { allControls: true } }) },
  ],
};

const compositionEntry: GalleryEntry = {
  id: "composition",
  title: "Composition",
  width: 370,
  height: 560,
  states: [
    { name: "shares of counts", render: panelAlone(compositionPanel) },
    { name: "nothing found", render: panelAlone(compositionPanel, nothing) },
  ],
};

const doubtEntry: GalleryEntry = {
  id: "doubt",
  title: "Doubt",
  width: 370,
  height: 560,
  states: [
    { name: "memberships", render: panelAlone(doubtPanel) },
    { name: "nothing found", render: panelAlone(doubtPanel, nothing) },
  ],
};

const recipeEntry: GalleryEntry = {
  id: "recipe",
  title: "Recipe",
  width: 370,
  height: 620,
  states: [{ name: "in words", render: panelAlone(recipePanel) }],
};

export const inspectorEntries: readonly GalleryEntry[] = [
  classesEntry,
  selectionEntry,
  historyEntry,
  parametersEntry,
  compositionEntry,
  doubtEntry,
  recipeEntry,
];
