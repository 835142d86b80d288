/** Counts of pixels: passes over the sparse rows, which cost what the pixels asked for hold and no more. */
import {
  type CountBlock,
  type CountSource,
  isEnergyCalibrated,
  isStored,
  type SpectrumImage,
  type StoredCounts,
  windowMaps,
} from "@sigma-eds/core";
import type { PixelsSpectrum } from "./engine-protocol.js";

/** Spectrum of one pixel; outside the map, of none. */
export async function spectrumOfPixel(source: CountSource, pixel: number): Promise<PixelsSpectrum> {
  const spectrum = new Float64Array(source.channels);
  const block = isStored(source) ? blockAt(source, pixel) : await findBlock(source, pixel);
  if (block === undefined) return { pixels: 0, spectrum };
  addRow(spectrum, block, pixel - block.firstPixel);
  return { pixels: 1, spectrum };
}

/** Summed spectrum of the pixels whose byte in the mask is not 0. */
export async function spectrumOfMask(source: CountSource, mask: Uint8Array): Promise<PixelsSpectrum> {
  const spectrum = new Float64Array(source.channels);
  let pixels = 0;
  const add = (block: CountBlock): void => {
    for (let p = 0; p < block.pixels; p++) {
      if (!mask[block.firstPixel + p]) continue;
      addRow(spectrum, block, p);
      pixels += 1;
    }
  };
  if (isStored(source)) for (const block of source.stored) add(block);
  else for await (const block of source.blocks()) add(block);
  return { pixels, spectrum };
}

/** Float32 [pixels]: counts from one energy to the other, keV; without a calibration, from one channel to the other. */
export function mapOfEnergies(
  { counts, energyAxis }: Pick<SpectrumImage, "counts" | "energyAxis">,
  fromKev: number,
  toKev: number,
): Promise<Float32Array> {
  const { offset, scale } = isEnergyCalibrated(energyAxis) ? energyAxis : { offset: 0, scale: 1 };
  const channel = (kev: number): number => Math.min(counts.channels, Math.max(0, Math.round((kev - offset) / scale)));
  return mapOfChannels(counts, channel(fromKev), Math.max(channel(fromKev), channel(toKev)));
}

/** Float32 [pixels]: counts in the channels from `start` to before `end`. */
export async function mapOfChannels(source: CountSource, start: number, end: number): Promise<Float32Array> {
  const accumulator = windowMaps(source, [{ start, end }]);
  if (isStored(source)) for (const block of source.stored) accumulator.add(block);
  else for await (const block of source.blocks()) accumulator.add(block);
  return Float32Array.from(accumulator.result()[0] ?? []);
}

function addRow(spectrum: Float64Array, { rowStart, channel, count }: CountBlock, row: number): void {
  const end = rowStart[row + 1]!;
  for (let i = rowStart[row]!; i < end; i++) spectrum[channel[i]!]! += count[i]!;
}

function blockAt({ stored }: StoredCounts, pixel: number): CountBlock | undefined {
  let low = 0;
  let high = stored.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const block = stored[middle]!;
    if (pixel < block.firstPixel) high = middle - 1;
    else if (pixel >= block.firstPixel + block.pixels) low = middle + 1;
    else return block;
  }
  return undefined;
}

async function findBlock(source: CountSource, pixel: number): Promise<CountBlock | undefined> {
  for await (const block of source.blocks()) {
    if (pixel >= block.firstPixel && pixel < block.firstPixel + block.pixels) return block;
  }
  return undefined;
}
