/** Points of a latent space in cells of a raster, so that a polygon finds its points without asking each of them. */

export interface PlanePoints {
  /** Float32 [points x dimensions], row-major. */
  readonly data: Float32Array;
  readonly dimensions: number;
}

/** Points of two dimensions by cell. Points that have no finite place are in no cell. */
export interface LatentIndex {
  /** Float32 [points], each. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Cells in a row, and in a column. */
  readonly side: number;
  /** Made when it is first asked for: while results grow, nobody selects among them. */
  readonly cells: () => Cells;
}

interface Cells {
  /** Points of cell c: `points[start[c]]` to `points[start[c + 1] - 1]`. Uint32 [side² + 1]. */
  readonly start: Uint32Array;
  readonly points: Uint32Array;
}

const FEWEST_CELLS = 16;
const MOST_CELLS = 512;

export function latentIndex({ data, dimensions }: PlanePoints, [across, up]: readonly [number, number]): LatentIndex {
  const count = data.length / dimensions;
  const x = new Float32Array(count);
  const y = new Float32Array(count);
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    const [px, py] = [data[i * dimensions + across]!, data[i * dimensions + up]!];
    x[i] = px;
    y[i] = py;
    if (!Number.isFinite(px) || !Number.isFinite(py)) continue;
    if (px < left) left = px;
    if (px > right) right = px;
    if (py < bottom) bottom = py;
    if (py > top) top = py;
  }
  if (left > right) [left, right, bottom, top] = [0, 1, 0, 1];
  const side = Math.min(MOST_CELLS, Math.max(FEWEST_CELLS, Math.round(Math.sqrt(count / 4))));
  const bounds = { x, y, left, right, bottom, top, side };
  let cells: Cells | undefined;
  return {
    ...bounds,
    cells() {
      cells ??= byCell(bounds);
      return cells;
    },
  };
}

type Bounds = Omit<LatentIndex, "cells">;

function byCell({ x, y, left, right, bottom, top, side }: Bounds): Cells {
  const [perX, perY] = [cellsPerUnit(left, right, side), cellsPerUnit(bottom, top, side)];
  const cell = new Int32Array(x.length);
  const start = new Uint32Array(side * side + 1);
  for (let i = 0; i < x.length; i++) {
    const finite = Number.isFinite(x[i]!) && Number.isFinite(y[i]!);
    const column = Math.min(side - 1, Math.floor((x[i]! - left) * perX));
    const row = Math.min(side - 1, Math.floor((y[i]! - bottom) * perY));
    cell[i] = finite ? row * side + column : -1;
    if (finite) start[cell[i]! + 1]! += 1;
  }
  for (let c = 0; c < side * side; c++) start[c + 1]! += start[c]!;
  const next = start.slice();
  const points = new Uint32Array(start[side * side]!);
  for (let i = 0; i < cell.length; i++) {
    if (cell[i]! < 0) continue;
    points[next[cell[i]!]!] = i;
    next[cell[i]!]! += 1;
  }
  return { start, points };
}

function cellsPerUnit(from: number, to: number, side: number): number {
  return to > from ? side / (to - from) : 1;
}

