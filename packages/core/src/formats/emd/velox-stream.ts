/**
 * Spectrum streams of Velox: 16-bit values, one detector, frame after frame and pixel after pixel. 65535 ends a pixel; any other value is one
 * count in the channel of that number.
 *
 *     98  99  65535   65535   102  97  97  65535 ...
 *     pixel 0         pixel 1 pixel 2
 *
 * A first pass finds where each row of each frame begins; blocks then read only their rows, of every detector and frame.
 */
import { FormatError, ParameterError, throwIfAborted } from "../../errors.js";
import type { CountSource } from "../../spectrum-image/counts.js";
import { CountBlockBuilder } from "../count-block-builder.js";
import type { Hdf5Dataset } from "../hdf5/dataset.js";

const NEXT_PIXEL = 65535;
const VALUES_AT_ONCE = 1 << 21;

export interface StreamGrid {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A stream and the rows in it. */
export class SpectrumStream {
  readonly data: Hdf5Dataset;
  readonly grid: StreamGrid;
  #index: Promise<StreamIndex> | undefined;

  constructor(data: Hdf5Dataset, grid: StreamGrid) {
    this.data = data;
    this.grid = grid;
  }

  /** Reads the whole stream once and keeps where its rows begin. */
  index(signal?: AbortSignal): Promise<StreamIndex> {
    if (this.#index === undefined) {
      this.#index = indexOf(this, signal);
      this.#index.catch(() => {
        this.#index = undefined;
      });
    }
    return this.#index;
  }

  /** Values from `start` (included) to `end` (excluded). */
  async values(start: number, end: number, signal?: AbortSignal): Promise<ArrayLike<number>> {
    const rest = this.data.shape.slice(1).map(() => 0);
    return this.data.numbers([start, ...rest], [end - start, ...rest.map(() => 1)], signal);
  }

  get length(): number {
    return this.data.shape[0] ?? 0;
  }
}

export interface StreamIndex {
  /** Frames that begin in the stream; the last may be incomplete. */
  readonly frames: number;
  readonly completePixels: number;
  readonly counts: number;
  /** Position of the first value of row `y` of frame `f` at `f * height + y`, and the end of the stream after the last that begins. */
  readonly rowStart: Float64Array;
}

async function indexOf(stream: SpectrumStream, signal: AbortSignal | undefined): Promise<StreamIndex> {
  const { height, width, channels } = stream.grid;
  if (await stream.data.hasGaps()) {
    throw new FormatError("Parts of the stream of spectra were never written.", {
      where: stream.data.path,
      found: `a stream of ${stream.length} values with gaps`,
      remedy: "Copy the file again from the microscope; it may be damaged.",
    });
  }
  const starts: number[] = [0];
  let pixel = 0;
  let counts = 0;
  for (let from = 0; from < stream.length; from += VALUES_AT_ONCE) {
    throwIfAborted(signal);
    const values = await stream.values(from, Math.min(stream.length, from + VALUES_AT_ONCE), signal);
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value === NEXT_PIXEL) {
        pixel++;
        if (pixel % width === 0) starts.push(from + i + 1);
      } else if (value < channels) {
        counts++;
      } else {
        throw new FormatError("A count lies outside the energy axis.", {
          where: stream.data.path,
          offset: from + i,
          found: `channel ${value}`,
          expected: `channels below ${channels}`,
        });
      }
    }
  }
  const begun = pixel + (starts.at(-1)! < stream.length || pixel % width !== 0 ? 1 : 0);
  const frames = Math.max(1, Math.ceil(begun / (height * width)));
  const rowStart = new Float64Array(frames * height + 1).fill(stream.length);
  rowStart.set(starts.slice(0, rowStart.length));
  return { frames, completePixels: pixel, counts, rowStart };
}

/** Frames `start` (included) to `end` (excluded). */
export interface FrameRange {
  readonly start: number;
  readonly end: number;
}

/** Counts of some detectors over some frames (all without a range), summed per pixel. */
export function streamCounts(streams: readonly SpectrumStream[], frames: FrameRange | undefined): CountSource {
  const { height, width, channels } = streams[0]!.grid;
  return {
    navigationShape: [height, width],
    channels,
    kind: "counts",
    async *blocks({ signal } = {}) {
      const indices: StreamIndex[] = [];
      for (const stream of streams) indices.push(await stream.index(signal));
      checkFrames(streams[0]!, indices, frames);
      const builder = new CountBlockBuilder("counts");
      for (let y = 0; y < height; ) {
        throwIfAborted(signal);
        const rows = rowsOfBlock(indices, height, y, frames);
        const counts = new PixelCounts(rows * width, channels);
        for (const [s, stream] of streams.entries()) await addRows(counts, stream, indices[s]!, { y, rows, frames }, signal);
        counts.writeTo(builder);
        yield builder.take();
        y += rows;
      }
    },
  };
}

