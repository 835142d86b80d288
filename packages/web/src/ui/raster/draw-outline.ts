/** Lines of tools on pictures: the outline that is being drawn, the cursor's cross, the brush. */
import type { PlanePoint } from "../plane/camera.js";

const DARK = "rgb(0 0 0 / 65%)";

export interface DraftColours {
  readonly ink: string;
  readonly halo: string;
}

/** White dashes on black are seen on every colour of a map. */
export const draftOnPictures: DraftColours = { ink: "#ffffff", halo: DARK };

/** A closed outline in dashes over a halo. Corners are in pixels of the screen. */
export function drawDraft(context: CanvasRenderingContext2D, corners: readonly PlanePoint[], colours: DraftColours): void {
  const [first, ...others] = corners;
  if (first === undefined) return;
  const path = new Path2D();
  path.moveTo(first.x, first.y);
  for (const { x, y } of others) path.lineTo(x, y);
  strokeDraft(context, path, colours);
}

/** The same for an open path. */
export function strokeDraft(context: CanvasRenderingContext2D, open: Path2D, { ink, halo }: DraftColours): void {
  const path = new Path2D(open);
  path.closePath();
  context.save();
  context.lineJoin = "round";
  context.strokeStyle = halo;
  context.lineWidth = 3;
  context.stroke(path);
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  context.setLineDash([5, 4]);
  context.stroke(path);
  context.restore();
}

/** The same in every map: a cross with an open middle around a pixel. `at` is the middle of the pixel on the screen. */
export function drawCross(context: CanvasRenderingContext2D, at: PlanePoint, pixelSide: number): void {
  const gap = Math.max(4, pixelSide / 2 + 2);
  const path = new Path2D();
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    // biome-ignore format: directions
    path.moveTo(at.x + dx * gap, at.y + dy * gap);
    path.lineTo(at.x + dx * (gap + 11), at.y + dy * (gap + 11));
  }
  context.save();
  context.strokeStyle = DARK;
  context.lineWidth = 3.5;
  context.stroke(path);
  context.strokeStyle = "#ffffff";
  context.lineWidth = 1.5;
  context.stroke(path);
  if (pixelSide >= 6) context.strokeRect(at.x - pixelSide / 2, at.y - pixelSide / 2, pixelSide, pixelSide);
  context.restore();
}

/** Around the point that is hovered anywhere. */
export function drawRing(context: CanvasRenderingContext2D, at: PlanePoint, { ink, halo }: DraftColours): void {
  context.save();
  for (const [colour, width] of [
    [halo, 4],
    [ink, 1.8],
  ] as const) {
    // biome-ignore format: pairs
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.arc(at.x, at.y, 6, 0, 2 * Math.PI);
    context.stroke();
  }
  context.restore();
}

/** The edge of a brush. */
export function drawDisk(context: CanvasRenderingContext2D, at: PlanePoint, radius: number): void {
  context.save();
  for (const [colour, width] of [
    [DARK, 3],
    ["#ffffff", 1.2],
  ] as const) {
    // biome-ignore format: pairs
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.arc(at.x, at.y, Math.max(1.5, radius), 0, 2 * Math.PI);
    context.stroke();
  }
  context.restore();
}

/** What a brush has painted so far, lightly white. Points are in pixels of the screen. */
export function drawStroke(context: CanvasRenderingContext2D, points: readonly PlanePoint[], diameter: number): void {
  const [first, ...others] = points;
  if (first === undefined) return;
  context.save();
  context.strokeStyle = "rgb(255 255 255 / 40%)";
  context.lineCap = "round";
  context.lineJoin = "round";
  context.lineWidth = Math.max(2, diameter);
  context.beginPath();
  context.moveTo(first.x, first.y);
  context.lineTo(first.x + 0.01, first.y);
  for (const { x, y } of others) context.lineTo(x, y);
  context.stroke();
  context.restore();
}
