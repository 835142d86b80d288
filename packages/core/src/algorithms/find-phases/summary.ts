import type { WorkContext } from "../../spectrum-image/context.js";
import type { BinnedCounts } from "./binned-counts.js";
import type { Component } from "./components.js";
import { CONSTANTS, methodConstants } from "./constants.js";
import { membershipOf } from "./doubt.js";
import { type Endmembers, endmembersOf } from "./endmembers.js";
import type { EnergyBins } from "./energy-bins.js";
import { decisionsMade, type Evidence, evidenceOf } from "./evidence.js";
import { explainPixels } from "./explain.js";
import { type Explanation, NOBODY } from "./explanation.js";
import type { FindPhasesParameters } from "./find-phases.js";
import type { FoundPhases } from "./found-phases.js";
import type { GainDrift } from "./gain-drift.js";
import type { FindPhasesInput } from "./input.js";
import { testShares } from "./misfit-of-shares.js";
import { sumOf } from "./pure-sums.js";
import type { ScaleState } from "./scale-state.js";
import type { Scales } from "./scales.js";
import type { Search } from "./search.js";
import { estimateShares, type Shares, sharesOfArea } from "./shares.js";
import type { Unexplained } from "./unexplained.js";

export interface Finished {
  readonly input: FindPhasesInput;
  readonly parameters: FindPhasesParameters;
  readonly bins: EnergyBins;
  readonly counts: BinnedCounts;
  readonly drift: GainDrift | undefined;
  readonly scales: Scales;
  readonly search: Search;
  readonly state: ScaleState;
  readonly explanation: Explanation;
  readonly shares: Shares;
  readonly warnings: string[];
}

const FEW_COUNTS = 30;
const NOTHING_EXPLAINED =
  "No pixel is explained by what was found, so none is in a phase: every pixel differs from its neighbours by more than counting noise. Lower the smallest grain, raise the detail, or cluster features with another preset.";

/** Every pixel given to a phase: phases are numbered in the order of their components. */
interface Labelled {
  readonly finished: Finished;
  readonly unexplained: Unexplained;
  /** Number of phases. */
  readonly found: number;
  /** Phase of each component. */
  readonly provisional: readonly number[];
  /** Float32 [pixels x phases]. */
  readonly area: Float32Array;
  /** Int32 [pixels], -1 where nothing known explains the pixel. */
  readonly labels: Int32Array;
}

/** Leaves out phases that are given no pixel, and estimates the shares of the others anew, until every phase has pixels or one phase is left. */
async function labelledPhases(finished: Finished): Promise<Labelled> {
  const { search, state, counts, parameters } = finished;
  for (let now = finished; ; ) {
    const labelled = await labelPixels(now);
    const { labels, found, provisional } = labelled;
    const pixels = new Float64Array(found);
    labels.forEach((label, n) => {
      if (label >= 0 && state.inside[n] === 1) pixels[label]! += 1;
    });
    if (found === 1 || pixels.every((count) => count > 0) || pixels.every((count) => count === 0)) return labelled;
    search.components = search.components.filter((_, k) => pixels[provisional[k]!]! > 0);
    const { components, space, limits, blocks } = search;
    const explanation = await explainPixels(state, components, space, limits.detail, blocks);
    const shares = await estimateShares(counts, state, components, explanation, parameters.neighbourCounts, blocks);
    now = { ...now, explanation, shares };
  }
}

async function labelPixels(finished: Finished): Promise<Labelled> {
  const { search, state, counts, explanation, shares, scales } = finished;
  const { components, limits, blocks } = search;
  const unexplained = await testShares(counts, state, components, shares.ofCounts, limits, blocks);
  const numbers = [...new Set(components.map((c) => c.phase))];
  const found = numbers.length;
  const brightness = brightnessOf(counts, explanation, components.length, scales.typicalCounts);
  const provisional = components.map((c) => numbers.indexOf(c.phase));
  const area = sharesOfArea(shares.ofCounts, brightness, provisional, found);
  return { finished, unexplained, found, provisional, area, labels: labelsOf(area, found, unexplained) };
}

/** Works out everything that the result holds. */
export async function summarise(settled: Finished, context: WorkContext): Promise<FoundPhases> {
  const { finished, unexplained, found, provisional, area, labels } = await labelledPhases(settled);
  const { search, state, counts, parameters, explanation } = finished;
  const { components } = search;
  const order = byPixels(labels, found);
  const phaseOf = provisional.map((p) => order.indexOf(p));
  const abundances = reorder(area, order);
  for (let n = 0; n < labels.length; n++) if (labels[n]! >= 0) labels[n] = order.indexOf(labels[n]!);
  const pure = purePixels(finished, explanation, abundances, phaseOf, found);
  const endmembers = await endmembersOf(finished.input.counts, pure, abundances, found, context);
  const spectra = Array.from({ length: found }, (_, p) => sharesOfPhase(counts, pure, p, components, phaseOf));
  const bright = Array.from({ length: found }, (_, p) => brightnessOfPhase(endmembers, p));
  const membership = membershipOf(counts, abundances, spectra, bright, parameters.neighbourCounts);
  clearUnassigned(labels, state, abundances, membership, found);
  const decisions = decisionsMade(finished);
  const evidence: Evidence = { finished, phaseOf, labels, endmembers, spectra };
  return {
    labels,
    abundances,
    membership,
    endmembers: endmembers.spectra,
    residualSigma: unexplained.z,
    unexplainedShare: unexplainedShare(finished, labels, found),
    ...evidenceOf(evidence),
    constants: methodConstants(),
    choices: decisions.map(({ message }) => message),
    decisions,
    warnings: [...finished.warnings, ...(labels.some((label) => label >= 0) ? [] : [NOTHING_EXPLAINED])],
  };
}

