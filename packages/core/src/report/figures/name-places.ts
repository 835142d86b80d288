/** Names beside discs: none on another, on a disc or on what is there already. */

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface NamedDisc {
  readonly x: number;
  readonly y: number;
  /** Of the name. */
  readonly width: number;
}

export interface NamePlace {
  readonly box: Box;
  /** From the disc to a name that stands apart from it. */
  readonly leader: readonly [x1: number, y1: number, x2: number, y2: number] | undefined;
}

/** Radius of a disc with its edge, distance of a name from its middle, height of a line, and how many lines a name may move. */
const RADIUS = 9;
const BESIDE = 10;
const LINE = 13;
const MOST_LINES = 8;

/** A place for each disc's name within `bounds`, as near as can be; from the top down, so that the result does not depend on the order. Where nothing is free a name stands at its disc. */
export function namePlaces(discs: readonly NamedDisc[], taken: readonly Box[], bounds: Box): NamePlace[] {
  const obstacles = [...taken, ...discs.map(({ x, y }) => boxAround(x, y, 2 * RADIUS, 2 * RADIUS))];
  const order = discs.map((_, i) => i).sort((i, j) => discs[i]!.y - discs[j]!.y || discs[i]!.x - discs[j]!.x || i - j);
  const places: NamePlace[] = [];
  for (const i of order) {
    const choices = candidates(discs[i]!, bounds);
    const free = choices.find(({ box }) => within(box, bounds) && !obstacles.some((other) => overlap(box, other)));
    places[i] = free ?? choices[0]!;
    obstacles.push(places[i].box);
  }
  return places;
}

/** At the side with more room, the other one, above and below; then with a leader farther and farther away. */
function candidates({ x, y, width }: NamedDisc, { left, right }: Box): NamePlace[] {
  const sides = x - left > 0.7 * (right - left) ? ([-1, 1] as const) : ([1, -1] as const);
  const beside = (side: number, dy: number): Box => boxAround(x + side * (BESIDE + width / 2), y + dy, width, LINE);
  const over = (dy: number): Box => boxAround(x, y + dy, width, LINE);
  const near = [...sides.map((side) => beside(side, 0)), over(-BESIDE - LINE / 2), over(BESIDE + LINE / 2)];
  const far: Box[] = [];
  for (let lines = 1; lines <= MOST_LINES; lines++) {
    for (const side of sides) far.push(beside(side, lines * LINE), beside(side, -lines * LINE));
    for (const down of [1, -1]) far.push(over(down * (BESIDE + (lines + 0.5) * LINE)));
  }
  return [
    ...near.map((box) => ({ box, leader: undefined })),
    ...far.map((box) => ({
      box,
      leader: [x, y, Math.min(box.right, Math.max(box.left, x)), (box.top + box.bottom) / 2] as const,
    })),
  ];
}

function boxAround(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
}

function within(box: Box, bounds: Box): boolean {
  return box.left >= bounds.left && box.right <= bounds.right && box.top >= bounds.top && box.bottom <= bounds.bottom;
}
