/** In which order lines are shown. */
import type { PhaseClass } from "@sigma-eds/core";

/**
 * Lines by how clearly they tell classes apart: the largest distance of any class from the mean of the map, in standard errors, first. Lines that no class
 * speaks of come last, in their own order.
 */
export function linesBySignificance(lines: readonly string[], classes: readonly Pick<PhaseClass, "dominantLines">[]): string[] {
  const significance = new Map(lines.map((line) => [line, 0]));
  for (const { dominantLines } of classes) {
    for (const { line, sigma } of dominantLines) {
      const before = significance.get(line);
      if (before !== undefined && Math.abs(sigma) > before) significance.set(line, Math.abs(sigma));
    }
  }
  return [...lines].sort((a, b) => significance.get(b)! - significance.get(a)! || lines.indexOf(a) - lines.indexOf(b));
}
