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
import { readOver } from "../../spectrum-image/read-over.js";
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
  const buffer = new Uint8Array(Math.min(VECTOR_PIECE, end - parameters.offset));
  for (let at = parameters.offset; at < end; at += VECTOR_PIECE) {
    const bytes = await readOver(source, at, buffer.subarray(0, end - at), signal);
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
  let buffer = new Uint8Array(0);
  for (const { first, length } of pieces(pixels, row, (byVector ? VECTOR_PIECE : IMAGE_PIECE) / pixelBytes)) {
    // The first piece is the longest.
    if (buffer.length < length * pixelBytes) buffer = new Uint8Array(length * pixelBytes);
    const piece = buffer.subarray(0, length * pixelBytes);
    if (byVector) addSpectra(builder, await readSpectra(layout, piece, first, signal), parameters.depth, length);
    else addPlanes(builder, await readPlanes(layout, piece, first, pixels, breathe, signal), parameters.depth, length);
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

/** Spectra from pixel `first` on, as many as `piece` has room for; they may lie in it. */
async function readSpectra(
  layout: RawLayout,
  piece: Uint8Array,
  first: number,
  signal: AbortSignal | undefined,
): Promise<Elements> {
  const { source, parameters } = layout;
  const at = parameters.offset + first * parameters.depth * rawSize(parameters.type);
  return valuesOf(layout, await readOver(source, at, piece, signal), at);
}

/** The same pixels from each image, as many as `piece` has room for: [channels][length]. They may lie in it. Read at once where the pixels are the whole image. */
async function readPlanes(
  layout: RawLayout,
  piece: Uint8Array,
  first: number,
  pixels: number,
  breathe: () => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<Elements> {
  const { source, parameters } = layout;
  const size = rawSize(parameters.type);
  const start = parameters.offset;
  const planeBytes = piece.length / parameters.depth;
  if (planeBytes === pixels * size) return valuesOf(layout, await readOver(source, start, piece, signal), start);
  for (let c = 0; c < parameters.depth; c++) {
    const plane = piece.subarray(c * planeBytes, (c + 1) * planeBytes);
    const bytes = await readOver(source, start + (c * pixels + first) * size, plane, signal);
    if (bytes !== plane) plane.set(bytes);
    await breathe();
  }
  return valuesOf(layout, piece, start + first * size);
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
