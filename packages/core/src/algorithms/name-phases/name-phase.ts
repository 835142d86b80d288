/**
 * What a phase may be called: every phase and series of the library by the evidence that the measured amounts give it, best first; phases that the measurement does not separate
 * as one set; a mixture of two where no single phase fits; and no name where nothing does. See docs/methods/names.md.
 */
import { exp } from "../../kernels/math.js";
import type { LibraryPhase, PhaseLibrary } from "../../xray/phases/phase-library.js";
import { chiSquareExcess } from "./chi-square.js";
import { evidenceBound, type LinePull, type Match, matchOf } from "./likelihood.js";
import type { MeasuredAmounts } from "./measured-amounts.js";

export interface NameCandidate {
  /** Of a series its largest member, with the proportions in `members`; what people read is `candidateText`. */
  readonly name: string;
  /** Name of the series; undefined for a phase of fixed composition. */
  readonly series: string | undefined;
  /** End members with their shares by mass, largest first; one of share 1 for a phase of fixed composition. */
  readonly members: readonly { readonly name: string; readonly share: number }[];
  readonly formula: string | undefined;
  readonly densityGcm3: number | undefined;
  /** Share of the evidence among all candidates, 0 to 1. */
  readonly probability: number;
  /** How far the fit is from what errors allow, in standard errors; below 3 it fits. */
  readonly misfitSigma: number;
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  readonly pulls: readonly LinePull[];
}

export type NameVerdict = "one" | "set" | "mixture" | "none";

export interface PhaseName {
  /** `one`: a single phase or series stands out; `set`: those of `shown` cannot be told apart; `mixture`: of two; `none`: nothing in the library fits. */
  readonly verdict: NameVerdict;
  /** Best first. For a mixture its two phases; for none the nearest one, which does not fit. */
  readonly shown: readonly NameCandidate[];
  /** The next ones, and why they are not shown. */
  readonly rejected: readonly NameCandidate[];
  /** Lines by which the first of `shown` was preferred to the first of `rejected`, largest difference first. */
  readonly deciding: readonly string[];
  /** One sentence. */
  readonly sentence: string;
}

/** What rarity weighs, logarithm of the odds: common, usual somewhere, rare. */
const RARITY = [0, -1.5, -3] as const;
/** A material counts as a rarer mineral. */
const MATERIAL = -0.5;
/** Candidates less probable than this against the best are not shown. */
const LEAST_ODDS = 0.05;
/** Further from the measurement than this, in standard errors, a phase does not fit. */
const MOST_MISFIT = 3;
const MOST_SHOWN = 12;
const REJECTED = 5;

interface Scored {
  readonly candidate: Omit<NameCandidate, "probability">;
  readonly logOdds: number;
  /** In the order of the library. */
  readonly place: number;
}

/** Names the phase of measured amounts from a library. Deterministic; equals are listed in the order of the library. */
export function namePhase(measured: MeasuredAmounts, library: PhaseLibrary): PhaseName {
  const scored = candidatesOf(measured, library).sort((a, b) => b.logOdds - a.logOdds || a.place - b.place);
  const fitting = scored.filter(({ candidate }) => candidate.misfitSigma <= MOST_MISFIT);
  if (fitting.length > 0) return named(fitting, scored);
  return mixed(measured, library) ?? nothing(scored);
}

/** A phase or a series, before it is compared. */
interface Entry {
  readonly place: number;
  readonly members: readonly LibraryPhase[];
  readonly series: string | undefined;
  /** More than its logarithm of the odds can be. */
  readonly most: number;
}

/** Candidates whose odds against the best are below e^-60 fit nothing and change no probability. */
const HOPELESS = 60;

/** All candidates that can be in a list: those that lack an element that is surely there are worked out only where there are no better ones. */
function candidatesOf(measured: MeasuredAmounts, library: PhaseLibrary): Scored[] {
  const entries = entriesOf(measured, library).sort((a, b) => b.most - a.most || a.place - b.place);
  const scored: Scored[] = [];
  let best = -Infinity;
  for (const { place, members, series, most } of entries) {
    if (most < best - HOPELESS && namesAbove(scored, most) >= MOST_SHOWN + REJECTED) break;
    const match = matchOf(
      measured,
      members.map((phase) => amountsOf(phase, measured)),
    );
    if (match === undefined) continue;
    if (series !== undefined && [...match.weights].filter((weight) => weight > 0).length < 2) continue;
    const one = { ...scoredOf(match, members, series), place };
    best = Math.max(best, one.logOdds);
    scored.push(one);
  }
  return scored;
}

