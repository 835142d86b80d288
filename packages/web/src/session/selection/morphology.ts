/**
 * Sets of pixels made larger, smaller or whole. All work on frames of `width` x `height` pixels, one after the other in the mask, and frames do not
 * touch. Growing and shrinking take neighbours that share an edge; grains hang together over corners too, as elsewhere in the project.
 */

export interface Frame {
  readonly width: number;
  readonly height: number;
}

/** The set and the pixels that share an edge with it. */
export function growMask(mask: Uint8Array, frame: Frame): Uint8Array {
  return neighboursDecide(mask, frame, 0, 0, (own, any) => own | any);
}

/** The set without the pixels that share an edge with one outside it; beyond the map counts as inside. */
export function shrinkMask(mask: Uint8Array, frame: Frame): Uint8Array {
  return neighboursDecide(mask, frame, 1, 1, (own, all) => own & all);
}

/** The pixels of the set that share an edge with one outside it. */
export function boundaryMask(mask: Uint8Array, frame: Frame): Uint8Array {
  return neighboursDecide(mask, frame, 1, 1, (own, all) => own & (all ^ 1));
}

/** `decide` sees each pixel and its four neighbours joined: by `or` where `neutral` is 0, by `and` where it is 1. */
function neighboursDecide(
  mask: Uint8Array,
  { width, height }: Frame,
  beyond: 0 | 1,
  neutral: 0 | 1,
  decide: (own: number, joined: number) => number,
): Uint8Array {
  const result = new Uint8Array(mask.length);
  const pixels = width * height;
  for (let p = 0; p < mask.length; p++) {
    const x = p % width;
    const inFrame = p % pixels;
    const left = x > 0 ? mask[p - 1]! : beyond;
    const right = x < width - 1 ? mask[p + 1]! : beyond;
    const above = inFrame >= width ? mask[p - width]! : beyond;
    const below = inFrame < pixels - width ? mask[p + width]! : beyond;
    const joined = neutral === 0 ? left | right | above | below : left & right & above & below;
    result[p] = decide(mask[p]!, joined);
  }
  return result;
}

/** The set with everything that it surrounds: pixels outside it from which no path over shared edges leads to the edge of the map. */
export function fillHoles(mask: Uint8Array, { width, height }: Frame): Uint8Array {
  const filled = new Uint8Array(mask.length).fill(1);
  const pixels = width * height;
  for (let start = 0; start < mask.length; start += pixels) {
    const stack: number[] = [];
    const leave = (p: number) => {
      if (mask[p] === 1 || filled[p] === 0) return;
      filled[p] = 0;
      stack.push(p);
    };
    for (let x = 0; x < width; x++) {
      leave(start + x);
      leave(start + pixels - width + x);
    }
    for (let y = 0; y < height; y++) {
      leave(start + y * width);
      leave(start + y * width + width - 1);
    }
    for (let p = stack.pop(); p !== undefined; p = stack.pop()) {
      const x = p % width;
      if (x > 0) leave(p - 1);
      if (x < width - 1) leave(p + 1);
      if (p - width >= start) leave(p - width);
      if (p + width < start + pixels) leave(p + width);
    }
  }
  return filled;
}

/** The pixels that hang together with `seed`, over edges and corners, through pixels for which `same` holds; uint8 [height x width], in the seed's frame. */
export function connectedFrom(seed: number, frame: Frame, same: (pixel: number) => boolean): Uint8Array {
  const found = new Uint8Array(frame.width * frame.height);
  const start = seed - (seed % found.length);
  flood(seed - start, frame, found, (p) => same(start + p));
  return found;
}

/** Marks in `found` what hangs together with `seed` and is not marked yet; gives how many. */
function flood(seed: number, { width, height }: Frame, found: Uint8Array, same: (pixel: number) => boolean): number {
  const stack = [seed];
  let size = 1;
  found[seed] = 1;
  for (let p = stack.pop(); p !== undefined; p = stack.pop()) {
    const x = p % width;
    const y = (p - x) / width;
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
        const neighbour = v * width + u;
        if (found[neighbour] === 1 || !same(neighbour)) continue;
        found[neighbour] = 1;
        size += 1;
        stack.push(neighbour);
      }
    }
  }
  return size;
}

/** The largest piece of the set that hangs together; of equal ones that which comes first. Empty where the set is. */
export function largestGrain(mask: Uint8Array, frame: Frame): Uint8Array {
  const pixels = frame.width * frame.height;
  const result = new Uint8Array(mask.length);
  let best = { size: 0, seed: 0 };
  for (let start = 0; start < mask.length; start += pixels) {
    const found = new Uint8Array(pixels);
    for (let p = 0; p < pixels; p++) {
      if (mask[start + p] === 0 || found[p] === 1) continue;
      const size = flood(p, frame, found, (q) => mask[start + q] === 1);
      if (size > best.size) best = { size, seed: start + p };
    }
  }
  if (best.size === 0) return result;
  const start = best.seed - (best.seed % pixels);
  result.set(
    connectedFrom(best.seed, frame, (q) => mask[q] === 1),
    start,
  );
  return result;
}