interface Edge {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/**
 * Points inside a closed polygon by the even-odd rule: uint8 [points]. Cells that no edge comes near are filled by scan lines; in the others each point is
 * tested with the arithmetic of the recipe's polygons in the core, so that both hold the same points to the last bit.
 */
export function pointsInPolygon(index: LatentIndex, corners: readonly (readonly [number, number])[]): Uint8Array {
  const inside = new Uint8Array(index.x.length);
  const edges = corners.map(([x1, y1], i): Edge => {
    const [x0, y0] = corners[(i + corners.length - 1) % corners.length]!;
    return { x0, y0, x1, y1 };
  });
  const right = edges.reduce((most, { x1 }) => Math.max(most, x1), -Infinity);
  const { side, bottom } = index;
  const perY = cellsPerUnit(index.bottom, index.top, side);
  for (let row = 0; row < side; row++) {
    const [low, high] = [bottom + (row - 1) / perY, bottom + (row + 2) / perY];
    const near = edges.filter(({ y0, y1 }) => Math.max(y0, y1) >= low && Math.min(y0, y1) <= high);
    if (near.length > 0) fillRow(index, row, near, { low, high, right }, inside);
  }
  return inside;
}

function fillRow(
  index: LatentIndex,
  row: number,
  edges: readonly Edge[],
  band: { readonly low: number; readonly high: number; readonly right: number },
  inside: Uint8Array,
): void {
  const { side, left } = index;
  const { start, points } = index.cells();
  const perX = cellsPerUnit(left, index.right, side);
  const near = cellsNearEdges(edges, band, { left, perX, side });
  const middle = (band.low + band.high) / 2;
  const crossings = crossingsAt(edges, middle).map((x) => (x - left) * perX);
  let passed = 0;
  for (let column = 0; column < side; column++) {
    const [from, to] = [start[row * side + column]!, start[row * side + column + 1]!];
    while (passed < crossings.length && crossings[passed]! <= column + 0.5) passed += 1;
    if (from === to) continue;
    if (near[column] === 1) testEach(index, points.subarray(from, to), edges, band.right, inside);
    else if (passed % 2 === 1) for (let i = from; i < to; i++) inside[points[i]!] = 1;
  }
}

/** Uint8 [side]: 1 for cells of the band that an edge crosses, and their neighbours on both sides. */
function cellsNearEdges(
  edges: readonly Edge[],
  { low, high }: { readonly low: number; readonly high: number },
  { left, perX, side }: { readonly left: number; readonly perX: number; readonly side: number },
): Uint8Array {
  const near = new Uint8Array(side);
  for (const { x0, y0, x1, y1 } of edges) {
    const slope = y1 === y0 ? 0 : (x1 - x0) / (y1 - y0);
    const clip = (y: number) => Math.min(high, Math.max(low, y));
    const [a, b] = y1 === y0 ? [x0, x1] : [x0 + (clip(y0) - y0) * slope, x0 + (clip(y1) - y0) * slope];
    const from = Math.max(0, Math.floor((Math.min(a, b) - left) * perX) - 1);
    const to = Math.min(side - 1, Math.floor((Math.max(a, b) - left) * perX) + 1);
    if (from <= to) near.fill(1, from, to + 1);
  }
  return near;
}

function crossingsAt(edges: readonly Edge[], y: number): number[] {
  const crossings: number[] = [];
  for (const { x0, y0, x1, y1 } of edges) {
    if (y0 <= y !== y1 <= y) crossings.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
  }
  return crossings.sort((a, b) => a - b);
}

function testEach({ x, y }: LatentIndex, points: Uint32Array, edges: readonly Edge[], right: number, inside: Uint8Array): void {
  for (const point of points) {
    const [px, py] = [x[point]!, y[point]!];
    if (!(px <= right)) continue;
    let odd = 0;
    for (const { x0, y0, x1, y1 } of edges) {
      if (y0 <= py !== y1 <= py && px < x0 + ((py - y0) / (y1 - y0)) * (x1 - x0)) odd ^= 1;
    }
    inside[point] = odd;
  }
}

/** The point nearest to a place, at most `radius` away, for which `wanted` holds; the first of equal ones. */
export function nearestPoint(
  index: LatentIndex,
  at: readonly [x: number, y: number],
  radius: readonly [x: number, y: number],
  wanted: (point: number) => boolean,
): number | undefined {
  const { side, x, y } = index;
  const { start, points } = index.cells();
  const [perX, perY] = [cellsPerUnit(index.left, index.right, side), cellsPerUnit(index.bottom, index.top, side)];
  const cell = (value: number, from: number, per: number): number =>
    Math.min(side - 1, Math.max(0, Math.floor((value - from) * per)));
  const rows = [cell(at[1] - radius[1], index.bottom, perY), cell(at[1] + radius[1], index.bottom, perY)] as const;
  const columns = [cell(at[0] - radius[0], index.left, perX), cell(at[0] + radius[0], index.left, perX)] as const;
  let [nearest, least] = [-1, 1];
  for (let row = rows[0]; row <= rows[1]; row++) {
    for (let i = start[row * side + columns[0]]!; i < start[row * side + columns[1] + 1]!; i++) {
      const point = points[i]!;
      const distance = ((x[point]! - at[0]) / radius[0]) ** 2 + ((y[point]! - at[1]) / radius[1]) ** 2;
      if (distance < least && wanted(point)) [nearest, least] = [point, distance];
    }
  }
  return nearest < 0 ? undefined : nearest;
}
