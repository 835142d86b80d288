/** Treatments of features: in words, in the recipe, and as tables and figures of what they do. */
import {
  barHistogramFigure,
  countOf,
  type FeatureTreatment,
  lineText,
  parseRecipe,
  type Recipe,
  type RecipeInput,
} from "@sigma-eds/core";
import { type Cell, type DataTable, dataTable } from "../../session/data-table.js";
import type { Figure } from "../../session/figure.js";
import type { FeatureSpread, StageSpread } from "../../worker/engine-protocol.js";

const words: Readonly<Record<StageSpread["after"], string>> = {
  counts: "Counts of the line",
  "per-count": "Over the pixel's counts",
  "neighbour-average": "Mean with the neighbours",
  "z-score": "z-score",
  softmax: "softmax",
};

/** What is on the axis of values. */
const quantities: Readonly<Record<StageSpread["after"], string>> = {
  counts: "counts per pixel",
  "per-count": "share of the pixel's counts",
  "neighbour-average": "mean of the pixel and its neighbours",
  "z-score": "z-score (standard deviations from the mean)",
  softmax: "softmax (share of all lines)",
};

/** `z-score`, `Mean with the neighbours` */
export function stageText(after: StageSpread["after"]): string {
  return words[after];
}

/** What the recipe does to the features now. */
export function treatmentsOf({ steps }: Recipe): readonly FeatureTreatment[] {
  return steps.flatMap((entry) => (entry.step === "normalise" ? entry.steps : []));
}

/** The recipe with these treatments and no others; undefined where it makes no features. */
export function recipeWithTreatments(recipe: Recipe, treatments: readonly FeatureTreatment[]): RecipeInput | undefined {
  const others = recipe.steps.filter(({ step }) => step !== "normalise");
  const after = others.findIndex(({ step }) => step === "features");
  if (after < 0) return undefined;
  const entry = parseRecipe({ schemaVersion: 1, steps: [{ step: "normalise", steps: [...treatments] }] }).steps;
  const added = treatments.length === 0 ? [] : entry;
  return { ...recipe, steps: [...others.slice(0, after + 1), ...added, ...others.slice(after + 1)] };
}

/** A row for each bin of each line at each stage; exact zeros as a row of their own. */
export function spreadsTable(stages: readonly StageSpread[]): DataTable {
  const rows = stages.flatMap(({ after, spreads }, stage) =>
    spreads.flatMap(({ line, histogram: { edges, counts }, zeros, selected }): Cell[][] => [
      [stage, after, line, 0, 0, zeros, undefined],
      ...Array.from(counts, (count, i): Cell[] => [stage, after, line, edges[i], edges[i + 1], count, selected?.[i]]),
    ]),
  );
  return dataTable(
    [
      { name: "stage", title: "Stage" },
      { name: "after", title: "After" },
      { name: "line", title: "Line" },
      { name: "from", title: "From" },
      { name: "to", title: "To" },
      { name: "pixels", title: "Pixels" },
      { name: "selected", title: "Selected" },
    ],
    rows,
  );
}

const COLOUR = "#44484d";

/** One figure for each line at each stage, the last stage first. */
export function spreadFigures(stages: readonly StageSpread[]): Figure[] {
  return [...stages].reverse().flatMap(({ after, spreads }) => spreads.map((spread) => figureOf(after, spread)));
}

function figureOf(after: StageSpread["after"], { line, histogram: { edges, counts }, zeros }: FeatureSpread): Figure {
  const title = `${lineText(line)}, ${stageText(after).toLowerCase()}`;
  return {
    id: `distribution-${line}-${after}`,
    title,
    subject: `Distribution of ${title}${zeros > 0 ? ` (${countOf(zeros, "pixel")} with none left out)` : ""}`,
    leastWidth: 240,
    draw: (width) =>
      barHistogramFigure({
        edges: [...edges],
        counts: [...counts],
        title,
        xName: `${lineText(line)}, ${quantities[after]}`,
        yName: "pixels",
        heights: "sqrt",
        colour: COLOUR,
        width,
        height: Math.round(0.5 * width),
        description: `How ${title} is spread over the pixels.`,
      }),
  };
}
