/** One reading of the counts feeds any number of accumulators: a file larger than memory is read once, not once per result. */
import { ParameterError, ShapeError, throwIfAborted } from "../errors.js";
import { type CountBlock, type CountSource, pixelCount } from "./counts.js";

/** Takes every block in order and gives its result at the end. */
export interface Accumulator<Result> {
  add(block: CountBlock): void;
  result(): Result;
}

export interface PassOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the fraction of pixels done, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

type Results<T extends readonly Accumulator<unknown>[]> = {
  -readonly [K in keyof T]: T[K] extends Accumulator<infer R> ? R : never;
};

/** Reads the source once and gives the results of all accumulators, in their order. Throws `AbortedError` when stopped. */
export async function pass<const T extends readonly Accumulator<unknown>[]>(
  source: CountSource,
  accumulators: T,
  options: PassOptions = {},
): Promise<Results<T>> {
  const total = pixelCount(source.navigationShape);
  for await (const block of source.blocks({ signal: options.signal })) {
    throwIfAborted(options.signal);
    for (const accumulator of accumulators) accumulator.add(block);
    options.onProgress?.((block.firstPixel + block.pixels) / total);
  }
  return accumulators.map((accumulator) => accumulator.result()) as Results<T>;
}

/** Counts of all pixels together, per channel: float64 [channels]. */
export function sumSpectrum(source: CountSource): Accumulator<Float64Array> {
  const sum = new Float64Array(source.channels);
  return {
    add({ rowStart, pixels, channel, count }) {
      const end = rowStart[pixels]!;
      for (let i = rowStart[0]!; i < end; i++) sum[channel[i]!]! += count[i]!;
    },
    result: () => sum,
  };
}

/** Largest value that any pixel has, per channel: float64 [channels]. Shows elements that live in few pixels. */
export function maximumSpectrum(source: CountSource): Accumulator<Float64Array> {
  const maximum = new Float64Array(source.channels);
  return {
    add({ rowStart, pixels, channel, count }) {
      const end = rowStart[pixels]!;
      for (let i = rowStart[0]!; i < end; i++) {
        const c = channel[i]!;
        if (count[i]! > maximum[c]!) maximum[c] = count[i]!;
      }
    },
    result: () => maximum,
  };
}

/** Counts of each pixel over all channels: float64 [pixels]. */
export function countMap(source: CountSource): Accumulator<Float64Array> {
  const map = new Float64Array(pixelCount(source.navigationShape));
  return {
    add({ firstPixel, pixels, rowStart, count }) {
      for (let p = 0; p < pixels; p++) {
        let sum = 0;
        const end = rowStart[p + 1]!;
        for (let i = rowStart[p]!; i < end; i++) sum += count[i]!;
        map[firstPixel + p] = sum;
      }
    },
    result: () => map,
  };
}

/** Channels `start` (included) to `end` (excluded). */
export interface ChannelWindow {
  readonly start: number;
  readonly end: number;
}

/**
 * Counts of each pixel inside each window: float64 [windows][pixels]. Windows may overlap; a window that reaches past the energy
 * axis counts what lies on it. Throws {@link ParameterError} for a window that ends before it starts.
 */
export function windowMaps(source: CountSource, windows: readonly ChannelWindow[]): Accumulator<Float64Array[]> {
  const pixelsTotal = pixelCount(source.navigationShape);
  const maps = windows.map(() => new Float64Array(pixelsTotal));
  const members = windowsPerChannel(source.channels, windows);
  return {
    add({ firstPixel, pixels, rowStart, channel, count }) {
      for (let p = 0; p < pixels; p++) {
        const end = rowStart[p + 1]!;
        for (let i = rowStart[p]!; i < end; i++) {
          const hit = members[channel[i]!];
          if (hit === undefined) continue;
          for (let k = 0; k < hit.length; k++) maps[hit[k]!]![firstPixel + p]! += count[i]!;
        }
      }
    },
    result: () => maps,
  };
}

/**
 * Sum of the spectra of each class: float64 [classes][channels]. `labels` has one id per pixel; ids below 0 or not below
 * `classes` belong to nobody. A mask is the case of one class: 0 inside, -1 outside.
 */
export function classSpectra(source: CountSource, labels: Int32Array, classes: number): Accumulator<Float64Array[]> {
  if (labels.length !== pixelCount(source.navigationShape)) {
    throw new ShapeError("There must be one label per pixel.", {
      found: String(labels.length),
      expected: String(pixelCount(source.navigationShape)),
    });
  }
  const spectra = Array.from({ length: classes }, () => new Float64Array(source.channels));
  return {
    add({ firstPixel, pixels, rowStart, channel, count }) {
      for (let p = 0; p < pixels; p++) {
        const spectrum = spectra[labels[firstPixel + p]!];
        if (spectrum === undefined) continue;
        const end = rowStart[p + 1]!;
        for (let i = rowStart[p]!; i < end; i++) spectrum[channel[i]!]! += count[i]!;
      }
    },
    result: () => spectra,
  };
}

/** Sum of the spectra of the pixels where `mask` is not zero: float64 [channels]. */
export function roiSpectrum(source: CountSource, mask: Uint8Array): Accumulator<Float64Array> {
  const labels = Int32Array.from(mask, (inside) => (inside === 0 ? -1 : 0));
  const inner = classSpectra(source, labels, 1);
  return { add: inner.add, result: () => inner.result()[0]! };
}

function windowsPerChannel(channels: number, windows: readonly ChannelWindow[]): (number[] | undefined)[] {
  const members = new Array<number[] | undefined>(channels).fill(undefined);
  windows.forEach(({ start, end }, k) => {
    if (!(start <= end)) {
      throw new ParameterError("A channel window ends before it starts.", { found: `${start} to ${end}` });
    }
    for (let c = Math.max(0, start); c < Math.min(channels, end); c++) {
      members[c] ??= [];
      members[c]!.push(k);
    }
  });
  return members;
}
