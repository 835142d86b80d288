/** The three ways in which a .bcf file packs the spectrum of a pixel. Layout: README.md beside this. */
import { FormatError } from "../../errors.js";
import type { CountBlockBuilder } from "../count-block-builder.js";

const LARGEST_COUNT = 0x7fffffff;

/** Where a pixel lies, for messages. `offset` is in the unpacked stream. */
export interface PixelPlace {
  readonly where: string;
  readonly offset: number;
}

/** One spectrum at a time: filled by the `add` functions in any order of channels, emptied by {@link moveTo} in rising order. */
export class PixelSpectrum {
  readonly #counts: Uint32Array;
  /** One bit per channel that is not zero. */
  readonly #used: Uint32Array;
  readonly #channels: number;

  constructor(channels: number) {
    this.#channels = channels;
    this.#counts = new Uint32Array(channels);
    this.#used = new Uint32Array(Math.ceil(channels / 32));
  }

  /** `pulses` channels of 16 bits each. `view` must hold 2 bytes for each from `at`. */
  add16(view: DataView, at: number, pulses: number, place: PixelPlace): void {
    for (let i = 0; i < pulses; i++) this.#addPulse(view.getUint16(at + 2 * i, true), place);
  }

  /** `pulses` channels of 12 bits each, most significant bits first, in 16-bit little-endian words. See {@link bytesOf12}. */
  add12(bytes: Uint8Array, at: number, pulses: number, place: PixelPlace): void {
    for (let i = 0; i < pulses; i++) {
      const base = at + 6 * (i >> 2);
      let channel: number;
      switch (i & 3) {
        case 0:
          channel = (bytes[base + 1]! << 4) | (bytes[base]! >> 4);
          break;
        case 1:
          channel = ((bytes[base]! & 15) << 8) | bytes[base + 3]!;
          break;
        case 2:
          channel = (bytes[base + 2]! << 4) | (bytes[base + 5]! >> 4);
          break;
        default:
          channel = ((bytes[base + 5]! & 15) << 8) | bytes[base + 4]!;
      }
      this.#addPulse(channel, place);
    }
  }

  /**
   * Runs of neighbouring channels: width of the base value in bytes (0, 1, 2, 4, 8), number of channels, base value, then one value of half
   * that width per channel, which is added to the base. Width 0 is a run of zeros. Throws {@link FormatError} when a run leaves the data.
   */
  addRuns(view: DataView, start: number, length: number, place: PixelPlace): void {
    const end = start + length;
    let at = start;
    let channel = 0;
    while (at < end) {
      if (at + 2 > end) throw this.#broken(place, "a run without its head");
      const width = view.getUint8(at);
      const run = view.getUint8(at + 1);
      at += 2;
      if (width !== 0) {
        if (width !== 1 && width !== 2 && width !== 4 && width !== 8) throw this.#broken(place, `width ${width}`);
        const values = at + width;
        at = values + Math.ceil((run * width) / 2);
        if (at > end) throw this.#broken(place, "a run that leaves the pixel");
        this.#addRun(view, values, width, channel, run, place);
      }
      channel += run;
    }
  }

  /** Appends the spectrum to the builder as its next pixel and empties it. */
  moveTo(builder: CountBlockBuilder): void {
    builder.reserve(this.#channels);
    const { channel, count } = builder;
    let next = builder.entries;
    for (let word = 0; word < this.#used.length; word++) {
      let bits = this.#used[word]!;
      if (bits === 0) continue;
      this.#used[word] = 0;
      while (bits !== 0) {
        const c = word * 32 + 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        channel[next] = c;
        count[next++] = this.#counts[c]!;
        this.#counts[c] = 0;
      }
    }
    builder.entries = next;
    builder.endPixels();
  }

  #addRun(view: DataView, values: number, width: number, channel: number, run: number, place: PixelPlace): void {
    const base = baseValue(view, values - width, width);
    for (let i = 0; i < run; i++) {
      let value: number;
      if (width === 1) value = (view.getUint8(values + (i >> 1)) >> ((i & 1) * 4)) & 15;
      else if (width === 2) value = view.getUint8(values + i);
      else if (width === 4) value = view.getUint16(values + 2 * i, true);
      else value = view.getUint32(values + 4 * i, true);
      const count = base + value;
      if (count === 0) continue;
      if (count > LARGEST_COUNT) throw this.#broken(place, `${count} counts in channel ${channel + i}`);
      if (channel + i >= this.#channels) throw this.#beyond(place, channel + i);
      this.#counts[channel + i] = count;
      this.#mark(channel + i);
    }
  }

  #addPulse(channel: number, place: PixelPlace): void {
    if (channel >= this.#channels) throw this.#beyond(place, channel);
    this.#counts[channel]!++;
    this.#mark(channel);
  }

  #mark(channel: number): void {
    this.#used[channel >> 5]! |= 1 << (channel & 31);
  }

  #beyond(place: PixelPlace, channel: number): FormatError {
    return new FormatError("A pixel has counts beyond the energy axis.", {
      ...place,
      field: "pixel.channel",
      found: `channel ${channel}`,
      expected: `channels below ${this.#channels}`,
      remedy: "Copy the file again from the microscope; it may be damaged.",
    });
  }

  #broken(place: PixelPlace, found: string): FormatError {
    return new FormatError("The packed spectrum of a pixel is damaged.", {
      ...place,
      field: "pixel.data",
      found,
      expected: "runs with a base value of 0, 1, 2, 4 or 8 bytes inside the pixel",
      remedy: "Copy the file again from the microscope.",
    });
  }
}

/** Bytes that {@link PixelSpectrum.add12} reads for so many pulses. */
export function bytesOf12(pulses: number): number {
  return 2 * Math.ceil((pulses * 3) / 4);
}

function baseValue(view: DataView, at: number, width: number): number {
  if (width === 1) return view.getUint8(at);
  if (width === 2) return view.getUint16(at, true);
  const low = view.getUint32(at, true);
  return width === 4 ? low : view.getUint32(at + 4, true) * 4294967296 + low;
}
