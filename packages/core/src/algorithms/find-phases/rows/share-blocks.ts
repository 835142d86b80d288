import type { BinnedCounts } from "../binned-counts.js";
import type { Frames } from "../frames.js";

/** Rows of a block hold about so many pixels. */
const BLOCK_PIXELS = 4096;
const SMALLEST_SHARE = 1e-9;

export interface ShareStage {
  readonly inside: Uint8Array;
  /** Float64 [bins x components]: shares of bins of each component, nowhere 0. */
  readonly table: Float64Array;
  readonly components: number;
  /** Bit c is set where component c may take part: uint32 [pixels]. */
  readonly active: Uint32Array;
  /** What the neighbours' mean is worth, counts. */
  readonly neighbourCounts: number;
  /** Shares of the round before: float32 [pixels x components]. */
  readonly now: Float32Array;
  /** Uint8 [pixels]: 1 where the round before changed the shares by more than {@link STILL}. */
  readonly moved: Uint8Array;
}

/** A share that changes by less in a round, in a pixel and all its neighbours, changes no more. */
export const STILL = 1e-5;

/** Rows of a block. */
export function shareRows(width: number): number {
  return Math.max(1, Math.round(BLOCK_PIXELS / width));
}

/** One round of expectation and maximisation on rows of a block each: their shares afterwards, float32 [pixels of the block x components]. */
export async function shareBlocks(counts: BinnedCounts, stage: ShareStage): Promise<(block: number) => Float32Array> {
  const { width, height, count } = counts.frames;
  const rows = shareRows(width);
  return (block) => {
    const from = block * rows;
    const to = Math.min(count * height, from + rows);
    const next = new Float32Array((to - from) * width * stage.components);
    for (let row = from; row < to; row++) improveRow(counts, stage, row, next, from * width);
    return next;
  };
}

function improveRow(counts: BinnedCounts, stage: ShareStage, row: number, next: Float32Array, firstPixel: number): void {
  const { inside, active, components: k, now, moved } = stage;
  const { width } = counts.frames;
  const members = new Int32Array(k);
  const share = new Float64Array(k);
  const gained = new Float64Array(k);
  const around = new Float64Array(k);
  for (let n = row * width; n < (row + 1) * width; n++) {
    if (inside[n] === 0) continue;
    const base = (n - firstPixel) * k;
    let size = 0;
    for (let c = 0; c < k; c++) if ((active[n]! >>> c) & 1) members[size++] = c;
    if (size === 1) {
      next[base + members[0]!] = 1;
      continue;
    }
    if (!isAnyAround(counts.frames, moved, n)) {
      for (let c = 0; c < k; c++) next[base + c] = now[n * k + c]!;
      continue;
    }
    const neighbours = sharesAround(counts, stage, n, members, size, around);
    for (let i = 0; i < size; i++) share[i] = now[n * k + members[i]!]!;
    gainsFrom(counts, stage, n, members, size, share, gained);
    let sum = 0;
    for (let i = 0; i < size; i++) {
      const value = share[i]! * gained[i]! + (stage.neighbourCounts * around[i]!) / neighbours + SMALLEST_SHARE;
      share[i] = value;
      sum += value;
    }
    for (let i = 0; i < size; i++) next[base + members[i]!] = share[i]! / sum;
  }
}

function isAnyAround({ width, height }: Frames, marks: Uint8Array, n: number): boolean {
  const x = n % width;
  const y = Math.floor(n / width) % height;
  for (let dy = y > 0 ? -1 : 0; dy <= (y < height - 1 ? 1 : 0); dy++) {
    for (let dx = x > 0 ? -1 : 0; dx <= (x < width - 1 ? 1 : 0); dx++) if (marks[n + dy * width + dx] === 1) return true;
  }
  return false;
}

/** Sums the shares of the members in the pixel and its neighbours; how many these are. */
function sharesAround(
  { frames: { width, height } }: BinnedCounts,
  { inside, now, components: k }: ShareStage,
  n: number,
  members: Int32Array,
  size: number,
  around: Float64Array,
): number {
  const x = n % width;
  const y = Math.floor(n / width) % height;
  around.fill(0);
  let neighbours = 0;
  for (let dy = y > 0 ? -1 : 0; dy <= (y < height - 1 ? 1 : 0); dy++) {
    for (let dx = x > 0 ? -1 : 0; dx <= (x < width - 1 ? 1 : 0); dx++) {
      const other = n + dy * width + dx;
      if (inside[other] === 0) continue;
      neighbours += 1;
      for (let i = 0; i < size; i++) around[i]! += now[other * k + members[i]!]!;
    }
  }
  return neighbours;
}

/** Counts of the pixel, each given to the members in proportion to what they would make of it, over the member's share. */
function gainsFrom(
  counts: BinnedCounts,
  { table, components: k }: ShareStage,
  n: number,
  members: Int32Array,
  size: number,
  share: Float64Array,
  gained: Float64Array,
): void {
  gained.fill(0);
  const end = counts.rowStart[n + 1]!;
  for (let e = counts.rowStart[n]!; e < end; e++) {
    const at = counts.bin[e]! * k;
    let made = 0;
    for (let i = 0; i < size; i++) made += share[i]! * table[at + members[i]!]!;
    const ratio = counts.count[e]! / made;
    for (let i = 0; i < size; i++) gained[i]! += ratio * table[at + members[i]!]!;
  }
}
