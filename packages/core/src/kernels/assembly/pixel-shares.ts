/**
 * Shares of known spectra in sparse pixels, one round of expectation and maximisation: what `referenceShares` of algorithms/find-phases/rows/share-programs.ts does, bit
 * for bit. Members of a pixel lie side by side, in vectors of two; a single one too many has a share and a spectrum of 0.
 */

/** Bytes of a job: first entry, entry behind the last, address of the members' spectra, and number of members. */
const JOB_BYTES: usize = 16;

/**
 * Improves the shares of `size` pixels, float64, `stride` bytes from one to the next; what is in the same place of `prior` is added, and `least`. Entries have uint8 bins and
 * counts of 16 bits.
 */
export function improveWhole(
  jobs: usize,
  size: u32,
  bin: usize,
  count: usize,
  shares: usize,
  prior: usize,
  gained: usize,
  stride: usize,
  least: f64,
): void {
  improve<u16>(jobs, size, bin, count, shares, prior, gained, stride, least);
}

/** The same with counts of float32. */
export function improveReal(
  jobs: usize,
  size: u32,
  bin: usize,
  count: usize,
  shares: usize,
  prior: usize,
  gained: usize,
  stride: usize,
  least: f64,
): void {
  improve<f32>(jobs, size, bin, count, shares, prior, gained, stride, least);
}

@inline
function improve<Count>(
  jobs: usize,
  size: u32,
  bin: usize,
  count: usize,
  shares: usize,
  prior: usize,
  gained: usize,
  stride: usize,
  least: f64,
): void {
  for (let i: u32 = 0; i < size; i++) {
    const from = <usize>load<u32>(jobs);
    const behind = <usize>load<u32>(jobs, 4);
    const table = <usize>load<u32>(jobs, 8);
    const members = <usize>load<u32>(jobs, 12);
    const vectors = (members + 1) >> 1;
    if (vectors == 1) gainTwo<Count>(from, behind, bin, count, table, shares, gained);
    else if (vectors == 2) gainFour<Count>(from, behind, bin, count, table, shares, gained);
    else gainMany<Count>(from, behind, bin, count, table, vectors, shares, gained);
    settle(members, shares, prior, gained, f64x2.splat(least));
    jobs += JOB_BYTES;
    shares += stride;
    prior += stride;
  }
}

/** How often the count of an entry is what was made of it. */
@inline
function ratioOf<Count>(count: usize, entry: usize, made: f64): v128 {
  return f64x2.splat(<f64>load<Count>(count + entry * sizeof<Count>()) / made);
}

@inline
function sumOnto(sum: f64, parts: v128): f64 {
  return sum + f64x2.extract_lane(parts, 0) + f64x2.extract_lane(parts, 1);
}

@inline
function gainTwo<Count>(from: usize, behind: usize, bin: usize, count: usize, table: usize, shares: usize, gained: usize): void {
  const share = v128.load(shares);
  let gain = f64x2.splat(0);
  for (let entry = from; entry < behind; entry++) {
    const spectrum = v128.load(table + (<usize>load<u8>(bin + entry) << 4));
    const made = sumOnto(0, f64x2.mul(share, spectrum));
    gain = f64x2.add(gain, f64x2.mul(ratioOf<Count>(count, entry, made), spectrum));
  }
  v128.store(gained, gain);
}

@inline
function gainFour<Count>(from: usize, behind: usize, bin: usize, count: usize, table: usize, shares: usize, gained: usize): void {
  const shareA = v128.load(shares);
  const shareB = v128.load(shares, 16);
  let gainA = f64x2.splat(0);
  let gainB = f64x2.splat(0);
  for (let entry = from; entry < behind; entry++) {
    const spectrum = table + (<usize>load<u8>(bin + entry) << 5);
    const a = v128.load(spectrum);
    const b = v128.load(spectrum, 16);
    const ratio = ratioOf<Count>(count, entry, sumOnto(sumOnto(0, f64x2.mul(shareA, a)), f64x2.mul(shareB, b)));
    gainA = f64x2.add(gainA, f64x2.mul(ratio, a));
    gainB = f64x2.add(gainB, f64x2.mul(ratio, b));
  }
  v128.store(gained, gainA);
  v128.store(gained, gainB, 16);
}

@inline
function gainMany<Count>(
  from: usize,
  behind: usize,
  bin: usize,
  count: usize,
  table: usize,
  vectors: usize,
  shares: usize,
  gained: usize,
): void {
  const bytes = vectors << 4;
  memory.fill(gained, 0, bytes);
  for (let entry = from; entry < behind; entry++) {
    const spectrum = table + <usize>load<u8>(bin + entry) * bytes;
    let made: f64 = 0;
    for (let at: usize = 0; at < bytes; at += 16) {
      made = sumOnto(made, f64x2.mul(v128.load(shares + at), v128.load(spectrum + at)));
    }
    const ratio = ratioOf<Count>(count, entry, made);
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(gained + at, f64x2.add(v128.load(gained + at), f64x2.mul(ratio, v128.load(spectrum + at))));
    }
  }
}

/** Makes the shares what was gained, the prior and the least that a member has, over their sum. */
@inline
function settle(members: usize, shares: usize, prior: usize, gained: usize, least: v128): void {
  const bytes = ((members + 1) >> 1) << 4;
  let sum: f64 = 0;
  for (let at: usize = 0; at < bytes; at += 16) {
    const gain = f64x2.mul(v128.load(shares + at), v128.load(gained + at));
    let value = f64x2.add(f64x2.add(gain, v128.load(prior + at)), least);
    if (at + 16 == bytes && (members & 1) == 1) value = f64x2.replace_lane(value, 1, 0);
    v128.store(shares + at, value);
    sum = sumOnto(sum, value);
  }
  const all = f64x2.splat(sum);
  for (let at: usize = 0; at < bytes; at += 16) v128.store(shares + at, f64x2.div(v128.load(shares + at), all));
}
