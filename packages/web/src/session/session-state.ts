/** Everything that the session knows, as one plain value. Only `session.ts` and what it is made of change it. */
import { type EditInput, presetRecipe, type Recipe } from "@sigma-eds/core";
import type { AnalysisSnapshot, LoadedImage, OpenedFile } from "../worker/engine-protocol.js";
import type { Selection } from "./linked.js";
import type { SavedSession } from "./saved-page.js";
import type { Activity, Problem, SaveState, Stage, StepProgress } from "./view-session.js";

/** What Ctrl Z takes back, oldest first. */
export type TimelineEntry =
  | {
      readonly id: number;
      readonly kind: "edit";
      readonly sentence: string;
      readonly edits: readonly EditInput[];
      /** True for an edit that came with an example. */
      readonly given?: true;
    }
  | {
      readonly id: number;
      readonly kind: "selection";
      readonly sentence: string;
      readonly before: Selection;
      readonly after: Selection;
    }
  | {
      readonly id: number;
      /** Steps of the recipe were chosen anew. Parameters that are set are no lines. */
      readonly kind: "recipe";
      readonly sentence: string;
      readonly before: Recipe;
      readonly after: Recipe;
    };

/** Where the bytes come from: kept to read them again after the worker died, and for the autosave. */
export type FileOrigin =
  | { readonly kind: "files"; readonly files: readonly File[] }
  | { readonly kind: "example"; readonly id: string };

export interface SessionState {
  readonly origin: FileOrigin | undefined;
  readonly file: OpenedFile | undefined;
  readonly image: LoadedImage | undefined;
  /** Counts of the pixels read so far, while an image is being loaded. */
  readonly loadingMap: Float32Array | undefined;
  readonly analysis: AnalysisSnapshot | undefined;
  readonly partial: boolean;
  /** While `partial`: the result that was whole before. */
  readonly whole: AnalysisSnapshot | undefined;
  /** Seconds that each step took in the last run, by id. */
  readonly lastSteps: readonly StepProgress[];
  readonly stepSeconds: Readonly<Record<string, number>>;
  readonly recipe: Recipe;
  readonly timeline: readonly TimelineEntry[];
  /** How many entries of the timeline are applied; those after it were undone. */
  readonly applied: number;
  /** Timelines that an edit after Undo took the place of, newest first: see `branches.ts`. Not saved. */
  readonly branches: readonly (readonly TimelineEntry[])[];
  readonly activity: Activity;
  /** Counts what was begun: see `turn.ts`. */
  readonly turn: number;
  readonly problem: Problem | undefined;
  /** A session from a file that goes on when its input is opened: see `restoring.ts`. */
  readonly awaiting: SavedSession | undefined;
  /** Shown where the work was stopped, until something else is done. */
  readonly stoppedAt: string | undefined;
  readonly saved: SaveState;
  /** The edit after which Undo is offered: see `undo-offer.ts`. */
  readonly offered: Extract<TimelineEntry, { readonly kind: "edit" }> | undefined;
  readonly said: { readonly sentence: string; readonly at: number } | undefined;
  readonly stage: Stage;
  /** True while the Start screen is shown over whatever is open. */
  readonly onStart: boolean;
  readonly allControls: boolean;
  /** Columns of numbers of the class list, by id. */
  readonly classColumns: readonly string[];
  /** Letters, digits and signs alone are shortcuts. */
  readonly singleKeys: boolean;
  /** Every class carries a pattern, not only those whose colours need one. */
  readonly patternsForAll: boolean;
  readonly themeChoice: "system" | "dark" | "light";
  readonly systemTheme: "dark" | "light";
  /** Settings of views, by view id. */
  readonly specs: Readonly<Record<string, unknown>>;
  /** Arrangements that the user changed, by stage. */
  readonly arrangements: Readonly<Partial<Record<Stage, unknown>>>;
}

/** A change of state that says a sentence to the user, now. */
export function saying(sentence: string): Pick<SessionState, "said"> {
  return { said: { sentence, at: Date.now() } };
}

export const startState: SessionState = {
  origin: undefined,
  file: undefined,
  image: undefined,
  loadingMap: undefined,
  analysis: undefined,
  partial: false,
  whole: undefined,
  lastSteps: [],
  stepSeconds: {},
  recipe: presetRecipe("auto"),
  timeline: [],
  applied: 0,
  branches: [],
  activity: { kind: "idle" },
  turn: 0,
  problem: undefined,
  awaiting: undefined,
  stoppedAt: undefined,
  saved: { kind: "nothing", at: undefined },
  offered: undefined,
  said: undefined,
  stage: "edit",
  onStart: true,
  allControls: false,
  classColumns: ["area", "interval"],
  singleKeys: true,
  patternsForAll: false,
  themeChoice: "system",
  systemTheme: "dark",
  specs: {},
  arrangements: {},
};

/** The edits that are applied, in order. */
export function appliedEdits({ timeline, applied }: Pick<SessionState, "timeline" | "applied">): EditInput[] {
  return timeline.slice(0, applied).flatMap((entry) => (entry.kind === "edit" ? entry.edits : []));
}
