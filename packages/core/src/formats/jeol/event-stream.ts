/**
 * The stream of a `.pts` file: 16-bit words, the upper 4 bits the kind, the lower 12 a value. Positions run from 0 to 4095 whatever the
 * number of pixels. The area is swept again and again; y falling back begins the next sweep.
 */
import { throwIfAborted } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";

const CHUNK = 1 << 21;
const X = 0x8000;
const Y = 0x9000;
const ELECTRONS = 0xa000;
const XRAY = 0xb000;
const RANGE = 4096;

export interface EventStream {
  readonly source: ByteSource;
  /** First byte and end (excluded) of the stream. */
  readonly start: number;
  readonly end: number;
  readonly width: number;
  readonly height: number;
}

/** What a stream holds, from one reading of it. */
export interface StreamSurvey {
  /** Sweeps that count: the complete ones, or the only one. */
  readonly sweeps: number;
  /** End (excluded) of those sweeps in the file. */
  readonly end: number;
  /** X-rays of those sweeps in each row: [height]. */
  readonly rowEvents: Float64Array;
  /** Electron image, summed over those sweeps: [height x width]; `undefined` when the stream has none. */
  readonly electrons: Uint32Array | undefined;
  /** X-rays of the last sweep, when it was not complete and is left out. */
  readonly leftOut: number | undefined;
  /** The only sweep is not complete. */
  readonly incomplete: boolean;
  /** Events at positions outside the field. */
  readonly outside: number;
}

/** Reads the stream once and counts. */
export async function surveyStream(stream: EventStream, signal?: AbortSignal): Promise<StreamSurvey> {
  const survey = new Survey(stream);
  await eachChunk(stream, stream.end, signal, (words, offset) => survey.add(words, offset));
  return survey.result();
}

/** X-rays of the rows `from` to `to` (excluded) up to byte `end`, as they come: pixel within these rows, and channel. */
export async function collectEvents(
  stream: EventStream,
  end: number,
  from: number,
  to: number,
  events: number,
  signal?: AbortSignal,
) {
  const { width, height } = stream;
  const pixel = new Uint32Array(events);
  const channel = new Uint16Array(events);
  const decoder = new Decoder(stream);
  let length = 0;
  await eachChunk(stream, end, signal, (words) => {
    for (let i = 0; i < words.length; i++) {
      const word = words[i]!;
      if (decoder.take(word) !== XRAY) continue;
      const { x, y } = decoder;
      if (x >= width || y >= height || y < from || y >= to || length === events) continue;
      pixel[length] = (y - from) * width + x;
      channel[length++] = word & 0xfff;
    }
  });
  return { pixel, channel, length };
}

/** Follows the position of the beam. */
class Decoder {
  x = 0;
  y = 0;
  /** Positions as the stream has them. */
  lastX = 0;
  lastY = 0;
  newSweep = false;
  readonly #perX: number;
  readonly #perY: number;

  constructor({ width, height }: EventStream) {
    this.#perX = Math.floor(RANGE / width);
    this.#perY = Math.floor(RANGE / height);
  }

  /** Kind of the word; sets `newSweep` when it begins another sweep. */
  take(word: number): number {
    const kind = word & 0xf000;
    this.newSweep = false;
    if (kind === X) {
      this.lastX = word & 0xfff;
      this.x = Math.floor(this.lastX / this.#perX);
    } else if (kind === Y) {
      const value = word & 0xfff;
      if (value < this.lastY) {
        this.newSweep = true;
        this.x = 0;
      }
      this.lastY = value;
      this.y = Math.floor(value / this.#perY);
    }
    return kind;
  }

  /** True when the beam stands in the last row, and in the last column where `column` asks for it. */
  atEnd(column: boolean): boolean {
    return this.lastY >= RANGE - this.#perY && (!column || this.lastX >= RANGE - this.#perX);
  }
}

class Survey {
  readonly #stream: EventStream;
  readonly #decoder: Decoder;
  readonly #rows: Float64Array;
  readonly #sweepRows: Float64Array;
  readonly #electrons: Uint32Array;
  readonly #sweepElectrons: Uint32Array;
  #hasElectrons = false;
  #sweepStart: number;
  #sweeps = 0;
  #outside = 0;

  constructor(stream: EventStream) {
    this.#stream = stream;
    this.#decoder = new Decoder(stream);
    this.#rows = new Float64Array(stream.height);
    this.#sweepRows = new Float64Array(stream.height);
    this.#electrons = new Uint32Array(stream.width * stream.height);
    this.#sweepElectrons = new Uint32Array(stream.width * stream.height);
    this.#sweepStart = stream.start;
  }

  add(words: Uint16Array, offset: number): void {
    const { width, height } = this.#stream;
    const decoder = this.#decoder;
    for (let i = 0; i < words.length; i++) {
      const word = words[i]!;
      const kind = decoder.take(word);
      if (decoder.newSweep) this.#endSweep(offset + 2 * i);
      if (kind !== XRAY && kind !== ELECTRONS) continue;
      if (decoder.x >= width || decoder.y >= height) this.#outside++;
      else if (kind === XRAY) this.#sweepRows[decoder.y]!++;
      else {
        this.#hasElectrons = true;
        this.#sweepElectrons[decoder.y * width + decoder.x]! += word & 0xfff;
      }
    }
  }

  result(): StreamSurvey {
    const complete = this.#decoder.atEnd(this.#hasElectrons);
    const taken = complete || this.#sweeps === 0;
    const last = this.#sweepRows.reduce((sum, events) => sum + events, 0);
    const start = this.#sweepStart;
    if (taken) this.#endSweep(this.#stream.end);
    return {
      sweeps: this.#sweeps,
      end: taken ? this.#stream.end : start,
      rowEvents: this.#rows,
      electrons: this.#hasElectrons ? this.#electrons : undefined,
      leftOut: taken ? undefined : last,
      incomplete: !complete,
      outside: this.#outside,
    };
  }

  #endSweep(end: number): void {
    this.#sweeps++;
    this.#sweepStart = end;
    for (let y = 0; y < this.#rows.length; y++) this.#rows[y]! += this.#sweepRows[y]!;
    this.#sweepRows.fill(0);
    if (!this.#hasElectrons) return;
    for (let p = 0; p < this.#electrons.length; p++) this.#electrons[p]! += this.#sweepElectrons[p]!;
    this.#sweepElectrons.fill(0);
  }
}

async function eachChunk(
  { source, start }: EventStream,
  end: number,
  signal: AbortSignal | undefined,
  take: (words: Uint16Array, offset: number) => void,
): Promise<void> {
  for (let offset = start; offset + 1 < end; offset += CHUNK) {
    throwIfAborted(signal);
    const length = Math.min(CHUNK, end - offset) & ~1;
    const bytes = new Uint8Array(length);
    bytes.set(await source.read(offset, length, signal));
    take(new Uint16Array(bytes.buffer), offset);
  }
}
