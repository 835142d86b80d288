/**
 * Shares of the components in every pixel from its raw counts: Poisson likelihood by expectation-maximisation (Shepp and Vardi 1982,
 * doi:10.1109/TMI.1982.4307558; Dempster, Laird and Rubin 1977) with the neighbours' mean as a prior worth a few counts.
 */
import { memoryLike } from "../../kernels/threads/same-memory.js";
import type { BinnedCounts } from "./binned-counts.js";
import type { Component } from "./components.js";
import { type Explanation, NOBODY } from "./explanation.js";
import type { Frames } from "./frames.js";
import { STILL, shareRows } from "./rows/share-blocks.js";
import { type PhaseBlocks, runStage } from "./rows/stages.js";
import type { ScaleState } from "./scale-state.js";

/** Pixels around which a component must have been seen to take part in a pixel. */
const REACH = 3;
const ROUNDS = 25;

export interface Shares {
  /** Float32 [pixels x components], row-major: share of the counts; rows sum to 1, 0 outside. */
  readonly ofCounts: Float32Array;
  /** Bit k is set where component k may take part: uint32 [pixels]. */
  readonly active: Uint32Array;
}

/** Estimates shares of counts, starting from the explanation of the smoothed spectra. */
export async function estimateShares(
  counts: BinnedCounts,
  state: ScaleState,
  components: readonly Component[],
  explanation: Explanation,
  neighbourCounts: number,
  blocks: PhaseBlocks,
): Promise<Shares> {
  const k = components.length;
  const active = activeComponents(counts.frames, explanation);
  let now = startingShares(explanation, active, k);
  let next = new Float32Array(memoryLike(explanation.first, now.byteLength));
  const table = byBin(components, counts.bins);
  const { frames } = counts;
  const rows = shareRows(frames.width);
  const count = Math.ceil((frames.count * frames.height) / rows);
  const { inside } = state;
  const moved = new Uint8Array(memoryLike(explanation.first, active.length)).fill(1);
  for (let round = 0; round < ROUNDS; round++) {
    const stage = { inside, table, components: k, active, neighbourCounts, now, moved };
    await runStage(blocks, "shares", stage, count, (part, block) => next.set(part, block * rows * frames.width * k));
    markMoved(now, next, k, moved);
    [now, next] = [next, now];
  }
  return { ofCounts: now, active };
}

function markMoved(before: Float32Array, after: Float32Array, k: number, moved: Uint8Array): void {
  for (let n = 0; n < moved.length; n++) {
    let isMoved = 0;
    for (let i = n * k; i < (n + 1) * k; i++) if (Math.abs(after[i]! - before[i]!) > STILL) isMoved = 1;
    moved[n] = isMoved;
  }
}

/** Shares of bins for each component, bin by bin: float64 [bins x components], nowhere 0. */
function byBin(components: readonly Component[], bins: number): Float64Array {
  const k = components.length;
  const table = new Float64Array(bins * k);
  components.forEach((component, c) => {
    for (let j = 0; j < bins; j++) table[j * k + c] = Math.max(component.shares[j]!, 1e-7);
  });
  return table;
}

function activeComponents(frames: Frames, explanation: Explanation): Uint32Array {
  const { width, height, pixels } = frames;
  const own = new Uint32Array(pixels);
  for (let n = 0; n < pixels; n++) {
    const first = explanation.first[n]!;
    if (first === NOBODY) continue;
    const second = explanation.second[n]!;
    own[n] = ((1 << first) | (second === NOBODY ? 0 : 1 << second)) >>> 0;
  }
  const across = new Uint32Array(pixels);
  for (let n = 0; n < pixels; n++) {
    const x = n % width;
    for (let dx = Math.max(-REACH, -x); dx <= Math.min(REACH, width - 1 - x); dx++) across[n]! |= own[n + dx]!;
  }
  const around = new Uint32Array(memoryLike(explanation.first, 4 * pixels));
  for (let n = 0; n < pixels; n++) {
    if (own[n] === 0) continue;
    const y = Math.floor(n / width) % height;
    for (let dy = Math.max(-REACH, -y); dy <= Math.min(REACH, height - 1 - y); dy++) around[n]! |= across[n + dy * width]!;
  }
  return around;
}

function startingShares(explanation: Explanation, active: Uint32Array, k: number): Float32Array {
  const shares = new Float32Array(memoryLike(active, 4 * active.length * k));
  for (let n = 0; n < active.length; n++) {
    const first = explanation.first[n]!;
    if (first === NOBODY) continue;
    let members = 0;
    for (let c = 0; c < k; c++) if ((active[n]! >>> c) & 1) members += 1;
    const second = explanation.second[n]!;
    for (let c = 0; c < k; c++) {
      if (((active[n]! >>> c) & 1) === 0) continue;
      const seen = c === first ? explanation.fraction[n]! : c === second ? 1 - explanation.fraction[n]! : 0;
      shares[n * k + c] = 0.9 * seen + 0.1 / members;
    }
  }
  return shares;
}

/**
 * Shares of area of each phase: a component that gives twice the counts covers half the area for the same counts. Float32
 * [pixels x phases]; `brightness` is counts per pure pixel of each component.
 */
export function sharesOfArea(
  ofCounts: Float32Array,
  brightness: readonly number[],
  phaseOf: readonly number[],
  phases: number,
): Float32Array {
  const k = brightness.length;
  const pixels = ofCounts.length / k;
  const area = new Float32Array(pixels * phases);
  const row = new Float64Array(phases);
  for (let n = 0; n < pixels; n++) {
    row.fill(0);
    let sum = 0;
    for (let c = 0; c < k; c++) {
      const value = ofCounts[n * k + c]! / brightness[c]!;
      row[phaseOf[c]!]! += value;
      sum += value;
    }
    if (sum > 0) for (let p = 0; p < phases; p++) area[n * phases + p] = row[p]! / sum;
  }
  return area;
}
