/** How well a phantom's phases were named and measured: rank of the true name, and whether the stated 95 % intervals hold the truth. */
import type { PhantomTruth } from "../phantom/truth.js";
import type { Analysis } from "../pipeline/analysis.js";
import type { ClassIdentity } from "../pipeline/identified-classes.js";
import { modalShares } from "./modal-results.js";

/** A value with half its 95 % interval, and the truth. */
export interface Interval {
  readonly value: number;
  readonly half: number;
  readonly truth: number;
  readonly covers: boolean;
}

export interface NameScore {
  /** As the truth calls it. */
  readonly phase: string;
  /** Class that holds most of its pure pixels; undefined where they are unassigned. */
  readonly classId: number | undefined;
  /** What the class was called. */
  readonly named: string | undefined;
  /** Place of a right name among those shown, from 1; undefined where none of them is right. */
  readonly rank: number | undefined;
  /** Share of the map, by shares of the pixels; undefined where these are not known. */
  readonly area: Interval | undefined;
  /** Mass fractions of the elements that were quantified. */
  readonly composition: readonly ({ readonly element: string } & Interval)[];
}

/** 95 % of a normal distribution, standard errors. */
const WITHIN = 1.96;

/**
 * Scores an analysis of a phantom, one entry per true phase. `rightNames` says which names of the library are right for a phase, where its own name is not one: a solid solution
 * is named after its larger end member.
 */
export function scoreNames(
  analysis: Analysis,
  truth: PhantomTruth,
  rightNames: Readonly<Record<string, readonly string[]>> = {},
): NameScore[] {
  const modal = modalShares(analysis);
  return truth.phases.map(({ name, massFractions }, phase) => {
    const classId = classOf(phase, truth, analysis.labels);
    const identity = analysis.identities?.find(({ id }) => id === classId);
    const right = rightNames[name] ?? [name];
    const place = identity?.shown.findIndex((one) => right.includes(one.name)) ?? -1;
    const share = modal.find(({ id }) => id === classId);
    const area = share?.areaOfShares;
    return {
      phase: name,
      classId,
      named: identity?.name,
      rank: place < 0 ? undefined : place + 1,
      area: area === undefined ? undefined : interval(area, share!.areaInterval!, trueArea(phase, truth)),
      composition: compositionOf(identity, massFractions),
    };
  });
}

function compositionOf(identity: ClassIdentity | undefined, truth: Readonly<Record<string, number>>): NameScore["composition"] {
  return (identity?.composition?.elements ?? []).map(({ element, massFraction, countingError, modelError }) => {
    const error = Math.sqrt(countingError * countingError + modelError * modelError);
    return { element, ...interval(massFraction, WITHIN * error, truth[element] ?? 0) };
  });
}

function interval(value: number, half: number, truth: number): Interval {
  return { value, half, truth, covers: Math.abs(value - truth) <= half };
}

function classOf(phase: number, { labels, pure }: PhantomTruth, found: Int32Array | undefined): number | undefined {
  const pixels = new Map<number, number>();
  labels.forEach((label, p) => {
    const id = found?.[p] ?? -1;
    if (label === phase && pure[p] === 1 && id >= 0) pixels.set(id, (pixels.get(id) ?? 0) + 1);
  });
  return [...pixels].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0];
}

function trueArea(phase: number, { fractions, phases }: PhantomTruth): number {
  let sum = 0;
  for (let i = phase; i < fractions.length; i += phases.length) sum += fractions[i]!;
  return (sum * phases.length) / fractions.length;
}
