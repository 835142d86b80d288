import { ShapeError, throwIfAborted } from "../../errors.js";
import {
  type BlockOptions,
  type CountBlock,
  type CountSource,
  navigationRowLength,
  pixelCount,
} from "../../spectrum-image/counts.js";

/** A decomposition whose sum describes the data: mean + Σ score x component. */
export interface Model {
  /** Each float64 [channels]. */
  readonly components: readonly Float64Array[];
  /** Float32 [pixels x components], row-major; NaN in pixels that were left out. */
  readonly scores: Float32Array;
  readonly mean?: Float64Array | undefined;
}

export interface ReconstructOptions {
  /** Values below 0 become 0. Default true: a spectrum of counts has none. */
  readonly clip?: boolean | undefined;
}

/**
 * The data as the components describe them, computed when blocks are asked for: one block per navigation row, kind `intensity`, almost every
 * channel filled. What the components leave out (for the right number of them: noise) is gone. Pixels without scores are empty. Reading it once
 * costs pixels x channels x components multiplications; held in memory it would take 10 bytes per pixel and channel.
 * Throws {@link ShapeError} when the sizes do not fit together.
 */
export function reconstructedCounts(
  navigationShape: readonly number[],
  channels: number,
  model: Model,
  { clip = true }: ReconstructOptions = {},
): CountSource {
  checkModel(pixelCount(navigationShape), channels, model);
  const rowLength = navigationRowLength(navigationShape);
  const pixels = pixelCount(navigationShape);
  return {
    navigationShape,
    channels,
    kind: "intensity",
    async *blocks({ signal }: BlockOptions = {}) {
      for (let firstPixel = 0; firstPixel < pixels; firstPixel += rowLength) {
        throwIfAborted(signal);
        yield block(model, firstPixel, rowLength, channels, clip);
      }
    },
  };
}

function checkModel(pixels: number, channels: number, { components, scores, mean }: Model): void {
  const wrong = [...components, ...(mean === undefined ? [] : [mean])].find(({ length }) => length !== channels);
  if (wrong === undefined && scores.length === pixels * components.length) return;
  throw new ShapeError("The decomposition does not belong to this image.", {
    found: wrong === undefined ? `${scores.length} scores` : `a component of ${wrong.length} channels`,
    expected: wrong === undefined ? `${pixels} x ${components.length}` : String(channels),
  });
}

function block(
  { components, scores, mean }: Model,
  firstPixel: number,
  pixels: number,
  channels: number,
  clip: boolean,
): CountBlock {
  const k = components.length;
  const rowStart = new Uint32Array(pixels + 1);
  const channel = new Uint16Array(pixels * channels);
  const count = new Float64Array(pixels * channels);
  const spectrum = new Float64Array(channels);
  let entries = 0;
  for (let p = 0; p < pixels; p++) {
    const at = (firstPixel + p) * k;
    if (!Number.isNaN(scores[at]!)) {
      if (mean === undefined) spectrum.fill(0);
      else spectrum.set(mean);
      components.forEach((component, j) => {
        const score = scores[at + j]!;
        for (let c = 0; c < channels; c++) spectrum[c]! += score * component[c]!;
      });
      for (let c = 0; c < channels; c++) {
        const value = spectrum[c]!;
        if (value === 0 || (clip && value < 0)) continue;
        channel[entries] = c;
        count[entries] = value;
        entries += 1;
      }
    }
    rowStart[p + 1] = entries;
  }
  return { firstPixel, pixels, rowStart, channel: channel.subarray(0, entries), count: count.subarray(0, entries) };
}