function namesAbove(scored: readonly Scored[], logOdds: number): number {
  return new Set(scored.filter((one) => one.logOdds > logOdds).map(({ candidate }) => candidate.name)).size;
}

function entriesOf(measured: MeasuredAmounts, { phases, solidSolutions }: PhaseLibrary): Entry[] {
  const bound = evidenceBound(measured);
  const groups = [
    ...phases.map((phase) => ({ members: [phase], series: undefined })),
    ...solidSolutions.map(({ name, members }) => ({ members, series: name })),
  ];
  return groups.map(({ members, series }, place) => {
    return { place, members, series, most: bound((element) => members.some((phase) => holds(phase, element))) };
  });
}

function holds({ massFractions }: LibraryPhase, element: string): boolean {
  return (massFractions[element] ?? 0) > 0;
}

/** Mass fractions of the measured elements in a phase; what cannot be measured (H, Li, Be) is left out, since the scale is free. */
function amountsOf({ massFractions }: LibraryPhase, { elements }: MeasuredAmounts): Float64Array {
  return Float64Array.from(elements, (symbol) => massFractions[symbol] ?? 0);
}

function scoredOf(match: Match, members: readonly LibraryPhase[], series: string | undefined): Omit<Scored, "place"> {
  const order = members.map((_, k) => k).sort((a, b) => match.weights[b]! - match.weights[a]! || a - b);
  const first = members[order[0]!]!;
  const shares = order.filter((k) => match.weights[k]! > 0).map((k) => ({ name: members[k]!.name, share: match.weights[k]! }));
  const commonest = members.reduce((a, b) => (b.rarity < a.rarity ? b : a));
  return {
    logOdds: match.logEvidence + logPrior(series === undefined ? first : { ...first, rarity: commonest.rarity }),
    candidate: {
      name: first.name,
      series,
      members: shares,
      formula: series === undefined ? first.formula : undefined,
      densityGcm3: densityOf(members, match.weights),
      misfitSigma: chiSquareExcess(match.chiSquare, match.degreesOfFreedom),
      chiSquare: match.chiSquare,
      degreesOfFreedom: match.degreesOfFreedom,
      pulls: match.pulls,
    },
  };
}

function logPrior({ rarity, kind }: Pick<LibraryPhase, "rarity" | "kind">): number {
  return RARITY[rarity - 1]! + (kind === "material" ? MATERIAL : 0);
}

/** Of a mixture by mass: one over the sum of share over density. */
function densityOf(members: readonly LibraryPhase[], weights: Float64Array): number | undefined {
  let volume = 0;
  for (const [k, { densityGcm3 }] of members.entries()) {
    if (weights[k] === 0) continue;
    if (densityGcm3 === undefined) return undefined;
    volume += weights[k]! / densityGcm3;
  }
  return 1 / volume;
}

function withProbability(scored: readonly Scored[]): NameCandidate[] {
  const best = scored[0]!.logOdds;
  const odds = scored.map(({ logOdds }) => exp(logOdds - best));
  const total = odds.reduce((sum, value) => sum + value, 0);
  return scored.map(({ candidate }, i) => ({ ...candidate, probability: odds[i]! / total }));
}

function named(fitting: readonly Scored[], all: readonly Scored[]): PhaseName {
  const candidates = withProbability(fitting);
  const best = candidates[0]!;
  const isShown = (one: NameCandidate) => one.probability >= LEAST_ODDS * best.probability || isSame(one, best);
  const shown = distinct(candidates.filter(isShown)).slice(0, MOST_SHOWN);
  const rejected = distinct(withProbability(all).filter((one) => !shown.some(({ name }) => name === one.name))).slice(
    0,
    REJECTED,
  );
  const deciding = rejected.length === 0 ? [] : decidingLines(best, rejected[0]!);
  const verdict = shown.length === 1 ? "one" : "set";
  return { verdict, shown, rejected, deciding, sentence: sentenceOf(verdict, shown, deciding) };
}

/** Relative difference of amounts below which two phases are the same to EDS. */
const SAME = 0.002;

/** Polymorphs: the same lines are expected of both. */
function isSame(a: NameCandidate, b: NameCandidate): boolean {
  const expectedOf = (candidate: NameCandidate, line: string) => candidate.pulls.find((one) => one.line === line)?.expected ?? 0;
  const lines = new Set([...a.pulls, ...b.pulls].map(({ line }) => line));
  return [...lines].every((line) => {
    const [one, other] = [expectedOf(a, line), expectedOf(b, line)];
    return Math.abs(one - other) <= SAME * Math.max(one, other, 0.01);
  });
}

