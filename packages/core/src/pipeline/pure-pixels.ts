/** Pixels of each class that hold nothing else, as far as can be told: a spectrum of them is that of the phase, not of its neighbours. */
import type { SpectrumImage } from "../spectrum-image/spectrum-image.js";
import type { Analysis } from "./analysis.js";

export interface PurePixels {
  /** Int32 [pixels]: place of the class in `ids`, -1 for pixels that are left out. */
  readonly slots: Int32Array;
  /** Pixels of each class in `slots`. */
  readonly pixels: Float64Array;
  /** Whether only pure pixels of the class were taken; false where it has too few of them. */
  readonly pure: readonly boolean[];
}

/** Share of a pixel that its class must have, where shares are known. */
const LEAST_SHARE = 0.9;
/** Fewer pure pixels than this, and all pixels of the class are taken. */
const FEWEST = 12;

/**
 * Pixels whose share of the class is at least 0.9 (where the phases were found with shares per pixel, and the pixel is still in the class in which it was found) or that
 * are surrounded by their own class; all pixels of a class that has fewer than 12 such ones.
 */
export function purePixels(analysis: Analysis, labels: Int32Array, ids: readonly number[]): PurePixels {
  const slotOf = new Map(ids.map((id, slot) => [id, slot]));
  const all = labels.map((label) => slotOf.get(label) ?? -1);
  const isPure = purity(analysis, labels);
  const count = new Float64Array(ids.length);
  all.forEach((slot, p) => {
    if (slot >= 0 && isPure(p)) count[slot]! += 1;
  });
  const pure = Array.from(count, (pixels) => pixels >= FEWEST);
  const slots = all.map((slot, p) => (slot >= 0 && (!pure[slot]! || isPure(p)) ? slot : -1));
  const pixels = new Float64Array(ids.length);
  for (const slot of slots) if (slot >= 0) pixels[slot]! += 1;
  return { slots, pixels, pure };
}

function purity({ image, edits, evidence }: Analysis, labels: Int32Array): (pixel: number) => boolean {
  const inside = surrounded(image, labels);
  if (evidence === undefined) return inside;
  const { abundances, endmembers } = evidence;
  const found = edits?.before.labels ?? labels;
  return (p) => (labels[p] === found[p] ? abundances[p * endmembers.length + labels[p]!]! >= LEAST_SHARE : inside(p));
}

function surrounded({ counts }: SpectrumImage, labels: Int32Array): (pixel: number) => boolean {
  const width = counts.navigationShape.at(-1) ?? 1;
  const height = counts.navigationShape.at(-2) ?? 1;
  return (p) => {
    const x = p % width;
    const y = Math.floor(p / width) % height;
    const same = (q: number) => labels[q] === labels[p];
    return (
      (x === 0 || same(p - 1)) &&
      (x === width - 1 || same(p + 1)) &&
      (y === 0 || same(p - width)) &&
      (y === height - 1 || same(p + width))
    );
  };
}
