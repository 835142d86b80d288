/** What a view or a panel is given: the state of the session as plain values, the shared values, questions it may ask, and acts. */
import type { ComparedResult, EditInput, Recipe, RecipeInput } from "@sigma-eds/core";
import type { ComponentType } from "react";
import type { AnalysisSnapshot, Engine, LoadedImage, OpenedFile, PixelsSpectrum } from "../worker/engine-protocol.js";
import type { Commands } from "./commands.js";
import type { Figure } from "./figure.js";
import type { Linked, Tool } from "./linked.js";
import type { SharedValue } from "./shared-value.js";

export type Stage = "inspect" | "find-phases" | "edit" | "unmix" | "identify" | "report";

/** One step of a run as the step list shows it. */
export interface StepProgress {
  readonly title: string;
  /** `stopped`: it was under way when the run ended early. */
  readonly state: "waiting" | "running" | "done" | "stopped";
  /** 0 to 1. */
  readonly fraction: number;
  readonly message: string | undefined;
  readonly seconds: number | undefined;
}

/** What the worker is doing. Edits wait for the one that is being made, and are off while anything else goes on; looking and selecting always work. */
export type Activity =
  | { readonly kind: "idle" }
  | { readonly kind: "opening"; readonly name: string; readonly stopping?: boolean }
  | {
      readonly kind: "loading";
      readonly name: string;
      /** Place of the spectrum image in the file. */
      readonly dataset: number;
      readonly fraction: number;
      readonly message: string;
      readonly stopping?: boolean;
    }
  | { readonly kind: "running"; readonly steps: readonly StepProgress[]; readonly startedAt: number; readonly stopping: boolean }
  | { readonly kind: "editing"; readonly sentence: string };

/** Something that went wrong, in words: what, where, what to do. The session itself is as it was before. */
export interface Problem {
  readonly kind: "file" | "run" | "edit" | "worker-died" | "storage" | "other-input";
  /** One sentence. */
  readonly title: string;
  readonly where: string | undefined;
  /** What was found there in place of what was expected, where that is short. */
  readonly found?: string | undefined;
  readonly remedy: string | undefined;
  /** What would have done, where it is a long list: formats that are read. */
  readonly choices?: readonly string[] | undefined;
  /** Everything known, for "Copy details". */
  readonly details: string;
  /** Acts that help, by name of the command. */
  readonly offers: readonly string[];
  /** Of a session that was made from another file than the one that is open: its steps may be tried on this one. */
  readonly ofSession?: { readonly name: string; readonly recipe: Recipe } | undefined;
}

/** One line of the history, oldest first. */
export interface HistoryEntry {
  readonly id: number;
  readonly sentence: string;
  readonly kind: "opened" | "found" | "edit" | "selection" | "recipe";
  /** False for what was undone. */
  readonly applied: boolean;
  /** Why an edit could not be repeated after an earlier step was run again. */
  readonly refusal: string | undefined;
}

/** Edits that another edit took the place of, at "..." of the history. */
export interface KeptBranch {
  /** Of its newest line. */
  readonly id: number;
  /** What was done in it and is not in the history, oldest first; one at least. */
  readonly sentences: readonly string[];
  /** How many of them changed the recipe's steps; the others are edits of classes. */
  readonly recipeChanges: number;
}

export interface SaveState {
  readonly kind: "nothing" | "saving" | "saved" | "failed";
  /** Milliseconds since 1970. */
  readonly at: number | undefined;
}

/** An answer that belongs to a shared value: `of` is the sequence of the value for which it was computed. */
export interface Answer<T> {
  readonly of: number;
  readonly value: T | undefined;
}

/** Counts of what is hovered, selected, and in the energy window: asked once for all views, newest wins. `value` undefined: nothing there. */
export interface Answers {
  readonly hovered: SharedValue<Answer<PixelsSpectrum>>;
  readonly selected: SharedValue<Answer<PixelsSpectrum>>;
  /** Float32 [pixels]: counts in the energy window. */
  readonly windowMap: SharedValue<Answer<Float32Array>>;
}

/** Edits, or how they come of the result that those before them leave. */
export type Edits = readonly EditInput[] | ((analysis: AnalysisSnapshot) => Promise<readonly EditInput[]>);

