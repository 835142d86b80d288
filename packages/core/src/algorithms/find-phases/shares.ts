/**
 * Shares of the components in every pixel from its raw counts: Poisson likelihood by expectation-maximisation (Shepp and Vardi 1982,
 * doi:10.1109/TMI.1982.4307558; Dempster, Laird and Rubin 1977) with the neighbours' mean as a prior worth a few counts.
 */
import type { BinnedCounts } from "./binned-counts.js";
import type { Component } from "./components.js";
import { type Explanation, NOBODY } from "./explain.js";
import type { Frames } from "./frames.js";
import type { ScaleState } from "./scale-state.js";

/** Pixels around which a component must have been seen to take part in a pixel. */
const REACH = 3;
const ROUNDS = 25;
const SMALLEST_SHARE = 1e-9;

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
  breathe: () => Promise<void>,
): Promise<Shares> {
  const k = components.length;
  const { pixels } = counts.frames;
  const active = activeComponents(counts.frames, explanation);
  let now: Float32Array = startingShares(explanation, active, k);
  let next: Float32Array = new Float32Array(pixels * k);
  const table = byBin(components, counts.bins);
  for (let round = 0; round < ROUNDS; round++) {
    for (let row = 0; row < counts.frames.count * counts.frames.height; row++) {
      improveRow(counts, state, table, active, neighbourCounts, now, next, row, k);
      await breathe();
    }
    [now, next] = [next, now];
  }
  return { ofCounts: now, active };
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
  const around = new Uint32Array(pixels);
  for (let n = 0; n < pixels; n++) {
    if (own[n] === 0) continue;
    const y = Math.floor(n / width) % height;
    for (let dy = Math.max(-REACH, -y); dy <= Math.min(REACH, height - 1 - y); dy++) around[n]! |= across[n + dy * width]!;
  }
  return around;
}

function startingShares(explanation: Explanation, active: Uint32Array, k: number): Float32Array {
  const shares = new Float32Array(active.length * k);
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

function improveRow(
  counts: BinnedCounts,
  state: ScaleState,
  table: Float64Array,
  active: Uint32Array,
  neighbourCounts: number,
  now: Float32Array,
  next: Float32Array,
  row: number,
  k: number,
): void {
  const { width, height } = counts.frames;
  const members = new Int32Array(k);
  const share = new Float64Array(k);
  const gained = new Float64Array(k);
  const around = new Float64Array(k);
  const y = row % height;
  for (let x = 0; x < width; x++) {
    const n = row * width + x;
    const base = n * k;
    if (state.inside[n] === 0) continue;
    let size = 0;
    for (let c = 0; c < k; c++) if ((active[n]! >>> c) & 1) members[size++] = c;
    if (size === 1) {
      next[base + members[0]!] = 1;
      continue;
    }
    around.fill(0);
    let neighbours = 0;
    for (let dy = y > 0 ? -1 : 0; dy <= (y < height - 1 ? 1 : 0); dy++) {
      for (let dx = x > 0 ? -1 : 0; dx <= (x < width - 1 ? 1 : 0); dx++) {
        const other = n + dy * width + dx;
        if (state.inside[other] === 0) continue;
        neighbours += 1;
        for (let i = 0; i < size; i++) around[i]! += now[other * k + members[i]!]!;
      }
    }
    for (let i = 0; i < size; i++) {
      share[i] = now[base + members[i]!]!;
      gained[i] = 0;
    }
    const end = counts.rowStart[n + 1]!;
    for (let e = counts.rowStart[n]!; e < end; e++) {
      const at = counts.bin[e]! * k;
      let made = 0;
      for (let i = 0; i < size; i++) made += share[i]! * table[at + members[i]!]!;
      const ratio = counts.count[e]! / made;
      for (let i = 0; i < size; i++) gained[i]! += ratio * table[at + members[i]!]!;
    }
    let sum = 0;
    for (let i = 0; i < size; i++) {
      const value = share[i]! * gained[i]! + (neighbourCounts * around[i]!) / neighbours + SMALLEST_SHARE;
      share[i] = value;
      sum += value;
    }
    for (let i = 0; i < size; i++) next[base + members[i]!] = share[i]! / sum;
  }
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
