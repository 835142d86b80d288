import { classesPanel } from "../views/classes/definition.js";
import { historyPanel } from "../views/history/definition.js";
import { parametersPanel } from "../views/parameters/definition.js";
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

export const inspectorEntries: readonly GalleryEntry[] = [classesEntry, selectionEntry, historyEntry, parametersEntry];
