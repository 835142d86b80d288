import { polygonMask } from "@sigma-eds/core";
import type { Grid } from "../../worker/engine-protocol.js";

/**
 * Pixels of a map whose middle lies inside a closed polygon (even-odd rule), in every frame of a stack: uint8 [pixels]. It is the core's own fill, a scan
 * line for each row, so that the recipe's polygon takes the same. Corners are in pixels; the outer corner of the first is (0, 0).
 */
export function mapPolygon({ width, height, frames }: Grid, corners: readonly (readonly [number, number])[]): Uint8Array {
  return polygonMask(
    [frames, height, width],
    corners.map(([x, y]) => ({ x, y })),
  );
}
