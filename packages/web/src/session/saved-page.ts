/** The part of a session that the page holds, as plain data: recipe, edits, settings of views. */
import { canonicalJson, parseRecipe, presetRecipe, type Recipe } from "@sigma-eds/core";
import type { KeptRun } from "../worker/engine-protocol.js";
import { type SessionState, startState, type TimelineEntry } from "./session-state.js";
import type { Stage } from "./view-session.js";

export interface SavedPage {
  readonly name: string;
  readonly title: string;
  /** SHA-256 of the input. */
  readonly sha256: string;
  readonly dataset: number;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly classes: number;
  readonly recipe: Recipe;
  /** The recipe of what was shown, without edits; undefined when nothing was analysed. */
  readonly shownRecipe: Recipe | undefined;
  /** Edits alone: selections that no edit used are not kept. */
  readonly timeline: readonly Extract<TimelineEntry, { kind: "edit" }>[];
  readonly applied: number;
  readonly specs: Readonly<Record<string, unknown>>;
  readonly arrangements: Readonly<Partial<Record<Stage, unknown>>>;
  readonly stage: Stage;
  readonly stepSeconds: Readonly<Record<string, number>>;
  /** A run was under way: where the window was closed then, the run was cut off. */
  readonly isRunning?: true;
}

export interface SavedSession {
  readonly page: SavedPage;
  readonly run: KeptRun | undefined;
}

/** Whether somebody did something with it: an example as it came is nobody's work. */
export function isOwnWork({ timeline, applied }: Pick<SavedPage, "timeline" | "applied">): boolean {
  return applied < timeline.length || timeline.some(({ given }) => given !== true);
}

/** What is kept of results: after a run that was stopped, the whole one before it. */
export function wholeResult({
  analysis,
  partial,
  whole,
}: Pick<SessionState, "analysis" | "partial" | "whole">): SessionState["analysis"] {
  return partial ? whole : analysis;
}

/** Whether nothing was done since the file was opened: nothing is lost with it. */
export function isUntouched({ shownRecipe, timeline, recipe, dataset }: SavedPage): boolean {
  const isAsOpened = canonicalJson(recipe) === canonicalJson({ ...presetRecipe("auto"), dataset });
  return shownRecipe === undefined && timeline.length === 0 && isAsOpened;
}

/** Undefined while no image is open. */
export function savedPage(state: SessionState, savedAt: number): SavedPage | undefined {
  const { image, recipe, timeline, applied, specs, arrangements, stage, stepSeconds } = state;
  if (image === undefined) return undefined;
  const isEdit = (entry: TimelineEntry): entry is Extract<TimelineEntry, { kind: "edit" }> => entry.kind === "edit";
  const whole = wholeResult(state);
  const shown = whole?.recipe;
  return {
    name: image.name,
    title: image.title,
    sha256: image.sha256,
    dataset: image.dataset,
    savedAt,
    classes: shown === undefined ? 0 : (whole?.classes.length ?? 0),
    recipe,
    shownRecipe: shown === undefined ? undefined : { ...shown, steps: shown.steps.filter(({ step }) => step !== "edit") },
    timeline: timeline.filter(isEdit),
    applied: timeline.slice(0, applied).filter(isEdit).length,
    specs,
    arrangements,
    stage,
    stepSeconds,
  };
}

/** What of the store comes back with a page. Throws RecipeError for a recipe that this version does not know. */
export function stateOfPage(page: SavedPage): Partial<SessionState> {
  const { timeline, applied, specs, arrangements, stage, stepSeconds } = page;
  return { ...startState, recipe: parseRecipe(page.recipe), timeline, applied, specs, arrangements, stage, stepSeconds };
}
