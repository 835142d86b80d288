/** Results that were put aside, to be compared with what comes later: as long as the page is open. */
import type { ComparedResult } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";
import type { Linked } from "./linked.js";
import { type SharedValue, sharedValue } from "./shared-value.js";

export interface KeptResult {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  readonly result: ComparedResult;
  /** True for what was kept by itself when another run took its place. */
  readonly isRun?: boolean | undefined;
}

const kept = new WeakMap<Linked, SharedValue<readonly KeptResult[]>>();

/** The results that were put aside in a session, oldest first. */
export function keptResults(linked: Linked): SharedValue<readonly KeptResult[]> {
  const before = kept.get(linked);
  if (before !== undefined) return before;
  const made = sharedValue<readonly KeptResult[]>([]);
  kept.set(linked, made);
  return made;
}

export function keepResult(linked: Linked, name: string, result: ComparedResult): KeptResult {
  const shared = keptResults(linked);
  const all = shared.current.value;
  const next = { number: (all.at(-1)?.number ?? 0) + 1, name, result };
  shared.set([...all, next], "session");
  return next;
}

/** Runs that are kept by themselves, newest last; more would fill the memory with labels. */
const MOST_RUNS = 3;

/** Keeps the result that another run is about to replace, so that the two can be compared. */
export function keepRun(linked: Linked, analysis: AnalysisSnapshot | undefined): void {
  const result = analysis === undefined ? undefined : comparedResult(analysis);
  if (result === undefined || result.classes.length === 0) return;
  const shared = keptResults(linked);
  const all = shared.current.value;
  const number = (all.at(-1)?.number ?? 0) + 1;
  const runs = all.filter(({ isRun }) => isRun === true);
  const oldest = runs.length < MOST_RUNS ? undefined : runs[0];
  const next = { number, name: `Earlier run, ${result.classes.length} classes`, result, isRun: true };
  shared.set([...all.filter((one) => one !== oldest), next], "session");
}

/** What is compared of an analysis; undefined before there are classes. */
export function comparedResult(analysis: AnalysisSnapshot): ComparedResult | undefined {
  const { labels, grid, classes, classSpectra, recipe } = analysis;
  if (labels === undefined) return undefined;
  return { labels, shape: shapeOf(grid), classes, spectra: classSpectra, recipe };
}

/** The classes as the method found them, before any edit; undefined where nothing was edited. Without names, and without spectra. */
export function resultBeforeEdits(analysis: AnalysisSnapshot): ComparedResult | undefined {
  const { edits, grid, recipe, classes } = analysis;
  if (edits === undefined) return undefined;
  const { labels } = edits.before;
  const pixels = new Map<number, number>();
  for (const label of labels) if (label >= 0) pixels.set(label, (pixels.get(label) ?? 0) + 1);
  const ids = [...pixels.keys()].sort((a, b) => a - b);
  return {
    labels,
    shape: shapeOf(grid),
    classes: ids.map((id) => ({
      id,
      name: `${classes.find((phase) => phase.id === id)?.name ?? `Class ${id + 1}`}, as found`,
      areaFraction: pixels.get(id)! / labels.length,
    })),
    spectra: [],
    recipe: { ...recipe, steps: recipe.steps.filter(({ step }) => step !== "edit") },
  };
}

function shapeOf({ width, height, frames }: AnalysisSnapshot["grid"]): number[] {
  return frames > 1 ? [frames, height, width] : [height, width];
}
