/**
 * The two halves of a round of the UMAP layout in the plane: what `movePlaneBlock` and `moveByPulls` of algorithms/embed/umap/layout-moves.ts do,
 * bit for bit, for up to 2^21 vertices.
 *
 * A vertex is a chain of moves, each of which waits for the one before. Four vertices are therefore moved side by side, and a vertex that is done gives
 * its lane to the next. x and y of a vertex are the two halves of one vector.
 */
import { anyOf, epochSeed, nextRandom, pointAt, put, stepFrom } from "./parts/umap-force";

const LANES: usize = 4;
/** Vertices in a row that have one owner, as a power of two: no two owners write to one line of the cache. */
const OWNED_RUN: u32 = 6;

/** Where things lie in memory; the arrays are those of `LayoutEdges` and `LayoutState`. */
@unmanaged
class Layout {
  order: usize;
  edgeStart: usize;
  end: usize;
  share: usize;
  blockStart: usize;
  pullPlace: usize;
  positions: usize;
  sums: usize;
  targets: usize;
  pulls: usize;
  pullCount: usize;
  /** Attraction and repulsion: float32 [TABLE_ENTRIES + 1] each. */
  attraction: usize;
  repulsion: usize;
  /** Int32 [owners x mostPulls]: which of the pulls of a block act on vertices of each owner. */
  ownPulls: usize;
  /** Int32 [blocks x owners]: how many they are. */
  ownCount: usize;
  vertices: u32;
  samples: u32;
  key: i32;
  /** Threads that share the second half, a power of two: vertex v belongs to owner (v >> OWNED_RUN) mod owners. */
  owners: u32;
  mostPulls: u32;
}

/** Sets down where a vertex goes in the first half, rounded as positions are. */
@inline
function settle(sums: usize, vertex: u32, place: v128): void {
  v128.store(sums + (<usize>vertex << 4), f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(place)));
}

/** A vertex that has edges that act, and where the list of their ends lies. */
@unmanaged
class Chain {
  vertex: u32;
  first: usize;
  behind: usize;
}

/** First half of a round, for the vertices of one block. `chains` has room for a `Chain` for each of them. */
export function moveBlock(layout: Layout, epoch: i32, rate: f64, block: u32, chains: usize): void {
  const behind = listChains(layout, epoch, block, chains);
  moveChains(layout, epoch, rate, chains, behind);
  if (layout.owners > 1) dealPulls(layout, block);
}

/** Lists where the edges end that act in this epoch, and the vertices at which they begin; other vertices stay where they are. */
function listChains(layout: Layout, epoch: i32, block: u32, chains: usize): usize {
  const order = layout.order;
  const edgeStart = layout.edgeStart;
  const share = layout.share;
  const end = layout.end;
  const now = f64x2.splat(<f64>epoch);
  const before = f64x2.splat(<f64>(epoch - 1));
  const list = layout.targets + (<usize>load<u32>(layout.pullPlace + (<usize>block << 2)) << 2);
  const last = load<u32>(layout.blockStart + (<usize>block << 2), 4);
  let behind = list;
  let chain = chains;
  for (let i = load<u32>(layout.blockStart + (<usize>block << 2)); i < last; i++) {
    const vertex = load<u32>(order + (<usize>i << 2));
    const lastEdge = load<u32>(edgeStart + (<usize>i << 2), 4);
    const first = behind;
    let edge = load<u32>(edgeStart + (<usize>i << 2));
    for (; edge + 1 < lastEdge; edge += 2) {
      const shares = f64x2.promote_low_f32x4(v128.load64_zero(share + (<usize>edge << 2)));
      const times = i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(now, shares));
      const isActing = i32x4.ne(times, i32x4.trunc_sat_f64x2_s_zero(f64x2.mul(before, shares)));
      store<u32>(behind, load<u32>(end + (<usize>edge << 2)));
      behind -= <usize>i32x4.extract_lane(isActing, 0) << 2;
      store<u32>(behind, load<u32>(end + (<usize>edge << 2), 4));
      behind -= <usize>i32x4.extract_lane(isActing, 1) << 2;
    }
    if (edge < lastEdge) {
      const only = <f64>load<f32>(share + (<usize>edge << 2));
      store<u32>(behind, load<u32>(end + (<usize>edge << 2)));
      behind += <usize>(<i32>(<f64>epoch * only) != <i32>(<f64>(epoch - 1) * only)) << 2;
    }
    if (behind == first) {
      settle(layout.sums, vertex, pointAt(layout.positions, vertex));
      continue;
    }
    const next = changetype<Chain>(chain);
    next.vertex = vertex;
    next.first = first;
    next.behind = behind;
    chain += offsetof<Chain>();
  }
  store<u32>(layout.pullCount + (<usize>block << 2), <u32>((behind - list) >> 2));
  return chain;
}

