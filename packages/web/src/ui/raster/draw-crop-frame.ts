/** A rectangle of a map that is kept, over what is not: dimmed, with its edge in dashes and what it is in words. */
import { type PlanePoint, toScreen } from "../plane/camera.js";
import { draftOnPictures, drawDraft } from "./draw-outline.js";
import { haloText } from "./halo-text.js";
import type { Placement } from "./raster-canvas.js";

/** First column and row inside, and the first that are not any more, in pixels of the map. */
export interface FramedArea {
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
}

const DIM = "rgb(0 0 0 / 60%)";

/** `size` is that of the map in its pixels. */
export function drawCropFrame(
  context: CanvasRenderingContext2D,
  { x, y }: FramedArea,
  size: { readonly width: number; readonly height: number },
  placement: Placement,
  words: string,
): void {
  const at = (column: number, row: number): PlanePoint => toScreen(placement, { x: column, y: row });
  const corners = [at(x[0], y[0]), at(x[1], y[0]), at(x[1], y[1]), at(x[0], y[1])];
  const outside = ring([at(0, 0), at(size.width, 0), at(size.width, size.height), at(0, size.height)]);
  outside.addPath(ring(corners));
  context.save();
  context.fillStyle = DIM;
  context.fill(outside, "evenodd");
  context.restore();
  drawDraft(context, corners, draftOnPictures);
  const [first] = corners;
  haloText(context, words, first!.x + 6, first!.y + 12, { size: 12 });
}

function ring(corners: readonly PlanePoint[]): Path2D {
  const path = new Path2D();
  for (const { x, y } of corners) path.lineTo(x, y);
  path.closePath();
  return path;
}
