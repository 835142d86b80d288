/** The map of changes, and where pixels went, as figures. */
import { matrixFigure, matrixWidth, phaseMapFigure } from "@sigma-eds/core";
import type { Figure } from "../../session/figure.js";
import type { Grid } from "../../worker/engine-protocol.js";
import type { ConfusionTable } from "./comparison-rows.js";

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

/** Pixels of each class before in the classes now; partners are framed. */
export function confusionFigure({ rows, columns }: ConfusionTable, otherName: string): Figure {
  const names = columns.map(({ name }) => name);
  return {
    id: "confusion",
    title: "Where pixels went",
    subject: `Pixels of the classes of ${otherName} (rows) in the classes now (columns)`,
    leastWidth: matrixWidth({ rows, columns: names }),
    draw: (width) =>
      matrixFigure({
        ...{ rows, columns: names, rowsName: "Before", columnsName: "Now", width },
        description: `Pixels of ${rows.map(({ name }) => name).join(", ")} before, in ${names.join(", ")} now.`,
      }),
  };
}
