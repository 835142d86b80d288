/**
 * Points under a mixture of Gaussians: what `referencePass` of algorithms/cluster/mixture-pass/reference-pass.ts does, bit for bit. Two points lie in one vector.
 * The points of a block whose share of a component is not nothing are listed, so that only they are exponentiated and summed.
 */
import { expPair, logOf, storeExpConstants } from "./parts/elementary";

/** Points that are seen at once. */
const BLOCK: u32 = 128;
/** Natural logarithm of a share, beside that of the likeliest component, below which it counts as 0. */
const NOTHING: f64 = -46;

/** Where things lie in memory; float64 unless said otherwise. */
@unmanaged
class Mixture {
  components: u32;
  dimensions: u32;
  /** 1: `whitening` holds a value per dimension, and only the squares of each dimension are summed. */
  isDiagonal: u32;
  /** Values from one column of `data` to the next, even. */
  stride: u32;
  /** [dimensions x stride] */
  data: usize;
  means: usize;
  whitening: usize;
  offsets: usize;
  /** [components x BLOCK]: logarithms of the densities, later shares of the listed points. */
  values: usize;
  /** Uint32 [components x BLOCK] and [components]: the listed points. */
  listed: usize;
  counts: usize;
  /** [BLOCK]: largest logarithm of each point. */
  largest: usize;
  /** [BLOCK]: sum of the shares of each point, later its inverse. */
  sums: usize;
  /** [dimensions x 2] */
  centred: usize;
  /** [components x moments of one x 2] */
  moments: usize;
  constants: usize;
}

/** To be called once for a piece of memory. */
export function prepare(mixture: Mixture): void {
  storeExpConstants(mixture.constants);
}

@inline
function rowOf(address: usize, component: u32): usize {
  return address + ((<usize>component * BLOCK) << 3);
}

/** Logarithms of weighted densities, in the plane. */
function planeValues(mixture: Mixture, j: u32, first: u32, count: u32): void {
  const x = mixture.data + (<usize>first << 3);
  const y = x + (<usize>mixture.stride << 3);
  const mean = mixture.means + (<usize>j << 4);
  const meanX = v128.load64_splat(mean);
  const meanY = v128.load64_splat(mean, 8);
  const whitening = mixture.whitening + (<usize>j << 5);
  const w00 = v128.load64_splat(whitening);
  const w10 = v128.load64_splat(whitening, 16);
  const w11 = v128.load64_splat(whitening, 24);
  const offset = v128.load64_splat(mixture.offsets + (<usize>j << 3));
  const half = f64x2.splat(0.5);
  const values = rowOf(mixture.values, j);
  const largest = mixture.largest;
  const behind = <usize>count << 3;
  for (let i: usize = 0; i < behind; i += 16) {
    const dx = f64x2.sub(v128.load(x + i), meanX);
    const dy = f64x2.sub(v128.load(y + i), meanY);
    const u = f64x2.mul(w00, dx);
    const v = f64x2.add(f64x2.mul(w10, dx), f64x2.mul(w11, dy));
    const distance = f64x2.add(f64x2.mul(u, u), f64x2.mul(v, v));
    const value = f64x2.sub(offset, f64x2.mul(half, distance));
    v128.store(values + i, value);
    v128.store(largest + i, f64x2.pmax(v128.load(largest + i), value));
  }
}

/** Logarithms of weighted densities in any number of dimensions. */
function spaceValues(mixture: Mixture, j: u32, first: u32, count: u32): void {
  const d = <usize>mixture.dimensions;
  const isDiagonal = mixture.isDiagonal != 0;
  const stride = <usize>mixture.stride << 3;
  const mean = mixture.means + ((<usize>j * d) << 3);
  const whitening = mixture.whitening + ((<usize>j * (isDiagonal ? d : d * d)) << 3);
  const offset = v128.load64_splat(mixture.offsets + (<usize>j << 3));
  const half = f64x2.splat(0.5);
  const values = rowOf(mixture.values, j);
  const largest = mixture.largest;
  const centred = mixture.centred;
  const behind = <usize>count << 3;
  for (let i: usize = 0; i < behind; i += 16) {
    let distance = f64x2.splat(0);
    let place = mixture.data + (<usize>first << 3) + i;
    let row = whitening;
    for (let r: usize = 0; r < d; r++) {
      const own = f64x2.sub(v128.load(place), v128.load64_splat(mean + (r << 3)));
      place += stride;
      let value = f64x2.splat(0);
      if (isDiagonal) {
        value = f64x2.mul(own, v128.load64_splat(row));
        row += 8;
      } else {
        v128.store(centred + (r << 4), own);
        for (let c: usize = 0; c <= r; c++) {
          value = f64x2.add(value, f64x2.mul(v128.load64_splat(row + (c << 3)), v128.load(centred + (c << 4))));
        }
        row += d << 3;
      }
      distance = f64x2.add(distance, f64x2.mul(value, value));
    }
    const value = f64x2.sub(offset, f64x2.mul(half, distance));
    v128.store(values + i, value);
    v128.store(largest + i, f64x2.pmax(v128.load(largest + i), value));
  }
}

