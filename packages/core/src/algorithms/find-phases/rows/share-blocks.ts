import type { BinnedCounts } from "../binned-counts.js";
import type { Frames } from "../frames.js";
import type { ProgramShelf } from "./program-shelf.js";
import { pairedSize, type ShareProgram, type ShareSizes, shareProgram } from "./share-programs.js";

/** Rows of a block hold about so many pixels. */
const BLOCK_PIXELS = 4096;
/** Pixels whose entries are handed to the program at a time. */
const BATCH_PIXELS = 256;
/** Room for the spectra of so many choices of four members; where a map has more, room is made again and again. */
const USUAL_CHOICES = 64;
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
export async function shareBlocks(
  counts: BinnedCounts,
  stage: ShareStage,
  shelf: ProgramShelf,
): Promise<(block: number) => Float32Array> {
  const { width, height, count } = counts.frames;
  const sizes = shareSizes(counts, stage.components);
  const round = new ShareRound(counts, stage, await shelf.take("shares", sizes, shareProgram));
  const rows = shareRows(width);
  return (block) => {
    const from = block * rows;
    const to = Math.min(count * height, from + rows);
    return round.improved(from * width, to * width);
  };
}

function shareSizes(counts: BinnedCounts, components: number): ShareSizes {
  const { rowStart, bins, count } = counts;
  const { pixels, width } = counts.frames;
  let entries = 0;
  for (let row = 0; row < pixels; row += width) {
    for (let n = row; n < row + width; n += BATCH_PIXELS) {
      entries = Math.max(entries, rowStart[Math.min(row + width, n + BATCH_PIXELS)]! - rowStart[n]!);
    }
  }
  const room = bins * Math.max(pairedSize(components), 4 * USUAL_CHOICES);
  return { pixels: BATCH_PIXELS, entries, isWhole: count instanceof Uint16Array, room, components };
}

/** A round at work on one pixel after the other. */
class ShareRound {
  readonly #counts: BinnedCounts;
  readonly #stage: ShareStage;
  readonly #program: ShareProgram;
  /** Where the spectra of some members are, by the bits of the members. */
  readonly #spectra = new Map<number, { readonly place: number; readonly members: readonly number[] }>();
  #filled = 0;
  /** Pixels that wait for the program. */
  readonly #waiting = new Int32Array(BATCH_PIXELS);
  #size = 0;
  readonly #next: Float32Array;

  constructor(counts: BinnedCounts, stage: ShareStage, program: ShareProgram) {
    this.#next = new Float32Array(shareRows(counts.frames.width) * counts.frames.width * stage.components);
    this.#counts = counts;
    this.#stage = stage;
    this.#program = program;
  }

  /** Shares of the pixels `from` to before `to`, whole rows, after the round. */
  improved(from: number, to: number): Float32Array {
    const { now, moved, inside, active, components: k } = this.#stage;
    const { frames } = this.#counts;
    const next = this.#next.subarray(0, (to - from) * k);
    next.set(now.subarray(from * k, to * k));
    for (let first = from; first < to; ) {
      const rowEnd = (Math.floor(first / frames.width) + 1) * frames.width;
      const behind = Math.min(rowEnd, first + BATCH_PIXELS);
      let isTaken = false;
      for (let n = first; n < behind; n++) {
        const isOne = (active[n]! & (active[n]! - 1)) === 0;
        if (inside[n] === 0 || isOne || !isAnyAround(frames, moved, n)) continue;
        if (!isTaken) this.#takeEntries(first, behind);
        isTaken = true;
        this.#add(n, first, next, from);
      }
      this.#finish(next, from);
      first = behind;
    }
    return next;
  }

  #takeEntries(first: number, behind: number): void {
    const { rowStart, bin, count } = this.#counts;
    const [from, to] = [rowStart[first]!, rowStart[behind]!];
    this.#program.arrays.bin.set(bin.subarray(from, to));
    this.#program.arrays.count.set(count.subarray(from, to));
  }

  #add(n: number, first: number, next: Float32Array, firstOfNext: number): void {
    const choice = this.#spectraOf(this.#stage.active[n]!) ?? this.#withRoom(n, next, firstOfNext);
    const { rowStart } = this.#counts;
    const job = this.#size;
    this.#waiting[job] = n;
    this.#size += 1;
    const base = rowStart[first]!;
    this.#program.setJob(job, rowStart[n]! - base, rowStart[n + 1]! - base, choice.place, choice.members.length);
    this.#setShares(job, n, choice.members);
  }

  /** Where the spectra of the members are; undefined when there is no room for them. */
  #spectraOf(active: number): { readonly place: number; readonly members: readonly number[] } | undefined {
    const known = this.#spectra.get(active);
    if (known !== undefined) return known;
    const { table, components: k } = this.#stage;
    const { bins } = this.#counts;
    const members = Array.from({ length: k }, (_, c) => c).filter((c) => ((active >>> c) & 1) === 1);
    const step = pairedSize(members.length);
    const { spectra } = this.#program.arrays;
    const place = this.#filled;
    if (place + bins * step > spectra.length) return undefined;
    for (let j = 0; j < bins; j++) {
      for (let i = 0; i < step; i++) spectra[place + j * step + i] = i < members.length ? table[j * k + members[i]!]! : 0;
    }
    this.#filled += bins * step;
    const choice = { place, members };
    this.#spectra.set(active, choice);
    return choice;
  }

  #withRoom(n: number, next: Float32Array, firstOfNext: number): { readonly place: number; readonly members: readonly number[] } {
    this.#finish(next, firstOfNext);
    this.#spectra.clear();
    this.#filled = 0;
    return this.#spectraOf(this.#stage.active[n]!)!;
  }

  /** Shares of the members before the round, and what the mean of the pixel and its neighbours is worth. */
  #setShares(job: number, n: number, members: readonly number[]): void {
    const { now, inside, components: k, neighbourCounts } = this.#stage;
    const { width, height } = this.#counts.frames;
    const { arrays, stride } = this.#program;
    const { shares, prior } = arrays;
    const at = job * stride;
    const size = members.length;
    for (let i = 0; i < size; i++) {
      shares[at + i] = now[n * k + members[i]!]!;
      prior[at + i] = 0;
    }
    if (size < stride) shares[at + size] = prior[at + size] = 0;
    const x = n % width;
    const y = Math.floor(n / width) % height;
    let neighbours = 0;
    for (let dy = y > 0 ? -1 : 0; dy <= (y < height - 1 ? 1 : 0); dy++) {
      for (let dx = x > 0 ? -1 : 0; dx <= (x < width - 1 ? 1 : 0); dx++) {
        const other = n + dy * width + dx;
        if (inside[other] === 0) continue;
        neighbours += 1;
        for (let i = 0; i < size; i++) prior[at + i]! += now[other * k + members[i]!]!;
      }
    }
    for (let i = 0; i < size; i++) prior[at + i] = (neighbourCounts * prior[at + i]!) / neighbours;
  }

  /** Improves what waits, and writes it down. */
  #finish(next: Float32Array, firstOfNext: number): void {
    if (this.#size === 0) return;
    const { active, components: k } = this.#stage;
    const { arrays, stride, improve } = this.#program;
    improve(this.#size, SMALLEST_SHARE);
    for (let job = 0; job < this.#size; job++) {
      const n = this.#waiting[job]!;
      const { members } = this.#spectra.get(active[n]!)!;
      const to = (n - firstOfNext) * k;
      for (let i = 0; i < members.length; i++) next[to + members[i]!] = arrays.shares[job * stride + i]!;
    }
    this.#size = 0;
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
