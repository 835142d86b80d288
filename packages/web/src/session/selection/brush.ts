/** Painting with a round brush: which pixels a stroke covers. */
import type { Frame } from "./morphology.js";

export interface BrushPoint {
  readonly x: number;
  readonly y: number;
}

/** Least and greatest diameter of the brush, pixels of the map. */
export const BRUSH_LIMITS = { least: 1, most: 200 } as const;

/**
 * Adds to `mask` (uint8 [height x width], changed in place: a stroke is painted piece by piece) every pixel whose middle lies within half of `diameter`
 * of the way from one point to the other, and the pixel under `to` in any case. Points are in pixels of the map; the outer corner of the first is (0, 0).
 */
export function paintStroke(
  mask: Uint8Array,
  { width, height }: Frame,
  from: BrushPoint,
  to: BrushPoint,
  diameter: number,
): void {
  const radius = diameter / 2;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length2 = dx * dx + dy * dy;
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - radius));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(from.y, to.y) + radius));
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - radius));
  const right = Math.min(width - 1, Math.ceil(Math.max(from.x, to.x) + radius));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const [px, py] = [x + 0.5 - from.x, y + 0.5 - from.y];
      const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length2));
      const [ex, ey] = [px - along * dx, py - along * dy];
      if (ex * ex + ey * ey <= radius * radius) mask[y * width + x] = 1;
    }
  }
  const [column, row] = [Math.floor(to.x), Math.floor(to.y)];
  if (column >= 0 && column < width && row >= 0 && row < height) mask[row * width + column] = 1;
}

/** The next larger (`steps` > 0) or smaller diameter, in steps of about a fifth and at least one pixel, within {@link BRUSH_LIMITS}. */
export function brushSize(diameter: number, steps: number): number {
  const next = diameter + steps * Math.max(1, Math.round(diameter / 5));
  return Math.min(BRUSH_LIMITS.most, Math.max(BRUSH_LIMITS.least, next));
}
