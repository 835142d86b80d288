import { certaintyOf } from "../session/derived/certainty.js";
import type { ViewSession } from "../session/view-session.js";
import { classesPanel } from "../views/classes/definition.js";
import { compositionPanel } from "../views/composition/definition.js";
import { cropPanel } from "../views/crop/definition.js";
import { doubtPanel } from "../views/doubt/definition.js";
import { historyPanel } from "../views/history/definition.js";
import { parametersPanel } from "../views/parameters/definition.js";
import { recipePanel } from "../views/recipe/definition.js";
import { selectionPanel } from "../views/selection/definition.js";
import { panelAlone } from "./alone.js";
import type { ExampleData } from "./example-data.js";
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

const cropEntry: GalleryEntry = {
  id: "crop",
  title: "Crop",
  width: 370,
  height: 340,
  states: [
    { name: "before it is made", render: panelAlone(cropPanel, { prepare: withSelection(0, 2) }) },
    { name: "nothing selected", render: panelAlone(cropPanel) },
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
    {
      name: "with warnings",
      render: (context) => panelAlone(parametersPanel, { changes: withWarnings(context.data) })(context),
    },
  ],
};

function withWarnings({ analysis }: ExampleData): Partial<ViewSession> {
  const warnings = [
    "The energy axis ends at 9.8 keV, where a beam of 15 keV still excites lines well: elements that show there alone are not seen.",
    "Classes 5 and 6 have too few counts in pure pixels for a name or a composition.",
  ];
  return { analysis: { ...analysis, warnings } };
}

const compositionEntry: GalleryEntry = {
  id: "composition",
  title: "Composition",
  width: 370,
  height: 560,
  states: [
    { name: "per cent by mass", render: panelAlone(compositionPanel) },
    {
      name: "shares of counts",
      render: (context) =>
        panelAlone(compositionPanel, { changes: { analysis: { ...context.data.analysis, identities: undefined } } })(context),
    },
    { name: "nothing found", render: panelAlone(compositionPanel, nothing) },
  ],
};

/** As after three runs in which the boundaries moved and the fifth class fell apart; the first class was merged into another since. */
function withStability({ analysis }: ExampleData): Partial<ViewSession> {
  const { labels = new Int32Array(0), membership } = analysis;
  const best = membership === undefined ? undefined : certaintyOf(membership).best;
  const pixels = Float32Array.from(labels, (label, p) => {
    if (label < 0) return Number.NaN;
    return Math.round(3 * (label === 4 ? 0.4 : (best?.[p] ?? 1) ** 2)) / 3;
  });
  const classes = analysis.classes.map(({ id }) => ({
    id,
    jaccard: id === 4 ? 0.31 : 0.98 - 0.04 * id,
    found: id === 4 ? 0 : 1,
  }));
  const stability = { runs: 3, resample: "thinning", classNumbers: [8, 7, 8], classes, pixels } as const;
  const edit = { step: "edit", action: "rename", id: 0, name: "Quartz" } as const;
  const outcomes = [{ edit, refusal: undefined, movedPixels: 0, keptByLocks: 0, madeIds: [] }];
  const table = { entries: [], locked: [] } as never;
  const edits = { before: { labels, membership }, table, outcomes };
  return { analysis: { ...analysis, stability, edits, classes: analysis.classes.filter(({ id }) => id !== 1) } };
}

function findingAgain({ analysis }: ExampleData): Partial<ViewSession> {
  const steps = [{ title: "Stability", state: "running", fraction: 0.4, message: undefined, seconds: 12 }] as const;
  return { analysis, activity: { kind: "running", steps, startedAt: 0, stopping: false } };
}

const doubtEntry: GalleryEntry = {
  id: "doubt",
  title: "Doubt",
  width: 370,
  height: 1180,
  states: [
    { name: "memberships", render: panelAlone(doubtPanel) },
    { name: "as table", render: panelAlone(doubtPanel, { pressed: "Where is it sure?: show as table" }) },
    {
      name: "classes found again, after an edit",
      render: (context) => panelAlone(doubtPanel, { changes: withStability(context.data) })(context),
    },
    {
      name: "finding them again",
      render: (context) => panelAlone(doubtPanel, { changes: findingAgain(context.data) })(context),
    },
    { name: "nothing found", render: panelAlone(doubtPanel, nothing) },
  ],
};

const recipeEntry: GalleryEntry = {
  id: "recipe",
  title: "Recipe",
  width: 370,
  height: 620,
  states: [
    { name: "in words", render: panelAlone(recipePanel) },
    { name: "written as JSON", render: panelAlone(recipePanel, { pressed: "Edit as JSON" }) },
  ],
};

export const inspectorEntries: readonly GalleryEntry[] = [
  classesEntry,
  selectionEntry,
  cropEntry,
  historyEntry,
  parametersEntry,
  compositionEntry,
  doubtEntry,
  recipeEntry,
];
