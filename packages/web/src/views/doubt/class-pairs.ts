/** Are two classes different? The test of their counts in words. */
import { formatFixed, lineText, listOf, type SpectrumDifference } from "@sigma-eds/core";

/** Below this many standard errors counting does not tell two classes apart. */
export const SAME_SIGMA = 3;
const NAMED = 3;

/** Lines that speak most for a difference, those between lines by their energy: at most three. */
export function decidingWords({ deciding }: Pick<SpectrumDifference, "deciding">): string[] {
  const named = deciding.filter(({ line }) => line !== undefined);
  const shown = named.length > 0 ? named : deciding;
  return shown
    .slice(0, NAMED)
    .map(({ line, energyKev }) => (line === undefined ? `${formatFixed(energyKev, 2)} keV` : lineText(line)));
}

/** `Different, 143 σ: K Kα and Na Kα decide.` */
export function differenceSentence(difference: SpectrumDifference, first: string, second: string): string {
  const { sigma, distance } = difference;
  if (sigma < SAME_SIGMA)
    return `No line tells “${first}” and “${second}” apart at these counts (${formatFixed(Math.max(0, sigma), 1)} σ). Merge them?`;
  const words = decidingWords(difference);
  const decide = words.length === 0 ? "" : `: ${listOf(words)} ${words.length === 1 ? "decides" : "decide"}`;
  return `“${first}” and “${second}” differ by ${formatFixed(sigma, sigma < 10 ? 1 : 0)} σ${decide}. ${formatFixed(100 * distance, 1)} % of their counts lie elsewhere.`;
}

/** Pairs of which each is the other's nearest stand once. */
export function uniquePairs<Pair extends { readonly id: number; readonly nearest: number }>(pairs: readonly Pair[]): Pair[] {
  const seen = new Set<string>();
  return pairs.filter(({ id, nearest }) => {
    const key = [Math.min(id, nearest), Math.max(id, nearest)].join(" ");
    return !seen.has(key) && seen.add(key);
  });
}
