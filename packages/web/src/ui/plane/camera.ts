/** What of a plane is in view: from the map's pixels to the screen's and back. Pure geometry. */
import type { Placement } from "../raster/raster-canvas.js";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Centre of the view in units of the plane, and CSS pixels per unit; without `scale`, as much as fits. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number | undefined;
  /** Units of the plane from left to right of the view in which it was set. */
  readonly across?: number | undefined;
}

export interface PlanePoint {
  readonly x: number;
  readonly y: number;
}

/** CSS pixels per pixel of the map at most. */
const LARGEST_SCALE = 80;
/** The smallest scale, as a part of the one that fits. */
const SMALLEST_PART = 0.5;

/** The scale at which all of the map is in view. */
export function fittingScale(map: Size, view: Size): number {
  return Math.max(1e-6, Math.min(view.width / Math.max(1, map.width), view.height / Math.max(1, map.height)));
}

/** Where the map lies on the screen. */
export function placeMap(camera: Camera, map: Size, view: Size): Placement {
  const fit = fittingScale(map, view);
  if (camera.scale === undefined) {
    return { scale: fit, left: (view.width - map.width * fit) / 2, top: (view.height - map.height * fit) / 2 };
  }
  return { scale: camera.scale, left: view.width / 2 - camera.x * camera.scale, top: view.height / 2 - camera.y * camera.scale };
}

/** The same part of the map in a smaller view. */
export function placeMapAcross(camera: Camera, map: Size, view: Size): Placement {
  if (camera.scale === undefined || camera.across === undefined) return placeMap({ ...camera, scale: undefined }, map, view);
  return placeMap({ ...camera, scale: Math.max(view.width / camera.across, 1e-6) }, map, view);
}

export function toMap({ scale, left, top }: Placement, at: PlanePoint): PlanePoint {
  return { x: (at.x - left) / scale, y: (at.y - top) / scale };
}

export function toScreen({ scale, left, top }: Placement, at: PlanePoint): PlanePoint {
  return { x: left + at.x * scale, y: top + at.y * scale };
}

/** Index of the pixel of the frame at a place of the map, `undefined` beside the map. */
export function pixelAt({ width, height }: Size, { x, y }: PlanePoint): number | undefined {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  return column >= 0 && column < width && row >= 0 && row < height ? row * width + column : undefined;
}

/** Larger or smaller by `factor`; the place under `at` (screen) stays where it is. Back to the fit when all is in view again. */
export function zoomedAt(camera: Camera, map: Size, view: Size, at: PlanePoint, factor: number): Camera {
  const before = placeMap(camera, map, view);
  const fit = fittingScale(map, view);
  const scale = Math.min(LARGEST_SCALE, Math.max(fit * SMALLEST_PART, before.scale * factor));
  if (factor < 1 && scale <= fit) return { x: map.width / 2, y: map.height / 2, scale: undefined };
  const still = toMap(before, at);
  return within(still.x + (view.width / 2 - at.x) / scale, still.y + (view.height / 2 - at.y) / scale, scale, map, view);
}

/** Moved by pixels of the screen; the middle of the view stays on the map. */
export function panned(camera: Camera, map: Size, view: Size, dx: number, dy: number): Camera {
  const { scale, left, top } = placeMap(camera, map, view);
  return within((view.width / 2 - left - dx) / scale, (view.height / 2 - top - dy) / scale, scale, map, view);
}

function within(x: number, y: number, scale: number, map: Size, view: Size): Camera {
  const inside = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  return { x: inside(x, map.width), y: inside(y, map.height), scale, across: view.width / scale };
}
