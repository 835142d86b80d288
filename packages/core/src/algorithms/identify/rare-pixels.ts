/**
 * Pixels that hold more counts of a line than their surroundings can explain: the statistics of maxima. What the maximum spectrum shows to the eye is tested here pixel by pixel, for a
 * channel's maximum over thousands of pixels is large by chance alone. Elements that live in a few pixels show neither in the sum nor in a class.
 */
import { log } from "../../kernels/math.js";
import type { CalibratedEnergyAxis } from "../../spectrum-image/axis.js";
import { type CountSource, pixelCount } from "../../spectrum-image/counts.js";
import type { Accumulator } from "../../spectrum-image/pass.js";
import { fwhmKev } from "../../xray/detector.js";
import type { XrayLine } from "../../xray/lines.js";
import { logPoissonTail } from "./poisson-tail.js";

export interface RarePixel {
  readonly pixel: number;
  /** Counts in the window of the line, one FWHM wide, and those that the surroundings make one expect. */
  readonly counts: number;
  readonly expected: number;
  /** Natural logarithm of the probability of so many counts or more, times the number of tests that were made. */
  readonly logProbability: number;
}

export interface RareInput {
  readonly counts: CountSource;
  readonly axis: CalibratedEnergyAxis;
  readonly resolutionEv: number;
  /** One for each element that is looked for. */
  readonly lines: readonly XrayLine[];
  /** Int32 [pixels]: place of the pixel's class, -1 for none. */
  readonly slots: Int32Array;
  /** Counts of each class: float64 [classes][channels]. */
  readonly spectra: readonly Float64Array[];
  /** Counts below this energy do not take part, keV. */
  readonly fromKev: number;
}

/** Chance of one false pixel in the whole map, all lines together. */
const FALSE_ALARM = 1e-3;

/** Natural logarithm of the probability below which counts are beyond chance when each of so many lines is tested at each of so many pixels (Bonferroni). */
export function rareLimit(lines: number, pixels: number): number {
  return log(FALSE_ALARM) - log(Math.max(1, lines * pixels));
}
/** Counts below this are no evidence whatever is expected. */
const FEWEST = 5;
/** Classes may be wrong by this share of the counts that they make one expect: they vary within. */
const CLASS_ERROR = 0.15;

/**
 * For each line the pixels that stand out. Expected is the largest that any class within two pixels makes of the pixel's own counts (a boundary is a mixture of its neighbours), and half a count:
 * classes that are not there cannot hide behind it. The threshold is that of the whole map: tests are lines times pixels (Bonferroni).
 */
export function rarePixels(input: RareInput): Accumulator<readonly (readonly RarePixel[])[]> {
  const { counts, lines, slots, spectra } = input;
  const windows = lines.map((line) => rareWindow(line, input));
  const linesAt = linesByChannel(counts.channels, windows);
  const first = firstChannel(input);
  const shares = windows.map((window) => sharesOf(spectra, window, first));
  const tests = log(Math.max(1, lines.length * pixelCount(counts.navigationShape)));
  const limit = rareLimit(lines.length, pixelCount(counts.navigationShape));
  const near = neighbourhoods(counts, slots, spectra.length);
  const found = lines.map((): RarePixel[] => []);
  const inWindow = new Float64Array(lines.length);
  return {
    add({ firstPixel, pixels, rowStart, channel, count }) {
      for (let p = 0; p < pixels; p++) {
        inWindow.fill(0);
        let total = 0;
        for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) {
          const c = channel[i]!;
          if (c < first) continue;
          total += count[i]!;
          for (const k of linesAt[c]!) inWindow[k]! += count[i]!;
        }
        const pixel = firstPixel + p;
        for (let k = 0; k < lines.length; k++) {
          if (inWindow[k]! < FEWEST) continue;
          const expected = 0.5 + total * (1 + CLASS_ERROR) * near.most(pixel, shares[k]!);
          const logTail = inWindow[k]! > expected ? logPoissonTail(inWindow[k]!, expected) : 0;
          if (logTail < limit) found[k]!.push({ pixel, counts: inWindow[k]!, expected, logProbability: logTail + tests });
        }
      }
    },
    result: () => found,
  };
}

/** Channels of the window of a line, one FWHM wide: from `start` up to `end`, which is not in it. */
export function rareWindow(
  { energyKev }: XrayLine,
  { axis, resolutionEv }: Pick<RareInput, "axis" | "resolutionEv">,
): { start: number; end: number } {
  const half = fwhmKev(energyKev, resolutionEv) / 2;
  const channel = (energy: number) => Math.round((energy - axis.offset) / axis.scale);
  return { start: Math.max(0, channel(energyKev - half)), end: Math.min(axis.size, channel(energyKev + half) + 1) };
}

function firstChannel({ axis, fromKev }: RareInput): number {
  return Math.max(0, Math.ceil((fromKev - axis.offset) / axis.scale));
}

function linesByChannel(channels: number, windows: readonly { start: number; end: number }[]): number[][] {
  const at = Array.from({ length: channels }, (): number[] => []);
  windows.forEach(({ start, end }, k) => {
    for (let c = start; c < end; c++) at[c]!.push(k);
  });
  return at;
}

/** Share of each class's counts in a window. */
function sharesOf(spectra: readonly Float64Array[], { start, end }: { start: number; end: number }, first: number): Float64Array {
  return Float64Array.from(spectra, (spectrum) => {
    let inside = 0;
    let total = 0;
    for (let c = first; c < spectrum.length; c++) total += spectrum[c]!;
    for (let c = Math.max(first, start); c < end; c++) inside += spectrum[c]!;
    return inside / Math.max(1, total);
  });
}

const REACH = 2;

/** The largest share among the classes within two pixels; among all classes where none is near. */
function neighbourhoods({ navigationShape }: CountSource, slots: Int32Array, classes: number) {
  const width = navigationShape.at(-1) ?? 1;
  const height = navigationShape.at(-2) ?? 1;
  const all = Array.from({ length: classes }, (_, slot) => slot);
  let of = -1;
  let near: readonly number[] = all;
  const found = (pixel: number): readonly number[] => {
    const x = pixel % width;
    const y = Math.floor(pixel / width) % height;
    const seen = new Set<number>();
    for (let dy = -Math.min(REACH, y); dy <= Math.min(REACH, height - 1 - y); dy++) {
      for (let dx = -Math.min(REACH, x); dx <= Math.min(REACH, width - 1 - x); dx++) {
        const slot = slots[pixel + dy * width + dx]!;
        if (slot >= 0) seen.add(slot);
      }
    }
    return seen.size === 0 ? all : [...seen];
  };
  return {
    most(pixel: number, shares: Float64Array): number {
      if (pixel !== of) {
        of = pixel;
        near = found(pixel);
      }
      return near.reduce((most, slot) => Math.max(most, shares[slot]!), 0);
    },
  };
}
