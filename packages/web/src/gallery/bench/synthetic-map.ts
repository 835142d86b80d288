/** A map of any size whose classes, spectra and latent space are drawn at random: what it costs to look at it does not depend on what it means. */
import { type CountBlock, classColour, type PhaseClass, randomStream, type StoredCounts } from "@sigma-eds/core";

export interface SyntheticMap {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Int32 [pixels]. */
  readonly labels: Int32Array;
  /** Float32 [pixels x 2]. */
  readonly latent: Float32Array;
  /** Float32 [pixels x classes]. */
  readonly membership: Float32Array;
  readonly countMap: Float32Array;
}

export const CLASSES = 9;
const CHANNELS = 2048;
const COUNTS = 40;

/** Grains are the cells of random seeds; a class is a round island of the latent space. */
export function syntheticMap(width: number, height: number): SyntheticMap {
  const random = randomStream(1, "bench");
  const pixels = width * height;
  const seeds = Array.from({ length: 160 }, (_, i) => ({
    x: random.uniform() * width,
    y: random.uniform() * height,
    label: i % CLASSES,
  }));
  const labels = new Int32Array(pixels);
  const latent = new Float32Array(2 * pixels);
  const membership = new Float32Array(CLASSES * pixels).fill(0.02);
  for (let p = 0; p < pixels; p++) {
    const label = nearestLabel(seeds, p % width, Math.floor(p / width));
    const angle = (2 * Math.PI * label) / CLASSES;
    labels[p] = label;
    latent[2 * p] = 6 * Math.cos(angle) + random.normal();
    latent[2 * p + 1] = 6 * Math.sin(angle) + random.normal();
    membership[CLASSES * p + label] = 1 - 0.02 * (CLASSES - 1);
  }
  return { width, height, channels: CHANNELS, labels, latent, membership, countMap: new Float32Array(pixels).fill(COUNTS) };
}

function nearestLabel(
  seeds: readonly { readonly x: number; readonly y: number; readonly label: number }[],
  x: number,
  y: number,
): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const seed of seeds) {
    const distance = (seed.x - x) ** 2 + (seed.y - y) ** 2;
    if (distance < least) [best, least] = [seed.label, distance];
  }
  return best;
}

/** Sparse counts: every pixel has 40, in channels that depend on its class. */
export function syntheticCounts({ width, height, labels }: Pick<SyntheticMap, "width" | "height" | "labels">): StoredCounts {
  const random = randomStream(2, "bench counts");
  const rows = 64;
  const stored: CountBlock[] = [];
  for (let first = 0; first < labels.length; first += rows * width) {
    const pixels = Math.min(rows * width, labels.length - first);
    const rowStart = Uint32Array.from({ length: pixels + 1 }, (_, p) => p * COUNTS);
    const channel = new Uint16Array(pixels * COUNTS);
    for (let p = 0; p < pixels; p++) {
      const start = 40 + labels[first + p]! * 90;
      for (let i = 0; i < COUNTS; i++) channel[p * COUNTS + i] = start + i * 20 + (random.uint32() & 15);
    }
    stored.push({ firstPixel: first, pixels, rowStart, channel, count: new Uint8Array(pixels * COUNTS).fill(1) });
  }
  return {
    navigationShape: [height, width],
    channels: CHANNELS,
    kind: "counts",
    stored,
    async *blocks() {
      yield* stored;
    },
  };
}

export function syntheticClasses(labels: Int32Array): PhaseClass[] {
  const pixels = new Uint32Array(CLASSES);
  for (const label of labels) pixels[label]! += 1;
  return Array.from(pixels, (count, id) => ({
    id,
    name: `Class ${id + 1}`,
    colour: classColour(id),
    pixels: count,
    areaFraction: count / labels.length,
    areaUm2: undefined,
    counts: count * COUNTS,
    countsPerPixel: COUNTS,
    dominantLines: [],
  }));
}
