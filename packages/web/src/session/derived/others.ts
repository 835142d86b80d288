import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

/** What a search shows before it has joined its classes: no more than colour alone tells apart. */
const MOST_WHILE_RAW = 12;
/** As many as there are colours and patterns that can be told apart. */
const MOST_COLOURS = 24;

type Found = Pick<AnalysisSnapshot, "classes" | "evidence" | "recipe">;

const known = new WeakMap<Found, ReadonlySet<number>>();

/** Ids of the smallest classes, for which there are no colours left: pictures show them as others, in grey hatching. The data have them as they are. */
export function othersOf(analysis: Found | undefined): ReadonlySet<number> {
  if (analysis === undefined) return new Set();
  const found = known.get(analysis) ?? smallest(analysis);
  known.set(analysis, found);
  return found;
}

function smallest(analysis: Found): ReadonlySet<number> {
  const most = isRaw(analysis) ? MOST_WHILE_RAW : MOST_COLOURS;
  const largestFirst = [...analysis.classes].sort((a, b) => b.pixels - a.pixels || a.id - b.id);
  return new Set(largestFirst.slice(most).map(({ id }) => id));
}

function isRaw({ evidence, recipe: { steps } }: Found): boolean {
  return evidence === undefined && steps.some(({ step }) => step === "find-phases");
}

/** `the 14 smallest classes as others`; undefined where each has its colour. */
export function othersWords(analysis: Found | undefined): string | undefined {
  const { size } = othersOf(analysis);
  return size === 0 ? undefined : `the ${size === 1 ? "smallest class" : `${size} smallest classes`} as others`;
}
