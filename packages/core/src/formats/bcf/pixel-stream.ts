/** The cube: lines of pixels, one after the other in one stream. Layout: README.md beside this. */
import { FormatError, throwIfAborted, UnsupportedError } from "../../errors.js";
import { breather } from "../../spectrum-image/context.js";
import type { BlockOptions, CountBlock, CountSource } from "../../spectrum-image/counts.js";
import { CountBlockBuilder } from "../count-block-builder.js";
import { ByteWindow } from "./byte-window.js";
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
  const line = new LineReader(window, placeOf(container, file), size.width, channels);
  const breathe = breather({ signal });
  const builder = new CountBlockBuilder();
  for (let y = 0; y < size.height; y++) {
    await line.readInto(builder);
    await breathe();
    if (builder.entries >= BLOCK_ENTRIES || builder.pixels >= BLOCK_PIXELS || y === size.height - 1) yield builder.take();
  }
}

class LineReader {
  readonly #window: ByteWindow;
  readonly #where: string;
  readonly #width: number;
  readonly #spectrum: PixelSpectrum;

  constructor(window: ByteWindow, where: string, width: number, channels: number) {
    this.#window = window;
    this.#where = where;
    this.#width = width;
    this.#spectrum = new PixelSpectrum(channels);
  }

  /** Reads a line: the number of its pixels, then each with its place in the line. Pixels without counts may be left out. */
  async readInto(builder: CountBlockBuilder): Promise<void> {
    const window = this.#window;
    if (window.ahead < 4) await window.need(4, "line.pixels");
    const pixels = window.view.getUint32(window.at, true);
    if (pixels > this.#width) this.#fail("line.pixels", 0, String(pixels), `at most ${this.#width}`);
    window.at += 4;
    let next = 0;
    for (let i = 0; i < pixels; i++) {
      if (window.ahead < PIXEL_HEADER) await window.need(PIXEL_HEADER, "pixel.header");
      const x = window.view.getUint32(window.at, true);
      if (x < next || x >= this.#width) this.#fail("pixel.x", 0, String(x), `${next} to ${this.#width - 1}`);
      if (x > next) builder.endPixels(x - next);
      next = x + 1;
      const size = this.#pixelSize();
      if (window.ahead < size) await window.need(size, "pixel.data");
      this.#unpack(size);
      this.#spectrum.moveTo(builder);
      window.at += size;
    }
    if (next < this.#width) builder.endPixels(this.#width - next);
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
