/** Labels in one row over the things they name: none overlaps, their order is kept, and each stays as near to its place as that allows. */

export interface LabelRequest {
  readonly text: string;
  /** Used where the row is too full for `text`. */
  readonly shortText: string;
  /** Where it points. */
  readonly target: number;
  /** When even short texts do not fit, the lowest go first; equal ones from the right. */
  readonly priority: number;
}

export interface PlacedLabel {
  readonly text: string;
  /** Middle of the text. */
  readonly centre: number;
  readonly width: number;
  readonly target: number;
  /** Position in the list of requests. */
  readonly index: number;
}

export interface LabelRow {
  readonly left: number;
  readonly right: number;
  /** Least distance between two texts. */
  readonly gap: number;
  /** How far a text may stand from its target. Default: anywhere in the row. */
  readonly reach?: number | undefined;
  readonly widthOf: (text: string) => number;
}

interface Candidate {
  readonly text: string;
  readonly width: number;
  readonly request: LabelRequest;
  readonly index: number;
}

/**
 * Places labels, sorted by target. Where they do not fit into the row, or one would stand beyond its reach, all take their short text; where
 * that does not help either, the weakest are left out. Positions minimise the sum of squared distances to the targets (isotonic regression by
 * pooling adjacent violators: M. Ayer et al., 1955, doi:10.1214/aoms/1177728423), so the result is unique.
 */
export function placeLabels(requests: readonly LabelRequest[], row: LabelRow): PlacedLabel[] {
  const full = placed(
    candidatesOf(requests, (request) => request.text, row),
    row,
  );
  if (full !== undefined) return full;
  const candidates = candidatesOf(requests, (request) => request.shortText, row);
  while (candidates.length > 0) {
    const labels = placed(candidates, row);
    if (labels !== undefined) return labels;
    candidates.splice(weakest(candidates), 1);
  }
  return [];
}

/** The labels at their places, or nothing where they do not fit or reach. */
function placed(candidates: readonly Candidate[], row: LabelRow): PlacedLabel[] | undefined {
  if (!fits(candidates, row)) return undefined;
  const { reach = Infinity } = row;
  const labels = positions(candidates, row).map((centre, i) => {
    const { text, width, request, index } = candidates[i]!;
    return { text, width, centre, target: request.target, index };
  });
  const far = labels.some(({ centre, target }) => Math.abs(centre - target) > reach && target >= row.left && target <= row.right);
  return far ? undefined : labels;
}

function candidatesOf(requests: readonly LabelRequest[], textOf: (request: LabelRequest) => string, row: LabelRow): Candidate[] {
  return requests
    .map((request, index) => ({ text: textOf(request), width: row.widthOf(textOf(request)), request, index }))
    .sort((a, b) => a.request.target - b.request.target || a.index - b.index);
}

function fits(candidates: readonly Candidate[], { left, right, gap }: LabelRow): boolean {
  return candidates.reduce((sum, { width }) => sum + width + gap, -gap) <= right - left;
}

function weakest(candidates: readonly Candidate[]): number {
  let found = 0;
  candidates.forEach(({ request }, i) => {
    if (request.priority <= candidates[found]!.request.priority) found = i;
  });
  return found;
}

/**
 * With the widths of everything to the left taken off, "no overlap" is "never falling": the nearest such sequence is made of blocks at
 * the mean of their members.
 */
function positions(candidates: readonly Candidate[], { left, right, gap }: LabelRow): number[] {
  const shift: number[] = [];
  let used = 0;
  for (const { width } of candidates) {
    shift.push(used + width / 2);
    used += width + gap;
  }
  const blocks: { sum: number; count: number }[] = [];
  candidates.forEach(({ request }, i) => {
    blocks.push({ sum: request.target - shift[i]!, count: 1 });
    while (blocks.length > 1 && mean(blocks.at(-2)!) >= mean(blocks.at(-1)!)) {
      const last = blocks.pop()!;
      const before = blocks.pop()!;
      blocks.push({ sum: before.sum + last.sum, count: before.count + last.count });
    }
  });
  const most = right - (used - gap);
  const levels = blocks.flatMap((block) => new Array<number>(block.count).fill(Math.min(most, Math.max(left, mean(block)))));
  return levels.map((level, i) => level + shift[i]!);
}

function mean({ sum, count }: { sum: number; count: number }): number {
  return sum / count;
}
