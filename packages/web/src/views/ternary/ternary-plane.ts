/** The triangle as a plane to look at: its side is 400 units, with room around it for the names of the corners. */
import type { PointPlane } from "../../ui/plane/point-plane.js";
import { TERNARY_HEIGHT } from "./ternary-points.js";

/** Units of the plane from the lower left corner to the lower right, and from the base to the top. */
export const SIDE = 400;
export const HEIGHT = TERNARY_HEIGHT * SIDE;

const ASIDE = 40;
const ABOVE = 26;

export const TERNARY_PLANE: PointPlane = {
  width: SIDE + 2 * ASIDE,
  height: HEIGHT + 2 * ABOVE,
  perX: SIDE,
  perY: SIDE,
  originX: -ASIDE / SIDE,
  originY: TERNARY_HEIGHT + ABOVE / SIDE,
};

/** Where the triangle's own units, from its upper left, begin on the plane. */
export const TRIANGLE_AT = { x: ASIDE, y: ABOVE } as const;
