/** Counts with their zeros, spectrum after spectrum, as files of plain numbers hold them. Little-endian. */
import { throwIfAborted, UnsupportedError } from "../../errors.js";
import type { WorkContext } from "../../spectrum-image/context.js";
import { type CountBlock, type CountSource, pixelCount } from "../../spectrum-image/counts.js";

/** Bytes per number. 1, 2, 4, 8: unsigned integers; `float`: 8-byte floats. */
export type DenseWidth = 1 | 2 | 4 | 8 | "float";

const PIECE = 1 << 22;
const largestOf = { 1: 0xff, 2: 0xffff, 4: 0xffffffff, 8: Number.MAX_SAFE_INTEGER, float: Number.MAX_VALUE } as const;

export function bytesOf(width: DenseWidth): number {
  return width === "float" ? 8 : width;
}

/** The narrowest width that holds every count, found by reading the counts once; `float` for intensities, without reading. */
export async function narrowestWidth(counts: CountSource, { signal, onProgress }: WorkContext = {}): Promise<DenseWidth> {
  if (counts.kind === "intensity") return "float";
  const pixels = pixelCount(counts.navigationShape);
  let largest = 0;
  for await (const { firstPixel, pixels: held, rowStart, count } of counts.blocks({ signal })) {
    throwIfAborted(signal);
    const end = rowStart[held]!;
    for (let i = rowStart[0]!; i < end; i++) if (count[i]! > largest) largest = count[i]!;
    onProgress?.((firstPixel + held) / pixels);
  }
  for (const width of [1, 2, 4] as const) if (largest <= largestOf[width]) return width;
  return 8;
}

/** All counts in pieces of about 4 MiB. Throws {@link UnsupportedError} for a count that does not fit into the width. */
export async function* denseStream(
  counts: CountSource,
  width: DenseWidth,
  { signal, onProgress }: WorkContext = {},
): AsyncGenerator<Uint8Array, void> {
  const pixels = pixelCount(counts.navigationShape);
  const spectrumBytes = counts.channels * bytesOf(width);
  const perPiece = Math.max(1, Math.floor(PIECE / spectrumBytes));
  for await (const block of counts.blocks({ signal })) {
    for (let first = 0; first < block.pixels; first += perPiece) {
      throwIfAborted(signal);
      const end = Math.min(block.pixels, first + perPiece);
      yield denseBytes(block, first, end, counts.channels, width);
      onProgress?.((block.firstPixel + end) / pixels);
    }
  }
}

/** Pixels `first` (included) to `end` (excluded) of a block, with their zeros. Throws {@link UnsupportedError} for a count that does not fit. */
function denseBytes(block: CountBlock, first: number, end: number, channels: number, width: DenseWidth): Uint8Array {
  const { rowStart, channel, count } = block;
  const size = bytesOf(width);
  const bytes = new Uint8Array((end - first) * channels * size);
  const view = new DataView(bytes.buffer);
  const limit = largestOf[width];
  for (let p = first; p < end; p++) {
    const base = (p - first) * channels;
    for (let i = rowStart[p]!; i < rowStart[p + 1]!; i++) {
      const value = count[i]!;
      const at = (base + channel[i]!) * size;
      if (width !== "float" && !(value >= 0 && value <= limit && Number.isInteger(value)))
        throw doesNotFit(value, limit, block.firstPixel + p);
      if (width === "float") view.setFloat64(at, value, true);
      else if (width === 1) bytes[at] = value;
      else if (width === 2) view.setUint16(at, value, true);
      else {
        view.setUint32(at, value % 4294967296, true);
        if (width === 8) view.setUint32(at + 4, Math.floor(value / 4294967296), true);
      }
    }
  }
  return bytes;
}

function doesNotFit(value: number, limit: number, pixel: number): UnsupportedError {
  return new UnsupportedError("A count does not fit into the number of bytes that was asked for.", {
    where: `pixel ${pixel}`,
    found: String(value),
    expected: `whole numbers from 0 to ${limit}`,
    remedy: "Ask for a wider number.",
  });
}
