/** Where the spectrum changes: the squared difference of scores across a pixel, less what noise makes. */
import type { Frames } from "./frames.js";
import type { SmoothedTotals } from "./scale-state.js";

/** Float32 [pixels]: the larger of the changes along x and y over three smoothing widths; 0 outside. */
export function edgeStrength(frames: Frames, totals: SmoothedTotals, scores: Float32Array, axes: number): Float32Array {
  const { width, height, pixels } = frames;
  const step = Math.max(1, Math.round(1.5 * totals.sigma));
  const edge = new Float32Array(pixels);
  for (let n = 0; n < pixels; n++) {
    if (totals.inside[n] === 0) continue;
    const x = n % width;
    const y = Math.floor(n / width) % height;
    const noise = (2 * axes) / totals.effective[n]!;
    const along = change(n, x - step >= 0 ? -step : 0, x + step < width ? step : 0);
    const down = change(n, y - step >= 0 ? -step * width : 0, y + step < height ? step * width : 0);
    edge[n] = Math.max(0, Math.max(along, down) - noise);
  }
  return edge;

  function change(n: number, before: number, after: number): number {
    const a = (totals.inside[n + before] === 1 ? n + before : n) * axes;
    const b = (totals.inside[n + after] === 1 ? n + after : n) * axes;
    let sum = 0;
    for (let i = 0; i < axes; i++) {
      const difference = scores[b + i]! - scores[a + i]!;
      sum += difference * difference;
    }
    return sum;
  }
}
