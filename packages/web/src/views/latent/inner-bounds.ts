/** Where the points of a latent space are, but for its strays: a few points far from all others would leave the islands no room. */

export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

interface Points extends Bounds {
  /** Float32 [points] each; without a finite place: nowhere. */
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** At most this share of the points is left out. */
export const MOST_OUTSIDE = 0.005;
/** A point is a stray when fewer than this share of all are in its cell and the eight around it. */
const SPARSE_SHARE = 0.0005;
const SIDE = 48;
/** Points as far from each other as before are not worth leaving any out: the view would gain less than this of its length. */
const LEAST_GAIN = 0.12;
const MOST_ROUNDS = 6;

/**
 * The smallest rectangle, seen in cells of a 48th of the whole, that holds all points but strays; the whole where that gains little. An island stays, however
 * small its share, when its points are together.
 */
export function innerBounds(points: Points): Bounds {
  const whole = boundsOnly(points);
  let bounds = whole;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const nearer = withoutStrays(points, bounds);
    if (nearer === undefined) break;
    bounds = nearer;
  }
  return gain(whole, bounds) < LEAST_GAIN ? whole : bounds;
}

/** Indices of the points beyond. */
export function pointsOutside({ x, y }: Pick<Points, "x" | "y">, bounds: Bounds): Uint32Array {
  const outside: number[] = [];
  for (let i = 0; i < x.length; i++) {
    if (Number.isFinite(x[i]!) && Number.isFinite(y[i]!) && !isWithin(bounds, x[i]!, y[i]!)) outside.push(i);
  }
  return Uint32Array.from(outside);
}

/** Smaller bounds, or `undefined` when there is nothing to leave out, or more than may be. */
function withoutStrays(points: Points, bounds: Bounds): Bounds | undefined {
  const { x, y } = points;
  const counts = countsByCell(points, bounds);
  const around = sumsAround(counts);
  const least = Math.max(3, SPARSE_SHARE * x.length);
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < x.length; i++) {
    const cell = cellOf(bounds, x[i]!, y[i]!);
    if (cell < 0 || around[cell]! < least) continue;
    left = Math.min(left, x[i]!);
    right = Math.max(right, x[i]!);
    bottom = Math.min(bottom, y[i]!);
    top = Math.max(top, y[i]!);
  }
  const inner = { left, right, bottom, top };
  if (!(right > left && top > bottom) || gain(bounds, inner) <= 0) return undefined;
  return outsideCount(points, inner) <= MOST_OUTSIDE * x.length ? inner : undefined;
}

/** Uint32 [48 x 48]. */
function countsByCell({ x, y }: Points, bounds: Bounds): Uint32Array {
  const counts = new Uint32Array(SIDE * SIDE);
  for (let i = 0; i < x.length; i++) {
    const cell = cellOf(bounds, x[i]!, y[i]!);
    if (cell >= 0) counts[cell]! += 1;
  }
  return counts;
}

/** Of every cell and the eight around it. */
function sumsAround(counts: Uint32Array): Uint32Array {
  return counts.map((_, cell) => {
    const [column, row] = [cell % SIDE, Math.floor(cell / SIDE)];
    let sum = 0;
    for (let r = Math.max(0, row - 1); r <= Math.min(SIDE - 1, row + 1); r++) {
      for (let c = Math.max(0, column - 1); c <= Math.min(SIDE - 1, column + 1); c++) sum += counts[r * SIDE + c]!;
    }
    return sum;
  });
}

function cellOf(bounds: Bounds, x: number, y: number): number {
  if (!isWithin(bounds, x, y)) return -1;
  const column = Math.min(SIDE - 1, Math.floor((SIDE * (x - bounds.left)) / (bounds.right - bounds.left || 1)));
  const row = Math.min(SIDE - 1, Math.floor((SIDE * (y - bounds.bottom)) / (bounds.top - bounds.bottom || 1)));
  return row * SIDE + column;
}

function outsideCount({ x, y }: Points, bounds: Bounds): number {
  let count = 0;
  for (let i = 0; i < x.length; i++) {
    if (Number.isFinite(x[i]!) && Number.isFinite(y[i]!) && !isWithin(bounds, x[i]!, y[i]!)) count += 1;
  }
  return count;
}

/** False for places that are not numbers. */
function isWithin({ left, right, bottom, top }: Bounds, x: number, y: number): boolean {
  return x >= left && x <= right && y >= bottom && y <= top;
}

/** By how much the longer side is shorter, as a share of it. */
function gain(whole: Bounds, inner: Bounds): number {
  const longer = ({ left, right, bottom, top }: Bounds): number => Math.max(right - left, top - bottom);
  return longer(whole) > 0 ? 1 - longer(inner) / longer(whole) : 0;
}

function boundsOnly({ left, right, bottom, top }: Bounds): Bounds {
  return { left, right, bottom, top };
}
