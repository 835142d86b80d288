/** What physics knows of the families of one element: the counts of one family tell roughly those of another. */
import type { LinearFit, Tie } from "./columns.js";
import type { Family } from "./families.js";

/** Standard error of the ratio of two families of an element, relative. L and M yields, and absorption of soft lines, are known no better. */
const RATIO_ERROR = 0.4;

/**
 * For each element with several families: the others follow the best measured one, `a_other - r a_best = 0` within {@link RATIO_ERROR} of its
 * size, so that an element with a K line keeps the L lines that it must have, and no more. `before` is the fit of the round before, whose
 * first columns were the same families.
 */
export function familyTies(families: readonly Family[], before: LinearFit): Tie[] {
  const columns = before.amplitudes.length;
  const ties: Tie[] = [];
  const byElement = new Map<string, number[]>();
  families.forEach(({ element }, i) => {
    byElement.set(element, [...(byElement.get(element) ?? []), i]);
  });
  for (const members of byElement.values()) {
    if (members.length < 2) continue;
    const relativeError = (i: number) => Math.sqrt(before.covariance[i * columns + i]!) / families[i]!.expected;
    const best = members.reduce((a, b) => (relativeError(b) < relativeError(a) ? b : a));
    const size = Math.max(before.amplitudes[best]!, Math.sqrt(before.covariance[best * columns + best]!));
    for (const other of members) {
      if (other === best) continue;
      const ratio = families[other]!.expected / families[best]!.expected;
      ties.push({
        terms: [
          { column: other, factor: 1 },
          { column: best, factor: -ratio },
        ],
        error: RATIO_ERROR * ratio * size,
      });
    }
  }
  return ties;
}
