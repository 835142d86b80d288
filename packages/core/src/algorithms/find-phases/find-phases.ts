/** Automatic phase finding by growing and explaining: no number of phases is given and no random number is drawn. */
import type { z } from "zod";
import { DataCheckError } from "../../errors.js";
import { beginBlocks } from "../../kernels/threads/block-work.js";
import { isEnergyCalibrated } from "../../spectrum-image/axis.js";
import { breather, partOf, type WorkContext } from "../../spectrum-image/context.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { Watcher } from "../../spectrum-image/watcher.js";
import { fwhmKev } from "../../xray/detector.js";
import { linesOf } from "../../xray/lines.js";
import type { Algorithm } from "../algorithm.js";
import { type AbsorberTable, absorberTable } from "./absorption.js";
import { type BinnedCounts, binCounts } from "./binned-counts.js";
import { dominantComponent } from "./dominant.js";
import { chooseBins, type EnergyBins } from "./energy-bins.js";
import type { Explanation } from "./explanation.js";
import type { FoundPhases } from "./found-phases.js";
import { type GainDrift, measureGainDrift } from "./gain-drift.js";
import { growAt } from "./grow.js";
import type { FindPhasesInput } from "./input.js";
import { findPhasesParameters } from "./parameters.js";
import { prune } from "./prune.js";
import { PureSums } from "./pure-sums.js";
import { type PhaseBlocks, phaseWork } from "./rows/stages.js";
import { type ScaleState, type SmoothedTotals, scaleState, smoothTotals } from "./scale-state.js";
import { chooseScales, type Scales } from "./scales.js";
import type { Search } from "./search.js";
import { estimateShares, type Shares } from "./shares.js";
import { findSubspace } from "./subspace.js";
import { summarise } from "./summary.js";

export type FindPhasesParameters = z.output<typeof findPhasesParameters>;

/** What the method may be given besides: who looks at the labels while they are refined; int32 [pixels], numbered as the phases were found. */
export interface FindPhasesContext extends WorkContext {
  readonly onLabels?: Watcher<Int32Array> | undefined;
}

/** Finds the phases of a map. Throws {@link DataCheckError} when there are no counts to decide by, `AbortedError` when stopped. */
export async function findPhases(
  input: FindPhasesInput,
  parameters: FindPhasesParameters,
  context: FindPhasesContext,
): Promise<FoundPhases> {
  const warnings: string[] = [];
  const { bins, drift } = await prepareBins(input, parameters, partOf(context, 0, 0.1), warnings);
  const counts = await binCounts(input.counts, bins, partOf(context, 0.1, 0.2), drift?.gainOfRow);
  const scales = chooseScales(counts.total, counts.frames, parameters.effectiveCounts);
  const floor = parameters.vacuumThreshold * scales.typicalCounts;
  const totals = smoothTotals(counts, scales.medium, floor);
  if (totals.insideCount === 0) {
    throw new DataCheckError("There are no pixels with counts.", { remedy: "Lower the vacuum threshold." });
  }
  const canAbsorb = parameters.correctAbsorption && isEnergyCalibrated(input.energyAxis);
  const absorbers = canAbsorb ? absorberTable(bins.energy) : undefined;
  const blocks = await beginBlocks(phaseWork, counts, context);
  try {
    const search = await startSearch(counts, totals, absorbers, parameters, context, blocks);
    const settled = await searchAllScales(search, totals, scales, floor, parameters.neighbourCounts);
    const found = await summarise({ input, parameters, bins, counts, drift, scales, search, ...settled, warnings }, context);
    context.onProgress?.(1);
    return found;
  } finally {
    blocks.end();
  }
}

