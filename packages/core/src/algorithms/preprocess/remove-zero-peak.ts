import { z } from "zod";
import { type CalibratedEnergyAxis, energyOfChannel } from "../../spectrum-image/axis.js";
import { blockBuilder } from "../../spectrum-image/block-builder.js";
import type { SeededContext } from "../../spectrum-image/context.js";
import type { BlockOptions, CountSource } from "../../spectrum-image/counts.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { Finding, SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import type { Algorithm } from "../algorithm.js";
import { requireEnergyAxis } from "./line-windows.js";

const parameters = z.strictObject({
  endKev: z.number().min(-1).max(5).optional().meta({
    title: "End of the zero peak",
    description:
      "Channels below this energy are emptied. Left open: found from the sum spectrum, and nothing is done where there is no zero peak.",
    unit: "keV",
  }),
});

export interface ZeroPeakRemoved {
  readonly image: SpectrumImage;
  /** Channels emptied, from the first. */
  readonly channels: number;
  readonly findings: readonly Finding[];
}

/**
 * Empties the channels of the zero peak (the pulses by which a detector measures its zero), which is no X-ray. With `endKev`, n = trunc((end -
 * offset) / scale) channels as SIGMA does; without, up to where the peak at 0 keV has fallen to the valley behind it. The axis keeps its length.
 */
export const removeZeroPeak: Algorithm<typeof parameters, SpectrumImage, ZeroPeakRemoved> = {
  id: "remove-zero-peak",
  name: "Removal of the zero peak",
  summary: "Empties the channels at 0 keV in which the detector measures its own zero.",
  reference: "Goldstein et al. 2018, doi:10.1007/978-1-4939-6676-9",
  parameters,
  run: runRemoveZeroPeak,
};

async function runRemoveZeroPeak(
  image: SpectrumImage,
  { endKev }: z.output<typeof parameters>,
  context: SeededContext,
): Promise<ZeroPeakRemoved> {
  const axis = requireEnergyAxis(image);
  const channels = endKev === undefined ? await detected(image, axis, context) : channelsBelow(axis, endKev);
  context.onProgress?.(1);
  if (channels === 0) return { image, channels, findings: [] };
  const message = `The zero peak was removed: ${channels} channels below ${energyOfChannel(axis, channels - 0.5).toFixed(3)} keV are empty.`;
  return {
    image: { ...image, counts: withoutFirstChannels(image.counts, channels) },
    channels,
    findings: [{ severity: "info", code: "zero-peak-removed", message }],
  };
}

async function detected(image: SpectrumImage, axis: CalibratedEnergyAxis, context: SeededContext): Promise<number> {
  const [spectrum] = await pass(image.counts, [sumSpectrum(image.counts)], context);
  return zeroPeakEnd(spectrum, axis);
}

/** trunc((end - offset) / scale), held to the axis. */
export function channelsBelow(axis: CalibratedEnergyAxis, endKev: number): number {
  return Math.min(axis.size, Math.max(0, Math.trunc((endKev - axis.offset) / axis.scale)));
}

/** The zero peak is looked for up to here, keV: below the lightest line that detectors see well. */
const PEAK_UP_TO_KEV = 0.06;
const VALLEY_UP_TO_KEV = 0.2;
/** The peak must be this many times as high as the valley, or it is taken for part of the spectrum. */
const CONTRAST = 3;

/**
 * Number of channels that the zero peak takes: from the first channel to where it has fallen to within 1 % of its height (or three
 * standard errors) of the valley behind it. 0 where there is no peak at 0 keV.
 */
export function zeroPeakEnd(spectrum: Float64Array, axis: CalibratedEnergyAxis): number {
  const peakEnd = Math.min(spectrum.length, Math.floor((PEAK_UP_TO_KEV - axis.offset) / axis.scale) + 1);
  const valleyEnd = Math.min(spectrum.length, Math.floor((VALLEY_UP_TO_KEV - axis.offset) / axis.scale) + 1);
  if (peakEnd <= 0 || valleyEnd <= peakEnd) return 0;
  let peak = 0;
  for (let c = 1; c < peakEnd; c++) if (spectrum[c]! > spectrum[peak]!) peak = c;
  const smooth = (c: number) => (spectrum[c - 1]! + spectrum[c]! + (spectrum[c + 1] ?? spectrum[c]!)) / 3;
  let valley = Infinity;
  for (let c = peak + 1; c < valleyEnd; c++) valley = Math.min(valley, smooth(c));
  const height = spectrum[peak]!;
  if (!(height > CONTRAST * valley + 5 * Math.sqrt(height))) return 0;
  const floor = valley + Math.max(0.01 * (height - valley), 3 * Math.sqrt(valley));
  let end = peak + 1;
  while (end < valleyEnd && smooth(end) > floor) end += 1;
  return end;
}

/** The same source with the first channels empty, read when asked for. */
export function withoutFirstChannels(source: CountSource, first: number): CountSource {
  const { navigationShape, channels, kind } = source;
  return {
    navigationShape,
    channels,
    kind,
    async *blocks(options: BlockOptions = {}) {
      const builder = blockBuilder(channels, kind);
      for await (const { firstPixel, pixels, rowStart, channel, count } of source.blocks(options)) {
        for (let p = 0; p < pixels; p++) {
          const end = rowStart[p + 1]!;
          for (let i = rowStart[p]!; i < end; i++) if (channel[i]! >= first) builder.add(channel[i]!, count[i]!);
          builder.endPixel();
        }
        yield builder.block(firstPixel);
      }
    },
  };
}
