/** Marks at the edge of the view for points beyond it: where they are, and that they are. Pure geometry in pixels of the screen. */

export interface EdgeMark {
  readonly x: number;
  readonly y: number;
  /** Direction to the points, radians, 0 to the right, growing downwards. */
  readonly angle: number;
  readonly points: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Marks are this far from the edge, and at least this far from each other. */
const INSET = 7;
const APART = 14;

/** One mark for all points that leave the view at the same place; places inside the view have none. */
export function edgeMarks(places: Iterable<{ readonly x: number; readonly y: number }>, view: Size): EdgeMark[] {
  const marks = new Map<string, EdgeMark>();
  for (const { x, y } of places) {
    if (x >= 0 && y >= 0 && x <= view.width && y <= view.height) continue;
    const at = { x: within(x, view.width), y: within(y, view.height) };
    const key = `${Math.round(at.x / APART)} ${Math.round(at.y / APART)}`;
    const before = marks.get(key);
    marks.set(
      key,
      before === undefined
        ? { ...at, angle: Math.atan2(y - at.y, x - at.x), points: 1 }
        : { ...before, points: before.points + 1 },
    );
  }
  return [...marks.values()];
}

function within(value: number, length: number): number {
  return Math.min(length - INSET, Math.max(INSET, value));
}
