/** Counts that a file holds as whole spectra, one per pixel, read in blocks of navigation rows and made sparse on the way. */
import { DataCheckError, throwIfAborted, UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { type CountSource, navigationRowLength, pixelCount } from "../../spectrum-image/counts.js";
import { CountBlockBuilder } from "../count-block-builder.js";
import { decodeElements, type Elements, type ElementType, elementSize, limitOf } from "./element-type.js";

/** Bytes read at once, and the most dense data held at any time. */
const SPAN = 4 * 1024 * 1024;
/** Spectra that lie closer together than this are read in one go. */
const GAP = 4096;
const MOST_CHANNELS = 65536;

export interface DenseLayout {
  readonly source: ByteSource;
  readonly navigationShape: readonly number[];
  readonly channels: number;
  readonly type: ElementType;
  readonly littleEndian: boolean;
  readonly kind: CountSource["kind"];
  /** Offset in the file of the spectrum of a pixel; `undefined` where nothing was recorded, which reads as zeros. */
  offsetOf(pixel: number): number | undefined;
}

/** A source over dense spectra. Throws UnsupportedError above 65,536 channels; reading throws FormatError past the end of the file. */
export function denseCounts(layout: DenseLayout): CountSource {
  const { navigationShape, channels, kind } = layout;
  checkChannels(channels, layout.source.name);
  return {
    navigationShape,
    channels,
    kind,
    countLimit: limitOf(layout.type),
    async *blocks({ signal } = {}) {
      const pixels = pixelCount(navigationShape);
      const row = navigationRowLength(navigationShape);
      const rowBytes = row * channels * elementSize(layout.type);
      const perBlock = row * Math.max(1, Math.floor(SPAN / Math.max(1, rowBytes)));
      const builder = new CountBlockBuilder(kind, true);
      for (let first = 0; first < pixels; first += perBlock) {
        throwIfAborted(signal);
        for await (const values of spectra(layout, first, Math.min(pixels, first + perBlock), signal)) {
          if (values !== undefined) {
            checkCounts(values, layout);
            addDense(builder, values);
          }
          builder.endPixels();
        }
        yield builder.take();
      }
    },
  };
}

/**
 * What dense values are: `counts` when they are whole and not negative. Unsigned integers are; signed ones and floats are looked
 * at, all of them in a small file and the first 16 MiB of a large one. Floats that were not all seen are `intensity`.
 */
export async function kindOfDense(layout: Omit<DenseLayout, "kind">, signal?: AbortSignal): Promise<CountSource["kind"]> {
  if (layout.type.startsWith("u")) return "counts";
  const pixels = pixelCount(layout.navigationShape);
  const spectrumBytes = Math.max(1, layout.channels * elementSize(layout.type));
  const seen = Math.min(pixels, Math.max(1, Math.floor((4 * SPAN) / spectrumBytes)));
  for await (const values of spectra({ ...layout, kind: "intensity" }, 0, seen, signal)) {
    if (values?.some((value) => !Number.isNaN(value) && !(value >= 0 && Number.isSafeInteger(value)))) return "intensity";
  }
  return seen === pixels || layout.type.startsWith("i") ? "counts" : "intensity";
}

/** Throws {@link UnsupportedError} when there are more channels than a spectrum image can have, or none. */
export function checkChannels(channels: number, where: string): void {
  if (channels >= 1 && channels <= MOST_CHANNELS) return;
  throw new UnsupportedError("The number of channels is out of range.", {
    where,
    field: "channels",
    found: String(channels),
    expected: `1 to ${MOST_CHANNELS}`,
  });
}

async function* spectra(layout: DenseLayout, from: number, to: number, signal: AbortSignal | undefined) {
  const bytes = layout.channels * elementSize(layout.type);
  for (let first = from; first < to; ) {
    const start = layout.offsetOf(first);
    if (start === undefined) {
      first++;
      yield undefined;
      continue;
    }
    const last = endOfSpan(layout, first, to, bytes);
    const span = await layout.source.read(start, layout.offsetOf(last - 1)! + bytes - start, signal);
    for (let p = first; p < last; p++) {
      const at = layout.offsetOf(p)! - start;
      yield decodeElements(span.subarray(at, at + bytes), layout.type, layout.littleEndian);
    }
    first = last;
  }
}

/** End (excluded) of the run of pixels that begin with `first`, lie one after the other in the file and fit into one reading. */
function endOfSpan(layout: DenseLayout, first: number, to: number, bytes: number): number {
  const start = layout.offsetOf(first)!;
  let end = start + bytes;
  let last = first + 1;
  for (; last < to; last++) {
    const next = layout.offsetOf(last);
    if (next === undefined || next < end || next > end + GAP || next + bytes - start > SPAN) break;
    end = next + bytes;
  }
  return last;
}

/** Adds the values of one pixel that are not zero; NaN stands for "not recorded" and counts as zero. */
function addDense(builder: CountBlockBuilder, values: ArrayLike<number>): void {
  builder.reserve(values.length);
  let entries = builder.entries;
  for (let c = 0; c < values.length; c++) {
    const value = values[c]!;
    if (value === 0 || Number.isNaN(value)) continue;
    builder.channel[entries] = c;
    builder.count[entries++] = value;
  }
  builder.entries = entries;
}

/** Throws {@link DataCheckError} for values that no count can have, where counts are expected of a type that can hold others. */
export function checkCounts(values: Elements, { kind, type, source }: Pick<DenseLayout, "kind" | "type" | "source">): void {
  if (kind !== "counts" || type.startsWith("u")) return;
  const wrong = values.findIndex((value: number) => value < 0 || (!Number.isNaN(value) && !Number.isSafeInteger(value)));
  if (wrong < 0) return;
  throw new DataCheckError("A count is negative or not whole.", {
    where: source.name,
    found: String(values[wrong]),
    expected: "counts from 0",
  });
}
