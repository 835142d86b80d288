/** What is marked over a fitted spectrum: the strongest line of each element, and peaks that are no element's. */
import { elementOf, type IdentifiedPixels, lineWithName } from "@sigma-eds/core";

export interface FitMark {
  readonly kev: number;
  readonly name: string;
}

/** Names nearer to each other than this share of the range would lie over each other. */
const LEAST_APART = 0.022;

/** Marks within the range, by the evidence for them; of two that would overlap the surer stays. Sum and escape peaks carry a dagger. */
export function fitMarks({ identity, artefacts }: IdentifiedPixels, [from, to]: readonly [number, number]): FitMark[] {
  const lines = identity.elements.flatMap(({ element, lines: own, significance }) =>
    own
      .slice(0, 1)
      .map(({ line }) => ({ kev: lineWithName(line)?.energyKev ?? Number.NaN, name: elementOf(element), significance })),
  );
  const others = artefacts.map(({ energyKev, sigma }) => ({ kev: energyKev, name: "†", significance: sigma }));
  const wanted = [...lines, ...others]
    .filter(({ kev }) => kev >= from && kev <= to)
    .sort((a, b) => b.significance - a.significance);
  const kept: FitMark[] = [];
  for (const { kev, name } of wanted)
    if (kept.every((mark) => Math.abs(mark.kev - kev) > LEAST_APART * (to - from))) kept.push({ kev, name });
  return kept.sort((a, b) => a.kev - b.kev);
}
