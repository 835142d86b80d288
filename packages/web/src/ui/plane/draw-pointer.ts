/** What moves with the pointer over a plane of points: the brush with its stroke, and the ring around the pixel that is hovered anywhere. */
import type { Linked } from "../../session/linked.js";
import type { LatentIndex } from "../../session/selection/latent-index.js";
import { type DraftColours, drawDisk, drawRing, drawStroke } from "../raster/draw-outline.js";
import type { Placement } from "../raster/raster-canvas.js";
import { toScreen } from "./camera.js";
import { type PointMemory, placeOfPoint } from "./point-acts.js";
import type { PointPlane } from "./point-plane.js";

export interface PointerDrawing {
  readonly linked: Linked;
  readonly index: LatentIndex;
  readonly plane: PointPlane;
  readonly placement: Placement;
  readonly memory: PointMemory;
  readonly colours: DraftColours;
}

export function drawPointer(
  context: CanvasRenderingContext2D,
  { linked, index, plane, placement, memory, colours }: PointerDrawing,
): void {
  if (linked.tool.current.value === "brush" && memory.pointer !== undefined) {
    const { brushDiameter } = linked.toolOptions.current.value;
    const stroke = memory.stroke.map((at) => toScreen(placement, at));
    drawStroke(context, stroke, brushDiameter);
    drawDisk(context, toScreen(placement, memory.pointer), brushDiameter / 2);
  }
  const hover = linked.hover.current.value;
  const at = hover.kind === "pixel" ? placeOfPoint(index, plane, hover.pixel) : undefined;
  if (at !== undefined) drawRing(context, toScreen(placement, at), colours);
}