/** Lists the points of which component j explains something; their logarithms, less the largest of the point, move to the front. Returns how many. */
function list(mixture: Mixture, j: u32, count: u32): u32 {
  const values = rowOf(mixture.values, j);
  const listed = mixture.listed + ((<usize>j * BLOCK) << 2);
  const largest = mixture.largest;
  const nothing = f64x2.splat(NOTHING);
  let found: usize = 0;
  for (let i: u32 = 0; i < count; i += 2) {
    const place = <usize>i << 3;
    const value = f64x2.sub(v128.load(values + place), v128.load(largest + place));
    let passing = i64x2.bitmask(f64x2.lt(value, nothing)) ^ 3;
    if (i + 1 == count) passing &= 1;
    if (passing == 0) continue;
    v128.store64_lane(values + (found << 3), value, 0);
    store<u32>(listed + (found << 2), i);
    found += passing & 1;
    if (passing < 2) continue;
    v128.store64_lane(values + (found << 3), value, 1);
    store<u32>(listed + (found << 2), i + 1);
    found++;
  }
  store<u32>(mixture.counts + (<usize>j << 2), <u32>found);
  return <u32>found;
}

/** Exponentiates what is listed of component j, and adds it to the sums of the points. */
function exponentiate(mixture: Mixture, j: u32, count: u32): void {
  const values = rowOf(mixture.values, j);
  const listed = mixture.listed + ((<usize>j * BLOCK) << 2);
  const sums = mixture.sums;
  const constants = mixture.constants;
  if ((count & 1) != 0) store<f64>(values + (<usize>count << 3), 0);
  for (let i: u32 = 0; i < count; i += 2) {
    const place = values + (<usize>i << 3);
    const shares = expPair(v128.load(place), constants);
    v128.store(place, shares);
    const a = sums + (<usize>load<u32>(listed + (<usize>i << 2)) << 3);
    store<f64>(a, load<f64>(a) + f64x2.extract_lane(shares, 0));
    if (i + 1 == count) break;
    const b = sums + (<usize>load<u32>(listed + (<usize>i << 2), 4) << 3);
    store<f64>(b, load<f64>(b) + f64x2.extract_lane(shares, 1));
  }
}

/**
 * Shares of the components in `count` points (1 to BLOCK) from `first`, an even number, on. Returns `sum` plus the logarithms of their densities, one after the other.
 * Afterwards `values` holds the shares of the listed points and `sums` what they are to be multiplied by, so that they sum to 1.
 */
export function expectBlock(mixture: Mixture, first: u32, count: u32, sum: f64): f64 {
  const k = mixture.components;
  const largest = mixture.largest;
  const sums = mixture.sums;
  for (let i: usize = 0; i < <usize>BLOCK; i++) store<f64>(largest + (i << 3), -Infinity);
  memory.fill(sums, 0, <usize>BLOCK << 3);
  if (mixture.dimensions == 2 && mixture.isDiagonal == 0) {
    for (let j: u32 = 0; j < k; j++) planeValues(mixture, j, first, count);
  } else {
    for (let j: u32 = 0; j < k; j++) spaceValues(mixture, j, first, count);
  }
  for (let j: u32 = 0; j < k; j++) exponentiate(mixture, j, list(mixture, j, count));
  let all = sum;
  for (let i: usize = 0; i < <usize>count; i++) {
    const own = load<f64>(sums + (i << 3));
    all += load<f64>(largest + (i << 3)) + logOf(own);
    store<f64>(sums + (i << 3), 1 / own);
  }
  return all;
}

