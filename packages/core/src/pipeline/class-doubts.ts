/** Where a division into classes may be wrong: classes that hardly differ, and counts that none of them explains. */

import { type EnergyGroup, energyGroups } from "../algorithms/doubt/energy-groups.js";
import { type SpectrumDifference, spectrumDifference } from "../algorithms/doubt/same-spectrum.js";
import { unexplainedLedger } from "../algorithms/doubt/unexplained-ledger.js";
import type { FoundPhases } from "../algorithms/find-phases/found-phases.js";
import { total } from "../kernels/linear-algebra/vectors.js";
import type { CalibratedEnergyAxis } from "../spectrum-image/axis.js";
import { lineNamed } from "../xray/line-names.js";
import type { Conditions } from "../xray/physics/expected-spectrum.js";
import type { Analysis } from "./analysis.js";
import { arePixelsMoved } from "./edits/moved-pixels.js";
import type { RareElement } from "./rare-elements.js";

/** A class and the one that is most like it. */
export interface ClassPair extends SpectrumDifference {
  readonly id: number;
  readonly nearest: number;
  /** True where counting does not tell the two apart: to merge them loses nothing that was measured. */
  readonly mayMerge: boolean;
}

export interface UnexplainedCounts {
  readonly id: number;
  readonly energyKev: number;
  readonly line: string | undefined;
  /** Counts beyond those that the endmembers explain, in the whole class; below 0 where there are fewer. */
  readonly counts: number;
  readonly sigma: number;
}

export interface ClassDoubts {
  readonly pairs: readonly ClassPair[];
  /** Largest first, at most 20; empty where no endmembers explain the pixels. */
  readonly ledger: readonly UnexplainedCounts[];
  /** Elements that no class holds and a few pixels do. */
  readonly rare?: readonly RareElement[] | undefined;
}

const SAME_SIGMA = 3;
const LEDGER_SIGMA = 5;
const MOST_ENTRIES = 20;
/** Below lie the zero peak and noise, keV. */
export const FROM_KEV = 0.2;

export interface DoubtInput {
  readonly analysis: Analysis;
  readonly ids: readonly number[];
  readonly axis: CalibratedEnergyAxis;
  readonly conditions: Conditions;
  /** Counts of the pure pixels of each class: float64 [classes][channels]. */
  readonly pure: readonly Float64Array[];
  /** Counts of all pixels of each class. */
  readonly all: readonly Float64Array[];
}

export function classDoubts({ analysis, ids, axis, conditions, pure, all }: DoubtInput): ClassDoubts {
  const groups = energyGroups(axis, {
    fromKev: FROM_KEV,
    toKev: Math.min(conditions.beamEnergyKev, axis.offset + (axis.size - 1) * axis.scale),
    resolutionEv: conditions.resolutionEv,
    elements: [...new Set(analysis.lines.map((line) => lineNamed(line).element))],
    beamEnergyKev: conditions.beamEnergyKev,
  });
  return { pairs: pairsOf(ids, pure, groups), ledger: ledgerOf(analysis, ids, all, groups) };
}

function pairsOf(ids: readonly number[], pure: readonly Float64Array[], groups: readonly EnergyGroup[]): ClassPair[] {
  return ids.flatMap((id, a) => {
    const others = ids
      .map((nearest, b) => ({ nearest, b }))
      .filter(({ b }) => b !== a)
      .map(({ nearest, b }) => ({ nearest, ...spectrumDifference(pure[a]!, pure[b]!, groups) }))
      .sort((x, y) => x.distance - y.distance || x.nearest - y.nearest);
    const [best] = others;
    return best === undefined ? [] : [{ id, ...best, mayMerge: best.sigma < SAME_SIGMA }];
  });
}

function ledgerOf(
  analysis: Analysis,
  ids: readonly number[],
  all: readonly Float64Array[],
  groups: readonly EnergyGroup[],
): UnexplainedCounts[] {
  const { evidence, labels } = analysis;
  if (evidence === undefined || labels === undefined || arePixelsMoved(analysis)) return [];
  const explained = explainedSpectra(evidence, labels, ids, all);
  return unexplainedLedger(all, explained, groups, LEDGER_SIGMA)
    .slice(0, MOST_ENTRIES)
    .map(({ slot, ...entry }) => ({ id: ids[slot]!, ...entry }));
}

/** What the shares of the pixels of each class make of the endmembers, brought to the counts of the class: shapes are compared, not brightness. */
function explainedSpectra(
  { abundances, endmembers }: Pick<FoundPhases, "abundances" | "endmembers">,
  labels: Int32Array,
  ids: readonly number[],
  all: readonly Float64Array[],
): Float64Array[] {
  const k = endmembers.length;
  const slotOf = new Map(ids.map((id, slot) => [id, slot]));
  const shares = new Float64Array(ids.length * k);
  labels.forEach((label, p) => {
    const slot = slotOf.get(label);
    if (slot === undefined) return;
    for (let j = 0; j < k; j++) shares[slot * k + j]! += abundances[p * k + j]!;
  });
  return ids.map((_, slot) => {
    const spectrum = new Float64Array(all[slot]!.length);
    for (let j = 0; j < k; j++) {
      const share = shares[slot * k + j]!;
      if (share > 0) for (let c = 0; c < spectrum.length; c++) spectrum[c]! += share * endmembers[j]![c]!;
    }
    const scale = total(all[slot]!) / Math.max(total(spectrum), Number.MIN_VALUE);
    return spectrum.map((value) => value * scale);
  });
}
