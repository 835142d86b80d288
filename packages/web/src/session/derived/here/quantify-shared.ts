/** What the ways to quantify have in common. */
import { countOf, formatCount, formatNumber, lineText, lineWithName, listOf } from "@sigma-eds/core";
import type { Ground } from "./ground.js";
import type { EntryOf } from "./teller.js";
import { lineWindowWords, peakWords, someOf } from "./words.js";

export type Quantified = Ground<EntryOf<"quantify">>;

export function markedLines({ input, result }: Quantified): readonly string[] {
  return (input ?? result)?.lines ?? [];
}

export function linesWords(value: readonly string[], ground: Quantified): string {
  if (value.length > 0)
    return `${countOf(value.length, "line")}: ${someOf(
      value.map((line) => lineWindowWords(line, ground.basis)),
      4,
    )}.`;
  const marked = markedLines(ground);
  return marked.length === 0 ? "None is given." : `None is given; marked are ${someOf(marked.map(lineText), 8)}.`;
}

export function resolutionWords(value: number | undefined, { basis }: Quantified): string {
  const used = value ?? basis.resolutionEv;
  return `${formatNumber(used)} eV: a window at 6 keV reaches ${peakWords(6, basis, used)}, to either side.`;
}

/** Of a given fact of the measurement beside that of the file. */
export function statedWords(value: number | undefined, stated: number | undefined, unit: string): string {
  if (stated === undefined)
    return value === undefined
      ? `The file states none, and none is given: what is measured by dose cannot be.`
      : `The file states none; ${formatNumber(value)} ${unit} are taken.`;
  return value === undefined
    ? `The file says ${formatNumber(stated)} ${unit}.`
    : `The file says ${formatNumber(stated)} ${unit}; ${formatNumber(value)} are taken.`;
}

/** Classes with fewer counts than a limit. */
export function fewCountsWords(limit: number, ground: Quantified): string {
  const classes = (ground.input ?? ground.result)?.classes ?? [];
  if (classes.length === 0) return `${formatCount(limit)} counts.`;
  const few = classes.filter(({ counts }) => counts < limit);
  const least = Math.min(...classes.map(({ counts }) => counts));
  const words = few.length === 0 ? "No class has" : `${countOf(few.length, "class has", "classes have")}`;
  return `${words} fewer counts of all energies; the smallest has ${formatCount(least)}.`;
}

/** Elements of the lines that are marked, each once. */
export function markedElements(ground: Quantified): readonly string[] {
  return [...new Set(markedLines(ground).flatMap((line) => lineWithName(line)?.element ?? []))];
}

export function entriesWords(entries: Readonly<Record<string, number>>, none: string): string {
  const all = Object.entries(entries);
  return all.length === 0
    ? none
    : `${formatCount(all.length)} given: ${listOf(all.map(([name, value]) => `${lineText(name)} ${formatNumber(value)}`))}.`;
}