/** Notes for each owner which pulls of a block are his. */
function dealPulls(layout: Layout, block: u32): void {
  const owners = layout.owners;
  const counts = layout.ownCount + ((<usize>block * owners) << 2);
  memory.fill(counts, 0, <usize>owners << 2);
  const first = load<u32>(layout.pullPlace + (<usize>block << 2));
  const behind = first + load<u32>(layout.pullCount + (<usize>block << 2));
  for (let pull = first; pull < behind; pull++) {
    const owner = (load<u32>(layout.targets + (<usize>pull << 2)) >> OWNED_RUN) & (owners - 1);
    const count = load<u32>(counts + (<usize>owner << 2));
    store<u32>(layout.ownPulls + ((<usize>owner * layout.mostPulls + first + count) << 2), pull);
    store<u32>(counts + (<usize>owner << 2), count + 1);
  }
}

/** Moves the listed vertices, four at a time. */
function moveChains(layout: Layout, epoch: i32, rate: f64, chains: usize, behindChains: usize): void {
  const positions = layout.positions;
  const sums = layout.sums;
  /** So that the pull of the edge listed at address a lies at pulls + 2 a. */
  const pulls = layout.pulls - (layout.targets << 1);
  const attraction = layout.attraction;
  const repulsion = layout.repulsion;
  const samples = layout.samples;
  const key = layout.key;
  const vertices = <u64>layout.vertices;
  const rates = f64x2.splat(rate);
  let next = chains;
  let vertexA: u32 = 0;
  let placeA = rates;
  let randomA = 0;
  let atA: usize = 0;
  let behindA: usize = 0;
  let vertexB: u32 = 0;
  let placeB = rates;
  let randomB = 0;
  let atB: usize = 0;
  let behindB: usize = 0;
  let vertexC: u32 = 0;
  let placeC = rates;
  let randomC = 0;
  let atC: usize = 0;
  let behindC: usize = 0;
  let vertexD: u32 = 0;
  let placeD = rates;
  let randomD = 0;
  let atD: usize = 0;
  let behindD: usize = 0;
  if (behindChains - chains >= LANES * offsetof<Chain>()) {
    vertexA = changetype<Chain>(next).vertex;
    atA = changetype<Chain>(next).first;
    behindA = changetype<Chain>(next).behind;
    placeA = pointAt(positions, vertexA);
    randomA = epochSeed(key, vertexA, epoch);
    next += offsetof<Chain>();
    vertexB = changetype<Chain>(next).vertex;
    atB = changetype<Chain>(next).first;
    behindB = changetype<Chain>(next).behind;
    placeB = pointAt(positions, vertexB);
    randomB = epochSeed(key, vertexB, epoch);
    next += offsetof<Chain>();
    vertexC = changetype<Chain>(next).vertex;
    atC = changetype<Chain>(next).first;
    behindC = changetype<Chain>(next).behind;
    placeC = pointAt(positions, vertexC);
    randomC = epochSeed(key, vertexC, epoch);
    next += offsetof<Chain>();
    vertexD = changetype<Chain>(next).vertex;
    atD = changetype<Chain>(next).first;
    behindD = changetype<Chain>(next).behind;
    placeD = pointAt(positions, vertexD);
    randomD = epochSeed(key, vertexD, epoch);
    next += offsetof<Chain>();
    let isFull = true;
    while (isFull) {
      const stepA = stepFrom(placeA, pointAt(positions, load<u32>(atA)), attraction, rates);
      placeA = f64x2.add(placeA, stepA);
      put(pulls + (atA << 1), stepA);
      const stepB = stepFrom(placeB, pointAt(positions, load<u32>(atB)), attraction, rates);
      placeB = f64x2.add(placeB, stepB);
      put(pulls + (atB << 1), stepB);
      const stepC = stepFrom(placeC, pointAt(positions, load<u32>(atC)), attraction, rates);
      placeC = f64x2.add(placeC, stepC);
      put(pulls + (atC << 1), stepC);
      const stepD = stepFrom(placeD, pointAt(positions, load<u32>(atD)), attraction, rates);
      placeD = f64x2.add(placeD, stepD);
      put(pulls + (atD << 1), stepD);
      for (let sample: u32 = 0; sample < samples; sample++) {
        randomA = nextRandom(randomA);
        const otherA = anyOf(vertices, randomA);
        if (otherA != vertexA) placeA = f64x2.add(placeA, stepFrom(placeA, pointAt(positions, otherA), repulsion, rates));
        randomB = nextRandom(randomB);
        const otherB = anyOf(vertices, randomB);
        if (otherB != vertexB) placeB = f64x2.add(placeB, stepFrom(placeB, pointAt(positions, otherB), repulsion, rates));
        randomC = nextRandom(randomC);
        const otherC = anyOf(vertices, randomC);
        if (otherC != vertexC) placeC = f64x2.add(placeC, stepFrom(placeC, pointAt(positions, otherC), repulsion, rates));
        randomD = nextRandom(randomD);
        const otherD = anyOf(vertices, randomD);
        if (otherD != vertexD) placeD = f64x2.add(placeD, stepFrom(placeD, pointAt(positions, otherD), repulsion, rates));
      }
      atA += 4;
      if (atA == behindA) {
        settle(sums, vertexA, placeA);
        if (next == behindChains) isFull = false;
        else {
          vertexA = changetype<Chain>(next).vertex;
          atA = changetype<Chain>(next).first;
          behindA = changetype<Chain>(next).behind;
          placeA = pointAt(positions, vertexA);
          randomA = epochSeed(key, vertexA, epoch);
          next += offsetof<Chain>();
        }
      }
      atB += 4;
      if (atB == behindB) {
        settle(sums, vertexB, placeB);
        if (next == behindChains) isFull = false;
        else {
          vertexB = changetype<Chain>(next).vertex;
          atB = changetype<Chain>(next).first;
          behindB = changetype<Chain>(next).behind;
          placeB = pointAt(positions, vertexB);
          randomB = epochSeed(key, vertexB, epoch);
          next += offsetof<Chain>();
        }
      }
      atC += 4;
      if (atC == behindC) {
        settle(sums, vertexC, placeC);
        if (next == behindChains) isFull = false;
        else {
          vertexC = changetype<Chain>(next).vertex;
          atC = changetype<Chain>(next).first;
          behindC = changetype<Chain>(next).behind;
          placeC = pointAt(positions, vertexC);
          randomC = epochSeed(key, vertexC, epoch);
          next += offsetof<Chain>();
        }
      }
      atD += 4;
      if (atD == behindD) {
        settle(sums, vertexD, placeD);
        if (next == behindChains) isFull = false;
        else {
          vertexD = changetype<Chain>(next).vertex;
          atD = changetype<Chain>(next).first;
          behindD = changetype<Chain>(next).behind;
          placeD = pointAt(positions, vertexD);
          randomD = epochSeed(key, vertexD, epoch);
          next += offsetof<Chain>();
        }
      }
    }
  }
  if (atA < behindA) moveAlone(layout, rate, vertexA, placeA, randomA, atA, behindA);
  if (atB < behindB) moveAlone(layout, rate, vertexB, placeB, randomB, atB, behindB);
  if (atC < behindC) moveAlone(layout, rate, vertexC, placeC, randomC, atC, behindC);
  if (atD < behindD) moveAlone(layout, rate, vertexD, placeD, randomD, atD, behindD);
  while (next < behindChains) {
    const chain = changetype<Chain>(next);
    const vertex = chain.vertex;
    moveAlone(layout, rate, vertex, pointAt(positions, vertex), epochSeed(key, vertex, epoch), chain.first, chain.behind);
    next += offsetof<Chain>();
  }
}

