import type { Analysis } from "../analysis.js";

/**
 * Whether edits gave pixels to other classes than the method did. Names, colours, notes and locks do not: what is known of each pixel, such as its shares, holds on.
 */
export function arePixelsMoved({ labels, edits }: Partial<Pick<Analysis, "labels" | "edits">>): boolean {
  if (edits === undefined || labels === edits.before.labels) return false;
  return (
    labels === undefined ||
    labels.length !== edits.before.labels.length ||
    labels.some((label, p) => label !== edits.before.labels[p])
  );
}
