import { MOST_COLOURS, othersColour, type PhaseClass, smallestClasses } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

/** What a search shows before it has joined its classes: no more than colour alone tells apart. */
const MOST_WHILE_RAW = 12;

type Found = Pick<AnalysisSnapshot, "classes" | "evidence" | "recipe">;

const known = new WeakMap<Found, ReadonlySet<number>>();

/** Ids of the smallest classes, for which there are no colours left: pictures show them as others, in grey. The data have them as they are. */
export function othersOf(analysis: Found | undefined): ReadonlySet<number> {
  if (analysis === undefined) return new Set();
  const found = known.get(analysis) ?? smallest(analysis);
  known.set(analysis, found);
  return found;
}

function smallest(analysis: Found): ReadonlySet<number> {
  const most = isRaw(analysis) ? MOST_WHILE_RAW : MOST_COLOURS;
  return smallestClasses(analysis.classes, most);
}

/** All classes in the colours in which pictures show them. */
export function classesAsShown(analysis: Found | undefined): readonly PhaseClass[] {
  const others = othersOf(analysis);
  const classes = analysis?.classes ?? [];
  return others.size === 0 ? classes : classes.map((one) => (others.has(one.id) ? { ...one, colour: othersColour } : one));
}

function isRaw({ evidence, recipe: { steps } }: Found): boolean {
  return evidence === undefined && steps.some(({ step }) => step === "find-phases");
}

/** `the 14 smallest classes as others`; undefined where each has its colour. */
export function othersWords(analysis: Found | undefined): string | undefined {
  const { size } = othersOf(analysis);
  return size === 0 ? undefined : `the ${size === 1 ? "smallest class" : `${size} smallest classes`} as others`;
}
