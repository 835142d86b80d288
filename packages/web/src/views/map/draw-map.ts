/** What a map draws: the picture below, and above it what moves with the pointer. */
import { formatCount } from "@sigma-eds/core";
import { percentilesText } from "../../session/derived/contrast.js";
import type { Hover, Selection } from "../../session/linked.js";
import { type PlanePoint, type Size, toScreen } from "../../ui/plane/camera.js";
import { packColour } from "../../ui/raster/colour-table.js";
import { drawCropFrame, type FramedArea } from "../../ui/raster/draw-crop-frame.js";
import { drawCross, drawDisk, drawStroke } from "../../ui/raster/draw-outline.js";
import { drawColourBar, drawScaleBar, scaleBarRoom } from "../../ui/raster/draw-scale-bar.js";
import { haloText } from "../../ui/raster/halo-text.js";
import { drawHatching } from "../../ui/raster/hatching.js";
import { drawOutline, type OutlineLayer, outlineLayer } from "../../ui/raster/outline-layer.js";
import { drawRaster, type Placement, rasterCanvas } from "../../ui/raster/raster-canvas.js";
import type { Grid } from "../../worker/engine-protocol.js";
import type { MapPicture } from "./map-picture.js";
import type { NamePlace } from "./name-places.js";

export interface PictureLayers {
  readonly picture: MapPicture;
  readonly outline: OutlineLayer | undefined;
  readonly names: readonly NamePlace[];
  /** What the next run keeps, where that is less than what is shown. */
  readonly kept: FramedArea | undefined;
}

/** The picture with its hatching, what the next run keeps, the selection and the names; on black. */
export function drawPicture(context: CanvasRenderingContext2D, layers: PictureLayers, placement: Placement, view: Size): void {
  context.fillStyle = "#000000";
  context.fillRect(0, 0, view.width, view.height);
  drawRaster(context, layers.picture.raster, placement);
  for (const { name, where } of layers.picture.hatched) drawHatching(context, where, placement, view, name);
  if (layers.kept !== undefined) drawCropFrame(context, layers.kept, layers.picture.raster, placement, "kept by the next run");
  if (layers.outline !== undefined) drawOutline(context, layers.outline, placement);
  for (const { text, at } of layers.names) {
    const { x, y } = toScreen(placement, at);
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    haloText(context, text, x, Math.max(12, y), { size: 12, align: "center" });
  }
}

/** Scale bar, colour bar, and the lines of a mix. */
export function drawLegends(
  context: CanvasRenderingContext2D,
  { legend, mix, mixTitle }: MapPicture,
  placement: Placement,
  view: Size,
  { grid, percentiles }: { readonly grid: Grid; readonly percentiles: readonly [number, number] },
): void {
  drawScaleBar(context, scaleBarRoom(grid, placement, view), placement.scale, grid.pixelSizeUm?.[0]);
  if (legend !== undefined) drawColourBar(context, view, { ...legend, clip: percentilesText(percentiles) });
  if (mixTitle !== undefined) haloText(context, mixTitle, view.width - 13, 16, { size: 11, align: "right" });
  mix.forEach(({ title, colour }, i) => {
    const y = 16 + 18 * (mixTitle === undefined ? i : i + 1);
    haloText(context, title, view.width - 32, y, { size: 12.5, align: "right" });
    context.fillStyle = colour;
    context.strokeStyle = "rgb(255 255 255 / 80%)";
    context.lineWidth = 1;
    context.fillRect(view.width - 25, y - 6, 12, 12);
    context.strokeRect(view.width - 25.5, y - 6.5, 13, 13);
  });
}

export interface MovingLayers {
  readonly hover: Hover;
  /** The brush where it is, and what it has painted; places in pixels of the map. */
  readonly brush:
    | { readonly at: PlanePoint | undefined; readonly diameter: number; readonly stroke: readonly PlanePoint[] }
    | undefined;
  /** What the wand would pick, and how many pixels that are. */
  readonly wand: { readonly layer: OutlineLayer; readonly count: number; readonly at: PlanePoint } | undefined;
  /** Pixels of the class that is hovered elsewhere. */
  readonly lit: OffscreenCanvas | undefined;
}

export function drawMoving(
  context: CanvasRenderingContext2D,
  { hover, brush, wand, lit }: MovingLayers,
  placement: Placement,
  grid: Grid,
  frame: number,
): void {
  const place = (at: PlanePoint): PlanePoint => toScreen(placement, at);
  if (lit !== undefined) drawRaster(context, lit, placement);
  if (brush !== undefined) {
    drawStroke(context, brush.stroke.map(place), brush.diameter * placement.scale);
    if (brush.at !== undefined) drawDisk(context, place(brush.at), (brush.diameter * placement.scale) / 2);
  }
  if (wand !== undefined) {
    drawOutline(context, wand.layer, placement);
    const { x, y } = place(wand.at);
    haloText(context, `${formatCount(wand.count)} px`, x + 16, y - 12, { size: 12.5, align: "left" });
  }
  const at = hover.kind === "pixel" ? placeOfPixel(hover.pixel, grid, frame) : undefined;
  if (at !== undefined && brush === undefined) drawCross(context, place(at), placement.scale);
}

/** Middle of a pixel in its frame; `undefined` in another frame. */
export function placeOfPixel(pixel: number, { width, height }: Grid, frame: number): PlanePoint | undefined {
  const inFrame = pixel - frame * width * height;
  if (inFrame < 0 || inFrame >= width * height) return undefined;
  return { x: (inFrame % width) + 0.5, y: Math.floor(inFrame / width) + 0.5 };
}

/** What the selection looks like in a frame; nothing where nothing is selected there. */
export function selectionLayer({ mask, count }: Selection, grid: Grid, frame: number): OutlineLayer | undefined {
  const size = grid.width * grid.height;
  if (count === 0 || mask.length !== size * grid.frames) return undefined;
  return outlineLayer(mask.subarray(frame * size, (frame + 1) * size), grid);
}

const SHADE = packColour(0, 0, 0, 130);

/** The picture below alone, right of an edge at `at` of the view's width. */
export function drawSwipe(
  context: CanvasRenderingContext2D,
  base: MapPicture,
  placement: Placement,
  view: Size,
  at: number,
): void {
  const edge = Math.round(at * view.width);
  context.save();
  context.beginPath();
  context.rect(edge, 0, view.width - edge, view.height);
  context.clip();
  drawPicture(context, { picture: base, outline: undefined, names: [], kept: undefined }, placement, view);
  context.restore();
}

/** Everything but one class, darkened. */
export function litClass(labels: Int32Array, id: number, grid: Grid, frame: number): OffscreenCanvas {
  const size = grid.width * grid.height;
  const words = new Uint32Array(size);
  for (let p = 0; p < size; p++) words[p] = labels[frame * size + p] === id ? 0 : SHADE;
  return rasterCanvas(words, grid.width, grid.height);
}
