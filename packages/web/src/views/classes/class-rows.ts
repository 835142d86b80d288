/** What the class list shows, as numbers. */
import { areaIntervals, type ClassPattern, type PhaseClass } from "@sigma-eds/core";
import { classPattern } from "../../session/derived/class-pattern.js";
import type { Selection } from "../../session/linked.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

export interface ClassRow {
  readonly id: number;
  /** From 1, as the keys 1 to 9 have it. */
  readonly number: number;
  /** `3`, or `2.1` for a part that was taken from the second class. */
  readonly label: string;
  /** Whether it was taken from a class that is still there. */
  readonly nested: boolean;
  readonly name: string;
  readonly colour: string;
  readonly pattern: ClassPattern;
  readonly pixels: number;
  readonly areaUm2: number | undefined;
  readonly countsPerPixel: number;
  /** Of the map, 0 to 1. */
  readonly areaFraction: number;
  /** Half the 95 % interval of the area; undefined where no membership is known. */
  readonly interval95: number | undefined;
  /** Share of the selection that lies in the class; undefined when nothing is selected. */
  readonly inSelection: number | undefined;
  readonly locked: boolean;
  readonly note: string;
  /** Median membership below 0.7: the reason for the amber dot. */
  readonly doubtful: number | undefined;
  /** Classes and acts it was made of. */
  readonly edited: boolean;
}

export interface UnassignedRow {
  readonly pixels: number;
  readonly areaFraction: number;
  readonly inSelection: number | undefined;
}

export type ClassOrder = "area" | "name" | "number";

/** Below this median membership a class is in doubt as a whole. */
const DOUBTFUL_MEDIAN = 0.7;

export function classRows(analysis: AnalysisSnapshot, selection: Selection, patternsForAll = false): ClassRow[] {
  const intervals = areaIntervals(analysis);
  const medians = mediansOf(analysis);
  const selected = selectedByLabel(analysis, selection);
  const labels = nestedLabels(analysis.classes);
  return analysis.classes.map((phase, i): ClassRow => {
    const median = medians?.get(phase.id);
    return {
      id: phase.id,
      number: i + 1,
      label: labels[i]!,
      nested: labels[i]!.includes("."),
      name: phase.name,
      colour: phase.colour,
      pattern: classPattern(phase.colour, i, patternsForAll),
      pixels: phase.pixels,
      areaUm2: phase.areaUm2,
      countsPerPixel: phase.countsPerPixel,
      areaFraction: phase.areaFraction,
      interval95: intervals?.[i],
      inSelection: selected === undefined ? undefined : (selected.get(phase.id) ?? 0) / selection.count,
      locked: phase.locked === true,
      note: phase.note ?? "",
      doubtful: median !== undefined && median < DOUBTFUL_MEDIAN ? median : undefined,
      edited: phase.madeOf !== undefined && phase.madeOf.length > 0,
    };
  });
}

export function unassignedRow({ labels }: AnalysisSnapshot, selection: Selection): UnassignedRow {
  let pixels = 0;
  let selected = 0;
  labels?.forEach((label, p) => {
    if (label >= 0) return;
    pixels += 1;
    selected += selection.mask[p] ?? 0;
  });
  const all = labels?.length ?? 1;
  return {
    pixels,
    areaFraction: pixels / Math.max(1, all),
    inSelection: selection.count === 0 ? undefined : selected / selection.count,
  };
}

export function sortedRows(rows: readonly ClassRow[], order: ClassOrder): ClassRow[] {
  const compare = {
    area: (a: ClassRow, b: ClassRow) => b.pixels - a.pixels || a.id - b.id,
    name: (a: ClassRow, b: ClassRow) => a.name.localeCompare(b.name) || a.id - b.id,
    number: (a: ClassRow, b: ClassRow) => byLabel(a.label, b.label),
  }[order];
  return [...rows].sort(compare);
}

/** Ids from the one to the other in the order of the list, both included. */
export function idsBetween(rows: readonly ClassRow[], from: number | undefined, to: number): number[] {
  const first = rows.findIndex(({ id }) => id === from);
  const last = rows.findIndex(({ id }) => id === to);
  if (first < 0 || last < 0) return [to];
  return rows.slice(Math.min(first, last), Math.max(first, last) + 1).map(({ id }) => id);
}

const knownMedians = new WeakMap<object, ReadonlyMap<number, number>>();
const STEPS = 100;

/** Median membership of the pixels of each class, to a hundredth. */
export function mediansOf({ membership, labels, classes }: AnalysisSnapshot): ReadonlyMap<number, number> | undefined {
  if (membership === undefined || labels === undefined || membership.classes !== classes.length) return undefined;
  const before = knownMedians.get(membership);
  if (before !== undefined) return before;
  const columnOf = new Map(classes.map(({ id }, column) => [id, column]));
  const histograms = classes.map(() => new Uint32Array(STEPS + 1));
  labels.forEach((label, p) => {
    const column = columnOf.get(label);
    if (column === undefined) return;
    const value = membership.data[p * membership.classes + column]!;
    histograms[column]![Math.round(STEPS * Math.min(1, Math.max(0, value)))]! += 1;
  });
  const medians = new Map(classes.map(({ id }, column) => [id, medianOf(histograms[column]!)]));
  knownMedians.set(membership, medians);
  return medians;
}

function medianOf(histogram: Uint32Array): number {
  const half = histogram.reduce((sum, count) => sum + count, 0) / 2;
  let sum = 0;
  for (let step = 0; step < histogram.length; step++) {
    sum += histogram[step]!;
    if (sum >= half && sum > 0) return step / STEPS;
  }
  return 1;
}

function selectedByLabel({ labels }: AnalysisSnapshot, { mask, count }: Selection): ReadonlyMap<number, number> | undefined {
  if (count === 0 || labels === undefined || mask.length !== labels.length) return undefined;
  const selected = new Map<number, number>();
  for (let p = 0; p < mask.length; p++) {
    if (mask[p] === 1) selected.set(labels[p]!, (selected.get(labels[p]!) ?? 0) + 1);
  }
  return selected;
}

type Parted = Pick<PhaseClass, "id" | "madeOf">;

/** Numbers of the classes in their order; parts that were split off or found inside another class count within it: 2, 2.1, 2.2. */
export function nestedLabels(classes: readonly Parted[]): string[] {
  const known = new Map<number, string>();
  const parts = new Map<number, number>();
  let top = 0;
  const labelOf = (phase: Parted): string => {
    const before = known.get(phase.id);
    if (before !== undefined) return before;
    const parent = parentOf(phase, classes);
    if (parent === undefined) {
      top += 1;
      known.set(phase.id, String(top));
      return String(top);
    }
    const part = (parts.get(parent.id) ?? 0) + 1;
    parts.set(parent.id, part);
    const label = `${labelOf(parent)}.${part}`;
    known.set(phase.id, label);
    return label;
  };
  return classes.map(labelOf);
}

/** The class of which a part was taken last; ids rise, so no class is part of a later one. */
function parentOf({ id, madeOf }: Parted, classes: readonly Parted[]): Parted | undefined {
  const origin = madeOf?.findLast(({ action, from }) => (action === "split" || action === "recluster") && from.length === 1);
  const [from] = origin?.from ?? [];
  return from === undefined || from >= id ? undefined : classes.find((phase) => phase.id === from);
}

function byLabel(a: string, b: string): number {
  const [one, other] = [a, b].map((label) => label.split(".").map(Number)) as [number[], number[]];
  for (let i = 0; i < Math.min(one.length, other.length); i++) if (one[i] !== other[i]) return one[i]! - other[i]!;
  return one.length - other.length;
}
