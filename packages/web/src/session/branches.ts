/** Lines of edits that another edit took the place of: kept beside the timeline until the session closes. */
import { recipeAt } from "./recipe-history.js";
import type { SessionState, TimelineEntry } from "./session-state.js";
import type { KeptBranch } from "./view-session.js";

/** A timeline that was left, from its beginning. Its newest line is work, and tells it from the others. */
export type Branch = readonly TimelineEntry[];

/** More are not kept: the oldest goes. */
const MOST_BRANCHES = 8;

/**
 * What is kept beside a timeline that takes the place of the one that is `left`, newest first. Selections alone are not worth a branch, and branches hold none that
 * the timeline does not hold: each is a byte for every pixel.
 */
export function keptBeside(timeline: Branch, left: Branch, branches: readonly Branch[]): readonly Branch[] {
  const here = idsOf(timeline);
  const isLost = left.some((entry) => isWork(entry) && !here.has(entry.id));
  const all = isLost ? [left, ...branches] : branches;
  return all.slice(0, MOST_BRANCHES).map((branch) => branch.filter((entry) => isWork(entry) || here.has(entry.id)));
}

/** Where a branch ends, with the timeline that is left for it as a branch in its turn; undefined where it is kept no more. */
export function placeOnBranch(
  state: Pick<SessionState, "timeline" | "applied" | "recipe" | "branches">,
  id: number,
): Pick<SessionState, "timeline" | "applied" | "recipe" | "branches"> | undefined {
  const branch = state.branches.find((kept) => idOf(kept) === id);
  if (branch === undefined) return undefined;
  const common = state.timeline.findLastIndex((entry) => idsOf(branch).has(entry.id)) + 1;
  const { timeline: left, recipe } = recipeAt(state, common);
  const lines = [...left.slice(0, common), ...beyond(branch, left)];
  const reached = recipeAt({ timeline: lines, applied: common, recipe }, lines.length);
  const others = state.branches.filter((kept) => kept !== branch);
  return { ...reached, applied: lines.length, branches: keptBeside(lines, left, others) };
}

/** Newest first. */
export function keptBranches({ timeline, branches }: Pick<SessionState, "timeline" | "branches">): KeptBranch[] {
  return branches.map((branch) => {
    const work = beyond(branch, timeline).filter(isWork);
    return {
      id: idOf(branch),
      sentences: work.map(({ sentence }) => sentence),
      recipeChanges: work.filter(({ kind }) => kind === "recipe").length,
    };
  });
}

/** Lines of a branch after the newest that the timeline has too. */
function beyond(branch: Branch, timeline: Branch): Branch {
  const here = idsOf(timeline);
  return branch.slice(branch.findLastIndex(({ id }) => here.has(id)) + 1);
}

function idOf(branch: Branch): number {
  return branch.at(-1)?.id ?? 0;
}

function idsOf(timeline: Branch): ReadonlySet<number> {
  return new Set(timeline.map(({ id }) => id));
}

function isWork({ kind }: TimelineEntry): boolean {
  return kind !== "selection";
}
