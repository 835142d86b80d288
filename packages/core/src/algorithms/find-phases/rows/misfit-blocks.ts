import type { BinnedCounts } from "../binned-counts.js";
import { NOBODY } from "../explanation.js";
import { blockRows, rowsOf } from "./block-rows.js";
import type { ProgramShelf } from "./program-shelf.js";
import { type RowProgram, rowProgram } from "./row-programs.js";
import { rowSizes, rowSmoother } from "./row-smoother.js";

/** What every pixel is thought to be made of: a share of one spectrum and the rest of another, or shares of all. */
export type MadeOf =
  | { readonly first: Uint8Array; readonly second: Uint8Array; readonly fraction: Float32Array }
  /** Float32 [pixels x components], in counts: only their proportions matter. */
  | { readonly counts: Float32Array };

export interface MisfitStage {
  /** Weights of the smoothing along x and y. */
  readonly kernel: Float64Array;
  /** Smoothed counts per pixel. */
  readonly total: Float32Array;
  /** Uint8 [pixels]: 1 where the misfit is asked for. */
  readonly marks: Uint8Array;
  /** Float32 [bins x components]: the spectra as shares. */
  readonly table: Float32Array;
  readonly components: number;
  readonly madeOf: MadeOf;
  /** Added to what is predicted, before it divides. */
  readonly floor: number;
}

/** Shares below this are none. */
export const LEAST_SHARE = 1e-6;

/**
 * How smoothed spectra differ from what their shares make, rows of a block each: float32 [pixels of the block x 4], see `RowProgram.misfits`; 0 where nothing is
 * asked for.
 */
export async function misfitBlocks(
  counts: BinnedCounts,
  stage: MisfitStage,
  shelf: ProgramShelf,
): Promise<(block: number) => Float32Array> {
  const { kernel, marks, table, components } = stage;
  const { width } = counts.frames;
  const program = await shelf.take("rows", rowSizes(counts, kernel, components), rowProgram);
  program.arrays.table.set(table);
  const smooth = rowSmoother(counts, kernel, program, marks);
  const rows = blockRows(kernel);
  const all = new Float32Array(4 * rows * width);
  return (block) => {
    const [from, to] = rowsOf(counts.frames, rows, block);
    const found = all.subarray(0, 4 * (to - from) * width).fill(0);
    for (let row = from; row < to; row++) {
      if (!isAsked(marks, row * width, width)) continue;
      smooth(row);
      fillRow(program, stage, row);
      program.misfits(stage.floor);
      takeRow(program, marks, row * width, found, 4 * (row - from) * width);
    }
    return found;
  };
}

function isAsked(marks: Uint8Array, first: number, width: number): boolean {
  for (let n = first; n < first + width; n++) if (marks[n] === 1) return true;
  return false;
}

function fillRow(program: RowProgram, stage: MisfitStage, row: number): void {
  const { width, radius } = program.sizes;
  const { scale, shares } = program.arrays;
  shares.fill(0);
  scale.fill(0);
  for (let x = 0; x < width; x++) {
    const n = row * width + x;
    if (stage.marks[n] === 0) continue;
    const column = x + radius;
    scale[column] = 1 / stage.total[n]!;
    fillShares(shares, program.stride, column, stage, n);
  }
}

function fillShares(shares: Float32Array, stride: number, column: number, { madeOf, components }: MisfitStage, n: number): void {
  if ("counts" in madeOf) {
    let all = 0;
    for (let c = 0; c < components; c++) all += madeOf.counts[n * components + c]!;
    for (let c = 0; c < components; c++) {
      const share = madeOf.counts[n * components + c]! / all;
      shares[c * stride + column] = share < LEAST_SHARE ? 0 : share;
    }
    return;
  }
  const fraction = madeOf.fraction[n]!;
  const second = madeOf.second[n]!;
  shares[madeOf.first[n]! * stride + column] = second === NOBODY ? 1 : fraction;
  if (second !== NOBODY) shares[second * stride + column] = 1 - fraction;
}

function takeRow({ arrays, stride, sizes }: RowProgram, marks: Uint8Array, first: number, found: Float32Array, at: number): void {
  for (let x = 0; x < sizes.width; x++) {
    if (marks[first + x] === 0) continue;
    const column = x + sizes.radius;
    for (let i = 0; i < 4; i++) found[at + 4 * x + i] = arrays.sums[i * stride + column]!;
  }
}