/** Counts per pure pixel of each component. */
function brightnessOf(counts: BinnedCounts, explanation: Explanation, components: number, typical: number): number[] {
  const sum = new Float64Array(components);
  const pixels = new Float64Array(components);
  for (let n = 0; n < explanation.first.length; n++) {
    const k = explanation.first[n]!;
    if (k === NOBODY || explanation.fraction[n]! < CONSTANTS.pureShare.value) continue;
    sum[k]! += counts.total[n]!;
    pixels[k]! += 1;
  }
  return Array.from(sum, (counted, k) => (pixels[k]! > 0 && counted > 0 ? counted / pixels[k]! : typical));
}

function labelsOf(area: Float32Array, phases: number, unexplained: Unexplained): Int32Array {
  const labels = new Int32Array(area.length / phases).fill(-1);
  for (let n = 0; n < labels.length; n++) {
    if (unexplained.effect[n]! > 0) continue;
    let largest = 0;
    for (let p = 0; p < phases; p++) {
      if (area[n * phases + p]! > largest) {
        largest = area[n * phases + p]!;
        labels[n] = p;
      }
    }
  }
  return labels;
}

/** Phases from the largest to the smallest; equal ones in the order of discovery. */
function byPixels(labels: Int32Array, phases: number): number[] {
  const pixels = new Array<number>(phases).fill(0);
  for (const label of labels) if (label >= 0) pixels[label]! += 1;
  return [...pixels.keys()].sort((a, b) => pixels[b]! - pixels[a]! || a - b);
}

function reorder(area: Float32Array, order: readonly number[]): Float32Array {
  const result = new Float32Array(area.length);
  const phases = order.length;
  for (let base = 0; base < area.length; base += phases) {
    for (let p = 0; p < phases; p++) result[base + p] = area[base + order[p]!]!;
  }
  return result;
}

/** Int32 [pixels]: phase whose spectrum a pixel helps to make, or -1. Dim data take the shares, others the smoothed explanation. */
function purePixels(
  { state, scales, search }: Finished,
  explanation: Explanation,
  abundances: Float32Array,
  phaseOf: readonly number[],
  phases: number,
): Int32Array {
  const pure = new Int32Array(explanation.first.length).fill(-1);
  const byShares = scales.typicalCounts < FEW_COUNTS;
  const least = byShares ? CONSTANTS.pureShare.value : CONSTANTS.purestShare.value;
  const { detail } = search.limits;
  for (let n = 0; n < pure.length; n++) {
    const first = explanation.first[n]!;
    if (first === NOBODY || state.inside[n] === 0) continue;
    if (byShares) {
      for (let p = 0; p < phases; p++) if (abundances[n * phases + p]! >= least) pure[n] = p;
      continue;
    }
    const second = explanation.second[n]!;
    const together = second !== NOBODY && phaseOf[second] === phaseOf[first] ? 1 : explanation.fraction[n]!;
    if (together >= least && explanation.misfit[n]! < detail * 4) pure[n] = phaseOf[first]!;
  }
  return pure;
}

function sharesOfPhase(
  counts: BinnedCounts,
  pure: Int32Array,
  phase: number,
  components: readonly Component[],
  phaseOf: readonly number[],
): Float64Array {
  const pixels: number[] = [];
  for (let n = 0; n < pure.length; n++) if (pure[n] === phase) pixels.push(n);
  const sum = sumOf(counts, pixels);
  return sum.counts > 0 ? sum.bins.map((c) => c / sum.counts) : components[phaseOf.indexOf(phase)]!.shares;
}

function brightnessOfPhase(endmembers: Endmembers, phase: number): number {
  return Math.max(
    1e-6,
    endmembers.spectra[phase]!.reduce((sum, c) => sum + c, 0),
  );
}

function clearUnassigned(
  labels: Int32Array,
  state: ScaleState,
  abundances: Float32Array,
  membership: Float32Array,
  phases: number,
): void {
  for (let n = 0; n < labels.length; n++) {
    if (state.inside[n] === 1) continue;
    labels[n] = -1;
    abundances.fill(0, n * phases, (n + 1) * phases);
    membership.fill(0, n * phases, (n + 1) * phases);
  }
}

/**
 * Share of counts in pixels that stay unassigned, plus half the difference between measured and made spectra, phase by phase, as far
 * as it exceeds noise.
 */
function unexplainedShare({ counts, state, shares, search }: Finished, labels: Int32Array, phases: number): number {
  const { components } = search;
  const k = components.length;
  const measured = Array.from({ length: phases }, () => new Float64Array(counts.bins));
  const shareOf = Array.from({ length: phases }, () => new Float64Array(k));
  let all = 0;
  let lost = 0;
  for (let n = 0; n < labels.length; n++) {
    if (state.inside[n] === 0) continue;
    const label = labels[n]!;
    all += counts.total[n]!;
    if (label < 0) {
      lost += counts.total[n]!;
      continue;
    }
    for (let i = counts.rowStart[n]!; i < counts.rowStart[n + 1]!; i++) measured[label]![counts.bin[i]!]! += counts.count[i]!;
    for (let c = 0; c < k; c++) shareOf[label]![c]! += shares.ofCounts[n * k + c]! * counts.total[n]!;
  }
  for (let p = 0; p < phases; p++) {
    for (let j = 0; j < counts.bins; j++) {
      const made = components.reduce((sum, component, c) => sum + shareOf[p]![c]! * component.shares[j]!, 0);
      const noise = Math.sqrt((2 / Math.PI) * Math.max(made, measured[p]![j]!));
      lost += Math.max(0, Math.abs(measured[p]![j]! - made) - noise) / 2;
    }
  }
  return all > 0 ? lost / all : 0;
}
