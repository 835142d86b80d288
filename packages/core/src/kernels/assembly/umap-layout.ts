/**
 * The two halves of a round of the UMAP layout in the plane: what `movePlaneBlock` and `moveByPulls` of algorithms/embed/umap/layout-moves.ts do,
 * bit for bit, for up to 2^21 vertices.
 *
 * Four vertices are moved side by side, one in each lane of a vector, x and y in vectors of their own. Vertices of a block with as many edges that act go together, so
 * that their lanes are done at the same time.
 */
import {
  acrossOf,
  clipped,
  coefficients,
  downOf,
  nextRandom,
  pairAt,
  pairOf,
  seedsOf,
  squaredLength,
} from "./parts/umap-force";

/** Vertices in a row that have one owner, as a power of two: no two owners write to one line of the cache. */
const OWNED_RUN: u32 = 6;
/** Chains of so many edges and more are not told apart by length. */
const LENGTHS: u32 = 64;

/** Where things lie in memory; the arrays are those of `LayoutEdges` and `LayoutState`. */
@unmanaged
class Layout {
  edgeStart: usize;
  end: usize;
  share: usize;
  blockStart: usize;
  pullPlace: usize;
  /** Uint8 [16 x 16]: for each set of lanes the bytes that move these lanes to the front. */
  choices: usize;
  positions: usize;
  moved: usize;
  targets: usize;
  pulls: usize;
  pullCount: usize;
  /** Attraction and repulsion: float32 [TABLE_ENTRIES] each. */
  attraction: usize;
  repulsion: usize;
  /** Int32 [owners x mostPulls]: which of the pulls of a block act on vertices of each owner. */
  ownPulls: usize;
  /** Int32 [blocks x owners]: how many they are. */
  ownCount: usize;
  vertices: u32;
  /** Pushers of an edge that acts. */
  samples: u32;
  /** Bits of a random number that choose the first of them. */
  pusherBits: u32;
  key: i32;
  /** Threads that share the second half, a power of two: vertex v belongs to owner (v >> OWNED_RUN) mod owners. */
  owners: u32;
  mostPulls: u32;
  /** Vertices of the largest block. */
  blockVertices: u32;
}

/** A vertex that has edges that act, and where the list of their ends lies. */
@unmanaged
class Chain {
  vertex: u32;
  first: usize;
  length: u32;
}

/** Draws the points that push in a round, whose group is `first` to before `behind`, from the vertices outside it; their places go to `pushers`. */
export function drawPushers(layout: Layout, epoch: i32, round: i32, first: u32, behind: u32, pushers: usize): void {
  const positions = layout.positions;
  const size = behind - first;
  const others = <u64>(layout.vertices - size);
  const count = (<u32>1 << layout.pusherBits) + max(layout.samples, <u32>1) - 1;
  let random = i32x4.extract_lane(seedsOf(layout.key, i32x4.splat((epoch << 4) + round), -1), 0);
  for (let i: u32 = 0; i < count; i++) {
    random ^= random << 13;
    random ^= random >>> 17;
    random ^= random << 5;
    const drawn = <u32>((<u64>(<u32>random) * others) >> 32);
    const vertex = drawn < first ? drawn : drawn + size;
    store<u64>(pushers + (<usize>i << 3), load<u64>(positions + (<usize>vertex << 3)));
  }
}

/** First half of a round, for the vertices of one block, of a group that begins at `groupFirst`. `scratch` has room for two `Chain` for each vertex of the largest block, and for LENGTHS words. */
export function moveBlock(
  layout: Layout,
  epoch: i32,
  rate: f32,
  groupFirst: u32,
  block: u32,
  pushers: usize,
  scratch: usize,
): void {
  const size = <usize>layout.blockVertices * offsetof<Chain>();
  const sorted = scratch + size;
  /** So that vertex v goes to moved + 8 v. */
  const moved = layout.moved - (<usize>groupFirst << 3);
  const behind = listChains(layout, epoch, block, moved, scratch);
  sortChains(scratch, behind, sorted, sorted + size);
  moveChains(layout, epoch, rate, pushers, moved, sorted, sorted + behind - scratch, sorted + size + (<usize>LENGTHS << 2));
  if (layout.owners > 1) dealPulls(layout, block);
}

