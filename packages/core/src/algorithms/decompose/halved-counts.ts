/**
 * Counts split at random into two halves that are independent of each other: each count goes to either side with probability 1/2, which
 * leaves two Poisson variables with half the mean (Kingman 1993, Poisson Processes, section 5.1). What one half shows and the other confirms
 * is not noise.
 */
import type { RandomStream } from "../../kernels/random.js";
import type { CountArray } from "../../spectrum-image/counts.js";
import type { RowVisitor, SpectraRows } from "../unmix/spectra-rows.js";

/** Sees one spectrum: both halves over the same channels; an entry of one half may be 0. */
export type PairVisitor = (
  row: number,
  channel: Uint16Array,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  from: number,
  to: number,
) => void;

export interface HalvedCounts {
  readonly first: SpectraRows;
  visitPairs(visitor: PairVisitor, breath: () => Promise<void>): Promise<void>;
}

/** Splits whole counts. The first half is kept in memory, as wide as the counts that are read; the second is what it leaves. */
export async function halvedCounts(
  spectra: SpectraRows,
  stream: RandomStream,
  breath: () => Promise<void>,
): Promise<HalvedCounts> {
  const halves: CountArray[] = [];
  await spectra.visit((_row, _channel, count, from, to) => {
    const own = emptyLike(count, to - from);
    for (let i = from; i < to; i++) own[i - from] = halfOf(count[i]!, stream);
    halves.push(own);
  }, breath);

  const visitPairs: HalvedCounts["visitPairs"] = async (visitor, pause) => {
    let at = 0;
    let channels = new Uint16Array(0);
    let rest = new Float64Array(0);
    await spectra.visit((row, channel, count, from, to) => {
      const first = halves[at]!;
      at += 1;
      const length = to - from;
      if (rest.length < length) {
        rest = new Float64Array(2 * length);
        channels = new Uint16Array(2 * length);
      }
      for (let i = 0; i < length; i++) {
        channels[i] = channel[from + i]!;
        rest[i] = count[from + i]! - first[i]!;
      }
      visitor(row, channels, first, rest, 0, length);
    }, pause);
  };
  const visit = (visitor: RowVisitor, pause: () => Promise<void>): Promise<void> =>
    visitPairs((row, channel, first, _second, from, to) => visitor(row, channel, first, from, to), pause);
  return { first: { rows: spectra.rows, channels: spectra.channels, visit }, visitPairs };
}

function emptyLike(count: ArrayLike<number>, length: number): CountArray {
  if (count instanceof Uint8Array) return new Uint8Array(length);
  if (count instanceof Uint16Array) return new Uint16Array(length);
  return count instanceof Uint32Array ? new Uint32Array(length) : new Float64Array(length);
}

/** Binomial(n, 1/2): the number of ones among n random bits. */
function halfOf(n: number, stream: RandomStream): number {
  let left = n;
  let ones = 0;
  while (left > 0) {
    const bits = Math.min(left, 32);
    ones += onesIn(stream.uint32() >>> (32 - bits));
    left -= bits;
  }
  return ones;
}

function onesIn(word: number): number {
  let pairs = word - ((word >>> 1) & 0x55555555);
  pairs = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  pairs = (pairs + (pairs >>> 4)) & 0x0f0f0f0f;
  return Math.imul(pairs, 0x01010101) >>> 24;
}
