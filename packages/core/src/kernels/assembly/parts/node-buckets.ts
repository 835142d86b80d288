/**
 * Nodes of a tree in buckets by their distances, the last one first within a bucket. A bucket holds distances of one exponent and the same four leading bits of the mantissa.
 *
 * In memory: a bit for each bucket, set where it is not empty; the first node of each; the next node of each node.
 */

/** Words of 64 bits, for 4,096 buckets. */
export const WORDS: usize = 64;
const BUCKET_BITS: u32 = 19;
const HEADS: usize = 512;
const NEXT: usize = 16_896;
const NONE: u32 = 0xffffffff;

export function clear(buckets: usize): void {
  memory.fill(buckets, 0, WORDS << 3);
}

/** The first word, from this one on, with a bucket that is not empty; `WORDS` if there is none. */
@inline
export function filledWord(buckets: usize, from: usize): usize {
  let word = from;
  while (word < WORDS && load<u64>(buckets + (word << 3)) == 0) word++;
  return word;
}

@inline
export function push(buckets: usize, node: u32, distance: f32): void {
  const bucket = <usize>(reinterpret<u32>(distance) >> BUCKET_BITS);
  const word = buckets + ((bucket >> 6) << 3);
  const filled = load<u64>(word);
  const bit = <u64>1 << <u64>(bucket & 63);
  const head = buckets + HEADS + (bucket << 2);
  store<u32>(buckets + NEXT + (<usize>node << 2), (filled & bit) != 0 ? load<u32>(head) : NONE);
  store<u32>(head, node);
  store<u64>(word, filled | bit);
}

/** Takes the last node of the first bucket that is not empty, whose bit is in this word. */
@inline
export function pop(buckets: usize, index: usize): u32 {
  const word = buckets + (index << 3);
  const filled = load<u64>(word);
  const head = buckets + HEADS + (((index << 6) + <usize>ctz(filled)) << 2);
  const node = load<u32>(head);
  const next = load<u32>(buckets + NEXT + (<usize>node << 2));
  if (next == NONE) store<u64>(word, filled & (filled - 1));
  else store<u32>(head, next);
  return node;
}
