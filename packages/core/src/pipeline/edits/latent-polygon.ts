/** Polygons in the latent space, and how a latent space is told from another. */
import type { Latent } from "../analysis.js";

/**
 * Pixels whose place lies inside a closed polygon by the even-odd rule: uint8 [pixels]. `corners` are in the latent space's own coordinates. Edges
 * count as in `polygonMask`: of two polygons that share an edge, a place on it belongs to one.
 */
export function pixelsInPolygon(
  { data, dimensions }: Pick<Latent, "data" | "dimensions">,
  [across, up]: readonly [number, number],
  corners: readonly (readonly [number, number])[],
): Uint8Array {
  const inside = new Uint8Array(data.length / dimensions);
  const xs = Float64Array.from(corners, ([x]) => x);
  const ys = Float64Array.from(corners, ([, y]) => y);
  const right = xs.reduce((most, x) => Math.max(most, x), -Infinity);
  const [low, high] = [ys.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.max(a, b))];
  for (let p = 0; p < inside.length; p++) {
    const x = data[p * dimensions + across]!;
    const y = data[p * dimensions + up]!;
    if (!(x <= right && y >= low && y <= high)) continue;
    if (crossesOdd(x, y, xs, ys)) inside[p] = 1;
  }
  return inside;
}

function crossesOdd(x: number, y: number, xs: Float64Array, ys: Float64Array): boolean {
  let odd = false;
  for (let i = 0, j = xs.length - 1; i < xs.length; j = i++) {
    const [y0, y1] = [ys[j]!, ys[i]!];
    if (y0 <= y === y1 <= y) continue;
    if (x < xs[j]! + ((y - y0) / (y1 - y0)) * (xs[i]! - xs[j]!)) odd = !odd;
  }
  return odd;
}

/** SHA-256, in lower-case hex, of a latent space: number of dimensions, then every value as little-endian float32. */
export async function latentSha256({ data, dimensions }: Pick<Latent, "data" | "dimensions">): Promise<string> {
  const view = new DataView(new ArrayBuffer(4 + 4 * data.length));
  view.setUint32(0, dimensions, true);
  for (let i = 0; i < data.length; i++) view.setFloat32(4 + 4 * i, data[i]!, true);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", view));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
