/** What the classes are: elements with evidence, composition with errors, names with their alternatives. Plain data, as it stands in `result.json`. */
import type { IdentifiedPhase } from "../algorithms/identify/identify-phase.js";
import { fittedOrNothing } from "../algorithms/line-fit/fitted-or-nothing.js";
import { candidateText } from "../algorithms/name-phases/candidate-text.js";
import type { NameCandidate, NameVerdict } from "../algorithms/name-phases/name-phase.js";
import type { QuantifiedElement } from "../algorithms/quantify/xpp/quantify-fit.js";

export interface ClassElement {
  readonly element: string;
  /** Counts of the deciding family over their error, model included. */
  readonly significance: number;
  readonly from: "sample" | "film" | "instrument";
  readonly reason: string | undefined;
  /** Lines with counts as measured and as the family predicts, and the error. */
  readonly lines: readonly {
    readonly line: string;
    readonly measured: number;
    readonly expected: number;
    readonly error: number;
  }[];
  readonly overlaps: readonly { readonly line: string; readonly with: readonly string[] }[];
}

export interface ClassIdentity {
  readonly id: number;
  /** Pixels and counts that the identification rests on, and whether these are pure pixels only. */
  readonly pixels: number;
  readonly counts: number;
  readonly pure: boolean;
  /** Best name as {@link candidateText} has it, of a mixture both; undefined where there is none. */
  readonly name: string | undefined;
  readonly verdict: NameVerdict | "too few counts";
  /** One sentence, evidence and alternatives included. */
  readonly sentence: string;
  readonly shown: readonly NameCandidate[];
  readonly rejected: readonly NameCandidate[];
  readonly deciding: readonly string[];
  readonly densityGcm3: number | undefined;
  readonly elements: readonly ClassElement[];
  readonly rejectedElements: readonly { readonly element: string; readonly significance: number; readonly reason: string }[];
  /** Standardless composition; undefined where nothing could be quantified. */
  readonly composition: { readonly method: "standardless"; readonly elements: readonly QuantifiedElement[] } | undefined;
  readonly reducedChiSquare: number | undefined;
}

/** Everything that a class's spectrum says, as plain data. */
function classIdentity(
  id: number,
  { pixels, counts, pure }: Facts,
  { identification, name, composition }: IdentifiedPhase,
): ClassIdentity {
  const [best] = name.shown;
  return {
    id,
    pixels,
    counts,
    pure,
    name: name.verdict === "mixture" ? name.shown.map(candidateText).join(" + ") : best && candidateText(best),
    verdict: name.verdict,
    sentence: name.sentence,
    shown: name.shown,
    rejected: name.rejected,
    deciding: name.deciding,
    densityGcm3: name.verdict === "mixture" ? undefined : best?.densityGcm3,
    elements: identification.elements.map(({ element, deciding, from, reason, overlaps }) => ({
      element,
      significance: deciding.significance,
      from,
      reason,
      lines: deciding.lines.map(({ line, measured, expected, error }) => ({ line, measured, expected, error })),
      overlaps,
    })),
    rejectedElements: identification.rejected,
    composition: composition === undefined ? undefined : { method: "standardless", elements: composition.elements },
    reducedChiSquare: identification.fit.reducedChiSquare,
  };
}

type Facts = Pick<ClassIdentity, "pixels" | "counts" | "pure">;

/** What `find` finds out about a class. One with fewer counts than `fewest`, or to which no lines can be fitted, stays without a name, and its sentence says why. */
export function identityFrom(
  id: number,
  facts: Facts,
  fewest: number,
  find: () => IdentifiedPhase,
): { readonly identity: ClassIdentity; readonly found: IdentifiedPhase | undefined } {
  const nameless = (verdict: ClassIdentity["verdict"], sentence: string) => ({
    identity: { ...nothing, id, ...facts, verdict, sentence },
    found: undefined,
  });
  if (facts.counts < fewest)
    return nameless("too few counts", `Too few counts for a name: ${facts.counts}, where ${fewest} are asked for.`);
  const found = fittedOrNothing(find);
  return found === undefined
    ? nameless("none", "No lines can be fitted to the spectrum, so it has no name. Check the energy calibration.")
    : { identity: classIdentity(id, facts, found), found };
}

const nothing = {
  name: undefined,
  shown: [],
  rejected: [],
  deciding: [],
  densityGcm3: undefined,
  elements: [],
  rejectedElements: [],
  composition: undefined,
  reducedChiSquare: undefined,
} satisfies Partial<ClassIdentity>;
