/** Areas of the classes as a figure, with the numbers that the table shows. */
import { areaBarsFigure, formatFixed } from "@sigma-eds/core";
import type { Area } from "../../session/derived/area-rows.js";
import type { Figure } from "../../session/figure.js";
import { decimalsOf } from "../../ui/decimals-of.js";
import type { ModalRow } from "./modal-rows.js";

/** By what pixels share of the class, or by labels where shares are not known. */
export function areaOf({ shares, labels }: ModalRow): Area | undefined {
  return shares ?? labels;
}

/** Per cent with half the 95 % interval: `80.4 ± 0.4`. */
export function areaText(row: ModalRow): string {
  const area = areaOf(row);
  if (area === undefined) return "–";
  if (area.half95 === undefined) return formatFixed(100 * area.value, 1);
  const decimals = decimalsOf(100 * area.half95);
  return `${formatFixed(100 * area.value, decimals)} ± ${formatFixed(100 * area.half95, decimals)}`;
}

/** A bar for each class with a whisker of 95 %. */
export function areasFigure(rows: readonly ModalRow[]): Figure {
  const hasIntervals = rows.some((row) => areaOf(row)?.half95 !== undefined);
  return {
    id: "areas",
    title: "Areas of the classes",
    subject: hasIntervals ? "Areas of the classes with 95 % intervals" : "Areas of the classes",
    leastWidth: 240,
    draw: (width) =>
      areaBarsFigure({
        id: "areas",
        width,
        axisName: hasIntervals ? "Area (%), ± 95 % interval" : "Area (%)",
        bars: rows.map((row) => {
          const { value = 0, half95 } = areaOf(row) ?? {};
          const half = half95 === undefined ? undefined : 100 * half95;
          return { name: row.name, colour: row.colour, value: 100 * value, half, label: areaText(row) };
        }),
        description: `Areas: ${rows.map((row) => `${row.name} ${areaText(row)} %`).join(", ")}.`,
      }),
  };
}
