/** What the page is told of a run that goes on, and how often. */
import { type Analysis, type AnalysisGlimpse, classTableOf, isStored, type PhaseClass, type Recipe } from "@sigma-eds/core";
import type { AnalysisSnapshot, RunProgress } from "./engine-protocol.js";
import { snapshotOf } from "./snapshot.js";

/** Partial results go to the page at most this often, and progress within a step. */
const PARTIAL_MS = 250;
const PROGRESS_MS = 100;

/** `listen` may give a promise that settles when the page has shown what it was told. */
export interface RunTeller {
  progress(progress: Omit<RunProgress, "plan" | "partial">): void;
  /** What a step has given, in words; `place` is that of the step in the plan, from 1. */
  ended(place: number, result: string | undefined): void;
  /** What there is after a step. */
  step(state: Analysis): void;
  /** What a step has so far: looked at only when it is time, and when the page has shown the look before. */
  glimpse(look: () => AnalysisGlimpse): void;
}

export function runTeller(
  recipe: Recipe,
  plan: readonly string[],
  listen: (progress: RunProgress) => unknown,
  now: () => number = () => performance.now(),
): RunTeller {
  let progressAt = Number.NEGATIVE_INFINITY;
  let partialAt = Number.NEGATIVE_INFINITY;
  let isShowing = false;
  const show = async (partial: AnalysisSnapshot): Promise<void> => {
    partialAt = now();
    isShowing = true;
    await listen({ step: 0, steps: plan.length, title: "", fraction: 0, plan, partial });
    isShowing = false;
    partialAt = now();
  };
  return {
    progress(progress) {
      const within = progress.fraction > 0 && progress.fraction < 1;
      if (within && now() - progressAt < PROGRESS_MS) return;
      progressAt = now();
      listen({ ...progress, plan });
    },
    ended(place, result) {
      if (result === undefined) return;
      listen({ step: place, steps: plan.length, title: plan[place - 1] ?? "", fraction: 1, message: result, plan });
    },
    step(state) {
      if (now() - partialAt >= PARTIAL_MS && isStored(state.image.counts)) void show(partialSnapshot(state, recipe));
    },
    glimpse(look) {
      if (!isShowing && now() - partialAt >= PARTIAL_MS) void show(partialSnapshot(look(), recipe));
    },
  };
}

/** The analysis with classes for its labels where it has none yet: they are for looking at, named by their numbers, in the colours that a result with these labels has. */
function partialSnapshot(analysis: AnalysisGlimpse, recipe: Recipe): AnalysisSnapshot {
  const snapshot = snapshotOf(analysis, recipe);
  if (analysis.labels === undefined || analysis.classes.length > 0) return snapshot;
  return { ...snapshot, classes: classesOf(analysis, analysis.labels, snapshot) };
}

function classesOf(analysis: Analysis, labels: Int32Array, { countMap, grid }: AnalysisSnapshot): PhaseClass[] {
  const { entries } = classTableOf(analysis, labels);
  const placeOf = new Map(entries.map(({ id }, place) => [id, place]));
  const pixels = new Float64Array(entries.length);
  const counts = new Float64Array(entries.length);
  labels.forEach((label, p) => {
    const place = placeOf.get(label);
    if (place === undefined) return;
    pixels[place]! += 1;
    counts[place]! += countMap[p]!;
  });
  const [x, y] = grid.pixelSizeUm ?? [undefined, undefined];
  return entries.map(({ id, name, colour }, place) => ({
    id,
    name: name ?? `Class ${id + 1}`,
    colour,
    pixels: pixels[place]!,
    areaFraction: pixels[place]! / Math.max(1, labels.length),
    areaUm2: x === undefined || y === undefined ? undefined : pixels[place]! * x * y,
    counts: counts[place]!,
    countsPerPixel: counts[place]! / Math.max(1, pixels[place]!),
    dominantLines: [],
  }));
}