/** What people do. Each resolves when it is done; what goes wrong becomes the session's `problem` and is not thrown. */
export interface Actions {
  openFiles(files: readonly File[]): Promise<void>;
  openExample(id: string): Promise<void>;
  chooseDataset(index: number): Promise<void>;
  /** Runs the recipe of the controls, when edits that are being made are done; the edits are repeated on what it finds. Asked for again, it is the same run. */
  findPhases(): Promise<void>;
  stop(): Promise<void>;
  /** Lets go of what a run that was stopped has left unfinished; what was whole before it is shown again. */
  discardPartial(): void;
  /**
   * Changes the recipe of the controls; what is shown goes stale, or is run again by itself when that is quick. Refused with a problem when it is not a recipe. A function gets the
   * recipe as it is now: what is drawn may be older. With a `sentence` the change is a line of the history, which can be undone.
   */
  changeRecipe(recipe: RecipeInput | ((now: Recipe) => RecipeInput), sentence?: string): void;
  /**
   * Adds edits to the recipe, all of them one step of undo, when the edits before them are done. A function makes them from the result as it is then; none are nothing done.
   * `sentence` is what the history says; left out, it is made from the edits.
   */
  edit(edits: Edits, sentence?: string): Promise<void>;
  /**
   * Adds edits that may be taken back as if they had never been made. Gives the way to do so, which says whether they are gone: not where something else was done since.
   * Undefined where nothing was added.
   */
  lookAt(edits: readonly EditInput[]): Promise<(() => Promise<boolean>) | undefined>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Goes to a line of the history. */
  goTo(entry: number): Promise<void>;
  /** Goes back to what another edit took the place of, by the id of its newest line; what is left is kept in its turn. */
  goToBranch(id: number): Promise<void>;
  /** Opens the dialog that saves a figure: preview, width on paper, format. The first is shown; the others can be chosen in its place. */
  exportFigure(...figures: readonly Figure[]): void;
  /** Bytes as a download of the browser. */
  download(name: string, bytes: Uint8Array | string, mediaType: string): void;
  goToStage(stage: Stage): void;
  /** Shows a view of the registry in the workspace, or brings it to the front. */
  openView(view: string): void;
  /** Brings a panel of the inspector to the front, by id; from a stage that lacks it, in the first that has it. */
  openPanel(panel: string): void;
  /** The default arrangement of a stage's views. */
  resetArrangement(stage: Stage): void;
  /** Show every parameter, or the basic ones. */
  showAllControls(all: boolean): void;
  /** Columns of numbers of the class list, by id. */
  showClassColumns(ids: readonly string[]): void;
  /** A pattern for every class, in lists, maps and figures, or only where its colour needs one. */
  showPatterns(forAll: boolean): void;
  dismissProblem(): void;
  /** Says something in the polite live region and, for a few seconds, in the status line. */
  say(sentence: string): void;
}

/** An immutable picture of the session; a new object whenever something in it changes. Shared values keep their identity. */
export interface ViewSession {
  readonly linked: Linked;
  readonly file: OpenedFile | undefined;
  readonly image: LoadedImage | undefined;
  /** The newest result: of a finished run with its edits, or of the steps done so far while `partial`. */
  readonly analysis: AnalysisSnapshot | undefined;
  readonly partial: boolean;
  /** The recipe of the controls: what the next run will do. Without edits. */
  readonly recipe: Recipe;
  /** Ids of the steps whose result is not that of `recipe`; empty when everything shown is up to date. */
  readonly stale: readonly string[];
  readonly activity: Activity;
  /** Steps of the run before, finished or not; empty where nothing was run. */
  readonly lastSteps: readonly StepProgress[];
  /** Where the last run was stopped. */
  readonly stoppedAt: string | undefined;
  readonly problem: Problem | undefined;
  readonly history: readonly HistoryEntry[];
  /** What edits after Undo took the place of, newest first. */
  readonly branches: readonly KeptBranch[];
  readonly stage: Stage;
  /** Show every parameter, not the five basic ones. */
  readonly allControls: boolean;
  /** Columns of numbers of the class list, by id. */
  readonly classColumns: readonly string[];
  /** Every class carries a pattern, not only those whose colours need one. */
  readonly patternsForAll: boolean;
  readonly theme: "dark" | "light";
  readonly engine: Pick<
    Engine,
    | "pixelSpectrum"
    | "spectrumOf"
    | "windowMap"
    | "identify"
    | "difference"
    | "readStandards"
    | "calibrationPreview"
    | "featureSpreads"
    | "pixelsInStage"
    | "resultFiles"
    | "report"
  >;
  /** The session as it is now, drawn already or not: for acts that go on after something was waited for. */
  now(): ViewSession;
  /** The result as it was after a line of the history, by its id: for comparison. Rejects where there is none. */
  resultAt(entry: number): Promise<ComparedResult>;
  readonly answers: Answers;
  readonly actions: Actions;
  readonly commands: Commands;
}

export interface ViewProps<Spec> {
  readonly session: ViewSession;
  /** The view's own settings: saved with the session. Hover and drag are not in it. */
  readonly spec: Spec;
  onSpec(spec: Spec): void;
}

/** A view of the workspace, as the registry lists it. */
export interface ViewDefinition<Spec> {
  readonly id: string;
  /** `Latent space` */
  readonly title: string;
  /** Draws header and content; the frame around it is the arrangement's. */
  readonly component: ComponentType<ViewProps<Spec>>;
  /** Checks settings that were saved, perhaps by another version; anything that does not fit becomes the default. */
  parseSpec(saved: unknown): Spec;
}

/** A tab or card of the inspector. */
export interface PanelDefinition {
  readonly id: string;
  readonly title: string;
  readonly component: ComponentType<{ readonly session: ViewSession }>;
  /** Brings what the panel is made of, if that comes later. */
  readonly preload?: () => Promise<unknown>;
  /** Stages in whose inspector it stands. */
  readonly stages: readonly Stage[];
  /** `tab`: one of the tabs at the top; `card`: stacked below the tabs' content. */
  readonly place: "tab" | "card";
  /** The tool that it belongs to: choosing the tool brings the panel to sight and the focus into it. */
  readonly tool?: Tool | undefined;
}
