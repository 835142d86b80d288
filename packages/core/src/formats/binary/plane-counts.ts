/** Counts that a file holds channel by channel: one image of the whole field per channel (band sequential). */
import { throwIfAborted } from "../../errors.js";
import { type CountSource, navigationRowLength, pixelCount } from "../../spectrum-image/counts.js";
import { CountBlockBuilder } from "../count-block-builder.js";
import { checkChannels, checkCounts, type DenseLayout } from "./dense-counts.js";
import { decodeElements, type Elements, elementSize, limitOf } from "./element-type.js";

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
    countLimit: limitOf(layout.type),
    async *blocks({ signal } = {}) {
      const builder = new CountBlockBuilder(kind, true);
      for (let first = 0; first < pixels; first += perBlock) {
        const length = Math.min(perBlock, pixels - first);
        addPixels(builder, await readPart(layout, first, length, pixels, signal), length);
        yield builder.take();
      }
    },
  };
}

/** Values of some pixels: [channels][length]. */
async function readPart(layout: PlaneLayout, first: number, length: number, pixels: number, signal: AbortSignal | undefined) {
  const { channels, source, start, type, littleEndian } = layout;
  const width = elementSize(type);
  const planes: Elements[] = [];
  for (let c = 0; c < channels; c++) {
    throwIfAborted(signal);
    const bytes = await source.read(start + (c * pixels + first) * width, length * width, signal);
    const plane = decodeElements(bytes, type, littleEndian);
    checkCounts(plane, layout);
    planes.push(plane);
  }
  return planes;
}

/** Counts what each pixel has, then puts it there: planes are read in order, and only values that are not zero are written. */
function addPixels(builder: CountBlockBuilder, planes: readonly Elements[], length: number): void {
  const next = new Uint32Array(length + 1);
  for (const plane of planes) for (let p = 0; p < length; p++) if (isCounted(plane[p]!)) next[p + 1]!++;
  for (let p = 0; p < length; p++) next[p + 1]! += next[p]!;
  builder.reserve(next[length]!);
  const { channel, count } = builder;
  for (const [c, plane] of planes.entries()) {
    for (let p = 0; p < length; p++) {
      const value = plane[p]!;
      if (!isCounted(value)) continue;
      channel[next[p]!] = c;
      count[next[p]!++] = value;
    }
  }
  for (let p = 0; p < length; p++) {
    builder.entries = next[p]!;
    builder.endPixels();
  }
}

/** NaN stands for "not recorded" and counts as zero. */
function isCounted(value: number): boolean {
  return value !== 0 && !Number.isNaN(value);
}
