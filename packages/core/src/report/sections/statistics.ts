import { type Grain, type GrainStatistics, LEAST_PIXELS_FOR_CIRCULARITY } from "../../algorithms/statistics/grain-statistics.js";
import { formatCount, formatFixed, formatNumber, formatPercent, THIN_SPACE } from "../../numbers.js";
import type { PhaseClass } from "../../pipeline/analysis.js";
import { colourPattern } from "../../pipeline/colours/palette.js";
import { barHistogramFigure } from "../figures/bar-histogram.js";
import { element, fragment, type Markup, trusted } from "../markup.js";
import { type Page, paragraph, section, table } from "../report-page.js";
import { chip } from "./phases.js";
import { ternaryPart } from "./ternary.js";

/** How much of the map each class takes, and how large its grains are. */
export function statisticsSection(page: Page): Markup {
  const { statistics, classes } = page.analysis;
  if (statistics === undefined || classes.length === 0) return fragment();
  const { grains } = statistics;
  return section(
    "statistics",
    "Proportions and grains",
    paragraph(
      `A grain is a connected region of a ${page.noun}. Its diameter is that of the circle of the same area; circularity is 1 for a circle. Grains that touch the edge of the map are cut off and count as they are.`,
    ),
    grainTable(page, grains),
    histograms(page, grains),
    ternaryPart(page),
  );
}

function grainTable(page: Page, { grains, unit }: GrainStatistics): Markup {
  const { classes, statistics } = page.analysis;
  const length = unit === "um" ? "µm" : "px";
  const rows = classes.map((phase) => {
    const own = grains.filter(({ classId }) => classId === phase.id);
    const proportion = statistics!.proportions.classes.find(({ id }) => id === phase.id);
    const diameters = own.map(({ equivalentDiameter }) => equivalentDiameter).sort((a, b) => a - b);
    return [
      chip(`grain${phase.id}`, phase.colour, colourPattern(phase.colour), 14),
      phase.name,
      proportion === undefined ? "" : withError(proportion.proportion, proportion.standardError),
      formatCount(own.length),
      diameters.length === 0 ? "" : formatNumber(weightedMedian(own)),
      diameters.length === 0 ? "" : formatNumber(diameters.at(-1)!),
      circularityOf(own),
      formatCount(own.filter(({ touchesEdge }) => touchesEdge).length),
    ];
  });
  return table(
    [
      { head: element("span", { "aria-label": "Colour" }, ""), className: "swatch" },
      { head: "Name", heads: true },
      { head: "Proportion", numeric: true },
      { head: "Grains", numeric: true },
      { head: `Median diameter by area, ${length}`, numeric: true },
      { head: `Largest, ${length}`, numeric: true },
      { head: "Circularity", numeric: true },
      { head: "At the edge", numeric: true },
    ],
    rows,
    fragment(
      page.number("Table"),
      `Half of the area of a class lies in grains larger than the median diameter. Circularity is the mean over the area of grains of ${LEAST_PIXELS_FOR_CIRCULARITY} pixels or more.`,
    ),
  );
}

function withError(proportion: number, error: number | undefined): string {
  return error === undefined
    ? formatPercent(proportion)
    : `${formatPercent(proportion)}${THIN_SPACE}±${THIN_SPACE}${formatNumber(100 * error, 2)}`;
}

/** The diameter of the grain in which half of the area is reached, from the smallest on. */
function weightedMedian(grains: readonly Grain[]): number {
  const sorted = [...grains].sort((a, b) => a.area - b.area);
  const half = sorted.reduce((sum, { area }) => sum + area, 0) / 2;
  let sum = 0;
  for (const { area, equivalentDiameter } of sorted) {
    sum += area;
    if (sum >= half) return equivalentDiameter;
  }
  return 0;
}

function circularityOf(grains: readonly Grain[]): string {
  let [sum, area] = [0, 0];
  for (const grain of grains) {
    if (grain.circularity === undefined) continue;
    sum += grain.circularity * grain.area;
    area += grain.area;
  }
  return area === 0 ? "" : formatFixed(sum / area, 2);
}

const MOST_HISTOGRAMS = 12;

function histograms(page: Page, statistics: GrainStatistics): Markup {
  const { grains, unit } = statistics;
  if (grains.length === 0) return fragment();
  const edges = diameterEdges(grains);
  const shown = page.analysis.classes.filter(({ id }) => grains.some(({ classId }) => classId === id)).slice(0, MOST_HISTOGRAMS);
  const tile = (phase: PhaseClass): Markup => {
    const own = grains.filter(({ classId }) => classId === phase.id);
    const counts = edges.slice(1).map((end, i) => own.filter(({ equivalentDiameter: d }) => d >= edges[i]! && d < end).length);
    const picture = barHistogramFigure({
      edges,
      counts,
      title: phase.name,
      xName: `diameter, ${unit === "um" ? "µm" : "px"}`,
      yName: "grains",
      scale: "log",
      colour: phase.colour,
      width: 340,
      height: 170,
      description: `Diameters of the ${own.length} grains of ${phase.name}.`,
    });
    return element("figure", {}, trusted(picture));
  };
  return fragment(
    element("div", { class: "tiles" }, shown.map(tile)),
    element(
      "p",
      { class: "caption" },
      page.number("Figure"),
      "Number of grains by equivalent diameter. Bins grow by the square root of 2, so that the area doubles from bin to bin.",
    ),
  );
}

/** From below the smallest diameter to above the largest, by factors of the square root of 2. */
function diameterEdges(grains: readonly Grain[]): number[] {
  const diameters = grains.map(({ equivalentDiameter }) => equivalentDiameter);
  const most = diameters.reduce((largest, value) => Math.max(largest, value), 0);
  // A little below, so that rounding leaves the smallest grains in the first bin.
  const edges = [diameters.reduce((least, value) => Math.min(least, value), Infinity) * 0.999];
  while (edges.at(-1)! <= most) edges.push(edges.at(-1)! * Math.SQRT2);
  return edges;
}
