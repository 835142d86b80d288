/** Two results beside each other, as rows and words. */
import { type ComparedResult, type Comparison, formatFixed, formatPercent } from "@sigma-eds/core";

export interface MatchRow {
  readonly key: string;
  /** Ids; undefined where the other has no such class. */
  readonly first: number | undefined;
  readonly second: number | undefined;
  readonly firstName: string;
  readonly secondName: string;
  readonly areaFirst: number | undefined;
  readonly areaSecond: number | undefined;
  readonly overlap: number | undefined;
  readonly similarity: number | undefined;
}

/** Matched classes, the largest first; then those without a partner. */
export function matchRows(comparison: Comparison, one: ComparedResult, other: ComparedResult): MatchRow[] {
  const nameOf = ({ classes }: ComparedResult, id: number): string =>
    classes.find((phase) => phase.id === id)?.name ?? `Class ${id + 1}`;
  const areaOf = ({ classes }: ComparedResult, id: number) => classes.find((phase) => phase.id === id)?.areaFraction;
  const matched = [...comparison.matched]
    .sort((a, b) => b.areaFirst - a.areaFirst || a.first - b.first)
    .map(({ first, second, overlap, similarity, areaFirst, areaSecond }): MatchRow => {
      const names = { firstName: nameOf(one, first), secondName: nameOf(other, second) };
      return { key: `${first} ${second}`, first, second, ...names, areaFirst, areaSecond, overlap, similarity };
    });
  const alone = { overlap: undefined, similarity: undefined };
  const onlyFirst = comparison.onlyFirst.map((id): MatchRow => {
    const own = { first: id, firstName: nameOf(one, id), areaFirst: areaOf(one, id) };
    return { key: `${id} -`, ...own, second: undefined, secondName: "–", areaSecond: undefined, ...alone };
  });
  const onlySecond = comparison.onlySecond.map((id): MatchRow => {
    const own = { second: id, secondName: nameOf(other, id), areaSecond: areaOf(other, id) };
    return { key: `- ${id}`, ...own, first: undefined, firstName: "–", areaFirst: undefined, ...alone };
  });
  return [...matched, ...onlyFirst, ...onlySecond];
}

/** One or two sentences that say how much the two agree. */
export function agreementSentence({ by, matched, adjustedRandIndex, changedShare }: Comparison): string {
  if (by === "spectra")
    return `Two fields: ${matched.length} classes are matched by their spectra, and no pixel can be compared.`;
  if (changedShare === 0) return "Every pixel is in the class that it was in.";
  return `${formatPercent(changedShare ?? 0)} of the pixels changed their class; adjusted Rand index ${formatFixed(adjustedRandIndex ?? 0, 3)}.`;
}

export interface ConfusionRow {
  readonly id: number;
  readonly name: string;
  /** Pixels in each class of the other result, in the order of the columns. */
  readonly counts: readonly number[];
  /** The column of the partner, or -1. */
  readonly partner: number;
}

export interface ConfusionTable {
  readonly columns: readonly { readonly id: number; readonly name: string }[];
  readonly rows: readonly ConfusionRow[];
}

const NONE = -1;

/** Pixels in common, classes in the order of the match rows; unassigned pixels last, where there are any. Undefined for two fields. */
export function confusionTable(comparison: Comparison, one: ComparedResult, other: ComparedResult): ConfusionTable | undefined {
  const { confusion } = comparison;
  if (confusion === undefined) return undefined;
  const matches = matchRows(comparison, one, other);
  const firsts = [...matches.flatMap(({ first }) => first ?? []), NONE];
  const seconds = [...matches.flatMap(({ second }) => second ?? []), NONE];
  const placeOf = (id: number, size: number): number => (id === NONE ? size - 1 : id);
  const at = (a: number, b: number): number =>
    confusion.data[placeOf(a, confusion.rows) * confusion.columns + placeOf(b, confusion.columns)] ?? 0;
  const columns = seconds.filter((id) => id !== NONE || firsts.some((first) => at(first, NONE) > 0));
  const rows = firsts.filter((id) => id !== NONE || columns.some((second) => at(NONE, second) > 0));
  const nameOf = ({ classes }: ComparedResult, id: number): string =>
    id === NONE ? "Unassigned" : (classes.find((phase) => phase.id === id)?.name ?? `Class ${id + 1}`);
  return {
    columns: columns.map((id) => ({ id, name: nameOf(other, id) })),
    rows: rows.map((id) => ({
      id,
      name: nameOf(one, id),
      counts: columns.map((second) => at(id, second)),
      partner: columns.indexOf(id === NONE ? NONE : (matches.find(({ first }) => first === id)?.second ?? Number.NaN)),
    })),
  };
}

/** A value of a recipe in few words. */
export function valueText(value: unknown): string {
  if (value === undefined) return "absent";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

const LONGEST = 60;