/** Moves one vertex by what is left of its list. */
function moveAlone(layout: Layout, rate: f64, vertex: u32, start: v128, seed: i32, first: usize, behind: usize): void {
  const positions = layout.positions;
  const pulls = layout.pulls - (layout.targets << 1);
  const vertices = <u64>layout.vertices;
  const rates = f64x2.splat(rate);
  let place = start;
  let random = seed;
  for (let at = first; at < behind; at += 4) {
    const step = stepFrom(place, pointAt(positions, load<u32>(at)), layout.attraction, rates);
    place = f64x2.add(place, step);
    put(pulls + (at << 1), step);
    for (let sample: u32 = 0; sample < layout.samples; sample++) {
      random = nextRandom(random);
      const other = anyOf(vertices, random);
      if (other != vertex) place = f64x2.add(place, stepFrom(place, pointAt(positions, other), layout.repulsion, rates));
    }
  }
  settle(layout.sums, vertex, place);
}

@inline
function addPull(sums: usize, vertex: u32, pull: v128): void {
  const address = sums + (<usize>vertex << 4);
  v128.store(address, f64x2.sub(v128.load(address), pull));
}

@inline
function round(positions: usize, sums: usize, vertex: u32): void {
  const address = sums + (<usize>vertex << 4);
  const rounded = f32x4.demote_f64x2_zero(v128.load(address));
  v128.store64_lane(positions + (<usize>vertex << 3), rounded, 0);
  v128.store(address, f64x2.promote_low_f32x4(rounded));
}

