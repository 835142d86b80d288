import type { NameCandidate } from "./name-phase.js";

/**
 * What a candidate is called wherever a class has one name: `quartz`, or a solid solution with the end member that it holds most of, `plagioclase (64 % albite)`. The end
 * member alone would be another phase.
 */
export function candidateText({ name, series, members }: Pick<NameCandidate, "name" | "series" | "members">): string {
  const [most] = members;
  return series === undefined || most === undefined ? name : `${series} (${(100 * most.share).toFixed(0)} % ${most.name})`;
}
