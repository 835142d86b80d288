import { listOf } from "../../numbers.js";
import type { Analysis } from "../../pipeline/analysis.js";
import { type TernaryPlot, ternaryFigure } from "../figures/ternary-plot.js";
import { lineText } from "../line-notation.js";
import { fragment, type Markup } from "../markup.js";
import type { Page } from "../report-page.js";

/** About so many pixels are drawn. */
const PIXELS_DRAWN = 4000;

/** The three maps in which classes differ most, against each other. */
export function ternaryPart(page: Page): Markup {
  const { elementMaps, classes, labels } = page.analysis;
  if (elementMaps.length < 3 || classes.length < 2 || labels === undefined) return fragment();
  const chosen = mostDifferent(page.analysis, labels);
  const names = chosen.map((k) => lineText(elementMaps[k]!.line)) as [string, string, string];
  const picture = ternaryFigure({
    corners: names,
    classes: cloudOf(page.analysis, labels, chosen),
    size: 620,
    description: `Shares of ${listOf(names)} in ${classes.length} classes.`,
  });
  const step = stepOf(labels);
  const drawn = step === 1 ? "Dots are pixels" : `Dots are every ${step}th pixel`;
  return page.figure(
    picture,
    `Counts of ${listOf(names)}, the three maps in which the classes differ most, as shares of their sum. ${drawn}, ringed discs the means of the classes. Shares of counts, not of atoms.`,
  );
}

/** By the variance between classes of the share of each map, weighed by pixels; in the order of the maps. Ties go to the first. */
function mostDifferent({ elementMaps, classes }: Analysis, labels: Int32Array): number[] {
  const means = classMeans(elementMaps, classes, labels);
  const shares = means.map((mean) => {
    const sum = mean.reduce((total, value) => total + value, 0);
    return mean.map((value) => (sum > 0 ? value / sum : 0));
  });
  const pixels = classes.reduce((sum, phase) => sum + phase.pixels, 0);
  const spread = elementMaps.map((_, k) => {
    const mean = classes.reduce((sum, phase, i) => sum + phase.pixels * shares[i]![k]!, 0) / Math.max(1, pixels);
    return classes.reduce((sum, phase, i) => sum + phase.pixels * (shares[i]![k]! - mean) * (shares[i]![k]! - mean), 0);
  });
  const order = spread.map((_, k) => k).sort((a, b) => spread[b]! - spread[a]! || a - b);
  return order.slice(0, 3).sort((a, b) => a - b);
}

function classMeans(maps: Analysis["elementMaps"], classes: Analysis["classes"], labels: Int32Array): number[][] {
  const place = new Map(classes.map(({ id }, i) => [id, i]));
  const sums = classes.map(() => maps.map(() => 0));
  labels.forEach((label, p) => {
    const row = sums[place.get(label) ?? -1];
    if (row !== undefined) for (let k = 0; k < maps.length; k++) row[k]! += maps[k]!.data[p]!;
  });
  return sums.map((row, i) => row.map((sum) => sum / Math.max(1, classes[i]!.pixels)));
}

function stepOf(labels: Int32Array): number {
  return Math.max(1, Math.ceil(labels.length / PIXELS_DRAWN));
}

function cloudOf({ elementMaps, classes }: Analysis, labels: Int32Array, chosen: readonly number[]): TernaryPlot["classes"] {
  const means = classMeans(elementMaps, classes, labels);
  const shown = classes.map((phase, i) => ({ phase, i })).filter(({ phase }) => phase.hidden !== true && phase.pixels > 0);
  const triple = (of: (k: number) => number): [number, number, number] => [of(chosen[0]!), of(chosen[1]!), of(chosen[2]!)];
  const step = stepOf(labels);
  return shown
    .map(({ phase, i }) => {
      const pixels: [number, number, number][] = [];
      for (let p = 0; p < labels.length; p += step) {
        if (labels[p] !== phase.id) continue;
        const values = triple((k) => elementMaps[k]!.data[p]!);
        if (values.some((value) => value > 0)) pixels.push(values);
      }
      return { name: phase.name, colour: phase.colour, mean: triple((k) => means[i]![k]!), pixels };
    })
    .filter(({ mean }) => mean.some((value) => value > 0));
}
