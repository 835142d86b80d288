/** From the seams between neighbouring tiles to one place for each tile. */
import { choleskyFactor, choleskySolve } from "../../kernels/linear-algebra/cholesky.js";
import type { Seam } from "./seam.js";
import type { TileGrid } from "./tile-order.js";

/** Two neighbours in the grid: `second` lies to the right of `first`, or below it. */
export interface Neighbours {
  readonly first: number;
  readonly second: number;
  readonly direction: "right" | "down";
}

/** What is known of the seam between two neighbours, and where that comes from. */
export interface PlacedSeam extends Neighbours, Seam {
  /** `measured` in the pictures; `row` or `all`: the median of the measured seams of this row of the grid, or of all; `none`: the tiles abut. */
  readonly from: "measured" | "row" | "all" | "none";
}

/** Left upper corner of a tile in pixels of the mosaic. */
export interface TilePlace {
  readonly x: number;
  readonly y: number;
}

interface TileSize {
  readonly width: number;
  readonly height: number;
}

/** A measured overlap farther from the median of its direction than this share of the tile is a mistake (never less than 3 pixels). */
const FARTHEST_FROM_MEDIAN = 0.04;
/** How much less a seam weighs that was not measured. */
const WEIGHT_OF_GUESS = 0.01;

/** All pairs of neighbours of `tiles` tiles that fill the grid row by row. */
export function neighboursIn({ columns }: TileGrid, tiles: number): Neighbours[] {
  return Array.from({ length: tiles }, (_, first) => first).flatMap((first): Neighbours[] => [
    ...(first % columns < columns - 1 && first + 1 < tiles ? [{ first, second: first + 1, direction: "right" as const }] : []),
    ...(first + columns < tiles ? [{ first, second: first + columns, direction: "down" as const }] : []),
  ]);
}

/**
 * A seam for every pair: as measured where it agrees with the others of its direction, else the median of its row of the grid, else of all, else none. `measured`
 * has an entry for each pair, `undefined` where nothing was found.
 */
export function completeSeams(
  pairs: readonly Neighbours[],
  measured: readonly (Seam | undefined)[],
  { columns }: TileGrid,
  { width, height }: TileSize,
): PlacedSeam[] {
  const across = { right: width, down: height };
  const ofDirection = (direction: Neighbours["direction"]): Known[] =>
    pairs.flatMap((pair, i) =>
      pair.direction === direction && measured[i] !== undefined ? [{ pair, seam: measured[i], index: i }] : [],
    );
  const trusted = (["right", "down"] as const).flatMap((direction) => agreeing(ofDirection(direction), across[direction]));
  const kept = new Set(trusted.map(({ index }) => index));
  return pairs.map((pair, i) => {
    if (kept.has(i)) return { ...pair, ...measured[i]!, from: "measured" };
    const same = trusted.filter((known) => known.pair.direction === pair.direction);
    const row = same.filter((known) => Math.floor(known.pair.first / columns) === Math.floor(pair.first / columns));
    if (row.length > 0) return { ...pair, ...medianSeam(row), from: "row" };
    if (same.length > 0) return { ...pair, ...medianSeam(same), from: "all" };
    return { ...pair, overlap: 0, shift: 0, correlation: 0, from: "none" };
  });
}

interface Known {
  readonly pair: Neighbours;
  readonly seam: Seam;
  readonly index: number;
}

/** With three seams or more, those near their median; fewer cannot contradict each other. */
function agreeing(known: readonly Known[], across: number): readonly Known[] {
  if (known.length < 3) return known;
  const reach = Math.max(3, FARTHEST_FROM_MEDIAN * across);
  const middle = medianSeam(known);
  return known.filter(
    ({ seam }) => Math.abs(seam.overlap - middle.overlap) <= reach && Math.abs(seam.shift - middle.shift) <= reach,
  );
}

function medianSeam(known: readonly Known[]): Seam {
  return {
    overlap: median(known.map(({ seam }) => seam.overlap)),
    shift: median(known.map(({ seam }) => seam.shift)),
    correlation: 0,
  };
}

/** The lower of the two middle values, so that it is one of them. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1]!;
}

/**
 * The places that fit all seams best: weighted least squares of the distances between neighbours, a measured seam weighing by its correlation, rounded to whole
 * pixels, with the corner of the mosaic at 0, 0 (global optimisation as in Preibisch, Saalfeld and Tomancak 2009, doi:10.1093/bioinformatics/btp184,
 * with correlation in real space).
 */
export function placeTiles(seams: readonly PlacedSeam[], tiles: number, { width, height }: TileSize): TilePlace[] {
  const edges = seams.map((seam) => {
    const [along, across] = seam.direction === "right" ? [width, height] : [height, width];
    const [far, side] = [along - Math.min(along, seam.overlap), Math.max(-across, Math.min(across, seam.shift))];
    const weight = seam.from === "measured" ? Math.max(WEIGHT_OF_GUESS, seam.correlation) : WEIGHT_OF_GUESS;
    return seam.direction === "right" ? { ...seam, dx: far, dy: side, weight } : { ...seam, dx: side, dy: far, weight };
  });
  const x = solved(
    edges.map(({ first, second, weight, dx }) => ({ first, second, weight, distance: dx })),
    tiles,
  );
  const y = solved(
    edges.map(({ first, second, weight, dy }) => ({ first, second, weight, distance: dy })),
    tiles,
  );
  const [left, top] = [Math.min(...x), Math.min(...y)];
  return Array.from({ length: tiles }, (_, i) => ({ x: x[i]! - left, y: y[i]! - top }));
}

interface Distance {
  readonly first: number;
  readonly second: number;
  readonly weight: number;
  readonly distance: number;
}

/** Whole positions along one axis, tile 0 at 0: the normal equations of a connected graph without its first vertex. */
function solved(distances: readonly Distance[], tiles: number): number[] {
  const n = tiles - 1;
  const matrix = new Float64Array(n * n);
  const right = new Float64Array(n);
  for (const { first, second, weight, distance } of distances) {
    const [a, b] = [first - 1, second - 1];
    matrix[b * n + b]! += weight;
    right[b]! += weight * distance;
    if (a < 0) continue;
    matrix[a * n + a]! += weight;
    right[a]! -= weight * distance;
    matrix[b * n + a]! -= weight;
    matrix[a * n + b]! -= weight;
  }
  choleskyFactor(matrix, n, matrix);
  choleskySolve(matrix, n, right);
  return [0, ...Array.from(right, Math.round)];
}
