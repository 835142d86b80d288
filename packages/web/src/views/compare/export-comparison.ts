/** The map of changes as a figure. */
import { phaseMapFigure } from "@sigma-eds/core";
import type { Figure } from "../../session/figure.js";
import type { Grid } from "../../worker/engine-protocol.js";

const SAME = { id: 0, name: "Same class", colour: "#d9d9d6" };
const CHANGED = { id: 1, name: "Other class", colour: "#b4540a" };

/** The first plane of a map of changes. `changed`: uint8 [pixels], 1 where the class is another. */
export function changeFigure(changed: Uint8Array, grid: Grid, otherName: string): Figure {
  const labels = Int32Array.from(changed.subarray(0, grid.width * grid.height));
  const share = labels.reduce((sum, one) => sum + one, 0) / Math.max(1, labels.length);
  const classes = [
    { ...SAME, areaFraction: 1 - share },
    { ...CHANGED, areaFraction: share },
  ];
  return {
    id: "changes",
    title: "Map of changes",
    subject: `Pixels in another class than in ${otherName}`,
    leastWidth: 200,
    draw: (pictureWidth) =>
      phaseMapFigure({
        id: "changes",
        geometry: grid,
        labels,
        classes,
        legend: "below",
        pictureWidth,
        description: `Map of the pixels that are in another class than in ${otherName}.`,
      }),
  };
}
