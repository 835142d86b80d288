/** The cube: lines of pixels, one after the other in one stream. Layout: README.md beside this. */
import { FormatError, throwIfAborted, UnsupportedError } from "../../errors.js";
import { breather } from "../../spectrum-image/context.js";
import type { BlockOptions, CountBlock, CountSource } from "../../spectrum-image/counts.js";
import { CountBlockBuilder } from "../count-block-builder.js";
import { ByteWindow } from "./byte-window.js";
import { type PulseKernel, pulseKernel } from "./pulse-kernel.js";
import type { OpenSfsFile, SfsContainer } from "./sfs.js";
import { contentOf } from "./sfs-content.js";
import { bytesOf12, PixelSpectrum } from "./unpack-pixel.js";

export const CUBE_HEADER = 0x1a0;
export const PIXEL_HEADER = 22;
const LONGEST_SIDE = 32_768;
const MOST_PIXELS = 1 << 26;
const LONGEST_PIXEL = 1 << 20;
/** A block ends with the line in which it reaches either number. */
const BLOCK_ENTRIES = 1 << 20;
const BLOCK_PIXELS = 1 << 16;

export interface CubeSize {
  readonly height: number;
  readonly width: number;
}

/** Height and width of the map from the head of the stream. Throws {@link FormatError}. */
export async function readCubeSize(container: SfsContainer, file: OpenSfsFile, signal?: AbortSignal): Promise<CubeSize> {
  const window = windowOf(container, file, signal);
  await window.need(CUBE_HEADER, "cube.header");
  const height = window.view.getUint32(0, true);
  const width = window.view.getUint32(4, true);
  for (const [field, size, offset] of [["height", height, 0] as const, ["width", width, 4] as const]) {
    if (size >= 1 && size <= LONGEST_SIDE) continue;
    throw new FormatError("The size of the map is out of range.", {
      where: placeOf(container, file),
      field: `cube.${field}`,
      offset,
      found: String(size),
      expected: `1 to ${LONGEST_SIDE} pixels`,
    });
  }
  if (height * width > MOST_PIXELS) {
    throw new UnsupportedError("The map has more pixels than this program reads.", {
      where: placeOf(container, file),
      field: "cube.height",
      offset: 0,
      found: `${height} x ${width}`,
      expected: `at most ${MOST_PIXELS} pixels`,
    });
  }
  return { height, width };
}

/** The counts of a cube, read line by line each time that blocks are asked for. */
export function cubeCounts(container: SfsContainer, file: OpenSfsFile, size: CubeSize, channels: number): CountSource {
  return {
    navigationShape: [size.height, size.width],
    channels,
    kind: "counts",
    blocks: (options = {}) => readBlocks(container, file, size, channels, options),
  };
}

async function* readBlocks(
  container: SfsContainer,
  file: OpenSfsFile,
  size: CubeSize,
  channels: number,
  { signal }: BlockOptions,
): AsyncGenerator<CountBlock, void> {
  throwIfAborted(signal);
  const window = windowOf(container, file, signal);
  await window.need(CUBE_HEADER, "cube.header");
  window.at = CUBE_HEADER;
  const kernel = await pulseKernel(size.width, channels);
  const line = new LineReader(window, placeOf(container, file), size.width, channels, kernel);
  const breathe = breather({ signal });
  const builder = new CountBlockBuilder();
  for (let y = 0; y < size.height; y++) {
    await line.readInto(builder);
    await breathe();
    if (builder.entries >= BLOCK_ENTRIES || builder.pixels >= BLOCK_PIXELS || y === size.height - 1) yield builder.take();
  }
}

/** Lines of a cube, one after the other; without the kernel pixel by pixel. */
export class LineReader {
  readonly #window: ByteWindow;
  readonly #where: string;
  readonly #width: number;
  readonly #spectrum: PixelSpectrum;
  readonly #kernel: PulseKernel | undefined;
  /** Least x that the next pixel of the line may have. */
  #next = 0;

  constructor(window: ByteWindow, where: string, width: number, channels: number, kernel: PulseKernel | undefined) {
    this.#window = window;
    this.#where = where;
    this.#width = width;
    this.#spectrum = new PixelSpectrum(channels);
    this.#kernel = kernel;
  }