export const findPhasesAlgorithm: Algorithm<typeof findPhasesParameters, FindPhasesInput, FoundPhases> = {
  id: "find-phases",
  name: "Find phases",
  summary: "Finds the phases of a map by itself: their number, spectra, shares in every pixel, and the reasons for each.",
  reference:
    "This project's method; scaling after Keenan and Kotula 2004, doi:10.1002/sia.1657; shares after Shepp and Vardi 1982, doi:10.1109/TMI.1982.4307558",
  parameters: findPhasesParameters,
  run: findPhases,
};

async function prepareBins(
  input: FindPhasesInput,
  parameters: FindPhasesParameters,
  context: WorkContext,
  warnings: string[],
): Promise<{ bins: EnergyBins; drift: GainDrift | undefined }> {
  const resolutionEv = input.metadata?.detector.resolutionEv;
  const width = (energyKev: number) => fwhmKev(energyKev, resolutionEv);
  const elements = parameters.ignoredElements.flatMap((symbol) =>
    linesOf(symbol)
      .filter((line) => line.weight >= 0.05)
      .map((line) => [line.energyKev - width(line.energyKev), line.energyKev + width(line.energyKev)] as const),
  );
  if (!isEnergyCalibrated(input.energyAxis)) {
    warnings.push("The energy axis is not calibrated: no energies could be left out and no lines are named.");
  }
  if (input.counts.kind === "intensity") {
    warnings.push(
      "The data are intensities and not counts: what is said about significance holds only if they are counts in fact.",
    );
  }
  const sum = (await pass(input.counts, [sumSpectrum(input.counts)], { signal: context.signal }))[0];
  const bins = chooseBins(sum, input.energyAxis, {
    lowestEnergyKev: parameters.lowestEnergyKev,
    ignoredKev: [...parameters.ignoredEnergiesKev, ...elements],
    fwhmKev: width,
  });
  const { energyAxis: axis } = input;
  const canDrift = parameters.correctDrift && isEnergyCalibrated(axis);
  const drift = canDrift ? await measureGainDrift(input.counts, sum, axis, width, context) : undefined;
  return { bins, drift };
}

async function startSearch(
  counts: BinnedCounts,
  totals: SmoothedTotals,
  absorbers: AbsorberTable | undefined,
  parameters: FindPhasesParameters,
  context: FindPhasesContext,
  blocks: PhaseBlocks,
): Promise<Search> {
  const report = (message: string) => context.onProgress?.(0.5, message);
  report("measuring the noise");
  const space = await findSubspace(counts, totals, blocks);
  const state = await scaleState(counts, totals, space, blocks);
  return {
    counts,
    limits: { detail: parameters.detail, significance: parameters.significance },
    smallestGrain: parameters.smallestGrain,
    maximumPhases: parameters.maximumPhases,
    joinsGradients: parameters.joinGradients,
    absorbers,
    breathe: breather(context),
    blocks,
    report,
    onLabels: context.onLabels,
    space,
    components: [dominantComponent(counts, state, space)],
    settled: new Uint8Array(counts.frames.pixels),
    rejected: [],
    lastExplained: undefined,
    pureSums: new PureSums(counts),
    discovered: 0,
    dominant: 0,
  };
}

/** What the search ends with. */
export interface Settled {
  readonly state: ScaleState;
  readonly explanation: Explanation;
  readonly shares: Shares;
}

/** Grows and prunes at every scale, then once more at the medium one, where the last decisions fall. */
async function searchAllScales(
  search: Search,
  medium: SmoothedTotals,
  scales: Scales,
  floor: number,
  neighbourCounts: number,
): Promise<Settled> {
  for (const sigma of scales.all) {
    const totals = sigma === medium.sigma ? medium : smoothTotals(search.counts, sigma, floor);
    const state = await growAt(search, totals);
    await prune(search, state, false);
  }
  const state = await scaleState(search.counts, medium, search.space, search.blocks);
  const explanation = await prune(search, state, true);
  search.report("estimating the shares of the phases");
  const { counts, components, blocks } = search;
  const shares = await estimateShares(counts, state, components, explanation, neighbourCounts, blocks);
  return { state, explanation, shares };
}