/** How many frames there are is known when the stream was read. Throws {@link ParameterError} for frames that no detector has. */
function checkFrames({ data }: SpectrumStream, indices: readonly StreamIndex[], range: FrameRange | undefined): void {
  const most = Math.max(...indices.map(({ frames }) => frames));
  if (range === undefined || range.end <= most) return;
  throw new ParameterError("The file has no such frames.", {
    where: data.path,
    found: `${range.start} to before ${range.end}`,
    expected: `frames from 0 to before ${most}`,
  });
}

/** As many rows as have about as many values as are read at once. */
function rowsOfBlock(indices: readonly StreamIndex[], height: number, y: number, range: FrameRange | undefined): number {
  let values = 0;
  let rows = 0;
  while (y + rows < height && (rows === 0 || values < VALUES_AT_ONCE)) {
    for (const index of indices) {
      for (const f of framesOf(index, range)) {
        const at = f * height + y + rows;
        values += index.rowStart[at + 1]! - index.rowStart[at]!;
      }
    }
    rows++;
  }
  return rows;
}

function* framesOf(index: StreamIndex, range: FrameRange | undefined): Generator<number> {
  const end = Math.min(index.frames, range?.end ?? index.frames);
  for (let f = range?.start ?? 0; f < end; f++) yield f;
}

interface Rows {
  readonly y: number;
  readonly rows: number;
  readonly frames: FrameRange | undefined;
}

async function addRows(
  counts: PixelCounts,
  stream: SpectrumStream,
  index: StreamIndex,
  part: Rows,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { height } = stream.grid;
  for (const f of framesOf(index, part.frames)) {
    const first = index.rowStart[f * height + part.y]!;
    const end = index.rowStart[f * height + part.y + part.rows]!;
    let pixel = 0;
    for (let from = first; from < end; from += VALUES_AT_ONCE) {
      const values = await stream.values(from, Math.min(end, from + VALUES_AT_ONCE), signal);
      for (let i = 0; i < values.length; i++) {
        if (values[i] === NEXT_PIXEL) pixel++;
        else counts.add(pixel, values[i]!);
      }
    }
  }
}

/** Single counts in any order, brought into rows of rising channels. */
class PixelCounts {
  readonly #pixels: number;
  readonly #channels: number;
  #pixel = new Uint32Array(1 << 16);
  #channel = new Uint16Array(1 << 16);
  #length = 0;

  constructor(pixels: number, channels: number) {
    this.#pixels = pixels;
    this.#channels = channels;
  }

  add(pixel: number, channel: number): void {
    if (this.#length === this.#pixel.length) {
      const pixels = new Uint32Array(this.#length * 2);
      pixels.set(this.#pixel);
      this.#pixel = pixels;
      const channels = new Uint16Array(this.#length * 2);
      channels.set(this.#channel);
      this.#channel = channels;
    }
    this.#pixel[this.#length] = pixel;
    this.#channel[this.#length++] = channel;
  }

  writeTo(builder: CountBlockBuilder): void {
    const start = new Uint32Array(this.#pixels + 1);
    for (let i = 0; i < this.#length; i++) start[this.#pixel[i]! + 1]!++;
    for (let p = 0; p < this.#pixels; p++) start[p + 1]! += start[p]!;
    const next = start.slice();
    const sorted = new Uint16Array(this.#length);
    for (let i = 0; i < this.#length; i++) sorted[next[this.#pixel[i]!]!++] = this.#channel[i]!;
    const histogram = new Uint32Array(this.#channels);
    for (let p = 0; p < this.#pixels; p++) {
      const own = sorted.subarray(start[p]!, start[p + 1]!);
      for (let i = 0; i < own.length; i++) histogram[own[i]!]!++;
      own.sort();
      builder.reserve(own.length);
      for (let i = 0; i < own.length; i++) {
        const channel = own[i]!;
        if (histogram[channel] === 0) continue;
        builder.channel[builder.entries] = channel;
        builder.count[builder.entries++] = histogram[channel]!;
        histogram[channel] = 0;
      }
      builder.endPixels();
    }
  }
}