  /** Reads a line: the number of its pixels, then each with its place in the line. Pixels without counts may be left out. */
  async readInto(builder: CountBlockBuilder): Promise<void> {
    const window = this.#window;
    if (window.ahead < 4) await window.need(4, "line.pixels");
    const pixels = window.view.getUint32(window.at, true);
    if (pixels > this.#width) this.#fail("line.pixels", 0, String(pixels), `at most ${this.#width}`);
    window.at += 4;
    this.#next = 0;
    for (let left = pixels; left > 0; left--) {
      if (window.ahead < PIXEL_HEADER) await window.need(PIXEL_HEADER, "pixel.header");
      left -= this.#unpackQuickly(left, builder);
      if (left === 0) break;
      if (window.ahead < PIXEL_HEADER) await window.need(PIXEL_HEADER, "pixel.header");
      this.#placePixel(builder);
      const size = this.#pixelSize();
      if (window.ahead < size) await window.need(size, "pixel.data");
      this.#unpack(size);
      this.#spectrum.moveTo(builder);
      window.at += size;
    }
    if (this.#next < this.#width) builder.endPixels(this.#width - this.#next);
  }

  /** What the kernel unpacks of the next `left` pixels of the line, as many as it says; it leaves to the rest of this class what it does not take, and all that is wrong. */
  #unpackQuickly(left: number, builder: CountBlockBuilder): number {
    const { view, at } = this.#window;
    if (this.#kernel === undefined || view.getUint16(at + 12, true) > 1) return 0;
    const { pixels, next } = this.#kernel.unpack(this.#window, left, this.#next, builder);
    this.#next = next;
    return pixels;
  }

  /** Pixels that were left out before this one are empty. */
  #placePixel(builder: CountBlockBuilder): void {
    const x = this.#window.view.getUint32(this.#window.at, true);
    if (x < this.#next || x >= this.#width) this.#fail("pixel.x", 0, String(x), `${this.#next} to ${this.#width - 1}`);
    if (x > this.#next) builder.endPixels(x - this.#next);
    this.#next = x + 1;
  }

  /** Bytes of the pixel at the window, header included. */
  #pixelSize(): number {
    const { view, at } = this.#window;
    const packing = view.getUint16(at + 12, true);
    const pulses = view.getUint16(at + 16, true);
    const data = view.getUint32(at + 18, true);
    if (data > LONGEST_PIXEL) this.#fail("pixel.dataSize", 18, String(data), `at most ${LONGEST_PIXEL}`);
    const least = packing === 0 ? pulses * 2 : packing === 1 ? bytesOf12(pulses) : 4;
    if (data < least) this.#fail("pixel.dataSize", 18, String(data), `at least ${least} for ${pulses} pulses`);
    return PIXEL_HEADER + data + (packing > 1 ? pulses * 2 : 0);
  }

  #unpack(size: number): void {
    const { view, bytes, at } = this.#window;
    const packing = view.getUint16(at + 12, true);
    const pulses = view.getUint16(at + 16, true);
    const data = at + PIXEL_HEADER;
    const place = { where: this.#where, offset: this.#window.offset };
    if (packing === 0) this.#spectrum.add16(view, data, pulses, place);
    else if (packing === 1) this.#spectrum.add12(bytes, data, pulses, place);
    else {
      const length = view.getUint32(at + 18, true);
      this.#spectrum.addRuns(view, data, length - 4, place);
      const stated = view.getUint32(data + length - 4, true);
      if (stated !== pulses * 2)
        this.#fail("pixel.extraPulses", PIXEL_HEADER + length - 4, String(stated), `${pulses * 2} bytes`);
      this.#spectrum.add16(view, at + size - pulses * 2, pulses, place);
    }
  }

  #fail(field: string, skip: number, found: string, expected: string): never {
    throw new FormatError("The map is damaged.", {
      where: this.#where,
      field,
      offset: this.#window.offset + skip,
      found,
      expected,
      remedy: "Copy the file again from the microscope.",
    });
  }
}

function windowOf(container: SfsContainer, file: OpenSfsFile, signal: AbortSignal | undefined): ByteWindow {
  return new ByteWindow(contentOf(container, file, signal), placeOf(container, file));
}

function placeOf(container: SfsContainer, file: OpenSfsFile): string {
  return `${container.source.name}: ${file.name}`;
}
