/** Counts of a .raw file, in blocks of whole rows, whether spectra or images follow each other in the file. */
import { throwIfAborted } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import { breather } from "../../spectrum-image/context.js";
import {
  type BlockOptions,
  type CountBlock,
  type CountSource,
  navigationRowLength,
  pixelCount,
} from "../../spectrum-image/counts.js";
import { type Elements, limitOf } from "../binary/element-type.js";
import { CountBlockBuilder } from "../count-block-builder.js";
import { rawSize, rawValues } from "./raw-values.js";
import type { RplParameters } from "./rpl-parameters.js";

/** Most bytes of the file that are held at a time. */
const VECTOR_PIECE = 1 << 22;
const IMAGE_PIECE = 1 << 25;
/** A block ends with the row in which it reaches either number. */
const BLOCK_ENTRIES = 1 << 20;
const BLOCK_PIXELS = 1 << 16;

export interface RawLayout {
  readonly source: ByteSource;
  readonly parameters: RplParameters;
  readonly navigationShape: readonly number[];
}

/** A source over the numbers of the file; `kind` as {@link kindOfRaw} found it. */
export function rawCounts(layout: RawLayout, kind: CountSource["kind"]): CountSource {
  return {
    navigationShape: layout.navigationShape,
    channels: layout.parameters.depth,
    kind,
    countLimit: limitOf(layout.parameters.type),
    blocks: (options = {}) => readBlocks(layout, kind, options),
  };
}

/**
 * `counts` when every number is whole and not negative. Unsigned integers are by their type; signed integers and floats are looked at, up to
 * the first that is not. Throws what reading throws.
 */
export async function kindOfRaw(layout: RawLayout, signal?: AbortSignal): Promise<CountSource["kind"]> {
  const { source, parameters } = layout;
  if (parameters.type.startsWith("u")) return "counts";
  const end = parameters.offset + pixelCount(layout.navigationShape) * parameters.depth * rawSize(parameters.type);
  const breathe = breather({ signal });
  for (let at = parameters.offset; at < end; at += VECTOR_PIECE) {
    const bytes = await source.read(at, Math.min(VECTOR_PIECE, end - at), signal);
    const values = rawValues(bytes, parameters.type, parameters.littleEndian, source.name, at);
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value < 0 || !Number.isSafeInteger(value)) return "intensity";
    }
    await breathe();
  }
  return "counts";
}

async function* readBlocks(
  layout: RawLayout,
  kind: CountSource["kind"],
  { signal }: BlockOptions,
): AsyncGenerator<CountBlock, void> {
  throwIfAborted(signal);
  const { parameters, navigationShape } = layout;
  const pixels = pixelCount(navigationShape);
  const row = navigationRowLength(navigationShape);
  const byVector = parameters.recordBy === "vector";
  const pixelBytes = parameters.depth * rawSize(parameters.type);
  const builder = new CountBlockBuilder(kind, rawSize(parameters.type) > 4 || parameters.type === "f4");
  const breathe = breather({ signal });
  for (const { first, length } of pieces(pixels, row, (byVector ? VECTOR_PIECE : IMAGE_PIECE) / pixelBytes)) {
    if (byVector) addSpectra(builder, await readSpectra(layout, first, length, signal), parameters.depth, length);
    else addPlanes(builder, await readPlanes(layout, first, length, pixels, breathe, signal), parameters.depth, length);
    await breathe();
    const end = first + length;
    const full = builder.entries >= BLOCK_ENTRIES || builder.pixels >= BLOCK_PIXELS;
    if (end === pixels || (full && end % row === 0)) yield builder.take();
  }
}

/** Runs of pixels of at most about `most`: whole rows, or parts of one row where a row is longer. */
function* pieces(pixels: number, row: number, most: number): Generator<{ first: number; length: number }> {
  const rows = Math.floor(most / row);
  const step = rows >= 1 ? rows * row : Math.max(1, Math.floor(most));
  for (let first = 0; first < pixels; ) {
    const end = rows >= 1 ? pixels : (Math.floor(first / row) + 1) * row;
    const length = Math.min(step, end - first);
    yield { first, length };
    first += length;
  }
}

async function readSpectra(layout: RawLayout, first: number, length: number, signal: AbortSignal | undefined): Promise<Elements> {
  const { source, parameters } = layout;
  const pixelBytes = parameters.depth * rawSize(parameters.type);
  const at = parameters.offset + first * pixelBytes;
  return valuesOf(layout, await source.read(at, length * pixelBytes, signal), at);
}

/** The same pixels from each image: [channels][length]. Read at once where the pixels are the whole image. */
async function readPlanes(
  layout: RawLayout,
  first: number,
  length: number,
  pixels: number,
  breathe: () => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<Elements> {
  const { source, parameters } = layout;
  const size = rawSize(parameters.type);
  const start = parameters.offset;
  if (length === pixels) return valuesOf(layout, await source.read(start, pixels * parameters.depth * size, signal), start);
  const bytes = new Uint8Array(length * parameters.depth * size);
  for (let c = 0; c < parameters.depth; c++) {
    bytes.set(await source.read(start + (c * pixels + first) * size, length * size, signal), c * length * size);
    await breathe();
  }
  return valuesOf(layout, bytes, start + first * size);
}

function valuesOf({ source, parameters }: RawLayout, bytes: Uint8Array, at: number): Elements {
  return rawValues(bytes, parameters.type, parameters.littleEndian, source.name, at);
}

function addSpectra(builder: CountBlockBuilder, values: Elements, channels: number, pixels: number): void {
  for (let p = 0, i = 0; p < pixels; p++) {
    builder.reserve(channels);
    const { channel, count } = builder;
    let next = builder.entries;
    for (let c = 0; c < channels; c++, i++) {
      const value = values[i]!;
      if (value === 0) continue;
      channel[next] = c;
      count[next++] = value;
    }
    builder.entries = next;
    builder.endPixels();
  }
}

/** Twice through the images, which is the order of the bytes: once to count, once to place. */
function addPlanes(builder: CountBlockBuilder, values: Elements, channels: number, pixels: number): void {
  const next = new Float64Array(pixels);
  for (let c = 0, i = 0; c < channels; c++) for (let p = 0; p < pixels; p++, i++) if (values[i] !== 0) next[p]!++;
  let end = builder.entries;
  for (let p = 0; p < pixels; p++) {
    const filled = next[p]!;
    next[p] = end;
    end += filled;
  }
  builder.reserve(end - builder.entries);
  const { channel, count } = builder;
  for (let c = 0, i = 0; c < channels; c++) {
    for (let p = 0; p < pixels; p++, i++) {
      const value = values[i]!;
      if (value === 0) continue;
      const at = next[p]!++;
      channel[at] = c;
      count[at] = value;
    }
  }
  for (let p = 0; p < pixels; p++) {
    builder.entries = next[p]!;
    builder.endPixels();
  }
}
