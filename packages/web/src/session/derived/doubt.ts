/** Where classes are in doubt: regions, not single pixels on boundaries. */
import type { Frame } from "../selection/morphology.js";

export interface DoubtOptions {
  /** Best membership below which a pixel is in doubt. Default 0.6. */
  readonly below: number;
  /** The smallest region, pixels. Default 6. */
  readonly leastPixels: number;
}

export const doubtDefaults: DoubtOptions = { below: 0.6, leastPixels: 6 };

/**
 * Uint8 [pixels]: 1 in regions that hang together over edges, of at least `leastPixels` pixels whose best membership is below the limit. Pixels without a
 * membership are unassigned, not in doubt.
 */
export function doubtRegions(best: Float32Array, { width, height }: Frame, { below, leastPixels }: DoubtOptions): Uint8Array {
  const doubt = new Uint8Array(best.length);
  const seen = new Uint8Array(best.length);
  const size = width * height;
  for (let seed = 0; seed < best.length; seed++) {
    if (seen[seed] === 1 || !(best[seed]! < below)) continue;
    const region = [seed];
    seen[seed] = 1;
    for (let i = 0; i < region.length; i++) {
      const p = region[i]!;
      const x = p % width;
      const inFrame = p % size;
      const neighbours = [
        x > 0 ? p - 1 : -1,
        x < width - 1 ? p + 1 : -1,
        inFrame >= width ? p - width : -1,
        inFrame < size - width ? p + width : -1,
      ];
      for (const q of neighbours) {
        if (q < 0 || seen[q] === 1 || !(best[q]! < below)) continue;
        seen[q] = 1;
        region.push(q);
      }
    }
    if (region.length >= leastPixels) for (const p of region) doubt[p] = 1;
  }
  return doubt;
}
