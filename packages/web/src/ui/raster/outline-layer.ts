/** The outline of a set of pixels, ready to be drawn at any zoom. */
import type { Size } from "../plane/camera.js";
import { packColour } from "./colour-table.js";
import { drawRaster, type Placement, rasterCanvas } from "./raster-canvas.js";

export interface OutlineLayer {
  /** Everything outside the set, darkened a little. */
  readonly dim: OffscreenCanvas;
  /** Edges in units of the map; `undefined` where there are so many that the rim's pixels are drawn instead. */
  readonly path: Path2D | undefined;
  readonly rim: OffscreenCanvas | undefined;
}

/** More edges than this would make drawing slow. */
const MOST_EDGES = 30_000;
/** Black at 7 %. */
const DIM = packColour(0, 0, 0, 18);
const WHITE = packColour(255, 255, 255);

/** `mask` is uint8 [height x width], 1 inside. */
export function outlineLayer(mask: Uint8Array, { width, height }: Size): OutlineLayer {
  const shade = new Uint32Array(width * height);
  for (let p = 0; p < shade.length; p++) if (mask[p] === 0) shade[p] = DIM;
  const dim = rasterCanvas(shade, width, height);
  const path = edgePath(mask, width, height);
  return path === undefined ? { dim, path, rim: rimOf(mask, width, height) } : { dim, path, rim: undefined };
}

function edgePath(mask: Uint8Array, width: number, height: number): Path2D | undefined {
  const path = new Path2D();
  let edges = 0;
  const differs = (a: number, b: number): boolean => (mask[a] ?? 0) !== (mask[b] ?? 0);
  for (let y = 0; y <= height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (!differs(y === 0 ? -1 : at - width, y === height ? -1 : at)) continue;
      const from = x;
      while (x + 1 < width && differs(y === 0 ? -1 : y * width + x + 1 - width, y === height ? -1 : y * width + x + 1)) x++;
      path.moveTo(from, y);
      path.lineTo(x + 1, y);
      if (++edges > MOST_EDGES) return undefined;
    }
  }
  for (let x = 0; x <= width; x++) {
    for (let y = 0; y < height; y++) {
      const edge = (row: number): boolean => differs(x === 0 ? -1 : row * width + x - 1, x === width ? -1 : row * width + x);
      if (!edge(y)) continue;
      const from = y;
      while (y + 1 < height && edge(y + 1)) y++;
      path.moveTo(x, from);
      path.lineTo(x, y + 1);
      if (++edges > MOST_EDGES) return undefined;
    }
  }
  return path;
}

function rimOf(mask: Uint8Array, width: number, height: number): OffscreenCanvas {
  const words = new Uint32Array(width * height);
  for (let p = 0; p < words.length; p++) {
    if (mask[p] === 0) continue;
    const x = p % width;
    const inner =
      (x === 0 || mask[p - 1] === 1) &&
      (x === width - 1 || mask[p + 1] === 1) &&
      (p < width || mask[p - width] === 1) &&
      (p + width >= words.length || mask[p + width] === 1);
    if (!inner) words[p] = WHITE;
  }
  return rasterCanvas(words, width, height);
}

/** White with a dark halo, two pixels wide; the rest of the map darkened. */
export function drawOutline(context: CanvasRenderingContext2D, layer: OutlineLayer, placement: Placement): void {
  drawRaster(context, layer.dim, placement);
  if (layer.rim !== undefined) drawRaster(context, layer.rim, placement);
  if (layer.path === undefined) return;
  context.save();
  context.translate(placement.left, placement.top);
  context.scale(placement.scale, placement.scale);
  context.lineCap = "square";
  strokeWith(context, layer.path, "rgb(0 0 0 / 70%)", 4 / placement.scale);
  strokeWith(context, layer.path, "#ffffff", 2 / placement.scale);
  context.restore();
}

/** Dark dashes that walk along the outline: half of it stays white. `time` in milliseconds. */
export function drawMarch(context: CanvasRenderingContext2D, { path }: OutlineLayer, placement: Placement, time: number): void {
  if (path === undefined) return;
  const pixel = 1 / placement.scale;
  context.save();
  context.translate(placement.left, placement.top);
  context.scale(placement.scale, placement.scale);
  context.setLineDash([5 * pixel, 5 * pixel]);
  context.lineDashOffset = -((time / 60) % 10) * pixel;
  strokeWith(context, path, "#17181a", 2 * pixel);
  context.restore();
}

function strokeWith(context: CanvasRenderingContext2D, path: Path2D, colour: string, width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(path);
}
