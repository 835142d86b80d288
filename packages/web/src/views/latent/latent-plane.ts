/** The latent space as a plane to look at: its longer side is 1000 units, a margin around. */
import type { LatentIndex } from "../../session/selection/latent-index.js";
import type { PointPlane } from "../../ui/plane/point-plane.js";

const LONGER_SIDE = 1000;
const MARGIN = 0.07;
/** Spans that differ more than this are each stretched to the whole plane, as components of a decomposition do. */
const MOST_ASPECT = 3;

export function latentPlane({ left, right, bottom, top }: Pick<LatentIndex, "left" | "right" | "bottom" | "top">): PointPlane {
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
