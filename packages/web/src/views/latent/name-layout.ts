/** Names beside the classes that they name, none on another; a name that had to move has a leader to what it names. Pure layout in pixels of the screen. */

export interface NameRequest {
  readonly text: string;
  readonly width: number;
  /** The middle of what is named. */
  readonly x: number;
  readonly y: number;
  /** How far above its middle the name would best stand. */
  readonly lift: number;
}

export interface PlacedName {
  readonly text: string;
  /** The middle of the name. */
  readonly x: number;
  readonly y: number;
  /** From the edge of the name to the middle of what it names, where the name does not stand right at it. */
  readonly leader: readonly [from: Place, to: Place] | undefined;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Box extends Place, Size {}

export const NAME_HEIGHT = 16;
const EDGE = 6;
/** Names move in rings of this width, at most so many. */
const RING = 10;
const MOST_RINGS = 14;
const DIRECTIONS = 12;
/** The middle of another class stays free by so much. */
const MIDDLE = 10;
/** A name that moved by more than this has a leader. */
const LED = 14;

/** Of middles in the view each name above its place or at the nearest free one around it; names come in their order, so that put the important first. Without any room it is left out. `room`: the part of the view that names may take. */
export function layOutNames(requests: readonly NameRequest[], view: Size, room: Size = view): PlacedName[] {
  const inView = requests.filter(({ x, y }) => x >= 0 && y >= 0 && x <= view.width && y <= view.height);
  const placed: (PlacedName & { readonly box: Box })[] = [];
  for (const request of inView) {
    const others = inView.filter((other) => other !== request);
    const isFree = (at: Place, besideMiddles: boolean): boolean => {
      const box = { ...at, width: request.width + EDGE, height: NAME_HEIGHT };
      if (placed.some((one) => overlap(one.box, box))) return false;
      return !besideMiddles || others.every(({ x, y }) => !overlap({ x, y, width: MIDDLE, height: MIDDLE }, box));
    };
    const wanted = places(request).map((at) => inside(at, request.width, room));
    const free = wanted.find((at) => isFree(at, true)) ?? wanted.find((at) => isFree(at, false));
    if (free === undefined) continue;
    const box = { ...free, width: request.width, height: NAME_HEIGHT };
    placed.push({ text: request.text, ...free, leader: leaderOf(request, free), box });
  }
  return placed.map(({ text, x, y, leader }) => ({ text, x, y, leader }));
}

/** Above, below, then around in rings, from the top to both sides. */
function places({ x, y, lift }: NameRequest): Place[] {
  const tried = [
    { x, y: y - lift },
    { x, y: y + lift },
  ];
  for (let ring = 1; ring <= MOST_RINGS; ring++) {
    for (let d = 0; d < DIRECTIONS; d++) {
      const turn = (Math.PI / (DIRECTIONS / 2)) * Math.ceil(d / 2) * (d % 2 === 0 ? 1 : -1);
      const reach = lift + RING * ring;
      tried.push({ x: x + 1.4 * reach * Math.sin(turn), y: y - reach * Math.cos(turn) });
    }
  }
  return tried;
}

function inside({ x, y }: Place, width: number, view: Size): Place {
  const half = NAME_HEIGHT / 2 + 2;
  return {
    x: Math.min(view.width - width / 2 - EDGE, Math.max(width / 2 + EDGE, x)),
    y: Math.min(view.height - half, Math.max(half, y)),
  };
}

function overlap(a: Box, b: Box): boolean {
  return 2 * Math.abs(a.x - b.x) < a.width + b.width && 2 * Math.abs(a.y - b.y) < a.height + b.height;
}

function leaderOf({ x, y, width, lift }: NameRequest, at: Place): PlacedName["leader"] {
  const moved = Math.min(Math.hypot(at.x - x, at.y - (y - lift)), Math.hypot(at.x - x, at.y - (y + lift)));
  if (moved <= LED) return undefined;
  const from = {
    x: Math.min(at.x + width / 2, Math.max(at.x - width / 2, x)),
    y: Math.min(at.y + NAME_HEIGHT / 2, Math.max(at.y - NAME_HEIGHT / 2, y)),
  };
  return Math.hypot(from.x - x, from.y - y) < MIDDLE ? undefined : [from, { x, y }];
}
