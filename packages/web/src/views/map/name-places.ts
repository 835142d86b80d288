/** Where the names of classes stand on a map: well inside the largest piece of each. */
import type { PhaseClass } from "@sigma-eds/core";
import { largestGrain, shrinkMask } from "../../session/selection/morphology.js";
import type { PlanePoint } from "../../ui/plane/camera.js";
import type { Grid } from "../../worker/engine-protocol.js";

export interface NamePlace {
  readonly text: string;
  /** In pixels of the map. */
  readonly at: PlanePoint;
}

/** Pieces smaller than this are not named: the name would hide them. */
const LEAST_PIXELS = 30;

/** The name of each class in the largest piece that it has in a frame, at the pixel that is last to go when the piece shrinks. `labels` of the frame. */
export function namePlaces(labels: Int32Array, classes: readonly Pick<PhaseClass, "id" | "name">[], grid: Grid): NamePlace[] {
  return classes.flatMap(({ id, name }): NamePlace[] => {
    const grain = largestGrain(
      Uint8Array.from(labels, (label) => (label === id ? 1 : 0)),
      grid,
    );
    if (grain.reduce((sum, value) => sum + value, 0) < LEAST_PIXELS) return [];
    const pixel = deepest(grain, grid);
    return [{ text: name, at: { x: (pixel % grid.width) + 0.5, y: Math.floor(pixel / grid.width) + 0.5 } }];
  });
}

function deepest(grain: Uint8Array, grid: Grid): number {
  let [last, now] = [grain, grain];
  while (now.includes(1)) [last, now] = [now, shrinkMask(now, grid)];
  return last.indexOf(1);
}
