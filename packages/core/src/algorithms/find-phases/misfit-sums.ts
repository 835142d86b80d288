/** How far smoothed spectra lie from what known spectra make: sums over the bins, and what noise alone would give. */
import type { BinnedCounts } from "./binned-counts.js";
import type { Component } from "./components.js";
import { CONSTANTS } from "./constants.js";
import { blockRows, blocksOfRows } from "./rows/block-rows.js";
import type { MisfitStage } from "./rows/misfit-blocks.js";
import { type PhaseBlocks, runStage } from "./rows/stages.js";

/**
 * Takes the sums over the bins of a pixel, with prediction p and r = p / (p + floor): `chi` of (y - p)^2 / (p + floor), `ratios`, `squares` and `spreads` of r, r^2 and
 * r / (p + floor).
 */
export type MisfitTaker = (n: number, chi: number, ratios: number, squares: number, spreads: number) => void;

/** The sums of all marked pixels by rows, told pixel after pixel within a block; blocks come in any order. */
export async function eachMisfit(
  counts: BinnedCounts,
  stage: Pick<MisfitStage, "kernel" | "total" | "marks" | "madeOf">,
  components: readonly Component[],
  blocks: PhaseBlocks,
  tell: MisfitTaker,
): Promise<void> {
  const { frames, bins } = counts;
  const k = components.length;
  const table = new Float32Array(bins * k);
  components.forEach(({ shares }, c) => {
    for (let j = 0; j < bins; j++) table[j * k + c] = shares[j]!;
  });
  const rows = blockRows(stage.kernel);
  const floor = CONSTANTS.weightFloor.value;
  await runStage(blocks, "misfits", { ...stage, table, components: k, floor }, blocksOfRows(frames, rows), (found, block) => {
    const first = block * rows * frames.width;
    for (let i = 0; i < found.length / 4; i++) {
      if (stage.marks[first + i] === 0) continue;
      tell(first + i, found[4 * i]!, found[4 * i + 1]!, found[4 * i + 2]!, found[4 * i + 3]!);
    }
  });
}

/** Tells the sums of the spectrum of pixel `n` (times `scale`) against a share f of one spectrum and the rest of another. */
export function tellMisfit(
  n: number,
  spectrum: Float64Array,
  scale: number,
  f: number,
  a: Float64Array,
  b: Float64Array,
  tell: MisfitTaker,
): void {
  const floor = CONSTANTS.weightFloor.value;
  let chi = 0;
  let ratios = 0;
  let squares = 0;
  let spreads = 0;
  for (let j = 0; j < spectrum.length; j++) {
    const p = f * a[j]! + (1 - f) * b[j]!;
    const inverse = 1 / (p + floor);
    const difference = spectrum[j]! * scale - p;
    const r = p * inverse;
    chi += difference * difference * inverse;
    ratios += r;
    squares += r * r;
    spreads += r * inverse;
  }
  tell(n, chi, ratios, squares, spreads);
}

/** Standard error of what is left above noise of variance factor `v`; `effective`: counts behind the spectrum. */
export function errorOfExcess(v: number, squares: number, spreads: number, effective: number): number {
  return v * Math.sqrt(2 * squares + spreads / effective);
}