/** Lists where the edges end that act in this epoch, and the vertices at which they begin; other vertices stay where they are. */
function listChains(layout: Layout, epoch: i32, block: u32, moved: usize, chains: usize): usize {
  const edgeStart = layout.edgeStart;
  const share = layout.share;
  const end = layout.end;
  const choices = layout.choices;
  const time = i32x4.splat(epoch + 1);
  const list = layout.targets + (<usize>load<u32>(layout.pullPlace + (<usize>block << 2)) << 2);
  const last = load<u32>(layout.blockStart + (<usize>block << 2), 4);
  let behind = list;
  let chain = chains;
  let vertex = load<u32>(layout.blockStart + (<usize>block << 2));
  let edge = load<u32>(edgeStart + (<usize>vertex << 2));
  for (; vertex < last; vertex++) {
    const lastEdge = load<u32>(edgeStart + (<usize>vertex << 2), 4);
    const first = behind;
    for (; edge < lastEdge; edge += 4) {
      const shares = v128.load(share + (<usize>edge << 2));
      const acting = i32x4.bitmask(i32x4.lt_u(i32x4.mul(time, shares), shares));
      const rest = lastEdge - edge;
      const set = rest < 4 ? acting & ((1 << rest) - 1) : acting;
      v128.store(behind, v128.swizzle(v128.load(end + (<usize>edge << 2)), v128.load(choices + (<usize>set << 4))));
      behind += <usize>popcnt(set) << 2;
    }
    edge = lastEdge;
    const length = <u32>((behind - first) >> 2);
    if (length == 0) store<u64>(moved + (<usize>vertex << 3), load<u64>(layout.positions + (<usize>vertex << 3)));
    const next = changetype<Chain>(chain);
    next.vertex = vertex;
    next.first = first;
    next.length = length;
    chain += length == 0 ? 0 : offsetof<Chain>();
  }
  store<u32>(layout.pullCount + (<usize>block << 2), <u32>((behind - list) >> 2));
  return chain;
}

/** Address of the word that counts chains of a length, the longest first. */
@inline
function counterOf(counters: usize, length: u32): usize {
  return counters + (<usize>(LENGTHS - min(length, LENGTHS)) << 2);
}

