/** Patterns of classes painted over pixels, as the figures draw them as lines. */
import type { Pattern } from "./figures/patterns.js";
import { blend, type Raster, rgbOf } from "./raster.js";

/** Pixels of the picture for each cell of a pattern. */
const CELL = 2;
const SIDE = 6;
const INK = rgbOf("#0b0b0c");
const OPACITY = 0.55;

const shapes: Readonly<Record<Pattern, readonly string[] | undefined>> = {
  plain: undefined,
  dots: ["......", "......", "..##..", "..##..", "......", "......"],
  rings: ["......", "..##..", ".#..#.", ".#..#.", "..##..", "......"],
  plus: ["......", "...#..", "...#..", ".#####", "...#..", "...#.."],
  horizontal: ["......", "......", "......", "######", "......", "......"],
  vertical: ["...#..", "...#..", "...#..", "...#..", "...#..", "...#.."],
  grid: ["...#..", "...#..", "...#..", "######", "...#..", "...#.."],
  hatch: ["#.....", ".....#", "....#.", "...#..", "..#...", ".#...."],
};

export interface Square {
  readonly x: number;
  readonly y: number;
  /** Pixels. */
  readonly side: number;
}

/** Paints the part of a pattern that falls on a square; squares side by side continue it. */
export function paintPattern(picture: Raster, { x, y, side }: Square, pattern: Pattern): void {
  const shape = shapes[pattern];
  if (shape === undefined) return;
  for (let row = y; row < y + side; row++) {
    for (let column = x; column < x + side; column++) {
      if (shape[cell(row)]![cell(column)] === "#") blend(picture, column, row, INK, OPACITY);
    }
  }
}

function cell(position: number): number {
  return Math.floor(position / CELL) % SIDE;
}
