/** What the panel of names shows: for each class its candidates, what decides, and what a click would call it. */

import { type ClassIdentity, formatFixed, lineText, listOf, type NameCandidate } from "@sigma-eds/core";
import { massHalf95 } from "../../session/derived/mass-error.js";
import { capital } from "../../ui/capital.js";
import { decimalsOf } from "../../ui/decimals-of.js";
import { withLineWords } from "../../ui/line-words.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";

export interface CandidateRow {
  readonly key: string;
  /** `Biotite: annite 55 %, phlogopite 45 %` */
  readonly label: string;
  readonly formula: string | undefined;
  /** Share of the evidence, 0 to 1; for a mixture the share by mass. */
  readonly probability: number;
  readonly misfitSigma: number;
  /** What the class is called when this one is accepted. */
  readonly accepts: string;
  /** Lines with measured and expected amounts, per cent by mass of what was measured. */
  readonly pulls: readonly {
    readonly line: string;
    readonly measured: number;
    readonly expected: number;
    readonly pull: number;
  }[];
}

export interface NameRow {
  readonly id: number;
  readonly className: string;
  readonly colour: string;
  readonly verdict: ClassIdentity["verdict"] | "not asked";
  /** One or two words for the verdict. */
  readonly tag: string;
  readonly sentence: string;
  readonly shown: readonly CandidateRow[];
  readonly rejected: readonly CandidateRow[];
  /** Lines that decide, as named in recipes. */
  readonly deciding: readonly string[];
  /** What the class may be called as a whole: the best name, the set, the mixture; undefined where there is no name. */
  readonly accepts: readonly string[];
  /** True where the class is called so already. */
  readonly accepted: boolean;
  /** Largest mass fractions with 95 % of counting and model: `O 41.8 ± 0.6 · Fe 18.5 ± 0.6`; empty where none are known. */
  readonly composition: string;
}

const tags: Readonly<Record<NameRow["verdict"], string>> = {
  one: "stands out",
  set: "cannot be told apart",
  mixture: "mixture",
  none: "no match",
  "too few counts": "too few counts",
  "not asked": "not identified",
};

/** One row per class, in the order of the classes. */
export function nameRows({ classes, identities }: Pick<AnalysisSnapshot, "classes" | "identities">): NameRow[] {
  return classes.map(({ id, name, colour }) => {
    const identity = identities?.find((one) => one.id === id);
    const verdict = identity?.verdict ?? "not asked";
    const accepts = identity === undefined ? [] : wholeNames(identity);
    return {
      id,
      className: name,
      colour,
      verdict,
      tag: tags[verdict],
      sentence: identity === undefined ? "This class has not been identified yet." : withLineWords(identity.sentence),
      shown: identity?.shown.map((one) => candidateRow(one, verdict === "mixture")) ?? [],
      rejected: identity?.rejected.map((one) => candidateRow(one, false)) ?? [],
      deciding: identity?.deciding ?? [],
      accepts,
      accepted: accepts.some((accepted) => isSameName(name, accepted)),
      composition: compositionWords(identity),
    };
  });
}

const MOST_ELEMENTS = 7;

function compositionWords(identity: ClassIdentity | undefined): string {
  const elements = [...(identity?.composition?.elements ?? [])].sort((a, b) => b.massFraction - a.massFraction);
  return elements
    .slice(0, MOST_ELEMENTS)
    .map((one) => {
      const half = massHalf95(one);
      const decimals = decimalsOf(half);
      return `${one.element} ${formatFixed(100 * one.massFraction, decimals)} ± ${formatFixed(half, decimals)}`;
    })
    .join(" · ");
}

/** Longest set that a name spells out. */
const MOST_IN_NAME = 3;

function wholeNames({ verdict, shown }: ClassIdentity): string[] {
  const names = shown.map(acceptedName);
  if (verdict === "mixture") return [names.join(" + ")];
  if (verdict === "one") return names.slice(0, 1);
  if (verdict !== "set") return [];
  const set = names.slice(0, MOST_IN_NAME).map((name, i) => (i === 0 ? name : lower(name)));
  return [names[0]!, `${set.join(" / ")}${names.length > MOST_IN_NAME ? " / …" : ""}`];
}

function candidateRow(candidate: NameCandidate, isPart: boolean): CandidateRow {
  const { name, series, members, formula, probability, misfitSigma, pulls } = candidate;
  const parts = members.map((member) => `${member.name} ${formatFixed(100 * member.share, 0)} %`).join(", ");
  return {
    key: `${name} ${series ?? ""}`,
    label: series === undefined ? capital(name) : `${capital(series)}: ${parts}`,
    formula,
    probability: isPart ? (members[0]?.share ?? probability) : probability,
    misfitSigma,
    accepts: acceptedName(candidate),
    pulls: pulls.map(({ line, measured, expected, pull }) => ({
      line,
      measured: 100 * measured,
      expected: 100 * expected,
      pull,
    })),
  };
}

function acceptedName({ name, series }: NameCandidate): string {
  return capital(series ?? name);
}

/** The name, with a number behind it where another class is called so. */
export function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  for (let number = 2; ; number++) {
    const next = `${wanted} ${number}`;
    if (!taken.includes(next)) return next;
  }
}

function isSameName(name: string, accepted: string): boolean {
  return name === accepted || (name.startsWith(`${accepted} `) && /^\d+$/.test(name.slice(accepted.length + 1)));
}

/** `Mg Kα and Ti Kα decide.` */
export function decidingSentence(deciding: readonly string[]): string {
  if (deciding.length === 0) return "";
  return `${listOf(deciding.map(lineText))} ${deciding.length === 1 ? "decides" : "decide"}.`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
