/** A session for views that stand alone: real data, real shared values, and acts that are only told. */
import { type ComparedResult, parseRecipe, type Recipe } from "@sigma-eds/core";
import { commandRegistry } from "../session/commands.js";
import { linkedValues, type Selection } from "../session/linked.js";
import { type SharedValue, sharedValue } from "../session/shared-value.js";
import type { Actions, Answer, Answers, HistoryEntry, ViewSession } from "../session/view-session.js";
import type { PixelsSpectrum } from "../worker/engine-protocol.js";
import type { ExampleData } from "./example-data.js";

export interface ExampleSession {
  readonly session: ViewSession;
  /** What acts were asked for, newest last. */
  readonly told: string[];
}

const nobody = new Proxy(
  {},
  {
    get: () => () => Promise.resolve(),
  },
) as Actions;

/** The session of a finished analysis, nothing selected; `changes` are states of the gallery. */
export function exampleSession(data: ExampleData, changes: Partial<ViewSession> = {}): ExampleSession {
  const linked = linkedValues();
  const told: string[] = [];
  const actions: Actions = {
    ...nobody,
    ...Object.fromEntries(
      [...ACTS].map((name) => [
        name,
        (...given: unknown[]) => {
          told.push(`${name} ${JSON.stringify(given)}`);
          return Promise.resolve();
        },
      ]),
    ),
  };
  const session: ViewSession = {
    linked,
    file: undefined,
    image: data.image,
    analysis: data.analysis,
    partial: false,
    recipe: data.analysis.recipe,
    stale: [],
    activity: { kind: "idle" },
    lastSteps: [],
    stoppedAt: undefined,
    problem: undefined,
    history: exampleHistory,
    branches: [{ id: 9, sentences: ["Merged “Quartz” + “Feldspar”", "Locked “Quartz”"], recipeChanges: 0 }],
    stage: "edit",
    allControls: false,
    classColumns: ["area", "interval"],
    patternsForAll: false,
    theme: "dark",
    engine: {
      ...data,
      pixelsInStage: async () => new Uint8Array(data.image.countMap.length),
      readStandards: () => Promise.resolve([]),
      resultFiles: () => Promise.resolve([]),
      report: () => Promise.resolve('<!doctype html><html lang="en"><title>Report</title><main><h1>Report</h1></main></html>'),
    },
    now: () => session,
    resultAt: async () => earlier(data),
    answers: answersOf(data, linked),
    actions,
    commands: commandRegistry(),
    ...changes,
  };
  return { session, told };
}

/** As before one of two classes was divided. */
function earlier({ analysis }: ExampleData): ComparedResult {
  const { labels = new Int32Array(0), classes, classSpectra, grid, recipe } = analysis;
  const shape = [grid.height, grid.width];
  return { labels: labels.map((label) => (label === 5 ? 4 : label)), shape, classes, spectra: classSpectra, recipe };
}

const ACTS: ReadonlySet<keyof Actions> = new Set([
  "edit",
  "undo",
  "redo",
  "goTo",
  "download",
  "exportFigure",
  "changeRecipe",
  "say",
  "findPhases",
  "stop",
  "openView",
  "openPanel",
  "goToStage",
  "dismissProblem",
]);

const exampleHistory: readonly HistoryEntry[] = [
  { id: 0, kind: "opened", sentence: "Opened seven-minerals, no count lost", applied: true, refusal: undefined },
  { id: 1, kind: "found", sentence: "Found phases (auto): 8 classes", applied: true, refusal: undefined },
  { id: 2, kind: "edit", sentence: "Renamed class 1 to “Carbon tape”", applied: true, refusal: undefined },
  { id: 3, kind: "selection", sentence: "Lasso in latent space, 402 px", applied: true, refusal: undefined },
  { id: 4, kind: "edit", sentence: "Made a class of the selection", applied: false, refusal: undefined },
];

/** The pixels of a class, selected. */
export function selectionOfClass({ analysis }: Pick<ExampleData, "analysis">, id: number): Selection {
  const mask = Uint8Array.from(analysis.labels ?? [], (label) => (label === id ? 1 : 0));
  const count = mask.reduce((sum, inside) => sum + inside, 0);
  return { mask, count, made: `Class ${id + 1}`, parts: [{ on: "class", ids: [id], mode: "replace" }] };
}

/** An empty recipe, for states before anything is analysed. */
export const plainRecipe: Recipe = parseRecipe({ schemaVersion: 1, steps: [{ step: "elements" }, { step: "find-phases" }] });

function answersOf(data: ExampleData, linked: ReturnType<typeof linkedValues>): Answers {
  const hovered = unanswered<PixelsSpectrum>();
  const selected = unanswered<PixelsSpectrum>();
  const windowMap = unanswered<Float32Array>();
  linked.hover.subscribe(({ value, sequence }) => {
    if (value.kind !== "pixel") hovered.set({ of: sequence, value: undefined }, "example");
    else void data.pixelSpectrum(value.pixel).then((answer) => hovered.set({ of: sequence, value: answer }, "example"));
  });
  linked.selection.subscribe(({ value, sequence }) => {
    if (value.count === 0) selected.set({ of: sequence, value: undefined }, "example");
    else void data.spectrumOf(value.mask).then((answer) => selected.set({ of: sequence, value: answer }, "example"));
  });
  linked.energyWindow.subscribe(({ value, sequence }) => {
    if (value === undefined) windowMap.set({ of: sequence, value: undefined }, "example");
    else
      void data.windowMap(value.fromKev, value.toKev).then((answer) => windowMap.set({ of: sequence, value: answer }, "example"));
  });
  return { hovered, selected, windowMap };
}

function unanswered<T>(): SharedValue<Answer<T>> {
  return sharedValue<Answer<T>>({ of: -1, value: undefined });
}
