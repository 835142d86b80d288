/**
 * Pixels explained by one known spectrum or by two: what `explainWith` of algorithms/find-phases/rows/pair-programs.ts does, bit for bit, four pixels side by side.
 */

/**
 * Explains `groups` times four pixels. `scores` is float32 [pixels x axes], `known` [components x axes]. Of every pair: `ends`, the addresses of the distances of both, then
 * `facts`, float32 gap, 1 / (2 gap), reach and noise along it. `cost` is float32 [pixels]. Writes the component with the larger share and the other (255: none), the share of
 * the first, what is left, and the squared distance of the first.
 */
export function explain(
  groups: u32,
  axes: u32,
  scores: usize,
  components: u32,
  known: usize,
  pairs: u32,
  ends: usize,
  facts: usize,
  cost: usize,
  turned: usize,
  distances: usize,
  first: usize,
  second: usize,
  fraction: usize,
  misfit: usize,
  squared: usize,
): void {
  const scoreBytes = <usize>axes << 2;
  const behindTurned = turned + (<usize>axes << 4);
  const behindPairs = ends + (<usize>pairs << 3);
  for (let group: usize = 0; group < <usize>groups; group++) {
    let own = scores + (group << 2) * scoreBytes;
    for (let lane: usize = 0; lane < 16; lane += 4) {
      for (let at = turned + lane; at < behindTurned; at += 16) {
        store<f32>(at, load<f32>(own));
        own += 4;
      }
    }
    let spectrum = known;
    let least = f32x4.splat(Infinity);
    let best = i32x4.splat(0);
    for (let c: u32 = 0; c < components; c++) {
      let sum = f32x4.splat(0);
      for (let at = turned; at < behindTurned; at += 16) {
        const difference = f32x4.sub(v128.load(at), v128.load32_splat(spectrum));
        sum = f32x4.add(sum, f32x4.mul(difference, difference));
        spectrum += 4;
      }
      v128.store(distances + (<usize>c << 4), sum);
      const nearer = f32x4.lt(sum, least);
      least = v128.bitselect(sum, least, nearer);
      best = v128.bitselect(i32x4.splat(c), best, nearer);
    }
    const costs = v128.load(cost + (group << 4));
    let left = least;
    let share = f32x4.splat(1);
    let chosen = i32x4.splat(-1);
    let fact = facts;
    let number: i32 = 0;
    for (let end = ends; end < behindPairs; end += 8) {
      const dq = v128.load(<usize>load<u32>(end, 4));
      const ahead = f32x4.sub(dq, v128.load(<usize>load<u32>(end)));
      const inside = f32x4.lt(f32x4.abs(ahead), v128.load32_splat(fact, 8));
      if (v128.any_true(inside)) {
        const gap = v128.load32_splat(fact);
        const f = f32x4.mul(f32x4.add(ahead, gap), v128.load32_splat(fact, 4));
        const rest = f32x4.sub(dq, f32x4.mul(f32x4.mul(f, f), gap));
        const value = f32x4.add(rest, f32x4.mul(costs, v128.load32_splat(fact, 12)));
        const better = v128.and(inside, f32x4.lt(value, least));
        least = v128.bitselect(value, least, better);
        left = v128.bitselect(rest, left, better);
        share = v128.bitselect(f, share, better);
        chosen = v128.bitselect(i32x4.splat(number), chosen, better);
      }
      fact += 16;
      number += 1;
    }
    v128.store(misfit + (group << 4), f32x4.pmax(left, f32x4.splat(0)));
    v128.store(fraction + (group << 4), share);
    v128.store(turned, chosen);
    v128.store(turned, best, 16);
    for (let lane: usize = 0; lane < 4; lane++) {
      const pixel = (group << 2) + lane;
      const pair = load<i32>(turned + (lane << 2));
      let a = load<u32>(turned + (lane << 2), 16);
      let b: u32 = 255;
      if (pair >= 0) {
        const end = ends + (<usize>pair << 3);
        a = (load<u32>(end) - <u32>distances) >> 4;
        b = (load<u32>(end, 4) - <u32>distances) >> 4;
        const f = load<f32>(fraction + (pixel << 2));
        if (f < 0.5) {
          const other = a;
          a = b;
          b = other;
          store<f32>(fraction + (pixel << 2), 1 - f);
        }
      }
      store<u8>(first + pixel, <u8>a);
      store<u8>(second + pixel, <u8>b);
      store<f32>(squared + (pixel << 2), load<f32>(distances + (<usize>a << 4) + (lane << 2)));
    }
  }
}
