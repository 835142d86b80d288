/**
 * Products of sparse spectra with matrices of few columns, batch of rows by batch: X B for B [channels x width], Xᵀ Y for Y [rows x width], and both in one pass where
 * Y follows from X B row by row. Each sum runs over the entries in their order, so that the bits do not depend on how a source is cut into blocks.
 */
import type { RowRun, RowVisitor, SpectraRows } from "../spectra-rows.js";
import type { RowDescent } from "./row-descent.js";

/** Some rows at once. */
export interface RowBatch {
  readonly rows: number;
  /** Int32 [rows]: which rows they are. */
  readonly row: Int32Array;
  /** Float64 [rows x stride]: what was gathered; what is to be scattered goes in its place. */
  readonly products: Float64Array;
}

export interface ThinProducts {
  /** Values from one row of a dense matrix to the next: the width, made even. What lies between is 0, or meets nothing. */
  readonly stride: number;
  /** Float64 [channels x stride]: B. To be filled before a pass that gathers. */
  readonly matrix: Float64Array;
  /** Float64 [channels x stride]: what has been scattered since it was last filled with 0. */
  readonly sums: Float64Array;
  /** What may improve rows on their way, with the products as a pass leaves them. */
  readonly descent: RowDescent;
  /** Sees all rows. */
  pass(spectra: SpectraRows, work: PassWork, breath: () => Promise<void>): Promise<void>;
  /** Sees the rows that it is given, as {@link ThinProducts.pass} does; the last of them at its end. */
  rows(work: PassWork): GivenRows;
}

/** Rows as they come, in batches. */
export interface GivenRows {
  addRow: RowVisitor;
  addRun(run: RowRun): void;
  end(): void;
}

export interface PassWork {
  /** Whether a batch comes with products, or with what `between` leaves in their place. */
  readonly gather: boolean;
  /** What happens to a batch in between. */
  readonly between: (batch: RowBatch) => void;
  /** Whether the products, as `between` leaves them, are scattered. */
  readonly scatter: boolean;
}

/** Rows and entries of a batch, at most; one row may have more entries. */
export const BATCH_ROWS = 512;
export const BATCH_ENTRIES = 65_536;

/** The batch in hand: rows one after the other, row i from `start[i]` to before `start[i + 1]`. */
export interface Batch {
  readonly row: Int32Array;
  readonly start: Int32Array;
  readonly channel: Uint16Array;
  readonly value: Float64Array;
}

/** Gives all rows of spectra away. */
export async function giveAll(spectra: SpectraRows, rows: GivenRows, breath: () => Promise<void>): Promise<void> {
  if (spectra.visitRuns === undefined) {
    await spectra.visit((row, channel, value, from, to) => rows.addRow(row, channel, value, from, to), breath);
  } else await spectra.visitRuns((run) => rows.addRun(run), breath);
  rows.end();
}

/** Collects rows into batches that `flush` is given. */
export function inBatches(batch: Batch, flush: (rows: number) => void): GivenRows {
  return new Collector(batch, flush);
}

class Collector implements GivenRows {
  readonly #batch: Batch;
  readonly #flush: (rows: number) => void;
  #rows = 0;
  #entries = 0;

  constructor(batch: Batch, flush: (rows: number) => void) {
    this.#batch = batch;
    this.#flush = flush;
  }

  addRow(row: number, channel: Uint16Array, value: ArrayLike<number>, from: number, to: number): void {
    this.#makeRoom(1, to - from);
    const batch = this.#batch;
    let entry = this.#entries;
    for (let i = from; i < to; i++, entry++) {
      batch.channel[entry] = channel[i]!;
      batch.value[entry] = value[i]!;
    }
    batch.row[this.#rows] = row;
    this.#entries = entry;
    this.#rows += 1;
    batch.start[this.#rows] = entry;
  }

  addRun({ firstRow, rows, at, rowStart, channel, count }: RowRun): void {
    const [from, to] = [rowStart[at]!, rowStart[at + rows]!];
    const batch = this.#batch;
    if (rows > BATCH_ROWS || to - from > batch.value.length) {
      for (let i = 0; i < rows; i++) this.addRow(firstRow + i, channel, count, rowStart[at + i]!, rowStart[at + i + 1]!);
      return;
    }
    this.#makeRoom(rows, to - from);
    batch.channel.set(channel.subarray(from, to), this.#entries);
    batch.value.set(count.subarray(from, to), this.#entries);
    const shift = this.#entries - from;
    for (let i = 0; i < rows; i++) {
      batch.row[this.#rows + i] = firstRow + i;
      batch.start[this.#rows + i + 1] = rowStart[at + i + 1]! + shift;
    }
    this.#rows += rows;
    this.#entries += to - from;
  }

  end(): void {
    if (this.#rows > 0) this.#flush(this.#rows);
    this.#rows = 0;
    this.#entries = 0;
  }

  #makeRoom(rows: number, entries: number): void {
    if (this.#rows + rows > BATCH_ROWS || this.#entries + entries > this.#batch.value.length) this.end();
  }
}

/** A [rows x width] array, laid out with `stride`. */
export function widened(data: Float64Array, width: number, to: Float64Array, stride: number): void {
  for (let from = 0, at = 0; from < data.length; at += stride) for (let l = 0; l < width; l++, from++) to[at + l] = data[from]!;
}

/** The other way. */
export function narrowed(data: Float64Array, stride: number, width: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array((data.length / stride) * width);
  for (let to = 0, at = 0; to < out.length; at += stride) for (let l = 0; l < width; l++, to++) out[to] = data[at + l]!;
  return out;
}