/** How many pulls of a block act on vertices of an owner. */
@inline
function countOf(layout: Layout, block: u32, owner: u32): u32 {
  if (layout.owners == 1) return load<u32>(layout.pullCount + (<usize>block << 2));
  return load<u32>(layout.ownCount + ((<usize>block * layout.owners + owner) << 2));
}

/** The i-th of them. */
@inline
function pullOf(layout: Layout, block: u32, owner: u32, i: u32): u32 {
  const place = load<u32>(layout.pullPlace + (<usize>block << 2)) + i;
  if (layout.owners == 1) return place;
  return load<u32>(layout.ownPulls + ((<usize>owner * layout.mostPulls + place) << 2));
}

/**
 * Second half of a round, for the vertices of one owner: adds up the pulls of blocks `firstBlock` to before `behindBlock`, then rounds what has moved. The
 * vertices of the group that are his are `group[0]` to before `group[size]`.
 */
export function moveByPulls(layout: Layout, firstBlock: u32, behindBlock: u32, owner: u32, group: usize, size: u32): void {
  const positions = layout.positions;
  const sums = layout.sums;
  const targets = layout.targets;
  const pulls = layout.pulls;
  for (let block = firstBlock; block < behindBlock; block++) {
    const count = countOf(layout, block, owner);
    for (let i: u32 = 0; i < count; i++) {
      const p = pullOf(layout, block, owner, i);
      addPull(sums, load<u32>(targets + (<usize>p << 2)), pointAt(pulls, p));
    }
  }
  for (let i: u32 = 0; i < size; i++) round(positions, sums, load<u32>(group + (<usize>i << 2)));
  for (let block = firstBlock; block < behindBlock; block++) {
    const count = countOf(layout, block, owner);
    for (let i: u32 = 0; i < count; i++) {
      round(positions, sums, load<u32>(targets + (<usize>pullOf(layout, block, owner, i) << 2)));
    }
  }
}

