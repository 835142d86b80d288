/** Points of two numbers as a plane to look at, whose y grows downwards. */
import type { PlanePoint, Size } from "./camera.js";

export interface PointPlane extends Size {
  /** Plane units per unit of the points, x and y. */
  readonly perX: number;
  readonly perY: number;
  /** Place, in units of the points, of the plane's upper left corner. */
  readonly originX: number;
  readonly originY: number;
}

export function toPlane({ perX, perY, originX, originY }: PointPlane, x: number, y: number): PlanePoint {
  return { x: (x - originX) * perX, y: (originY - y) * perY };
}

export function toPoints({ perX, perY, originX, originY }: PointPlane, at: PlanePoint): readonly [x: number, y: number] {
  return [originX + at.x / perX, originY - at.y / perY];
}