@inline
function gathered(from: usize, a: usize, b: usize): v128 {
  return v128.load64_lane(from + (b << 3), v128.load64_zero(from + (a << 3)), 1);
}

@inline
function addTo(address: usize, value: v128): usize {
  v128.store(address, f64x2.add(v128.load(address), value));
  return address + 16;
}

/** Adds the moments of the block in hand: of each component the sums of shares, of centred coordinates and of their products, those of every second listed point apart. */
export function addMoments(mixture: Mixture, first: u32): void {
  const k = mixture.components;
  const d = <usize>mixture.dimensions;
  const isDiagonal = mixture.isDiagonal != 0;
  const stride = <usize>mixture.stride << 3;
  const data = mixture.data + (<usize>first << 3);
  const centred = mixture.centred;
  const sums = mixture.sums;
  const perComponent = (1 + d + (isDiagonal ? d : (d * (d + 1)) >> 1)) << 4;
  for (let j: usize = 0; j < <usize>k; j++) {
    const count = load<u32>(mixture.counts + (j << 2));
    const shares = rowOf(mixture.values, <u32>j);
    const listed = mixture.listed + ((j * BLOCK) << 2);
    const mean = mixture.means + ((j * d) << 3);
    for (let i: u32 = 0; i < count; i += 2) {
      const a = <usize>load<u32>(listed + (<usize>i << 2));
      const isLast = i + 1 == count;
      const b = isLast ? a : <usize>load<u32>(listed + (<usize>i << 2), 4);
      let share = f64x2.mul(v128.load(shares + (<usize>i << 3)), gathered(sums, a, b));
      if (isLast) share = f64x2.replace_lane(share, 1, 0);
      let to = addTo(mixture.moments + j * perComponent, share);
      let product = to + (d << 4);
      let column = data;
      for (let r: usize = 0; r < d; r++) {
        const own = f64x2.sub(gathered(column, a, b), v128.load64_splat(mean + (r << 3)));
        column += stride;
        const weighed = f64x2.mul(share, own);
        to = addTo(to, weighed);
        if (isDiagonal) {
          product = addTo(product, f64x2.mul(weighed, own));
        } else {
          v128.store(centred + (r << 4), own);
          for (let c: usize = 0; c <= r; c++) product = addTo(product, f64x2.mul(weighed, v128.load(centred + (c << 4))));
        }
      }
    }
  }
}

/** Returns `sum` plus the entropy of the shares of the block in hand, component after component. */
export function addEntropy(mixture: Mixture, sum: f64): f64 {
  const sums = mixture.sums;
  let entropy = sum;
  for (let j: u32 = 0; j < mixture.components; j++) {
    const listed = mixture.listed + ((<usize>j * BLOCK) << 2);
    const shares = rowOf(mixture.values, j);
    const entries = <usize>load<u32>(mixture.counts + (<usize>j << 2));
    for (let i: usize = 0; i < entries; i++) {
      const share = load<f64>(shares + (i << 3)) * load<f64>(sums + (<usize>load<u32>(listed + (i << 2)) << 3));
      if (share > 0 && share < 1) entropy -= share * logOf(share);
    }
  }
  return entropy;
}

/** Writes the shares of the block in hand as probabilities, float32 [count x components], and the likeliest component of each point, the first of equals, as int32. */
export function spreadBlock(mixture: Mixture, count: u32, membership: usize, labels: usize): void {
  const k = <usize>mixture.components;
  const best = mixture.largest;
  const sums = mixture.sums;
  memory.fill(membership, 0, (<usize>count * k) << 2);
  memory.fill(labels, 0, <usize>count << 2);
  memory.fill(best, 0, <usize>count << 3);
  for (let j: usize = 0; j < k; j++) {
    const listed = mixture.listed + ((j * BLOCK) << 2);
    const shares = rowOf(mixture.values, <u32>j);
    const entries = <usize>load<u32>(mixture.counts + (j << 2));
    for (let i: usize = 0; i < entries; i++) {
      const point = <usize>load<u32>(listed + (i << 2));
      const share = load<f64>(shares + (i << 3));
      store<f32>(membership + ((point * k + j) << 2), <f32>(share * load<f64>(sums + (point << 3))));
      if (!(share > load<f64>(best + (point << 3)))) continue;
      store<f64>(best + (point << 3), share);
      store<u32>(labels + (point << 2), <u32>j);
    }
  }
}
