/** How features are spread before and after each of their treatments: histograms for the page, while the values stay here. */
import {
  type Analysis,
  type FeatureStage,
  type FeatureTreatment,
  featureStages,
  histogram,
  type Recipe,
  type Threads,
} from "@sigma-eds/core";
import type { FeatureSpread, StageRange, StageSpread } from "./engine-protocol.js";

const BINS = 40;
/** Stages of more values than this are computed again for the next question rather than kept. */
const MOST_KEPT = 48_000_000;

interface Kept {
  readonly analysis: Analysis;
  readonly treatments: string;
  readonly stages: readonly FeatureStage[];
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
    return stages.map(({ after, lines, data }) => ({
      after,
      spreads: lines.map((line, column) => spreadOf(line, columnOf(data, lines.length, column), mask)),
    }));
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
    const key = treatments.join(" ");
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

/** Values that are exactly zero are counted apart, and kept out of the bins. */
function spreadOf(line: string, values: Float32Array, mask: Uint8Array | undefined): FeatureSpread {
  const others = values.filter((value) => value !== 0 && Number.isFinite(value));
  const whole = histogram(others, BINS);
  const zeros = values.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0);
  const range = [whole.edges[0]!, whole.edges.at(-1)!] as const;
  const inside = mask && values.filter((value, p) => mask[p] === 1 && value !== 0 && Number.isFinite(value));
  return { line, histogram: whole, zeros, selected: inside && histogram(inside, BINS, range).counts };
}
