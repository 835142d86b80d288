/** Patterns over parts of a map, drawn in the pixels of the screen so that they keep their pitch at every zoom. */
import type { ClassPattern } from "@sigma-eds/core";
import type { Size } from "../plane/camera.js";
import { drawRaster, type Placement } from "./raster-canvas.js";

/** `doubt` is the only diagonal that crosses classes; `unassigned` is the grey one. */
export type HatchName = Exclude<ClassPattern, "plain"> | "doubt" | "unassigned";

const PITCH = 6;
const INK = "rgb(11 11 12 / 55%)";

const shapes: Readonly<
  Record<HatchName, { readonly path: string; readonly ink: string; readonly fill?: boolean; readonly width: number }>
> = {
  dots: { path: "M3 1.8a1.2 1.2 0 1 0 .01 0z", ink: INK, fill: true, width: 0 },
  rings: { path: "M3 1.2a1.8 1.8 0 1 0 .01 0z", ink: INK, width: 0.9 },
  plus: { path: "M3 1v4M1 3h4", ink: INK, width: 0.9 },
  horizontal: { path: "M0 3h6", ink: INK, width: 0.9 },
  vertical: { path: "M3 0v6", ink: INK, width: 0.9 },
  grid: { path: "M0 3h6M3 0v6", ink: INK, width: 0.9 },
  doubt: { path: "M-1 1l2-2M-1 7l8-8M5 7l2-2", ink: "rgb(11 11 12 / 85%)", width: 1.6 },
  unassigned: { path: "M-1 1l2-2M-1 7l8-8M5 7l2-2", ink: "rgb(138 141 145 / 70%)", width: 1 },
};

const tiles = new Map<string, OffscreenCanvas>();

function tileOf(name: HatchName, ratio: number): OffscreenCanvas {
  const key = `${name} ${ratio}`;
  const known = tiles.get(key);
  if (known !== undefined) return known;
  const tile = new OffscreenCanvas(Math.round(PITCH * ratio), Math.round(PITCH * ratio));
  const context = tile.getContext("2d");
  const { path, ink, fill, width } = shapes[name];
  if (context !== null) {
    context.scale(tile.width / PITCH, tile.height / PITCH);
    context.lineWidth = width;
    context.fillStyle = ink;
    context.strokeStyle = ink;
    if (fill === true) context.fill(new Path2D(path));
    else context.stroke(new Path2D(path));
  }
  tiles.set(key, tile);
  return tile;
}

let scratch: OffscreenCanvas | undefined;

/** A canvas to work on, used again and again: making one costs more than drawing on it. */
function scratchOf(width: number, height: number): OffscreenCanvas {
  scratch ??= new OffscreenCanvas(width, height);
  if (scratch.width !== width || scratch.height !== height) {
    scratch.width = width;
    scratch.height = height;
  }
  return scratch;
}

/** Draws a pattern where `where` (one opaque pixel for each of the map's) is, in a context whose unit is the CSS pixel. */
export function drawHatching(
  context: CanvasRenderingContext2D,
  where: OffscreenCanvas,
  placement: Placement,
  view: Size,
  name: HatchName,
): void {
  const ratio = context.getTransform().a;
  const layer = scratchOf(Math.max(1, Math.round(view.width * ratio)), Math.max(1, Math.round(view.height * ratio)));
  const inner = layer.getContext("2d");
  inner?.reset();
  const pattern = inner?.createPattern(tileOf(name, ratio), "repeat");
  if (inner === null || inner === undefined || pattern === null || pattern === undefined) return;
  inner.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawRaster(inner, where, placement);
  inner.globalCompositeOperation = "source-in";
  inner.setTransform(1, 0, 0, 1, 0, 0);
  inner.fillStyle = pattern;
  inner.fillRect(0, 0, layer.width, layer.height);
  context.drawImage(layer, 0, 0, view.width, view.height);
}
