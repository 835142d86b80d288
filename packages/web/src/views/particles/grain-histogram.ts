/** How a quantity of the grains is spread: the same bins and axes on the screen, in the table and on paper. */
import { barHistogramFigure, type Histogram, histogram, logHistogram, type ValueScale } from "@sigma-eds/core";
import type { Figure } from "../../session/figure.js";
import { capital } from "../../ui/capital.js";
import type { ParticleColumn, ParticleSpec } from "./particle-rows.js";

const BINS = 24;
const COLOUR = "#44484d";

export interface GrainSpread {
  readonly column: ParticleColumn;
  /** How many grains have a value. */
  readonly grains: number;
  readonly scale: ValueScale;
  /** What the axis would be by itself. */
  readonly usualScale: ValueScale;
  /** No logarithm of values that are not above 0. */
  readonly hasLog: boolean;
  readonly histogram: Histogram;
  /** `area, µm²` */
  readonly name: string;
}

/** Of the values that are numbers; undefined where there are none. */
export function grainSpread(
  column: ParticleColumn,
  all: readonly number[],
  axis: ParticleSpec["axis"],
  unit: string,
): GrainSpread | undefined {
  const values = all.filter(Number.isFinite);
  if (values.length === 0) return undefined;
  const [least, most] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, 0]);
  const hasLog = least > 0;
  const usualScale = hasLog && most > column.logAbove * least ? "log" : "linear";
  const wanted = axis === "auto" ? usualScale : axis;
  const scale = hasLog ? wanted : "linear";
  return {
    ...{ column, grains: values.length, scale, usualScale, hasLog },
    histogram: scale === "log" ? logHistogram(values, BINS) : histogram(values, BINS),
    name: [column.title.toLowerCase(), column.unit(unit)].filter((part) => part !== "").join(", "),
  };
}

/** For paper. */
export function grainsFigure({ column, grains, scale, histogram: { edges, counts }, name }: GrainSpread): Figure {
  return {
    id: `grains-${column.id}`,
    title: `Histogram: ${column.title.toLowerCase()} of grains`,
    subject: `${column.title} of ${grains} grains`,
    leastWidth: 240,
    draw: (width) =>
      barHistogramFigure({
        edges: [...edges],
        counts: [...counts],
        ...{ title: "", xName: capital(name), yName: "Grains", scale, heights: "sqrt", colour: COLOUR },
        ...{ width, height: Math.round(width / 2) },
        description: `How the ${column.title.toLowerCase()} of ${grains} grains is spread.`,
      }),
  };
}
