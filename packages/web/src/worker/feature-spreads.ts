/** How features are spread before and after each of their treatments: histograms for the page, while the values stay here. */
import {
  type Analysis,
  type FeatureStage,
  type FeatureTreatment,
  featureStages,
  type Recipe,
  type Threads,
} from "@sigma-eds/core";
import type { FeatureSpread, FeaturesEntry, StageRange, StageSpread } from "./engine-protocol.js";
import { binned, sharedBins, stagesOfOneUnit } from "./value-bins.js";

const BINS = 40;
/** Stages of more values than this are computed again for the next question rather than kept. */
const MOST_KEPT = 48_000_000;

interface Kept {
  readonly analysis: Analysis;
  readonly treatments: string;
  readonly stages: readonly FeatureStage[];
}

/** The recipe with its features made in another way. */
export function withFeatures(recipe: Recipe, features: FeaturesEntry | undefined): Recipe {
  return features === undefined
    ? recipe
    : { ...recipe, steps: recipe.steps.map((entry) => (entry.step === "features" ? features : entry)) };
}

export class FeatureSpreads {
  #kept: Kept | undefined;

  readonly #threads: Threads | undefined;

  constructor(threads?: Threads) {
    this.#threads = threads;
  }

  /** Spreads of every line at every stage; `mask`, uint8 [pixels], asks for the same bins of some of the pixels beside them. */
  async spreads(
    analysis: Analysis,
    recipe: Recipe,
    treatments: readonly FeatureTreatment[],
    mask: Uint8Array | undefined,
    signal: AbortSignal,
  ): Promise<StageSpread[]> {
    const stages = await this.#stages(analysis, recipe, treatments, signal);
    const lines = stages[0]?.lines ?? [];
    const after = stages.map((stage) => stage.after);
    const byLine = lines.map((line, column) =>
      spreadsOfLine(
        line,
        after,
        stages.map(({ data }) => columnOf(data, lines.length, column)),
        mask,
      ),
    );
    return after.map((treatment, place) => ({ after: treatment, spreads: byLine.map((spreads) => spreads[place]!) }));
  }

  /** Uint8 [pixels]: those whose value of a line at a stage (its number, from 0) lies in the range. */
  async pixelsInRange(
    analysis: Analysis,
    recipe: Recipe,
    treatments: readonly FeatureTreatment[],
    { stage, line, from, to }: StageRange,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const found = (await this.#stages(analysis, recipe, treatments, signal))[stage];
    const column = found?.lines.indexOf(line) ?? -1;
    if (found === undefined || column < 0)
      return new Uint8Array(analysis.image.counts.navigationShape.reduce((a, b) => a * b, 1));
    return Uint8Array.from(columnOf(found.data, found.lines.length, column), (value) => (value >= from && value <= to ? 1 : 0));
  }

  async #stages(
    analysis: Analysis,
    recipe: Recipe,
    treatments: readonly FeatureTreatment[],
    signal: AbortSignal,
  ): Promise<readonly FeatureStage[]> {
    const key = JSON.stringify([treatments, recipe.steps.filter(({ step }) => step === "features")]);
    if (this.#kept?.analysis === analysis && this.#kept.treatments === key) return this.#kept.stages;
    this.#kept = undefined;
    const stages = await featureStages(analysis, recipe, treatments, { seed: recipe.seed, signal, threads: this.#threads });
    const values = stages.reduce((sum, { data }) => sum + data.length, 0);
    if (values <= MOST_KEPT) this.#kept = { analysis, treatments: key, stages };
    return stages;
  }
}

function columnOf(data: Float32Array, columns: number, column: number): Float32Array {
  return Float32Array.from({ length: data.length / columns }, (_, p) => data[p * columns + column]!);
}

/** One spread for each stage; stages of one unit share their bins. Values that are exactly zero are counted apart, and kept out of the bins. */
function spreadsOfLine(
  line: string,
  after: readonly string[],
  columns: readonly Float32Array[],
  mask: Uint8Array | undefined,
): FeatureSpread[] {
  const bins = stagesOfOneUnit(after).flatMap((places) => {
    const shared = sharedBins(
      places.map((place) => columns[place]!),
      BINS,
    );
    return places.map(() => shared);
  });
  return columns.map((values, place) => ({
    line,
    histogram: binned(values, bins[place]!),
    zeros: values.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0),
    selected: mask && binned(values, bins[place]!, mask).counts,
  }));
}
