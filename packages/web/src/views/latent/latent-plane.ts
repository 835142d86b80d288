/** The latent space as a plane to look at: its longer side is 1000 units, y grows downwards, a margin around. */
import type { LatentIndex } from "../../session/selection/latent-index.js";
import type { PlanePoint, Size } from "../../ui/plane/camera.js";

export interface LatentPlane extends Size {
  /** Plane units per unit of the latent space, x and y. */
  readonly perX: number;
  readonly perY: number;
  readonly originX: number;
  readonly originY: number;
}

const LONGER_SIDE = 1000;
const MARGIN = 0.07;
/** Spans that differ more than this are each stretched to the whole plane, as components of a decomposition do. */
const MOST_ASPECT = 3;

export function latentPlane({ left, right, bottom, top }: Pick<LatentIndex, "left" | "right" | "bottom" | "top">): LatentPlane {
  const spanX = right > left ? right - left : 1;
  const spanY = top > bottom ? top - bottom : 1;
  const longer = Math.max(spanX, spanY);
  const stretched = longer / Math.min(spanX, spanY) > MOST_ASPECT;
  const perX = LONGER_SIDE / (stretched ? spanX : longer);
  const perY = LONGER_SIDE / (stretched ? spanY : longer);
  const margin = LONGER_SIDE * MARGIN;
  return {
    width: spanX * perX + 2 * margin,
    height: spanY * perY + 2 * margin,
    perX,
    perY,
    originX: left - margin / perX,
    originY: top + margin / perY,
  };
}

export function toPlane({ perX, perY, originX, originY }: LatentPlane, x: number, y: number): PlanePoint {
  return { x: (x - originX) * perX, y: (originY - y) * perY };
}

export function toLatent({ perX, perY, originX, originY }: LatentPlane, at: PlanePoint): readonly [x: number, y: number] {
  return [originX + at.x / perX, originY - at.y / perY];
}