/** Copies chains in falling order of their lengths. */
function sortChains(chains: usize, behind: usize, sorted: usize, counters: usize): void {
  memory.fill(counters, 0, <usize>LENGTHS << 2);
  for (let chain = chains; chain < behind; chain += offsetof<Chain>()) {
    const counter = counterOf(counters, changetype<Chain>(chain).length);
    store<u32>(counter, load<u32>(counter) + 1);
  }
  let place: u32 = 0;
  for (let i: usize = 0; i < <usize>LENGTHS; i++) {
    const count = load<u32>(counters + (i << 2));
    store<u32>(counters + (i << 2), place);
    place += count;
  }
  for (let chain = chains; chain < behind; chain += offsetof<Chain>()) {
    const from = changetype<Chain>(chain);
    const counter = counterOf(counters, from.length);
    const to = changetype<Chain>(sorted + <usize>load<u32>(counter) * offsetof<Chain>());
    store<u32>(counter, load<u32>(counter) + 1);
    to.vertex = from.vertex;
    to.first = from.first;
    to.length = from.length;
  }
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

/** Four chains that are moved side by side, in the lanes of vectors. */
@unmanaged
class Quad {
  /** Steps of the longest chain, one for each edge that acts. */
  length: u32;
  /** Chains; lanes beyond them are empty. */
  lanes: u32;
  lengthA: u32;
  lengthB: u32;
  lengthC: u32;
  lengthD: u32;
  /** Where the next edge of each chain is listed; stays at its last. */
  atA: usize;
  atB: usize;
  atC: usize;
  atD: usize;
  vertexA: u32;
  vertexB: u32;
  vertexC: u32;
  vertexD: u32;
}

/** Vectors of a quad, behind it: x, y, random numbers. */
const QUAD_X: usize = 64;
const QUAD_Y: usize = 80;
const QUAD_RANDOM: usize = 96;
const QUAD_BYTES: usize = 112;
/** Quads that are moved in turns, since each step waits for the one before. */
const QUADS: usize = 2;

/** Moves the vertices of sorted chains, four times QUADS at a time. */
function moveChains(
  layout: Layout,
  epoch: i32,
  rate: f32,
  pushers: usize,
  moved: usize,
  chains: usize,
  behind: usize,
  quads: usize,
): void {
  for (let chain = chains; chain < behind; ) {
    let end = quads;
    let length: u32 = 0;
    for (; end < quads + QUADS * QUAD_BYTES && chain < behind; end += QUAD_BYTES) {
      const quad = changetype<Quad>(end);
      startQuad(layout, quad, epoch, chain, behind);
      length = max(length, quad.length);
      chain += 4 * offsetof<Chain>();
    }
    moveQuads(layout, rate, pushers, quads, end, length);
    for (let at = quads; at < end; at += QUAD_BYTES) settleQuad(changetype<Quad>(at), moved);
  }
}

/** Puts up to four chains from `chain` on into a quad. */
function startQuad(layout: Layout, quad: Quad, epoch: i32, chain: usize, behind: usize): void {
  const lanes = <u32>((behind - chain) / offsetof<Chain>());
  const a = changetype<Chain>(chain);
  const b = changetype<Chain>(lanes > 1 ? chain + offsetof<Chain>() : chain);
  const c = changetype<Chain>(lanes > 2 ? chain + 2 * offsetof<Chain>() : chain);
  const d = changetype<Chain>(lanes > 3 ? chain + 3 * offsetof<Chain>() : chain);
  quad.lanes = lanes;
  quad.lengthA = a.length;
  quad.lengthB = lanes > 1 ? b.length : 0;
  quad.lengthC = lanes > 2 ? c.length : 0;
  quad.lengthD = lanes > 3 ? d.length : 0;
  quad.length = max(max(quad.lengthA, quad.lengthB), max(quad.lengthC, quad.lengthD));
  quad.atA = a.first;
  quad.atB = b.first;
  quad.atC = c.first;
  quad.atD = d.first;
  quad.vertexA = a.vertex;
  quad.vertexB = b.vertex;
  quad.vertexC = c.vertex;
  quad.vertexD = d.vertex;
  let own = i32x4.splat(a.vertex);
  own = i32x4.replace_lane(own, 1, b.vertex);
  own = i32x4.replace_lane(own, 2, c.vertex);
  own = i32x4.replace_lane(own, 3, d.vertex);
  const startAB = pairAt(layout.positions, a.vertex, b.vertex);
  const startCD = pairAt(layout.positions, c.vertex, d.vertex);
  const at = changetype<usize>(quad);
  v128.store(at, acrossOf(startAB, startCD), QUAD_X);
  v128.store(at, downOf(startAB, startCD), QUAD_Y);
  v128.store(at, seedsOf(layout.key, own, epoch), QUAD_RANDOM);
}

/** All steps of the quads from `quads` to before `end`, in turns. */
function moveQuads(layout: Layout, rate: f32, pushers: usize, quads: usize, end: usize, length: u32): void {
  const positions = layout.positions;
  const dropped = <i32>(29 - layout.pusherBits);
  const fromPushers = i32x4.splat(<i32>pushers);
  /** So that the pull of the edge listed at address a lies at pulls + 2 a. */
  const pulls = layout.pulls - (layout.targets << 1);
  const attraction = i32x4.splat(<i32>layout.attraction);
  const repulsion = i32x4.splat(<i32>layout.repulsion);
  const behindSamples = <usize>layout.samples << 3;
  const rates = f32x4.splat(rate);
  for (let step: u32 = 0; step < length; step++) {
    for (let at = quads; at < end; at += QUAD_BYTES) {
      const quad = changetype<Quad>(at);
      if (step >= quad.length) continue;
      const x = v128.load(at, QUAD_X);
      const y = v128.load(at, QUAD_Y);
      const random = nextRandom(v128.load(at, QUAD_RANDOM));
      v128.store(at, random, QUAD_RANDOM);
      const isActing = i32x4.lt_s(i32x4.splat(step), v128.load(at, offsetof<Quad>("lengthA")));
      const atA = quad.atA;
      const atB = quad.atB;
      const atC = quad.atC;
      const atD = quad.atD;
      const endsAB = pairAt(positions, load<u32>(atA), load<u32>(atB));
      const endsCD = pairAt(positions, load<u32>(atC), load<u32>(atD));
      const dx = f32x4.sub(x, acrossOf(endsAB, endsCD));
      const dy = f32x4.sub(y, downOf(endsAB, endsCD));
      const pull = coefficients(attraction, squaredLength(dx, dy));
      const stepX = f32x4.mul(rates, f32x4.mul(pull, dx));
      const stepY = f32x4.mul(rates, f32x4.mul(pull, dy));
      const stepsAB = v128.shuffle<f32>(stepX, stepY, 0, 4, 1, 5);
      const stepsCD = v128.shuffle<f32>(stepX, stepY, 2, 6, 3, 7);
      if (step < quad.lengthA) v128.store64_lane(pulls + (atA << 1), stepsAB, 0);
      if (step < quad.lengthB) v128.store64_lane(pulls + (atB << 1), stepsAB, 1);
      if (step < quad.lengthC) v128.store64_lane(pulls + (atC << 1), stepsCD, 0);
      if (step < quad.lengthD) v128.store64_lane(pulls + (atD << 1), stepsCD, 1);
      quad.atA = atA + (step + 1 < quad.lengthA ? 4 : 0);
      quad.atB = atB + (step + 1 < quad.lengthB ? 4 : 0);
      quad.atC = atC + (step + 1 < quad.lengthC ? 4 : 0);
      quad.atD = atD + (step + 1 < quad.lengthD ? 4 : 0);
      const from = i32x4.add(v128.and(i32x4.shr_u(random, dropped), i32x4.splat(~7)), fromPushers);
      const fromA = <usize>i32x4.extract_lane(from, 0);
      const fromB = <usize>i32x4.extract_lane(from, 1);
      const fromC = <usize>i32x4.extract_lane(from, 2);
      const fromD = <usize>i32x4.extract_lane(from, 3);
      let pushX = f32x4.splat(0);
      let pushY = pushX;
      for (let sample: usize = 0; sample < behindSamples; sample += 8) {
        const pushersAB = pairOf(fromA + sample, fromB + sample);
        const pushersCD = pairOf(fromC + sample, fromD + sample);
        const awayX = f32x4.sub(x, acrossOf(pushersAB, pushersCD));
        const awayY = f32x4.sub(y, downOf(pushersAB, pushersCD));
        const push = coefficients(repulsion, squaredLength(awayX, awayY));
        pushX = f32x4.add(pushX, f32x4.mul(push, awayX));
        pushY = f32x4.add(pushY, f32x4.mul(push, awayY));
      }
      v128.store(at, f32x4.add(x, v128.and(f32x4.add(stepX, f32x4.mul(rates, clipped(pushX))), isActing)), QUAD_X);
      v128.store(at, f32x4.add(y, v128.and(f32x4.add(stepY, f32x4.mul(rates, clipped(pushY))), isActing)), QUAD_Y);
    }
  }
}

/** Sets down where the vertices of a quad go in the first half. */
function settleQuad(quad: Quad, moved: usize): void {
  const x = v128.load(changetype<usize>(quad), QUAD_X);
  const y = v128.load(changetype<usize>(quad), QUAD_Y);
  const placesAB = v128.shuffle<f32>(x, y, 0, 4, 1, 5);
  const placesCD = v128.shuffle<f32>(x, y, 2, 6, 3, 7);
  v128.store64_lane(moved + (<usize>quad.vertexA << 3), placesAB, 0);
  if (quad.lanes > 1) v128.store64_lane(moved + (<usize>quad.vertexB << 3), placesAB, 1);
  if (quad.lanes > 2) v128.store64_lane(moved + (<usize>quad.vertexC << 3), placesCD, 0);
  if (quad.lanes > 3) v128.store64_lane(moved + (<usize>quad.vertexD << 3), placesCD, 1);
}

@inline
function addPull(layout: Layout, pull: u32): void {
  const at = layout.positions + (<usize>load<u32>(layout.targets + (<usize>pull << 2)) << 3);
  const place = f32x4.sub(v128.load64_zero(at), v128.load64_zero(layout.pulls + (<usize>pull << 3)));
  v128.store64_lane(at, place, 0);
}

/**
 * Second half of a round, for the vertices of one owner: moves those of the group, whose blocks are `firstBlock` to before `behindBlock`, then adds up the pulls of
 * these blocks.
 */
export function moveByPulls(layout: Layout, firstBlock: u32, behindBlock: u32, owner: u32): void {
  settleGroup(layout, load<u32>(layout.blockStart + (<usize>firstBlock << 2)), load<u32>(layout.blockStart + (<usize>behindBlock << 2)), owner);
  for (let block = firstBlock; block < behindBlock; block++) {
    const first = load<u32>(layout.pullPlace + (<usize>block << 2));
    if (layout.owners == 1) {
      const behind = first + load<u32>(layout.pullCount + (<usize>block << 2));
      for (let pull = first; pull < behind; pull++) addPull(layout, pull);
    } else {
      const own = layout.ownPulls + ((<usize>owner * layout.mostPulls + first) << 2);
      const count = load<u32>(layout.ownCount + ((<usize>block * layout.owners + owner) << 2));
      for (let i: u32 = 0; i < count; i++) addPull(layout, load<u32>(own + (<usize>i << 2)));
    }
  }
}

/** Copies where the vertices of a group went that are the owner's, run by run. */
function settleGroup(layout: Layout, first: u32, behind: u32, owner: u32): void {
  const others = layout.owners - 1;
  for (let vertex = first; vertex < behind; ) {
    const next = min(((vertex >> OWNED_RUN) + 1) << OWNED_RUN, behind);
    if (((vertex >> OWNED_RUN) & others) == owner) {
      memory.copy(layout.positions + (<usize>vertex << 3), layout.moved + (<usize>(vertex - first) << 3), <usize>(next - vertex) << 3);
    }
    vertex = next;
  }
}