/** Each name once, where it comes first. */
function distinct(candidates: readonly NameCandidate[]): NameCandidate[] {
  const names = new Set<string>();
  return candidates.filter(({ name }) => !names.has(name) && names.add(name));
}

function decidingLines(chosen: NameCandidate, other: NameCandidate): string[] {
  const pullOf = (candidate: NameCandidate, line: string) => candidate.pulls.find((one) => one.line === line)?.pull ?? 0;
  const lines = [...new Set([...chosen.pulls, ...other.pulls].map(({ line }) => line))];
  const squared = (value: number) => value * value;
  return lines
    .map((line) => ({ line, gain: squared(pullOf(other, line)) - squared(pullOf(chosen, line)) }))
    .filter(({ gain }) => gain > 1)
    .sort((a, b) => b.gain - a.gain)
    .slice(0, 3)
    .map(({ line }) => line);
}

/** A mixture is looked for among phases that are not rare. */
const RAREST_IN_MIXTURE = 2;

function mixed(measured: MeasuredAmounts, { phases }: PhaseLibrary): PhaseName | undefined {
  const present = new Set(measured.elements.filter((_, i) => measured.amounts[i]! > 0.003));
  const seen = new Set(measured.elements);
  const usable = phases.filter(
    ({ massFractions, rarity }) =>
      rarity <= RAREST_IN_MIXTURE && Object.keys(massFractions).every((symbol) => !seen.has(symbol) || present.has(symbol)),
  );
  const vectors = usable.map((phase) => amountsOf(phase, measured));
  const bound = evidenceBound(measured);
  let best: { readonly match: Match; readonly a: number; readonly b: number; readonly logOdds: number } | undefined;
  for (let a = 0; a < usable.length; a++) {
    for (let b = a + 1; b < usable.length; b++) {
      const prior = logPrior(usable[a]!) + logPrior(usable[b]!);
      if (
        best !== undefined &&
        bound((element) => holds(usable[a]!, element) || holds(usable[b]!, element)) + prior <= best.logOdds
      )
        continue;
      const match = matchOf(measured, [vectors[a]!, vectors[b]!]);
      if (match === undefined || match.weights[0] === 0 || match.weights[1] === 0) continue;
      const logOdds = match.logEvidence + prior;
      if (best === undefined || logOdds > best.logOdds) best = { match, a, b, logOdds };
    }
  }
  if (best === undefined || chiSquareExcess(best.match.chiSquare, best.match.degreesOfFreedom) > MOST_MISFIT) return undefined;
  const pair = [usable[best.a]!, usable[best.b]!];
  const order = best.match.weights[1]! > best.match.weights[0]! ? [1, 0] : [0, 1];
  const shown = order.map((k): NameCandidate => {
    const { candidate } = scoredOf({ ...best!.match, weights: Float64Array.of(1) }, [pair[k]!], undefined);
    return {
      ...candidate,
      members: [{ name: pair[k]!.name, share: best!.match.weights[k]! }],
      probability: best!.match.weights[k]!,
    };
  });
  return { verdict: "mixture", shown, rejected: [], deciding: [], sentence: sentenceOf("mixture", shown, []) };
}

function nothing(scored: readonly Scored[]): PhaseName {
  const nearest = withProbability(scored).slice(0, REJECTED);
  return { verdict: "none", shown: [], rejected: nearest, deciding: [], sentence: sentenceOf("none", nearest, []) };
}

function sentenceOf(verdict: NameVerdict, shown: readonly NameCandidate[], deciding: readonly string[]): string {
  const names = shown.map(describe);
  if (verdict === "none") {
    return names.length === 0
      ? "No phase of the library has these elements."
      : `No phase of the library fits; the nearest, ${names[0]}, is ${shown[0]!.misfitSigma.toFixed(1)} standard errors away.`;
  }
  if (verdict === "mixture") {
    return `No single phase fits; a mixture of ${shown.map(({ name, members }) => `${name} (${(100 * members[0]!.share).toFixed(0)} % by mass)`).join(" and ")} does.`;
  }
  const because = deciding.length === 0 ? "" : ` ${deciding.join(", ")} ${deciding.length === 1 ? "decides" : "decide"}.`;
  if (verdict === "one") return `${capital(names[0]!)}.${because}`;
  return `${capital(names[0]!)}; could also be ${names.slice(1).join(", ")}.${because}`;
}

function describe({ name, series, members }: NameCandidate): string {
  if (series === undefined) return name;
  return `${series} (${members.map((member) => `${member.name} ${(100 * member.share).toFixed(0)} %`).join(", ")})`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
