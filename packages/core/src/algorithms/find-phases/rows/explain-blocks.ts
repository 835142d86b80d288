import { CONSTANTS } from "../constants.js";
import { type Explanation, NOBODY } from "../explanation.js";
import { type PairProgram, pairProgram } from "./pair-programs.js";
import type { ProgramShelf } from "./program-shelf.js";

/** Pixels of a block. */
export const EXPLAINED_PIXELS = 8192;

export interface ExplainStage {
  /** Float32 [pixels x axes], and per pixel what is inside and the effective counts. */
  readonly scores: Float32Array;
  readonly inside: Uint8Array;
  readonly effective: Float32Array;
  readonly table: PairTable;
}

/** Components, and pairs of them. */
export interface PairTable {
  readonly k: number;
  readonly axes: number;
  /** [k x axes] */
  readonly scores: Float64Array;
  /** [k x k] squared distances. */
  readonly gap: Float64Array;
  /** [k x k] noise variance along the line between two, for a single count. */
  readonly along: Float64Array;
  /** Mean and standard deviation of the squared distance that noise makes, for a single count: [k]. */
  readonly mean: Float64Array;
  readonly spread: Float64Array;
  /** Squared distance, beyond the noise of a single count, that still counts as none. */
  readonly detail: number;
}

/** An {@link Explanation} of the pixels of a block. */
export type ExplainedPart = Explanation;

/**
 * Explains the pixels of a block. For a pixel at squared distances d_k, d_l from two components that are g apart, the share of k is f = (d_l + g - d_k) / 2g and what is
 * left d_l - f^2 g. Two are taken only where that lowers the misfit by a likelihood ratio.
 */
export async function explainBlocks(
  { scores, inside, effective, table }: ExplainStage,
  shelf: ProgramShelf,
): Promise<(block: number) => ExplainedPart> {
  const { k, axes } = table;
  const program = await shelf.take("pairs", { pixels: EXPLAINED_PIXELS, axes, components: k }, pairProgram);
  const { arrays } = program;
  arrays.known.set(table.scores);
  setPairs(program, table);
  const gain = CONSTANTS.pairGain.value;
  const pixels = inside.length;
  const whole = roomForPart(Math.min(pixels, EXPLAINED_PIXELS));
  return (block) => {
    const from = block * EXPLAINED_PIXELS;
    const length = Math.min(pixels, from + EXPLAINED_PIXELS) - from;
    arrays.scores.set(scores.subarray(from * axes, (from + length) * axes));
    for (let i = 0; i < length; i++) arrays.cost[i] = gain / effective[from + i]!;
    program.explain(length);
    const part: ExplainedPart = {
      first: whole.first.subarray(0, length),
      second: whole.second.subarray(0, length),
      fraction: whole.fraction.subarray(0, length),
      misfit: whole.misfit.subarray(0, length),
      pure: whole.pure.subarray(0, length),
    };
    for (const name of ["first", "second", "fraction", "misfit"] as const) part[name].set(arrays[name].subarray(0, length));
    for (let i = 0; i < length; i++) {
      if (inside[from + i] === 0) clear(part, i);
      else part.pure[i] = purity(table, part, i, arrays.squared[i]!, effective[from + i]!);
    }
    return part;
  };
}

/** Every block writes to the same arrays. They are not those of the program: a part that is posted takes the memory that it lies in along. */
function roomForPart(pixels: number): ExplainedPart {
  return {
    first: new Uint8Array(pixels),
    second: new Uint8Array(pixels),
    fraction: new Float32Array(pixels),
    misfit: new Float32Array(pixels),
    pure: new Uint8Array(pixels),
  };
}

function setPairs(program: PairProgram, { k, gap, along }: PairTable): void {
  const reach = 1 - 2 * CONSTANTS.pairMargin.value;
  let pair = 0;
  for (let a = 0; a < k; a++) {
    for (let b = a + 1; b < k; b++) {
      program.setPair(pair, a, b, gap[a * k + b]!, gap[a * k + b]! * reach, along[a * k + b]!);
      pair += 1;
    }
  }
}

function clear(part: ExplainedPart, i: number): void {
  part.first[i] = NOBODY;
  part.second[i] = NOBODY;
  part.fraction[i] = 0;
  part.misfit[i] = 0;
  part.pure[i] = 0;
}

function purity(
  { detail, spread, mean }: PairTable,
  { first, fraction }: ExplainedPart,
  i: number,
  squared: number,
  effective: number,
): number {
  const k = first[i]!;
  const ball = Math.max(detail / 2, (CONSTANTS.ballWidth.value * spread[k]!) / effective) + mean[k]! / effective;
  if (squared < ball) return 2;
  return fraction[i]! >= CONSTANTS.pureShare.value ? 1 : 0;
}
