/** The wand: pixels whose spectra agree with the one that was clicked, by counting statistics. */
import { connectedFrom, type Frame } from "./morphology.js";

/** Counts of lines at every pixel, one float32 [pixels] a line. */
export type LineCounts = readonly ArrayLike<number>[];

export interface WandOptions {
  /** How many standard deviations the disagreement may be beyond what counting noise gives. Default 3. */
  readonly sigma: number;
  /** Only pixels that hang together with the clicked one. Default true. */
  readonly connected: boolean;
}

const wandDefaults: WandOptions = { sigma: 3, connected: true };

/**
 * Uint8 [height x width], in the frame of `seed`: pixels whose line counts agree with the mean of the clicked pixel and its neighbours (3 x 3). Counts c
 * are taken as 2 sqrt(c + 3/8), whose noise is 1 (F. J. Anscombe, 1948, doi:10.1093/biomet/35.3-4.246); the sum of squared differences over L lines then
 * has mean L and standard deviation sqrt(2 L) where only noise differs, and a pixel agrees when it is at most `sigma` of these above the mean.
 */
export function wandMask(seed: number, frame: Frame, lines: LineCounts, options: Partial<WandOptions> = {}): Uint8Array {
  const { sigma, connected } = { ...wandDefaults, ...options };
  const { mean, pixels } = seedMean(seed, frame, lines);
  const noise = 1 + 1 / pixels;
  const limit = (lines.length + sigma * Math.sqrt(2 * lines.length)) * noise;
  const agrees = (pixel: number): boolean => {
    let sum = 0;
    for (let l = 0; l < lines.length && sum <= limit; l++) {
      const difference = steadied(lines[l]![pixel]!) - mean[l]!;
      sum += difference * difference;
    }
    return sum <= limit;
  };
  if (connected) return connectedFrom(seed, frame, agrees);
  const size = frame.width * frame.height;
  const start = seed - (seed % size);
  return Uint8Array.from({ length: size }, (_, p) => (start + p === seed || agrees(start + p) ? 1 : 0));
}

function steadied(counts: number): number {
  return 2 * Math.sqrt(Math.max(0, counts) + 0.375);
}

function seedMean(seed: number, { width, height }: Frame, lines: LineCounts): { mean: Float64Array; pixels: number } {
  const start = seed - (seed % (width * height));
  const x = (seed - start) % width;
  const y = (seed - start - x) / width;
  const mean = new Float64Array(lines.length);
  let pixels = 0;
  for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
    for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
      pixels += 1;
      for (let l = 0; l < lines.length; l++) mean[l]! += steadied(lines[l]![start + v * width + u]!);
    }
  }
  return { mean: mean.map((sum) => sum / pixels), pixels };
}
