/** Counts that a file holds channel by channel: one image of the whole field per channel (band sequential). */
import { throwIfAborted } from "../../errors.js";
import { type CountSource, navigationRowLength, pixelCount } from "../../spectrum-image/counts.js";
import { CountBlockBuilder } from "../count-block-builder.js";
import { addDense, checkChannels, type DenseLayout } from "./dense-counts.js";
import { decodeElements, elementSize } from "./element-type.js";

/** The most dense data held at any time. Each block reads a piece of every plane, so larger is quicker. */
const BUDGET = 32 * 1024 * 1024;

/** Value of pixel p in channel c lies at `start + (c * pixels + p) * width`. */
export interface PlaneLayout extends Omit<DenseLayout, "offsetOf"> {
  /** Offset of the first plane in the file. */
  readonly start: number;
}

/** A source over planes. Throws UnsupportedError above 65,536 channels; reading throws FormatError past the end of the file. */
export function planeCounts(layout: PlaneLayout): CountSource {
  const { navigationShape, channels, kind, source } = layout;
  checkChannels(channels, source.name);
  const pixels = pixelCount(navigationShape);
  const row = navigationRowLength(navigationShape);
  const width = elementSize(layout.type);
  const perBlock = row * Math.max(1, Math.floor(BUDGET / (row * channels * width)));
  return {
    navigationShape,
    channels,
    kind,
    async *blocks({ signal } = {}) {
      const builder = new CountBlockBuilder(kind, true);
      for (let first = 0; first < pixels; first += perBlock) {
        const length = Math.min(perBlock, pixels - first);
        const dense = await readPart(layout, first, length, pixels, signal);
        for (let p = 0; p < length; p++) {
          addDense(builder, dense.subarray(p * channels, (p + 1) * channels));
          builder.endPixels();
        }
        yield builder.take();
      }
    },
  };
}

/** Values of some pixels, pixels x channels. */
async function readPart(layout: PlaneLayout, first: number, length: number, pixels: number, signal: AbortSignal | undefined) {
  const { channels, source, start, type, littleEndian } = layout;
  const width = elementSize(type);
  const dense = new Float64Array(length * channels);
  for (let c = 0; c < channels; c++) {
    throwIfAborted(signal);
    const bytes = await source.read(start + (c * pixels + first) * width, length * width, signal);
    const values = decodeElements(bytes, type, littleEndian);
    for (let p = 0; p < length; p++) dense[p * channels + c] = values[p]!;
  }
  return dense;
}
